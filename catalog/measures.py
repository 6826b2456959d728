"""Measures in running text as search terms: 15 inch, 15" and 38.1 cm are all "381mm"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from catalog.text import fold
from catalog.units import parse_measure, plain_number, to_base, unit_names

_BASE = {
    "length": "mm", "mass": "g", "volume": "ml", "data": "mb", "time": "s", "power": "w",
    "energy": "wh", "charge": "mah", "voltage": "v", "current": "ma", "frequency": "hz",
    "area": "cm2", "pressure": "pa", "rate": "kbps", "light": "lm", "pixels": "mp",
}  # fmt: skip
# By itself a letter is a measure only where nothing else is likely: a 5s is a phone, 3d no days.
_ATTACHED_LETTERS, _SPACED_LETTERS = frozenset("glwvmha"), frozenset("glwvm")
_INCH_MARKS = ("''", "′′", "”", '"')
_DIGITS = {"半": Decimal("0.5"), "两": Decimal(2), "二": Decimal(2), "十": Decimal(10)} | {
    digit: Decimal(number) for number, digit in enumerate("一二三四五六七八九", 1) if digit != "二"
}
_COUNTED = (
    "公斤", "千克", "市斤", "斤", "克", "两", "毫升", "公升", "升", "厘米", "米", "英寸", "寸",
)  # fmt: skip


def _unit_pattern() -> str:
    names = {n for dimension in _BASE for n in unit_names(dimension)} - {"'", "′", '"', "′′", "分"}
    plain = (name for name in names if len(name) > 1 or not name.isascii())
    return "|".join(map(re.escape, sorted(plain, key=lambda name: (-len(name), name))))


_MEASURE = re.compile(
    r"(?<![\w.,/-])(?P<number>\d+(?:[.,]\d+)*)(?:"
    rf"(?P<gap>\s?-?)(?P<unit>{_unit_pattern()})(?![a-z0-9²³/-])"
    r"|(?P<letter_gap>\s?)(?P<letter>[glwvmha])(?![\w'/-])"
    rf"|(?P<mark>{'|'.join(_INCH_MARKS)}))"
    rf"|(?P<count>[半两一二三四五六七八九十])(?P<counted>{'|'.join(_COUNTED)})(?![个件款双条只台年天次位三四五六七八九])"
)


@dataclass(frozen=True, slots=True)
class FoundMeasure:
    """A measure at ``start:end`` of a folded text, and the term all ways to write it share."""

    start: int
    end: int
    term: str


def find_measures(folded: str) -> Iterator[FoundMeasure]:
    """The measures of a folded text, in order."""
    for match in _MEASURE.finditer(folded):
        measure = _read(match, folded)
        if measure is not None:
            dimension, value = to_base(*measure)
            if dimension in _BASE:
                term = f"{plain_number(value)}{_BASE[dimension]}"
                yield FoundMeasure(match.start(), match.end(), term)


def measure_terms(text: str) -> list[str]:
    """The search terms of the measures in a text, each once."""
    return list(dict.fromkeys(found.term for found in find_measures(fold(text))))


def _read(match: re.Match[str], text: str) -> tuple[Decimal, str] | None:
    if match["count"]:
        return _DIGITS[match["count"]], match["counted"]
    number = match["number"]
    if match["mark"]:
        return parse_measure(f"{number} inch")
    if match["letter"]:
        allowed = _SPACED_LETTERS if match["letter_gap"] else _ATTACHED_LETTERS
        return parse_measure(number + match["letter"]) if match["letter"] in allowed else None
    if match["unit"] == "in" and match["gap"].isspace() and _goes_on(text, match.end()):
        return None
    return parse_measure(f"{number} {match['unit']}")


def _goes_on(text: str, at: int) -> bool:
    """Whether words follow: "10 in black" are no inches."""
    return bool(re.match(r"\s*[\w-]", text[at:]))
