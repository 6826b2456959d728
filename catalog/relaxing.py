"""When no product passes a filter: which condition is to blame, and what is nearest to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from catalog.columns import FilterColumns, Matching
from catalog.types import (
    BRAND,
    CATEGORY,
    Constraint,
    FlagConstraint,
    NumberConstraint,
    ProductFilter,
    TextConstraint,
)

PartKind = Literal["category", "brand", "price", "rating", "available", "attribute", "exclusion"]

_DIGITS = 12
"""Significant digits of a number in another unit than its record's; floats hold 15."""
_CONTEXT = Context(prec=_DIGITS)


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of a filter; ``constraint`` is given for an attribute and an exclusion."""

    kind: PartKind
    constraint: Constraint | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The value of some record that comes closest to a bound nothing keeps.

    ``unit`` is the constraint's own, the currency for a price. ``above`` says that the value is
    over the upper bound. ``filter`` is the whole filter with its bound moved to the value, and
    ``count`` how many products pass it.
    """

    value: Decimal
    unit: str
    above: bool
    filter: ProductFilter
    count: int


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Conditions that can be given up: ``count`` products pass the ``filter`` that is left.

    ``nearest`` is the closest value on each side of a price, a rating or a number.
    """

    parts: tuple[Part, ...]
    filter: ProductFilter
    count: int
    nearest: tuple[Nearest, ...] = ()


def relax(columns: FilterColumns, wanted: ProductFilter) -> tuple[Relaxation, ...]:
    """The fewest conditions of a filter without which something passes, every such choice.

    The first is the one that costs the shopper least: a price before a brand, a brand before the
    kind of thing. Where one or two are not enough, there is one choice: as many as it takes, in
    that order. Empty when something passes as it is, or the shop has nothing at all.
    """
    if columns.mask(wanted).count:
        return ()
    conditions = sorted(parts(wanted), key=_cost)
    for size in (1, 2):
        found = [_given_up(columns, wanted, chosen) for chosen in combinations(conditions, size)]
        if fitting := tuple(one for one in found if one.count):
            return fitting
    for size in range(3, len(conditions) + 1):
        most = _given_up(columns, wanted, conditions[:size])
        if most.count:
            return (most,)
    return ()


def parts(wanted: ProductFilter) -> tuple[Part, ...]:
    """The conditions of a filter, one by one. Products already seen are no condition."""
    given: list[tuple[PartKind, bool]] = [
        ("category", bool(wanted.categories)),
        ("brand", bool(wanted.brands)),
        ("price", (wanted.minimum_price, wanted.maximum_price) != (None, None)),
        ("rating", wanted.minimum_rating is not None),
        ("available", wanted.available_only),
    ]
    return (
        *(Part(kind) for kind, is_given in given if is_given),
        *(Part("attribute", constraint) for constraint in dict.fromkeys(wanted.attributes)),
        *(Part("exclusion", constraint) for constraint in dict.fromkeys(wanted.exclusions)),
    )


def without(wanted: ProductFilter, part: Part) -> ProductFilter:
    """The filter without one of its conditions."""
    match part.kind:
        case "category":
            return replace(wanted, categories=())
        case "brand":
            return replace(wanted, brands=())
        case "price":
            return replace(wanted, minimum_price=None, maximum_price=None)
        case "rating":
            return replace(wanted, minimum_rating=None)
        case "available":
            return replace(wanted, available_only=False)
        case "attribute":
            kept = tuple(one for one in wanted.attributes if one != part.constraint)
            return replace(wanted, attributes=kept)
        case "exclusion":
            kept = tuple(one for one in wanted.exclusions if one != part.constraint)
            return replace(wanted, exclusions=kept)


def _cost(part: Part) -> int:
    """How much of what the shopper means is lost with a condition."""
    if part.kind != "attribute":
        order = ("price", "rating", "available", "exclusion", "brand", "category")
        return (0, 1, 3, 4, 7, 8)[order.index(part.kind)]
    match part.constraint:
        case NumberConstraint():
            return 2
        case FlagConstraint():
            return 5
        case _:
            return 6


def _given_up(columns: FilterColumns, wanted: ProductFilter, chosen: Sequence[Part]) -> Relaxation:
    left = wanted
    for part in chosen:
        left = without(left, part)
    matching = columns.mask(left)
    nearest: tuple[Nearest, ...] = ()
    if matching.count and len(chosen) == 1:
        nearest = tuple(_nearest(columns, wanted, chosen[0], matching))
    return Relaxation(tuple(chosen), left, matching.count, nearest)


def _nearest(
    columns: FilterColumns, wanted: ProductFilter, part: Part, matching: Matching
) -> Iterator[Nearest]:
    if part.kind == "price":
        yield from _nearest_prices(columns, wanted, matching)
    elif part.kind == "rating" and wanted.minimum_rating is not None:
        ratings, _ = columns.ratings(np.flatnonzero(matching.items))
        best = float(np.nanmax(ratings, initial=-np.inf))
        if np.isfinite(best):
            moved = replace(wanted, minimum_rating=best)
            yield Nearest(_decimal(best), "", False, moved, columns.mask(moved).count)
    elif part.kind == "attribute" and isinstance(part.constraint, NumberConstraint):
        yield from _nearest_numbers(columns, wanted, part.constraint, matching)


def _nearest_prices(
    columns: FilterColumns, wanted: ProductFilter, matching: Matching
) -> Iterator[Nearest]:
    """The dearest price below the range and the cheapest above it."""
    _, prices = columns.row_prices(matching, wanted.currency)
    for value, above in _around(prices, wanted.minimum_price, wanted.maximum_price):
        moved = (
            replace(wanted, maximum_price=value) if above else replace(wanted, minimum_price=value)
        )
        yield Nearest(value, wanted.currency, above, moved, columns.mask(moved).count)


def _nearest_numbers(
    columns: FilterColumns, wanted: ProductFilter, bound: NumberConstraint, matching: Matching
) -> Iterator[Nearest]:
    _, values = columns.row_numbers(matching, bound.name, bound.unit)
    for value, above in _around(values, bound.minimum, bound.maximum):
        # In another unit the last digit may have been rounded to the wrong side of the record.
        wider = value.next_plus(_CONTEXT) if above else value.next_minus(_CONTEXT)
        for limit in (value, wider):
            there = replace(bound, maximum=limit) if above else replace(bound, minimum=limit)
            constraints = tuple(there if one == bound else one for one in wanted.attributes)
            moved = replace(wanted, attributes=constraints)
            if count := columns.mask(moved).count:
                yield Nearest(value, bound.unit, above, moved, count)
                break


def _around(
    values: NDArray[np.float64], low: Decimal | None, high: Decimal | None
) -> Iterator[tuple[Decimal, bool]]:
    """The largest value below ``low`` and the smallest above ``high``, where there are such."""
    if low is not None and (under := values[values < float(low)]).size:
        yield _decimal(float(under.max())), False
    if high is not None and (over := values[values > float(high)]).size:
        yield _decimal(float(over.min())), True


def _decimal(value: float) -> Decimal:
    """The number as a record writes it: without what a float adds."""
    return Decimal(f"{value:.{_DIGITS}g}")


def named_part(constraint: Constraint, excluded: bool) -> Part:
    """The condition that a constraint is, or is part of, in a filter."""
    if excluded:
        return Part("exclusion", constraint)
    if isinstance(constraint, TextConstraint) and constraint.name == CATEGORY:
        return Part("category")
    if isinstance(constraint, TextConstraint) and constraint.name == BRAND:
        return Part("brand")
    return Part("attribute", constraint)
