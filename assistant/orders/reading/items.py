"""Which items of an order a text names, and what they are to become."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.orders.reading.surfaces import pattern_of, title_names
from assistant.orders.reading.values import (
    Choice,
    Mention,
    choices_of,
    find_values,
    product_values,
)
from assistant.purchases import LineWish, OrderItem
from catalog.text import cut, fold, has_chinese
from catalog.types import LocalText, Product

_BLANK = "\x00"
_EVERYTHING = re.compile(
    r"\b(?:everything|all (?:of )?(?:the |my |these |those )?(?:items?|products?|things?"
    r"|of (?:it|them))"
    r"|all (?:\d+|two|three|four|five|six) (?:items|products|of them)|(?:the )?(?:whole|entire"
    r"|full) order"
    r"|both(?: items| of them| products)?|all of (?:it|them))\b"
    r"|全部|所有(?:的)?(?:商品|东西|物品)?|整单|都退|全退|一起退|全都|每一?件|整个订单|统统|两样都|两件都"
)
_EXCEPT = re.compile(
    r"\b(?:except|but not|apart from|other than|besides)\b|除了|除开|不包括|除(?=.*外)"
)
_BECOMES = re.compile(
    r"\b(?:to|for|into|with|in(?= (?:a|an)\b)|as|becomes?|want(?:ed)?|prefer|like|get|be|->"
    r"|=>)\b|[-=]>|→"
    r"|(?:想|要|给我)?(?:换|改|变|调)(?:货)?(?:成|为|做|到|一?[个双件款台把条张]|一下)|换(?!货)|改(?!天)|变成|成为|要(?!把|退|换|改)"
)
_STRONG = re.compile(r"[;；\n。]|\.(?=\s)")
_SOFT = re.compile(
    r",?\s*\b(?:and also|and then|as well as|plus|and|also|then)\b|[,，、]|以及|还有|另外|并且"
    r"|同时|然后|和|跟|再把|把"
)
_SAME = re.compile(
    r"\b(?:same|identical|exact(?:ly)?|another one|a new one|replacement|fresh one"
    r"|like[- ]for[- ]like|(?:brand[- ])?new (?:one|unit))\b"
    r"|一样|同款|同样|相同|一模一样|原款|新的|全新"
)


@dataclass(frozen=True, slots=True)
class Line:
    """An item of an order with its place there, and its product as it is sold now."""

    order_id: str
    place: int
    item: OrderItem
    product: Product | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An item that is named, with the words around it that describe it and what it becomes."""

    lines: tuple[Line, ...]
    source: str
    target: str
    becomes: bool


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    titles: frozenset[LocalText]


def find_named(text: str, lines: Sequence[Line]) -> list[Named]:
    """The items that a folded text names, in order, each with its own part of the text.

    ``lines`` of a :class:`Named` are the items that fit best; several where the words do not
    tell them apart.
    """
    spans = _title_spans(text, lines)
    blanked = _blank(text, spans)
    regions = _regions(text, blanked, spans)
    return [_named(span, start, end, blanked, lines) for span, start, end in regions]


def _title_spans(text: str, lines: Sequence[Line]) -> list[_Span]:
    """Where products are named; a part of a name counts where it is clear whose it is."""
    names = dict.fromkeys((one.item.title, _kind(one)) for one in lines)
    found: dict[tuple[int, int], set[LocalText]] = {}
    for title, kind in names:
        for match in _title_pattern(title, kind).finditer(text):
            found.setdefault(match.span(), set()).add(title)
    taken: list[_Span] = []
    for (start, end), named in sorted(found.items(), key=lambda one: one[0][0] - one[0][1]):
        if all(end <= one.start or one.end <= start for one in taken):
            taken.append(_Span(start, end, frozenset(named)))
    taken = _put_together(sorted(taken, key=lambda one: one.start), text)
    values = [*_value_spans(text, lines, taken), *_longer_values(text, lines)] if taken else []
    kept = [one for one in taken if not any(_within(one, s, e) for s, e in values)]
    return sorted(kept, key=lambda one: one.start)


def _within(span: _Span, start: int, end: int) -> bool:
    """Whether a name is only a part of longer words: 旋转烤架 is no 烤架."""
    return start <= span.start and span.end <= end and end - start > span.end - span.start


def _longer_values(text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
    products = {one.product.id: one.product for one in lines if one.product}
    return [
        (mention.start, mention.end)
        for product in products.values()
        for mention in product_values(text, product)
    ]


def _put_together(spans: Sequence[_Span], text: str) -> list[_Span]:
    """Words of one name that stand side by side, as one: "Fernway" and "T-Shirt"."""
    joined: list[_Span] = []
    for one in spans:
        last = joined[-1] if joined else None
        both = last.titles & one.titles if last is not None else frozenset()
        if last is not None and both and not text[last.end : one.start].strip(" -·"):
            joined[-1] = _Span(last.start, one.end, both)
        else:
            joined.append(one)
    return joined


def _kind(line: Line) -> LocalText:
    """The kind of goods by the catalogue: the last part of the category."""
    category = line.product.category if line.product else ()
    return category[-1] if category else LocalText()


_SHORT = 3
_WEAK = frozenset(
    {"set", "kit", "maker", "machine", "cleaner", "light", "with", "and", "for", "pack"}
)


@lru_cache(maxsize=2_048)
def _title_pattern(title: LocalText, kind: LocalText) -> re.Pattern[str]:
    """The title, its kind, and the words that a part of it may be called by."""
    names = dict.fromkeys((*title_names(title), *title_names(kind)))
    words: set[str] = set()
    for one in title.all():
        parts = _words(one)
        if len(parts) > _SHORT:
            words |= {part for part in parts if len(part) > 2 or not part.isascii()}
        elif len(parts) > 1:
            words.add(parts[-1])
    more = sorted(words - _WEAK - names.keys())
    return re.compile("|".join(pattern_of(name) for name in (*names, *more)))


def _words(title: str) -> list[str]:
    """The words of a title that could name it: no numbers, no single characters."""
    folded = fold(title)
    pieces = cut(folded) if has_chinese(folded) else re.findall(r"[^\W_][\w'’-]*", folded)
    return [one for one in pieces if len(one) > 1 and not re.search(r"\d", one) and one.strip()]


def _value_spans(text: str, lines: Sequence[Line], taken: Sequence[_Span]) -> list[tuple[int, int]]:
    """Words that look like a product and are a value with its option: "laptop compartment"."""
    found = []
    for line in lines:
        for name, value in _own_values(line):
            words = f"(?:{pattern_of(value)})[\\s]*(?:{pattern_of(name)})"
            for match in re.finditer(words, text):
                inside = [s for s in taken if match.start() <= s.start and s.end < match.end()]
                if any(line.item.title not in one.titles for one in inside):
                    found.append(match.span())
    return found


def _own_values(line: Line) -> Iterable[Choice]:
    options = (
        {pair for one in line.product.variants for pair in one.options} if line.product else set()
    )
    values = {(name, (value.en or value.zh).casefold()) for name, value in options}
    # Only values that could be a product: letters alone, of one word.
    return [
        (name.casefold(), value) for name, value in values if value.isalpha() and len(value) > 3
    ]


def _blank(text: str, spans: Sequence[_Span]) -> str:
    letters = list(text)
    for one in spans:
        letters[one.start : one.end] = _BLANK * (one.end - one.start)
    return "".join(letters)


def _regions(text: str, blanked: str, spans: Sequence[_Span]) -> list[tuple[_Span, int, int]]:
    """Each named item with the part of the text that is about it."""
    merged: list[_Span] = []
    for one in spans:
        last = merged[-1] if merged else None
        if last is not None and _is_again(last, one, text):
            continue
        merged.append(one)
    bounds = [0]
    for last, one in pairwise(merged):
        bounds.append(_border(blanked, last, one))
    bounds.append(len(text))
    return [(one, bounds[n], bounds[n + 1]) for n, one in enumerate(merged)]


def _is_again(last: _Span, one: _Span, text: str) -> bool:
    """Whether a name stands again for what it becomes: "swap my bottle for a red bottle"."""
    between = text[last.end : one.start]
    return (
        bool(last.titles & one.titles)
        and _BECOMES.search(between) is not None
        and _STRONG.search(between) is None
        and re.search(r"\band\b[^,;]*\b(?:the|my)\b|[,，](?:还有|另外|把)|再把", between) is None
    )


def _border(blanked: str, last: _Span, one: _Span) -> int:
    """Where the words about ``one`` begin."""
    between = blanked[last.end : one.start]
    becomes = _BECOMES.search(between)
    start = becomes.end() if becomes else 0
    for pattern in (_STRONG, _SOFT):
        found = [match.start() for match in pattern.finditer(between, start)]
        if found:
            # The last "and" belongs to the next item; a comma may stand inside its description.
            words = [at for at in found if between[at : at + 1] not in ",，、"]
            return last.end + (words[-1] if words else found[-1])
    return last.end + (start if becomes else 0)


def _named(span: _Span, start: int, end: int, blanked: str, lines: Sequence[Line]) -> Named:
    before, after = blanked[start : span.start], blanked[span.end : end]
    match = _BECOMES.search(after)
    if match:
        source, target, becomes = before + " " + after[: match.start()], after[match.end() :], True
    else:
        ahead = list(_BECOMES.finditer(before))
        source, target, becomes = before + " " + after, "", False
        if ahead:
            target = before[ahead[-1].end() :] + " " + after
    fitting = [one for one in lines if one.item.title in span.titles]
    return Named(_best(fitting, source, becomes or not target), source, target, becomes)


def _best(lines: Sequence[Line], source: str, sure: bool) -> tuple[Line, ...]:
    """Of several items the ones whose own values are named most."""
    if len(lines) < 2:
        return tuple(lines)
    scored = [(_likeness(one, source), one) for one in lines]
    most = max(score for score, _ in scored)
    return tuple(one for score, one in scored if score == most) if sure else tuple(lines)


def _likeness(line: Line, source: str) -> int:
    """How many of the item's values the words name, less those they contradict."""
    current = choices_of(line.item.options)
    mentions = find_values(source, _possible(line))
    score = 0
    for one in mentions:
        own = any(current.get(name) == value for name, value in one.choices)
        score += 1 if own else -1
    return score


def _possible(line: Line) -> tuple[tuple[str, LocalText], ...]:
    own = tuple(line.item.options)
    more = [pair for one in line.product.variants for pair in one.options] if line.product else []
    return tuple(dict.fromkeys((*own, *more)))


def read_wish(named: Named, line: Line) -> LineWish:
    """What the named item is to become, as far as the words tell."""
    current = choices_of(line.item.options)
    possible = line.product
    if possible is None:
        return LineWish(line.place)
    wishes: dict[str, str] = {}
    wanted = product_values(named.target, possible)
    if named.becomes or not wanted:
        for one in product_values(named.source, possible) if not named.becomes else []:
            _add(wishes, one, current, changed_only=True)
    for one in wanted:
        _add(wishes, one, current, changed_only=not named.becomes)
    same = not wishes and _SAME.search(named.target + " " + named.source) is not None
    return LineWish(line.place, tuple(wishes.items()), same)


def _add(
    wishes: dict[str, str], mention: Mention, current: Mapping[str, str], *, changed_only: bool
) -> None:
    """Take a mention in; of several options it may be about, one that it would change."""
    open_ = [one for one in mention.choices if one[0] not in wishes] or list(mention.choices)
    changing = [one for one in open_ if current.get(one[0]) != one[1]]
    if changing:
        wishes[changing[0][0]] = changing[0][1]
    elif not changed_only:
        wishes[open_[0][0]] = open_[0][1]


def read_answer(text: str, line: Line) -> LineWish:
    """What one item is to become, from an answer that need not name it."""
    titled = _blank(text, _title_spans(text, [line]))
    return read_wish(Named((line,), "", titled, True), line)


def means_everything(text: str) -> bool:
    """Whether every item of an order is meant."""
    return _EVERYTHING.search(text) is not None


def leaves_out(text: str) -> int:
    """Where words begin that say what is left out; -1 without."""
    match = _EXCEPT.search(text)
    return match.start() if match else -1
