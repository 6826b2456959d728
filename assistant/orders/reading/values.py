"""Which values of a product's options a text names: "black, 500 ml, no backlight"."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.orders.reading.surfaces import option_names, pattern_of, value_names
from catalog.text import fold, has_chinese
from catalog.types import LocalText, Product, Variant

Choice = tuple[str, str]
"""An option's name and a value of it, folded."""

_YES = frozenset({"yes", "true", "y", "是", "有"})
_NO = frozenset({"no", "false", "n", "none", "否", "无"})
_NEGATED = (
    r"(?:\bnot?\b|\bnon\b|\bun|\bwithout\b|\bisn.?t\b|\baren.?t\b|\bdoesn.?t (?:have|come with)\b"
    r"|\blacks?\b|不要?|非|无|没有?|不带)(?:[\s-]*(?:an?|any|的))?[\s-]*"
)
_DISOWNED = re.compile(
    r"(?:\bnot|\binstead of|\brather than|\bno longer|\bfrom|不是|不要|而不是|而非|代替|从)\s*"
    r"(?:the|an?|my|in)?\s*$"
)
_NEAR = 16


@dataclass(frozen=True, slots=True)
class Mention:
    """Values that the same words may mean, of one option or of several."""

    start: int
    end: int
    choices: tuple[Choice, ...]


def choice_of(name: str, value: LocalText) -> Choice:
    """An option and its value in the form they are compared in."""
    return name, fold(value.en or value.zh)


def choices_of(options: Iterable[tuple[str, LocalText]]) -> Mapping[str, str]:
    """The values of a variant by option."""
    return dict(choice_of(name, value) for name, value in options)


@lru_cache(maxsize=512)
def _patterns(
    options: tuple[tuple[str, LocalText], ...],
) -> tuple[tuple[Choice, re.Pattern[str]], ...]:
    return tuple(
        (choice_of(name, value), re.compile(_pattern(fold(name), value))) for name, value in options
    )


def _pattern(option: str, value: LocalText) -> str:
    said = fold(value.en or value.zh)
    asked = "|".join(pattern_of(name) for name in option_names(option))
    if said in _YES:
        return rf"(?:{asked})(?:[\s:：]*(?:yes|true|是|有))?"
    if said in _NO or said.startswith(("not ", "no ")):
        named = pattern_of(said) if said not in _NO else r"\b\B"
        plain = r"|\b(?:none|plain|nothing)\b" if said == "none" and option == "features" else ""
        return (
            rf"{_NEGATED}(?:{asked})|(?:{asked})[\s:：]*(?:is\s)?(?:no|none|false|否|无)\b"
            rf"|(?:{asked})[\s:：]*(?:否|无|没有)|{named}{plain}"
        )
    names = value_names(option, value)
    short = "|".join(re.escape(name) for name in names if len(name) == 1 and has_chinese(name))
    own = "|".join(re.escape(name) for name in option_names(option) if has_chinese(name))
    beside = f"|(?:{own})(?:程度|为|是|[:：])?(?:{short})" if short and own else ""
    return "|".join(pattern_of(name) for name in names) + beside


@lru_cache(maxsize=512)
def _all_options(product: Product) -> tuple[tuple[str, LocalText], ...]:
    return tuple(dict.fromkeys(pair for one in product.variants for pair in one.options))


def find_values(text: str, options: Sequence[tuple[str, LocalText]]) -> list[Mention]:
    """The values that a folded text names, in order; the longest words win where they overlap.

    Args:
        text: Folded, with the names of products blanked out.
        options: Every value that is possible.
    """
    found: dict[tuple[int, int], list[Choice]] = {}
    for choice, pattern in _patterns(tuple(options)):
        for match in pattern.finditer(text):
            if match.end() > match.start():
                found.setdefault(match.span(), []).append(choice)
    taken: list[Mention] = []
    for span in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        start, end = span
        if all(end <= one.start or one.end <= start for one in taken):
            taken.append(Mention(start, end, tuple(dict.fromkeys(found[span]))))
    taken.sort(key=lambda one: one.start)
    kept = [one for one in taken if not _DISOWNED.search(text[: one.start])]
    return [_nearest(one, text) for one in kept]


def product_values(text: str, product: Product) -> list[Mention]:
    """The values of a product's options that a folded text names."""
    return find_values(text, _all_options(product))


def _nearest(mention: Mention, text: str) -> Mention:
    """Of several options the one whose name stands next to the words: "black frame"."""
    if len({name for name, _ in mention.choices}) == 1:
        return mention
    after = text[mention.end : mention.end + _NEAR]
    before = text[max(0, mention.start - _NEAR) : mention.start]
    for window, edge in ((after, "start"), (before, "end")):
        distances = {
            choice: gap
            for choice in mention.choices
            if (gap := _gap(window, fold(choice[0]), edge)) is not None
        }
        if distances:
            least = min(distances.values())
            near = tuple(one for one, gap in distances.items() if gap == least)
            return Mention(mention.start, mention.end, near)
    return mention


def _gap(window: str, option: str, edge: str) -> int | None:
    """How far the option's name is from the edge of the window; ``None`` where it is not there."""
    gaps = []
    for name in option_names(option):
        for match in re.finditer(pattern_of(name), window):
            between = window[: match.start()] if edge == "start" else window[match.end() :]
            if not re.search(r"[,;.，；。、]", between):
                gaps.append(len(between))
    return min(gaps, default=None)


def fitting_variants(
    product: Product, current: Mapping[str, str], wishes: Mapping[str, str]
) -> tuple[Variant, ...]:
    """The variants that are as wished, and else as the current one."""
    wanted = {**current, **wishes}
    return tuple(one for one in product.variants if choices_of(one.options) == wanted)


def wished_variants(product: Product, wishes: Mapping[str, str]) -> tuple[Variant, ...]:
    """The variants that can be ordered and have every wished value, whatever else they are."""
    return tuple(
        one
        for one in product.variants
        if one.available and wishes.items() <= choices_of(one.options).items()
    )
