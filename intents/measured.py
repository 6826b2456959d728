"""Numbers beside the name of what they measure: "55 dB or less of noise level", 可可85%以上.

Rules know the usual attributes by their words; here the catalogue's own names count, whatever it
measures and in whatever unit.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from catalog.types import NumberConstraint
from catalog.units import all_unit_names, dimension
from intents.resolve import Words
from intents.shape import NUMBER, Shape, shape
from intents.types import Measure, Slot
from intents.values.bounds import Bound, compile_bounds, find_bounds, limits

_SIGN = "‰"
_PERCENT = re.compile(r" ?(?:%|percent|per cent)")
_UNITS = "|".join(re.escape(name) for name in sorted(all_unit_names(), key=len, reverse=True))
_UNIT = rf"(?:{_SIGN}+|[ -]?(?:{_UNITS})(?![a-z]))"
_AMOUNTS = compile_bounds(lambda group: rf"(?P<n{group}>{NUMBER})(?P<u{group}>{_UNIT})?")
_TO_AMOUNT = re.compile(r"(?:[ :：]|\b(?:of|is|at|with|should|be)\b|[要得是在为有达到])*$")
_BEFORE = re.compile(
    r"(?:(?P<en>(?<![a-z0-9])(?:[a-z0-9][a-z0-9-]* ){0,5}[a-z][a-z0-9-]*)"
    r"|(?P<zh>[\u4e00-\u9fff]{2,6}))$"
)
_AFTER = re.compile(
    r"(?: |of|in|的)*"
    r"(?:(?P<en>[a-z][a-z0-9-]*(?: [a-z0-9][a-z0-9-]*){0,5})|(?P<zh>[\u4e00-\u9fff]{2,6}))"
)
_LOOK = 40
_PEOPLE = re.compile(
    rf"(?P<n1>{NUMBER})(?:(?: |-)?(?:people|persons?)(?![a-z'])| ?(?:个|口)?人(?![民气员生工类]))"
)
_ROOM = ("people", "persons", "number of people", "适用人数", "人数")
"""What catalogues call how many people a thing is for."""


def find_measured(prepared: Shape, vocabulary: Words) -> list[Slot]:
    """Slots ``measure`` of attributes that the catalogue keeps numbers of, named beside them.

    Bounds and percentages alone: a bare "16 GB RAM" is for the rules that know the usual words. A
    unit must measure what the catalogue's own does; a number without one is taken for an
    attribute that has none, such as gears or ports.
    """
    said = shape(_PERCENT.sub(lambda match: _SIGN * len(match.group()), prepared.aligned))
    found = []
    for bound in find_bounds(said, _AMOUNTS):
        unit = _unit(bound.match)
        if bound.relation == "bare" and unit != "%":
            continue
        named = next(_named(said, bound.match, unit, vocabulary), None)
        if named is not None:
            name, start, end = named
            low, high = _limits(said, bound)
            value = Measure(name, low, high, unit)
            found.append(prepared.slot("measure", value, start, end))
    return found + _for_people(prepared.without(found), vocabulary)


def _for_people(prepared: Shape, vocabulary: Words) -> list[Slot]:
    """How many people things are for, where the catalogue counts that: "for four people", 4人的."""
    called = (vocabulary.attribute(name) for name in _ROOM)
    name = next((one for one in called if one and vocabulary.is_measurable(one)), None)
    matches = _PEOPLE.finditer(prepared.marked) if name else ()
    found = []
    for match in matches:
        number = prepared.number(match, "n1")
        room = NumberConstraint(name or "", number.low, number.high)
        slot = prepared.slot("feature", match.group(), *match.span())
        found.append(replace(slot, value=slot.raw, resolved=room))
    return found


def _unit(match: re.Match[str]) -> str:
    groups = match.groupdict()
    written = (groups.get("u2") or groups.get("u1") or "").strip(" -")
    return "%" if written.startswith(_SIGN) else written


def _limits(said: Shape, bound: Bound) -> tuple[Decimal | None, Decimal | None]:
    first = said.number(bound.match, "n1")
    ranged = bound.match.groupdict().get("n2")
    second = said.number(bound.match, "n2") if ranged else first
    return limits(bound.relation, (first.low, first.high), (second.low, second.high))


def _named(
    said: Shape, match: re.Match[str], unit: str, vocabulary: Words
) -> Iterator[tuple[str, int, int]]:
    """The attribute named right after or right before an amount, and both together."""
    start, end = match.span()
    for words, stop in _openings(said.aligned[end : end + _LOOK]):
        name = _measuring(words, unit, vocabulary)
        if name is not None:
            yield name, start, end + stop
    low = max(0, start - _LOOK)
    for words, begin in _endings(said.aligned[low:start]):
        name = _measuring(words, unit, vocabulary)
        if name is not None:
            yield name, low + begin, end


def _measuring(words: str, unit: str, vocabulary: Words) -> str | None:
    """The attribute of that name, if it is measured in such a unit."""
    name = vocabulary.attribute(words)
    if name is None or not vocabulary.is_measurable(name):
        return None
    units = vocabulary.units(name)
    if not unit:
        return name if units[:1] == ("",) else None
    return name if dimension(unit) in map(dimension, units) else None


def _openings(after: str) -> Iterator[tuple[str, int]]:
    """What a text may begin by naming, the longest first, and where that ends."""
    match = _AFTER.match(after)
    if match is None:
        return
    group = "en" if match["en"] else "zh"
    words, start = match[group], match.start(group)
    for length in _lengths(words, group):
        yield words[:length], start + length


def _endings(before: str) -> Iterator[tuple[str, int]]:
    """What a text may end by naming, the longest first, and where that begins."""
    match = _BEFORE.search(_TO_AMOUNT.sub("", before, count=1))
    if match is None:
        return
    group = "en" if match["en"] else "zh"
    words, end = match[group], match.end(group)
    for length in _lengths(words[::-1], group):
        yield words[len(words) - length :], end - length


def _lengths(words: str, group: str) -> list[int]:
    """Where words can be cut, the longest first."""
    if group == "zh":
        return list(range(len(words), 1, -1))
    return [len(words), *(m.start() for m in reversed(list(re.finditer(" ", words))))]
