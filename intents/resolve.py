"""Slots in the catalogue's own terms."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from catalog.text import fold
from catalog.types import (
    Constraint,
    FlagConstraint,
    Language,
    LocalText,
    NumberConstraint,
    TextConstraint,
)
from intents.labelled import is_named_text, overlap, value_texts
from intents.marked import read_marked
from intents.nearness import Nearest
from intents.shape import Shape
from intents.types import Measure, Slot, SlotValue
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

    def instead(self, words: str, other: str) -> Match | None:
        """What words mean that take the place of others, as values of one attribute."""

    def values(self, name: str) -> Sequence[Named]:
        """Everything that a slot can be filled with here."""

    def attribute(self, words: str, language: Language = ...) -> str | None:
        """The catalogue's attribute that words mean."""

    def is_by_feature(self, product_type: str) -> bool:
        """Whether a kind differs from the wider one only by what it has."""

    def is_measurable(self, name: str) -> bool:
        """Whether the catalogue keeps numbers under that attribute name."""

    def units(self, name: str) -> Sequence[str]:
        """The units that at least one number in fifty has, the most used first; "" is none."""


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
    the value; only of a value with its attribute's name, or of a brand's name, it may have read a
    mere part. Words after a refusal are excluded ("not leather"), words that point at a shown
    product ("the red one") are references.
    """
    kept = [_resolved(slot, prepared, language, vocabulary) for slot in values]
    found = [_found(prepared, match) for match in vocabulary.find(prepared.raw, language)]
    named = [slot for slot in found if is_named_text(slot)]
    kept = [slot for slot in kept if not any(_holds(one, slot) for one in named)]
    whole = [one for one in found if is_brand_as_written(one) or _is_counted(one)]
    kept = [slot for slot in kept if not any(_is_letters_of(slot, one) for one in whole)]
    sized = [slot for slot in found if slot.name == "size"]
    sides = [s for s in kept for one in sized if _is_side(s, one) or _is_worn(prepared, s, one)]
    kept = [slot for slot in kept if slot not in sides]
    free = [one for one in found if not any(overlap(one, slot) for slot in kept)]
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


def is_brand_as_written(slot: Slot) -> bool:
    """Whether a brand is written letter for letter as its own label has it: 3M, not 3m."""
    return slot.name == "brand" and slot.raw == slot.value


def _is_counted(slot: Slot) -> bool:
    """Whether a kind or feature that the shop has begins with a number, and counts nothing: 四件套.

    Nor is the 3.5 mm of "3.5 mm connector" a length.
    """
    kind = slot.name == "product_type" or isinstance(slot.resolved, FlagConstraint)
    return kind and slot.resolved is not None and _COUNTED.match(slot.raw) is not None


_COUNTED = re.compile(r"[一二两三四五六七八九十\d]")


def _is_letters_of(slot: Slot, name: Slot) -> bool:
    """Whether a rule has read but letters of a name: the "from 3M" that is no length."""
    lead = _FROM.match(slot.raw)
    start = slot.start + (lead.end() if lead else 0)
    return name.start <= start and slot.end <= name.end


_FROM = re.compile(r"(?:from|by) +", re.IGNORECASE)


def _is_side(slot: Slot, size: Slot) -> bool:
    """Whether a rule has read a mere part of a size of the shop's: one side of 160 × 230 cm."""
    said = [text for text in value_texts(size) if text in fold(size.raw)]
    whole = max(map(len, said), default=size.end - size.start)
    start = max(slot.start, size.start) if slot.name == "size" else slot.start
    inside = size.start <= start and slot.end <= size.end and overlap(slot, size)
    return inside and slot.end - start < whole


def _is_worn(prepared: Shape, slot: Slot, size: Slot) -> bool:
    """Whether a word for sizes beside a measure says that it is one: 穿8kg码的."""
    if (slot.start, slot.end) != (size.start, size.end):
        return False
    before, after = prepared.aligned[: slot.start], prepared.aligned[slot.end :]
    return after.startswith("码") or _SIZE_WORD.search(before) is not None


_SIZE_WORD = re.compile(r"(?:\bsizes?|尺码|码数|穿)(?: is| of|得?是|要|选|[:：])? ?$")


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
    plain = measure.unit == _COUNTED_IN and tuple(vocabulary.units(name))[:1] == ("",)
    return NumberConstraint(name, measure.minimum, measure.maximum, "" if plain else measure.unit)


_COUNTED_IN = "piece"
"""What a pack holds so many of; many a catalogue leaves it out."""


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
        coded = _CODED.fullmatch(str(value)) is not None
        return _size(str(value), vocabulary) if coded else _sized(str(value), vocabulary)
    found = vocabulary.named(name, str(value), language) if name == "age_group" else None
    return found.constraint if found else None


_SIDES = re.compile(r"\d+(?:\.\d+)?(?: ?[x×] ?\d+(?:\.\d+)?){1,2}")
_UNITS = ("", " cm", " mm", " inch", " m")


def _sized(sides: str, vocabulary: Words) -> Constraint | None:
    """The catalogue's size of those sides, in the unit it has there: 160x230 of a rug."""
    if not _SIDES.fullmatch(sides):
        return None
    named = (vocabulary.named("size", sides + unit) for unit in _UNITS)
    found = (one.constraint for one in named if one is not None)
    return next((one for one in found if one is not None), None)


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
