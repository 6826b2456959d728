"""Amounts of two parts made one number: 三斤半, 三斤二两, "half a litre", "two and a half feet"."""

import re
from dataclasses import replace
from decimal import Decimal

from intents.numbers import Number
from intents.shape import NUMBER, Shape

_FIRST, _REST = NUMBER[0], NUMBER[1]  # the marks that NUMBER is made of
_HALF = Decimal("0.5")
_SOME = rf"(?:(?P<n>{NUMBER})|(?<![a-z])(?:an?|one))"


def join_halves(shape: Shape, units: str) -> Shape:
    """The same text, in which an amount of two parts is one number with its unit behind it.

    Args:
        shape: the prepared text.
        units: a pattern of the units that may be halved, how they are written.
    """
    unit = rf"(?P<u>{units})(?![a-z])"
    for pattern in (
        rf"(?P<n>{NUMBER}) ?(?P<u>{units})半(?![a-z价折径圆身截自成透开])",
        rf"(?P<n>{NUMBER})(?P<u>斤)(?P<t>{NUMBER})两",
        rf"(?P<n>{NUMBER})个半(?P<u>小时|钟头)",
        rf"{_SOME} {unit} and a half(?![a-z])",
        rf"{_SOME} and a half[ -]{unit}",
        rf"(?<![a-z])(?P<h>half)(?:[ -]|(?: of)? an? ){unit}",
    ):
        shape = _joined(shape, re.compile(pattern))
    return shape


def _joined(shape: Shape, pattern: re.Pattern[str]) -> Shape:
    """The shape with every match marked as one number, with its unit at the end."""
    marked, numbers = list(shape.marked), dict(shape.numbers)
    for match in pattern.finditer(shape.marked):
        start, end = match.span()
        stop = end - len(match["u"])
        marked[start:end] = [_FIRST, *_REST * (stop - start - 1), *match["u"]]
        whole = _value(shape, match)
        numbers[start] = Number(whole, whole, start, stop)
    return replace(shape, marked="".join(marked), numbers=numbers)


def _value(shape: Shape, match: re.Match[str]) -> Decimal:
    groups = match.groupdict()
    if groups.get("h"):
        return _HALF
    whole = shape.number(match, "n").low if groups["n"] else Decimal(1)
    return whole + (shape.number(match, "t").low / 10 if groups.get("t") else _HALF)
