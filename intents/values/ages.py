"""How old the wearer or player is: "for a 6 year old", "ages 3 to 5", 8到12岁, 三个月大的宝宝."""

import re
from collections.abc import Iterator
from decimal import Decimal

from intents.shape import NUMBER, Shape, shape
from intents.types import Slot
from intents.values.halves import join_halves

_YEARS = r"(?:[ -]?(?:years?|yrs?|y/?o)(?![a-z]))"
_OLD = r"(?:[ -]?olds?(?![a-z]))"
_TO = r" ?(?:to|-|–|~|and|到|至) ?"
_UP = r"(?: ?(?:\+|and (?:up|over|above|older)|or (?:older|above|over)))"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![a-z])age[sd]?(?: group| range)?(?: of)? (?P<a>{NUMBER})(?:{_TO}(?P<b>{NUMBER}))?"
        rf"{_YEARS}?{_OLD}?{_UP}?(?![a-z])",
        rf"(?P<a>{NUMBER})(?:{_TO}(?P<b>{NUMBER}))?{_YEARS}(?:{_OLD}{_UP}?|{_UP})",
        rf"(?P<a>{NUMBER}){_TO}(?P<b>{NUMBER}){_YEARS}(?! (?:warranty|guarantee|of))",
        rf"(?P<a>{NUMBER})(?:{_TO}(?P<b>{NUMBER}))?[ -](?P<m>months?)"
        rf"(?:{_OLD}{_UP}?|{_UP}|(?= (?:bab|infant|newborn|toddler|girl|boy|child)))",
        rf"(?P<a>{NUMBER})(?:个?多)?(?:{_TO}(?P<b>{NUMBER}))?(?:周?岁)(?:多)?(?:大)?"
        r"(?:以上|以下|以内|左右|及以上|\+)?",
        rf"(?P<a>{NUMBER})(?:{_TO}(?P<b>{NUMBER}))?(?P<m>个多?月大|月龄|个月(?=的?(?:男|女)?(?:宝|婴"
        r"|娃|孩)))",
    )
)
_MARKED = re.compile(rf"(?P<a>{NUMBER})(?:{_TO}(?P<b>{NUMBER}))?[ -]?(?P<m>months?|mos?|个多?月)")
"""Months that are an age only where it is known that they are one: 18个月."""
_HALVED = r"years?|yrs?|周?岁"
_AND_OLDER = re.compile(rf"{_UP}|以上")
_OLDEST = 120
_MONTHS = 12
_BOUNDS = ((1.5, "baby"), (4, "toddler"), (13, "kids"), (18, "teen"), (60, "adult"))


def find_ages(shape: Shape, asked: bool = False) -> list[Slot]:
    """Ages as slots named ``age_group`` with the name of their group.

    Groups are baby (to 1½ years), toddler (to 4), kids (to 13), teen (to 18), adult and senior
    (from 60); a range counts by its middle.

    Args:
        shape: the prepared text.
        asked: whether the words are known to be an age, which makes months alone one.
    """
    slots: list[Slot] = []
    joined = join_halves(shape, _HALVED)
    for match in _matches(joined, asked):
        apart = all(match.end() <= s.start or match.start() >= s.end for s in slots)
        group = _group(joined, match) if apart else ""
        if group:
            slots.append(shape.slot("age_group", group, *match.span()))
    return sorted(slots, key=lambda slot: slot.start)


def read_age(words: str) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest age in years that words mean; ``None`` where they name no one.

    An age and all above it (3岁以上) is none.
    """
    joined = join_halves(shape(words), _HALVED)
    for match in _matches(joined, asked=True):
        low, high = _years(joined, match)
        if 0 <= low <= high <= _OLDEST and high:
            return None if _AND_OLDER.search(joined.aligned[match.start() :]) else (low, high)
    return None


def _matches(shape: Shape, asked: bool) -> Iterator[re.Match[str]]:
    for pattern in (*_PATTERNS, _MARKED) if asked else _PATTERNS:
        yield from pattern.finditer(shape.marked)


def _group(shape: Shape, match: re.Match[str]) -> str:
    low, high = _years(shape, match)
    years = (low + high) / 2
    if not 0 < years <= _OLDEST:
        return ""
    return next((name for bound, name in _BOUNDS if years < bound), "senior")


def _years(shape: Shape, match: re.Match[str]) -> tuple[Decimal, Decimal]:
    first = shape.number(match, "a")
    last = shape.number(match, "b") if match["b"] else first
    months = match.groupdict().get("m")
    unit = _MONTHS if months else 1
    return first.low / unit, last.high / unit
