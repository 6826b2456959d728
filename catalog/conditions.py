"""Conditions on attributes as people type them: ``memory>=16 GB``, ``color=red,blue``."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from rapidfuzz import process

from catalog.text import fold
from catalog.types import (
    Constraint,
    FlagConstraint,
    NumberConstraint,
    ProductFilter,
    TextConstraint,
)
from catalog.units import parse_measure

_CONDITION = re.compile(r"\s*(?P<name>[^<>=!]+?)\s*(?P<sign><=|>=|!=|=)\s*(?P<value>.*?)\s*")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False, "是": True, "否": False}
_FORM = "NAME=VALUE, NAME!=VALUE, NAME>=NUMBER or NAME<=NUMBER"
_NEAR = 70


def add_conditions(
    wanted: ProductFilter, texts: Iterable[str], names: Callable[[], Iterable[str]]
) -> ProductFilter:
    """The filter with conditions on attributes added to it.

    Several values of one condition stand between commas; "yes" and "no" ask for a yes/no
    attribute; ``memory>=8 GB`` with ``memory<=16 GB`` is one range.

    Args:
        wanted: what must hold besides.
        texts: the conditions.
        names: the folded names of all attributes that products have.

    Raises:
        ValueError: a condition cannot be read, asks for an attribute that no product has, or
            contradicts another.
    """
    found: dict[str, NumberConstraint] = {}
    for text in texts:
        match = _CONDITION.fullmatch(text)
        if match is None or not match["value"]:
            raise ValueError(f"expected a condition such as {_FORM}, got {text!r}")
        name = fold(match["name"]).replace(" ", "_")
        _check_known(name, names)
        if match["sign"] in ("<=", ">="):
            bound = _bound(text, name, match["sign"], match["value"])
            found[name] = _joined(found[name], bound, text) if name in found else bound
        elif match["sign"] == "=":
            wanted = replace(wanted, attributes=(*wanted.attributes, _equal(name, match["value"])))
        else:
            wanted = replace(wanted, exclusions=(*wanted.exclusions, _equal(name, match["value"])))
    return replace(wanted, attributes=(*wanted.attributes, *found.values()))


def _check_known(name: str, names: Callable[[], Iterable[str]]) -> None:
    known = sorted(names())
    if name in known:
        return
    near = [found for found, score, _ in process.extract(name, known, limit=3) if score >= _NEAR]
    hint = f"; the nearest are {', '.join(near)}" if near else ""
    raise ValueError(f"no product has the attribute {name!r}{hint}")


def _bound(text: str, name: str, sign: str, value: str) -> NumberConstraint:
    measure = parse_measure(value)
    if measure is None:
        raise ValueError(f"expected a number with or without a unit in {text!r}, got {value!r}")
    number, unit = measure
    if sign == ">=":
        return NumberConstraint(name, minimum=number, unit=unit)
    return NumberConstraint(name, maximum=number, unit=unit)


def _joined(first: NumberConstraint, second: NumberConstraint, text: str) -> NumberConstraint:
    if first.unit != second.unit:
        raise ValueError(f"expected both bounds of {first.name} in one unit, got {text!r} too")
    low = _greatest(first.minimum, second.minimum)
    high = _least(first.maximum, second.maximum)
    if low is not None and high is not None and low > high:
        raise ValueError(f"{first.name}: minimum {low} is above maximum {high}")
    return replace(first, minimum=low, maximum=high)


def _greatest(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return max((value for value in (one, other) if value is not None), default=None)


def _least(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return min((value for value in (one, other) if value is not None), default=None)


def _equal(name: str, value: str) -> Constraint:
    flag = _FLAGS.get(fold(value))
    if flag is not None:
        return FlagConstraint(name, flag)
    values = tuple(part.strip() for part in re.split(r"[,，]", value) if part.strip())
    return TextConstraint(name, values)
