"""What a result can be narrowed by: values with counts, and ranges of numbers.

Every count is exact: a filter for just that value or range, set on top of what was asked, passes
so many products of the result. Ranges therefore begin and end at values that records have.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from catalog.column_data import view
from catalog.columns import FilterColumns, Matching
from catalog.documents import measure_text
from catalog.text import fold
from catalog.titled import shelves_of
from catalog.types import BRAND, CATEGORY, Attribute, LocalText, Product
from catalog.units import plain_number
from catalog.words.product_types import shelf_name

PRICE = "price"
RATING = "rating"
MOST_FACETS = 12
MOST_VALUES = 10
_LEAST_SHARE = 0.1
_RANGES = 5
_FEW_NUMBERS = 8
_FIRST = (CATEGORY, BRAND, PRICE, RATING)

Products = Callable[[Sequence[int]], Mapping[int, Product]]
"""Reads the products at places of the columns."""

Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value as a record writes it, and how many products of the result have it.

    ``value`` is what a constraint lists; "true" and "false" of a yes/no attribute.
    """

    value: str
    label: LocalText
    count: int


@dataclass(frozen=True, slots=True)
class FacetRange:
    """Numbers between two that records have, both included."""

    minimum: Decimal
    maximum: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to narrow by: ``values`` or ``ranges`` of it, and how many products have it.

    ``unit`` is that of the ranges, the currency for prices.
    """

    name: str
    label: LocalText
    count: int
    values: tuple[FacetValue, ...] = ()
    ranges: tuple[FacetRange, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """All facts with a name and a value, one after the other: ``rows[i]`` has ``keys[key[i]]``."""

    keys: list[tuple[str, str]]
    key: Array
    rows: Array

    @classmethod
    def of(cls, columns: FilterColumns) -> "Postings":
        """The texts and yes/no facts of all columns, laid out once for many counts."""
        rows = columns.rows
        flags = [((name, str(value).lower()), p) for (name, value), p in rows.flags.items()]
        known = [*rows.texts.items(), *flags]
        sizes = [len(posting) for _, posting in known]
        laid = [view(posting, np.int32) for _, posting in known]
        joined = np.concatenate([np.zeros(0, np.int32), *laid]).astype(np.int64)
        return cls([key for key, _ in known], np.repeat(np.arange(len(sizes)), sizes), joined)

    def counted(self, columns: FilterColumns, matching: Matching) -> "Counted":
        """How many products have each value, over the rows that match."""
        selected = np.flatnonzero(matching.rows[self.rows])
        key, rows = self.key[selected], self.rows[selected]
        item = view(columns.rows.item, np.int32)[rows].astype(np.int64)
        # The rows of a product stand together, so a repeated product follows itself.
        new = np.ones(len(key), np.bool_)
        new[1:] = (key[1:] != key[:-1]) | (item[1:] != item[:-1])
        places, first, counts = np.unique(key[new], return_index=True, return_counts=True)
        found: dict[str, list[tuple[str, int, int]]] = {}
        for place, at, count in zip(places, first, counts, strict=True):
            name, value = self.keys[place]
            found.setdefault(name, []).append((value, int(count), int(item[new][at])))
        return Counted(found)


@dataclass(frozen=True, slots=True)
class Counted:
    """By name: (value, products that have it, one of them)."""

    values: Mapping[str, list[tuple[str, int, int]]]


def facets(
    columns: FilterColumns,
    postings: Postings,
    matching: Matching,
    products: Products,
    currency: str,
) -> tuple[Facet, ...]:
    """The most telling facets of what matches: category, brand, price and rating first.

    An attribute is told when at least a tenth of the products have it and it sets some apart.
    """
    total = matching.count
    if not total:
        return ()
    counted = postings.counted(columns, matching)
    numbers = {name for name, _ in columns.rows.numbers}
    found: list[Facet | None] = [
        _price(columns, matching, currency),
        _rating(columns, matching),
    ]
    for name, values in counted.values.items():
        if sum(count for _, count, _ in values) < _LEAST_SHARE * total and name not in _FIRST:
            continue
        if name in numbers and len(values) > _FEW_NUMBERS:
            found.append(_measured(columns, matching, name, values, products))
        else:
            found.append(value_facet(name, values, products, total))
    telling = [one for one in found if one and _sets_apart(one, total)]
    telling.sort(key=lambda one: (_place(one.name), -one.count, one.name))
    return tuple(telling[:MOST_FACETS])


def value_facet(
    name: str, values: Iterable[tuple[str, int, int]], products: Products, total: int
) -> Facet:
    """The values of one name, most frequent first; both languages of a value are one.

    A category that holds the whole result tells nothing and is left out where others do.
    """
    ordered = sorted(values, key=lambda one: (-one[1], one[0]))
    if name == CATEGORY:
        ordered = [one for one in ordered if one[1] < total] or ordered
    # Twice as many are read, as most values are written in two languages.
    read = ordered[: 2 * MOST_VALUES]
    known = products(list(dict.fromkeys(item for _, _, item in read)))
    by_label: dict[LocalText, FacetValue] = {}
    facet_label, names = LocalText(), set[str]()
    for value, count, item in read:
        fact = find_fact(known[item], name, value) if item in known else None
        if fact is not None:
            facet_label = facet_label or fact.label
            label = value_label(fact)
            if name != CATEGORY or shelf_name(value) not in names:
                by_label.setdefault(label, FacetValue(value, label, count))
            names.add(shelf_name(value))  # a shelf may be called like what titles say
    kept = tuple(by_label.values())[:MOST_VALUES]
    return Facet(name, facet_label, sum(one.count for one in kept), kept)


def value_label(fact: Attribute) -> LocalText:
    """How the value of a fact is shown as an answer."""
    if isinstance(fact.value, bool):
        return LocalText("yes", "是") if fact.value else LocalText("no", "否")
    if isinstance(fact.value, Decimal):
        return LocalText(measure_text(fact))
    return fact.value


def find_fact(product: Product, name: str, value: str) -> Attribute | None:
    """The fact of a record that stands behind a folded name and value."""
    own = [Attribute(CATEGORY, node) for node in shelves_of(product)]
    own.append(Attribute(BRAND, product.brand))
    options = [Attribute(n, v) for one in product.variants for n, v in one.options]
    for fact in (*own, *product.attributes, *options):
        if fold(fact.name) == name and {value, shelf_name(value)} & {*_written(fact)}:
            return fact
    return None


def _written(fact: Attribute) -> tuple[str, ...]:
    if isinstance(fact.value, bool):
        return (str(fact.value).lower(),)
    if isinstance(fact.value, Decimal):
        return (plain_number(fact.value),)
    return tuple(fold(text) for text in fact.value.all())


def _price(columns: FilterColumns, matching: Matching, currency: str) -> Facet:
    rows, prices = columns.row_prices(matching, currency)
    return _ranged(columns, PRICE, LocalText("Price", "价格"), rows, prices, currency)


def _rating(columns: FilterColumns, matching: Matching) -> Facet:
    """How many are rated so many stars or better."""
    items = np.flatnonzero(matching.items)
    ratings, _ = columns.ratings(items)
    known = ratings[~np.isnan(ratings)]
    best = Decimal(f"{known.max():.6g}") if len(known) else Decimal(0)
    ranges = [
        FacetRange(Decimal(least), best, int(np.count_nonzero(known >= least)))
        for least in (4, 3, 2)
    ]
    kept = tuple(one for one in ranges if one.count)
    return Facet(RATING, LocalText("Rating", "评分"), len(known), ranges=kept)


def _measured(
    columns: FilterColumns,
    matching: Matching,
    name: str,
    values: list[tuple[str, int, int]],
    products: Products,
) -> Facet | None:
    """Ranges of a number, in the unit that the most frequent value is written in."""
    common = max(values, key=lambda one: one[1])
    known = products([common[2]])
    fact = find_fact(known[common[2]], name, common[0]) if common[2] in known else None
    if fact is None:
        return None
    rows, numbers = columns.row_numbers(matching, name, fact.unit)
    if not len(rows):
        return value_facet(name, values, products, matching.count)
    return _ranged(columns, name, fact.label, rows, numbers, fact.unit)


def _ranged(
    columns: FilterColumns,
    name: str,
    label: LocalText,
    rows: NDArray[np.int64],
    numbers: NDArray[np.float64],
    unit: str,
) -> Facet:
    items = view(columns.rows.item, np.int32)[rows]
    cuts: NDArray[np.float64] = np.zeros(0)
    if len(rows):
        cuts = np.unique(np.quantile(numbers, np.linspace(0, 1, _RANGES + 1)))
    ranges = []
    for at in range(len(cuts) - 1):
        upper = numbers <= cuts[-1] if at == len(cuts) - 2 else numbers < cuts[at + 1]
        inside = (numbers >= cuts[at]) & upper
        if inside.any():
            low, high = numbers[inside].min(), numbers[inside].max()
            count = len(np.unique(items[inside]))
            ranges.append(FacetRange(_decimal(low), _decimal(high), count))
    return Facet(name, label, len(np.unique(items)), ranges=tuple(ranges), unit=unit)


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.12g}")


def _sets_apart(facet: Facet, total: int) -> bool:
    """Whether it leaves out some product, whichever of it is chosen."""
    choices = [one.count for one in facet.values] + [one.count for one in facet.ranges]
    return bool(choices) and min(choices) < total


def _place(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
