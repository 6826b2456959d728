"""How old the wearer or player is: "for a 6 year old", "ages 3 to 5", 8到12岁, 三个月大的宝宝."""

import re

from intents.shape import NUMBER, Shape
from intents.types import Slot

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
        rf"(?P<a>{NUMBER})(?:个?多)?(?:{_TO}(?P<b>{NUMBER}))?(?:周?岁)(?:半|多)?(?:大)?"
        r"(?:以上|以下|以内|左右|及以上|\+)?",
        rf"(?P<a>{NUMBER})(?:{_TO}(?P<b>{NUMBER}))?(?P<m>个多?月大|月龄|个月(?=的?(?:男|女)?(?:宝|婴"
        r"|娃|孩)))",
    )
)
_OLDEST = 120
_MONTHS = 12
_BOUNDS = ((1.5, "baby"), (4, "toddler"), (13, "kids"), (18, "teen"), (60, "adult"))


def find_ages(shape: Shape) -> list[Slot]:
    """Ages as slots named ``age_group`` with the name of their group.

    Groups are baby (to 1½ years), toddler (to 4), kids (to 13), teen (to 18), adult and senior
    (from 60); a range counts by its middle.
    """
    slots: list[Slot] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(shape.marked):
            apart = all(match.end() <= s.start or match.start() >= s.end for s in slots)
            group = _group(shape, match) if apart else ""
            if group:
                slots.append(shape.slot("age_group", group, *match.span()))
    return sorted(slots, key=lambda slot: slot.start)


def _group(shape: Shape, match: re.Match[str]) -> str:
    first = shape.number(match, "a")
    last = shape.number(match, "b") if match["b"] else first
    years = float(first.low + last.high) / 2
    if match.groupdict().get("m"):
        years /= _MONTHS
    if not 0 < years <= _OLDEST:
        return ""
    return next((name for bound, name in _BOUNDS if years < bound), "senior")
