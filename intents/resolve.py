"""Slots in the catalogue's own terms, and the words that are left for search."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from catalog.text import fold
from catalog.types import Constraint, Language, LocalText, NumberConstraint, TextConstraint
from intents.labelled import is_named_text
from intents.marked import read_marked
from intents.nearness import Nearest
from intents.shape import Shape
from intents.types import Measure, Slot, SlotValue
from intents.values.demands import A_MUST
from intents.values.discounts import is_discount
from intents.values.negation import with_roles


class Match(Protocol):
    """Words of the catalogue's world at ``text[start:end]``, as the vocabulary finds them."""

    @property
    def name(self) -> str:
        """The slot they fill."""

    @property
    def value(self) -> str:
        """Their canonical name."""

    @property
    def constraint(self) -> Constraint | None:
        """What they demand of a product; None leaves the words to search."""

    @property
    def start(self) -> int:
        """Where they begin."""

    @property
    def end(self) -> int:
        """Where they end."""

    @property
    def score(self) -> float:
        """How sure this reading is, in (0, 1]."""


class Named(Match, Protocol):
    """The same with a name to show."""

    @property
    def label(self) -> LocalText:
        """The canonical name in both languages."""


class Words(Protocol):
    """The catalogue's vocabulary, as far as it is needed here."""

    def find(self, text: str, language: Language = ...) -> Sequence[Match]:
        """Everything of the catalogue's world in a text; places index the text."""

    def named(self, name: str, words: str, language: Language = ...) -> Match | None:
        """What words mean that are known to fill one slot."""

    def values(self, name: str) -> Sequence[Named]:
        """Everything that a slot can be filled with here."""

    def attribute(self, words: str, language: Language = ...) -> str | None:
        """The catalogue's attribute that words mean."""

    def is_by_feature(self, product_type: str) -> bool:
        """Whether a kind differs from the wider one only by what it has."""

    def is_measurable(self, name: str) -> bool:
        """Whether the catalogue keeps numbers under that attribute name."""

    def unit(self, name: str) -> str:
        """The unit that most numbers of the attribute have; "" without one."""


_USUAL_ATTRIBUTE = {
    "inch": "screen_size",
    "TB": "storage",
    "mAh": "battery_capacity",
    "Hz": "refresh_rate",
    "page": "page_count",
    "lumen": "brightness",
}
_LEAST_STORAGE = 64
_CODED = re.compile(r"(?:[A-Z]{2} )?[\d.]+|\d?[XSML]+|ONE SIZE|[\d.]+[A-Z]*")
"""Sizes that clothes and shoes are sold by; of "king" or "60x120" only the catalogue can tell."""


def resolve(
    prepared: Shape, language: Language, vocabulary: Words, values: Iterable[Slot]
) -> tuple[Slot, ...]:
    """The slots of rules and vocabulary together, in the order of the text.

    Where both claim the same words the rule wins, and takes over what the vocabulary knows of
    the value; only of a value with its attribute's name it may have read a mere part. Words after
    a refusal are excluded ("not leather"), words that point at a shown product ("the red one") are
    references.
    """
    kept = [_resolved(slot, prepared, language, vocabulary) for slot in values]
    found = [_found(prepared, match) for match in vocabulary.find(prepared.raw, language)]
    named = [slot for slot in found if is_named_text(slot)]
    kept = [slot for slot in kept if not any(_holds(one, slot) for one in named)]
    free = [one for one in found if not any(_overlap(one, slot) for slot in kept)]
    return tuple(with_roles(prepared, [*kept, *free]))


def _found(prepared: Shape, match: Match) -> Slot:
    raw = prepared.raw[match.start : match.end]
    return Slot(
        match.name,
        match.value,
        raw,
        match.start,
        match.end,
        score=match.score,
        resolved=match.constraint,
    )


def _holds(named: Slot, slot: Slot) -> bool:
    """Whether a rule has read a part of a named value alone: the 3.5 mm of "connector: 3.5 mm".

    A bound on that very attribute says more than the text: "256 GB or more of storage".
    """
    same = slot.resolved and named.resolved and slot.resolved.name == named.resolved.name
    value = slot.value
    exact = isinstance(value, Measure) and value.minimum == value.maximum
    return (exact or not same) and named.start <= slot.start and slot.end <= named.end


def _overlap(one: Slot, other: Slot) -> bool:
    return one.start < other.end and other.start < one.end


def resolve_pressed(slot: Slot, language: Language, vocabulary: Words) -> Slot:
    """The slot of a button's payload with what its value means in the catalogue."""
    if slot.resolved is not None or not slot.value or slot.name in _NEVER_RESOLVED:
        return slot
    if isinstance(slot.value, Measure):
        return replace(slot, resolved=_number(slot.value, language, vocabulary))
    if not isinstance(slot.value, str):
        return slot
    if slot.name == "size":
        return replace(slot, resolved=_size(slot.value, vocabulary))
    found = vocabulary.named(slot.name, slot.value, language)
    return slot if found is None else replace(slot, resolved=found.constraint)


_NEVER_RESOLVED = frozenset({"attribute", "product_id", "variant_id", "comparative", "sort_key"})


def _resolved(slot: Slot, prepared: Shape, language: Language, vocabulary: Words) -> Slot:
    if isinstance(slot.value, Measure):
        return replace(slot, resolved=_number(slot.value, language, vocabulary))
    if slot.name == "size":
        return replace(slot, resolved=_size(str(slot.value), vocabulary))
    if slot.name == "age_group":
        return replace(slot, resolved=_age(slot, prepared, language, vocabulary))
    return slot


def _age(slot: Slot, prepared: Shape, language: Language, vocabulary: Words) -> Constraint | None:
    """What the age group demands of the things the text asks for, as if it had been named."""
    named = f"{prepared.raw[: slot.start]}{slot.value}{prepared.raw[slot.end :]}"
    found = (m for m in vocabulary.find(named, language) if m.start == slot.start)
    read = next((m for m in found if m.name == "age_group"), None)
    read = read or vocabulary.named("age_group", str(slot.value), language)
    return read.constraint if read else None


def _number(measure: Measure, language: Language, vocabulary: Words) -> Constraint | None:
    """The constraint on the catalogue's own attribute, where it keeps numbers for it."""
    if measure.attribute.startswith("body_"):
        return None
    words = (measure.attribute or _usual(measure)).replace("_", " ")
    name = vocabulary.attribute(words, language) if words else None
    if name is None or not vocabulary.is_measurable(name):
        return None
    return NumberConstraint(name, measure.minimum, measure.maximum, measure.unit)


def _usual(measure: Measure) -> str:
    """What a unit measures when no word says it: gigabytes are memory while they are few."""
    if measure.unit == "GB":
        amount = measure.maximum or measure.minimum or 0
        return "storage" if amount >= _LEAST_STORAGE else "memory"
    return _USUAL_ATTRIBUTE.get(measure.unit, "")


def _size(value: str, vocabulary: Words) -> Constraint:
    """The catalogue's size of that name; one it does not have rules everything out."""
    words = f"size {value}"
    found = (match.constraint for match in vocabulary.find(words, "en") if match.name == "size")
    known = (constraint for constraint in found if constraint is not None)
    return next(known, TextConstraint("size", (fold(value),)))


UNRESOLVED = 0.5
"""The score of words that neither a rule nor the catalogue can read."""


def resolve_words(
    name: str,
    raw: str,
    language: Language,
    vocabulary: Words,
    nearest: Nearest | None = None,
    today: date | None = None,
) -> tuple[SlotValue, Constraint | None, float]:
    """What free words mean that are known to fill the slot ``name``.

    Numbers, dates and the like are read by rule. Names are looked up among the values of that
    slot: the catalogue's own, an alias, a relative (cream for beige), a near spelling; then, only
    where ``nearest`` is given and finds one near enough, what is nearest in meaning. Never raises.

    Args:
        name: one of the slot names.
        raw: the words, as they were written.
        language: the message's language.
        vocabulary: the catalogue's words.
        nearest: finds the candidate nearest in meaning.
        today: the day that dates count from, by default the machine's.

    Returns:
        The value, what it demands of a product, and how sure that is in [0, 1]. Words that
        cannot be read come back as they are, with ``None`` and :data:`UNRESOLVED`.
    """
    value = read_marked(name, raw, today)
    if value is not None:
        return value, _demand(name, value, language, vocabulary), 1.0
    if name == "attribute":
        return vocabulary.attribute(raw, language) or raw, None, 1.0
    found = vocabulary.named(name, raw, language)
    if found is None and name in _DRESSED:
        dressed = vocabulary.named(name, _DRESSED[name](raw, language), language)
        found = dressed if dressed is not None and dressed.score >= _BY_NAME else None
    if found is not None:
        return found.value, found.constraint, found.score
    return _nearest(name, raw, language, vocabulary, nearest)


HOUSE = re.compile(r"(?<=..)[家牌]的?$")
"""What follows a brand's name and is no part of it: 佳行家的, 米朵牌."""
_BY_NAME = 0.9
"""The score from which on a name or an alias was found, and no near spelling."""
_HAVING: Mapping[Language, str] = {"en": "with ", "zh": "带"}
_DRESSED: Mapping[str, Callable[[str, Language], str]] = {
    "brand": lambda raw, _: HOUSE.sub("", raw),
    "feature": lambda raw, language: f"{_HAVING[language]}{raw}",
}
"""How else a value is looked up: 佳行家 without the house, a microphone as one that is had."""


def _demand(
    name: str, value: SlotValue, language: Language, vocabulary: Words
) -> Constraint | None:
    """What a value that a rule has read demands of a product."""
    if isinstance(value, Measure):
        return _number(value, language, vocabulary)
    if name == "size":
        return _size(str(value), vocabulary) if _CODED.fullmatch(str(value)) else None
    found = vocabulary.named(name, str(value), language) if name == "age_group" else None
    return found.constraint if found else None


def _nearest(
    name: str, raw: str, language: Language, vocabulary: Words, nearest: Nearest | None
) -> tuple[SlotValue, Constraint | None, float]:
    """The value nearest in meaning, else the words themselves, for search."""
    if nearest is None or name not in _BY_MEANING[language]:
        return raw, None, UNRESOLVED
    values = vocabulary.values(name)
    found = nearest(raw, [value.label.get(language) for value in values])
    if found is None:
        return raw, None, UNRESOLVED
    return values[found[0]].value, values[found[0]].constraint, found[1]


def compared_by_meaning(vocabulary: Words) -> list[list[str]]:
    """The names of values that words are held against, one list a slot and language."""
    return [
        [value.label.get(language) for value in vocabulary.values(name)]
        for language, names in _BY_MEANING.items()
        for name in sorted(names)
    ]


# Where the nearest name is the right one in at least nine of ten cases (intents.nearness).
_BY_MEANING: Mapping[Language, frozenset[str]] = {
    "en": frozenset({"color", "material", "pattern", "occasion", "feature"}),
    "zh": frozenset({"pattern", "occasion", "feature"}),
}

_NEVER_SEARCHED = frozenset(
    {
        "price", "rating", "quantity", "order_id", "email", "phone", "postal_code", "date",
        "person", "reference", "comparative", "sort_key", "size", "attribute",
    }
)  # fmt: skip

_EDGE_EN = (
    r"hi|hello|hey|yo|good|morning|afternoon|evening|there|i|im|i'm|i'd|i've|i'll|we|we're"
    r"|we'd|am|looking"
    r"|look|for|want|wanna|need|would|to|buy|get|purchase|find|finding|show|give|me|us|do"
    r"|does|did|you|u|ur"
    r"|your|have|has|had|sell|selling|carry|stock|got|any|anything|something|some|a|an|the"
    r"|is|are|was|be"
    r"|can|could|will|should|may|please|pls|plz|like|love|search|searching|browse|see|of|my"
    r"|and|or|but"
    r"|also|just|only|in|with|without|that|which|what|whats|what's|so|then|ok|okay|oh|um"
    r"|well|actually|maybe"
    r"|thanks|thank|thx|cheers|it|its|it's|this|these|those|them|they|one|ones|at|on|by|from"
    r"|as|about|if|not|no"
    r"|more|other|else|another|different|instead|else|really|very|too|help|recommend|suggest"
    r"|pick|choose"
    r"|non|except|said|say|meant|mean|gonna|interested|after|available|possible|preferably|ideally|make|hey|dear|sir|how"
    r"|much|where|when"
    r"|who|why|up|down|out|now|today|budget|price|priced|prices|cost|costs|costing|don't"
    r"|dont|want|go|let|let's|lets|things?|stuff|items?|products?|(?:whole|entire) (?:shop|store)"
)
_EDGE_ZH = (
    rf"{A_MUST.pattern}|你好|您好|哈喽|嗨|亲亲?|在吗|请问一?下?|请|麻烦|劳驾|帮我|帮忙|帮|给我|替我|我想要?买?"
    r"|我要买?|我需要|我|想要?买?"
    r"|想看看?|要买|要(?!素)|买(?!手)|来(?!电)|找(?:一?下|找)?|搜(?:一?下|索)?|查(?:一?下)?"
    r"|看看|看一?下|看(?!书|板)|有没有|有木有|有无|有没|有(?!机|线|氧|色|声)"
    r"|还有|没有|没|推荐(?:一?下|几款|个)?|介绍(?:一?下)?|选(?:一?下)?|换成|换(?:个|一个|款"
    r"|双|件)?|需要|求|你们?家?(?:店里?)?|店里|家里有|咱们?|这里|这边|卖(?:不卖)?"
    r"|能不能|可不可以|可以|能|行不行|行|好不好|好的?|吧|吗|嘛|么|呢|啊|呀|哦|噢|哈|啦|了|呗"
    r"|喔|哟|的话|的|得|地|那种|这种|什么样?|啥|哪些|哪种|哪款|一些|一点|一下"
    r"|[一几][个款双件台条部本瓶盒包套份张把支种](?!性|人)|个(?!性|人)|款(?!式)|些|都|就|也"
    r"|还|再|先|那|这|和|跟|与|或者?|以及|但是?|不过|最好|尽量|谢谢|谢了|多谢|预算|价格|价位"
    r"|价钱|说的?是?|东西|商品|全店|整个店|不要|别|不|用|给|是|送(?!礼)|适合|除了?|任何|都行|都可以"
)
_LEADING = re.compile(rf"^(?:[\W_]+|(?:{_EDGE_EN})(?![a-z'’-])|(?:{_EDGE_ZH}))+")
_TRAILING = re.compile(rf"(?:[\W_]+|(?<![a-z'’-])(?:{_EDGE_EN})|(?:{_EDGE_ZH}))+$")


def search_words(prepared: Shape, slots: Sequence[Slot]) -> str:
    """What is left for product search, in the order of the text.

    Product types stay, and so do words that nothing resolved: they are what search can still
    use. Values that became constraints go (colours, brands, measures the catalogue knows), so do
    prices, sizes, orders, references, everything refused, and courtesy and filler at the edges
    of what remains ("hi, I need …", 有没有…).
    """
    kept = [slot for slot in slots if _is_searched(slot)]
    dropped = [slot for slot in slots if not _is_searched(slot)]
    pieces, last = [], 0
    for start, end, keep in _apart(kept, dropped):
        pieces.append(_trim(prepared.raw[last:start]))
        if keep:
            pieces.append(prepared.raw[start:end])
        last = max(last, end)
    pieces.append(_trim(prepared.raw[last:]))
    return " ".join(piece for piece in pieces if piece)


def leftover(prepared: Shape, slots: Iterable[Slot]) -> str:
    """What neither slots nor courtesy account for; "" for a text that is nothing but values.

    Stricter than :func:`search_words`: question words and verbs that ask for an act remain.
    """
    text = list(prepared.aligned)
    for slot in slots:
        text[slot.start : slot.end] = "," * (slot.end - slot.start)
    rest = "".join(text)
    # "Do you have X?" asks for X alone; any other question with 吗 asks something of it.
    rest = _HAVE_YOU.sub(r"\1", rest)
    return _COURTESY.sub("", rest).strip()


_HAVE_YOU = re.compile(r"^((?:你们?家?|店里)?(?:还|也)?(?:有|卖),+)[吗么][?？]?$")


_COURTESY = re.compile(
    r"(?<![a-z'’-])(?:hi|hello|hey|please|pls|plz|thanks|thx|ok|okay|oh|um|hmm|well|and|or"
    r"|but|then|so|actually"
    r"|i|im|i'm|i'd|we|we'd|want|need|would|like|looking|for|after|something|some|any"
    r"|anything|a|an|the|one|ones"
    r"|show|me|find|in|with|of|to|do|you|have|got|sell|ideally|preferably|maybe|just|only|if"
    r"|possible|bit|made"
    r"|from|by|at|under|not|no|without|is fine|are fine)(?![a-z'’-])"
    r"|你好|您好|亲|请问|麻烦|帮我找|帮我|给我找|给我看看?|给我|有没有|有(?!货)|我想要?买?"
    r"|我要买?|想要?买?|要买?|买|找|来|看看|逛逛|逛一逛|瞧瞧|瞅瞅|添置?|换成|换|就|只|那种|这种|这样的?"
    r"|都行|都可以|也行|就行|就好|即可|不要|除了?|别的?|或者?|和|跟|最好|另外|此外"
    r"|一[个双款件台条部只瓶张套]|个|双|款|件|的|吧|呢|啊|呀|哦|嘛|哈|谢谢|[\W_]"
)


def _is_searched(slot: Slot) -> bool:
    if slot.role != "include" or slot.name in _NEVER_SEARCHED:
        return False
    body = isinstance(slot.value, Measure) and slot.value.attribute.startswith("body_")
    told = not body and not is_discount(slot)
    return slot.name == "product_type" or (slot.resolved is None and told)


def _apart(kept: Iterable[Slot], dropped: Iterable[Slot]) -> list[tuple[int, int, bool]]:
    """Spans in order without overlaps; where one word says two things, keeping wins."""
    spans: list[tuple[int, int, bool]] = []
    for slots, keep in ((kept, True), (dropped, False)):
        for slot in slots:
            if all(slot.end <= start or slot.start >= end for start, end, _ in spans):
                spans.append((slot.start, slot.end, keep))
    return sorted(spans)


def _trim(words: str) -> str:
    """The words without filler at either edge; case is kept."""
    lowered = words.lower()
    if len(lowered) != len(words):
        lowered = words
    head = _LEADING.match(lowered)
    start = head.end() if head else 0
    tail = _TRAILING.search(lowered[start:])
    end = start + tail.start() if tail else len(words)
    return words[start:end].strip()
