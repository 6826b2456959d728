"""What a table says about one attribute, and how a value is drawn from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from catalog.types import Attribute, LocalText

_NUMBER = re.compile(r"(?P<numbers>\d[\d. ]*?)(?: (?P<unit>[A-Za-z/]+))??(?: (?P<slope>[\^v]))?")
_CHANCE = re.compile(r"(?P<percent>\d+)%(?: (?P<slope>[\^v]))?")
_SLOPES = {"^": 1, "v": -1, None: 0}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several texts; an alternative can hold more than one value."""

    alternatives: tuple[tuple[LocalText, ...], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """One of several numbers in ``unit``; ``slope`` ties it to the price level."""

    values: tuple[Decimal, ...]
    unit: str
    slope: int


@dataclass(frozen=True, slots=True)
class Chance:
    """Yes with ``probability`` (0 to 1); ``slope`` ties it to the price level."""

    probability: float
    slope: int


Spec = Choice | Number | Chance


def parse_text(text: str, values: Mapping[str, LocalText]) -> LocalText:
    """A text written ``English=中文``, a name from ``values``, or a text both languages share.

    Raises:
        ValueError: if a word is given in English only and ``values`` does not know it.
    """
    en, equals, zh = str(text).strip().partition("=")
    if equals:
        return LocalText(en, zh)
    if values and en not in values and re.match("[a-z]{2}", en):
        raise ValueError(f"{en!r} has no Chinese: write {en}=… or add it to shared.yml")
    return values.get(en, LocalText(en, en))


def parse_spec(spec: str | bool | int | float, values: Mapping[str, LocalText]) -> Spec:
    """Reads one attribute cell of a table (see :mod:`catalog.demo.tables`)."""
    if isinstance(spec, bool):
        return Chance(float(spec), 0)
    text = str(spec)
    if chance := _CHANCE.fullmatch(text):
        return Chance(int(chance["percent"]) / 100, _SLOPES[chance["slope"]])
    if number := _NUMBER.fullmatch(text):
        numbers = tuple(Decimal(value) for value in number["numbers"].split())
        return Number(numbers, number["unit"] or "", _SLOPES[number["slope"]])
    return Choice(
        tuple(
            tuple(parse_text(part, values) for part in alternative.split(" + "))
            for alternative in text.split(" | ")
        )
    )


def draw_values(
    name: str, spec: Spec, label: LocalText, rng: Random, level: float
) -> tuple[Attribute, ...]:
    """Draws the attribute ``name`` of one product whose price level is ``level`` (0 to 1)."""
    match spec:
        case Chance(probability, slope):
            odds = probability + slope * (level - 0.5) * 0.8 if 0 < probability < 1 else probability
            return (Attribute(name, rng.random() < odds, "", label),)
        case Number(values, unit, slope):
            return (Attribute(name, _draw_number(values, slope, rng, level), unit, label),)
        case Choice(alternatives):
            chosen = rng.choice(alternatives)
            return tuple(Attribute(name, value, "", label) for value in chosen)


def _draw_number(values: tuple[Decimal, ...], slope: int, rng: Random, level: float) -> Decimal:
    if not slope:
        return rng.choice(values)
    place = level if slope > 0 else 1 - level
    position = round((place + rng.uniform(-0.15, 0.15)) * (len(values) - 1))
    return values[min(max(position, 0), len(values) - 1)]
