"""Amounts said loosely: "fifteenish", 几十块, "150gr", "9 out of 10", 好评率95%."""

import math
import re
from decimal import Decimal

from intents.shape import shape
from intents.types import PriceRange, SlotValue
from intents.values.measures import find_measures
from intents.values.money import find_prices

_SOME_ZH = re.compile(
    r"(?:就|大概|大约|也就)?(?P<t>十)?几(?P<s>[十百千]?万?)来?(?:块钱?|元钱?|蚊|钱)?"
    r"(?:左右|以内|的)*"
)
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_ISH = re.compile(r"(?P<n>[a-z][a-z -]*?)-?ish\b")
_TENNERS = {"fiver": 5, "tenner": 10}
_SLANG = re.compile(r"\b(?:a |one )?(?P<w>fiver|tenner)\b")


def read_loose_price(aligned: str) -> SlotValue | None:
    """The price that words mean which are known to be one; ``None`` leaves it to the rules.

    几 stands for two to nine: 几十块 is 20 to 90, 十几块 11 to 19.
    """
    some = _SOME_ZH.fullmatch(aligned)
    if some:
        return _some(some)
    said = _SLANG.sub(lambda match: f"{_TENNERS[match['w']]}", aligned)
    said = _ISH.sub(lambda match: f"around {match['n']}", said)
    if said == aligned:
        return None
    return next((slot.value for slot in find_prices(shape(said), asked=True)), None)


def _some(match: re.Match[str]) -> PriceRange:
    scale = math.prod(_SCALES[sign] for sign in match["s"])
    low, high = (11, 19) if match["t"] else (2, 9)
    return PriceRange(Decimal(low * scale), Decimal(high * scale))


_SPELT = (
    (re.compile(r"(?<=\d) ?(?:grs?|grms?)\b"), " g"),
    (re.compile(r"(?<=\d) ?(?:ltrs?|lt)\b"), " l"),
    (re.compile(r"(?<=\d) ?(?:mtrs?)\b"), " m"),
    (re.compile(r"(?<=\d) ?(?:kgm|kilogs?)\b"), " kg"),
)


def read_loose_measure(aligned: str) -> SlotValue | None:
    """The measure of words whose unit is spelt in a way that may be another word elsewhere."""
    said = aligned
    for pattern, unit in _SPELT:
        said = pattern.sub(unit, said)
    if said == aligned:
        return None
    return next((slot.value for slot in find_measures(shape(said), known=True)), None)


_SHARE = re.compile(r"(?P<n>\d{1,3}(?:\.\d+)?) ?(?:%|percent|per cent)")
_OF_TEN = re.compile(r"(?P<n>\d{1,2}(?:\.\d+)?) ?(?:out of|of|/) ?(?P<s>10|100|5)\b")
_FULL = re.compile(r"(?:full|perfect|top) (?:marks?|score|stars?)|满分|满星|全五星")
_BEST = 5


def read_loose_rating(aligned: str) -> float | None:
    """The least rating, from 1 to 5, that words mean which are known to be one.

    Marks out of ten and shares of good reviews are taken on the same scale: 90 % is 4.5.
    """
    if _FULL.search(aligned):
        return float(_BEST)
    share = _SHARE.search(aligned)
    if share:
        return _on_scale(float(share["n"]) / 100)
    marks = _OF_TEN.search(aligned)
    return _on_scale(float(marks["n"]) / float(marks["s"])) if marks else None


def _on_scale(share: float) -> float | None:
    stars = round(share * _BEST, 2)
    return stars if 1 <= stars <= _BEST else None
