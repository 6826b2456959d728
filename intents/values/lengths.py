"""Lengths of two parts made one number: 一米八, 1米65, 1m7, 5'10", "5 ft 10"."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from intents.numbers import Number
from intents.shape import NUMBER, Shape

FEET_AND_INCHES = "\ue003"
"""The unit, in a marked text, of a length that was said in feet and inches; a number of inches."""

_FIRST, _REST = NUMBER[0], NUMBER[1]  # the marks that NUMBER is made of
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"两": "2"}
_NUMERAL = f"[{''.join(_DIGITS)}]"
# What follows a number of pieces or another unit: 3米2根 are two pieces of three metres.
_NO_TAIL = (
    rf"(?![\d.]|{_NUMERAL}|[百千万十]| ?(?:[个件条根卷包盒瓶只支张款双套人米寸厘公分斤毫层节块元]"
    r"|cm|mm|m(?![a-z])))"
)
_METRES = re.compile(
    rf"(?<![\d.,a-z百千万十])(?:(?:(?P<z>{_NUMERAL})|(?P<d>\d))"
    rf"米(?:(?P<t>\d\d?|{_NUMERAL}{{1,2}})|(?P<h>半))"
    # 1m2 is an area, and "5m2" half a Canadian postal code.
    rf"|(?<![a-z]\d[a-z] )(?P<e>[12])m(?P<m>\d\d|[14-9])(?![a-z])){_NO_TAIL}"
)
_FEET = re.compile(
    r"(?<![\w.,$€£¥])(?<![x×*] )(?<!by )(?P<f>[2-8])(?:['′] ?| ?(?:ft\.?|foot|feet) ?)"
    r"(?P<i>1[01]|\d)"
    r"(?:\"|″|”|''| ?in(?:ch(?:es)?)?(?![a-z]))?+"
    r"(?![\w.])(?! ?(?:[x×*]|by|-?(?:packs?|pcs|pieces?|counts?|ct|way|ports?|outlets?|of)\b))"
)
_INCHES_PER_FOOT = 12


def join_lengths(shape: Shape) -> Shape:
    """The same text, in which a length of two parts is one number with one unit behind it."""
    joined = _joined(shape, _METRES, _metres, "米")
    return _joined(joined, _FEET, _inches, FEET_AND_INCHES)


def _joined(
    shape: Shape, pattern: re.Pattern[str], value: Callable[[re.Match[str]], Decimal], unit: str
) -> Shape:
    """The shape with every match marked as one number, whose last place is its unit's."""
    marked, numbers = list(shape.marked), dict(shape.numbers)
    for match in pattern.finditer(shape.aligned):
        start, end = match.span()
        marked[start:end] = [_FIRST, *_REST * (end - start - 2), unit]
        numbers[start] = Number(value(match), value(match), start, end - 1)
    return replace(shape, marked="".join(marked), numbers=numbers)


def _metres(match: re.Match[str]) -> Decimal:
    whole = _digits(match["z"] or match["d"] or match["e"])
    return Decimal(f"{whole}.{'5' if match['h'] else _digits(match['t'] or match['m'])}")


def _digits(said: str) -> str:
    return "".join(_DIGITS.get(sign, sign) for sign in said)


def _inches(match: re.Match[str]) -> Decimal:
    return Decimal(match["f"]) * _INCHES_PER_FOOT + Decimal(match["i"])
