"""Filters, answered exactly over all products at once: one row per variant, in columns."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.column_data import (
    Items,
    Numbers,
    Rows,
    compacted,
    load_columns,
    save_columns,
    view,
    within,
)
from catalog.facts import (
    UNKNOWN_PRICE,
    Facts,
    digest,
    scaled_bounds,
    scaled_prices,
    variant_facts,
)
from catalog.spreading import family
from catalog.text import fold
from catalog.types import (
    BRAND,
    CATEGORY,
    Constraint,
    FlagConstraint,
    NumberConstraint,
    Product,
    ProductFilter,
    TextConstraint,
)
from catalog.units import dimension, to_base

Mask = NDArray[np.bool_]
_COMPACT_ROWS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """What passes a filter: ``items`` by ``item_idx``, ``rows`` by variant row."""

    items: Mask
    rows: Mask

    @property
    def count(self) -> int:
        """How many products pass."""
        return int(np.count_nonzero(self.items))


class FilterColumns:
    """Every fact a filter can ask about. Not safe for several threads at once.

    A change of price, stock or rating is written in place; other changes append new rows, and
    dead rows are dropped once they are many.
    """

    def __init__(self) -> None:
        self.rows = Rows()
        self.items = Items()
        self._index: dict[str, int] = {}
        self._dead = 0

    def __len__(self) -> int:
        return len(self._index)

    @property
    def size(self) -> int:
        """One more than the highest ``item_idx``: the length of every mask over items."""
        return len(self.items.count)

    def index_of(self, product_id: str) -> int | None:
        """The ``item_idx`` of a product that is there."""
        return self._index.get(product_id)

    def update(self, item_idx: int, product: Product) -> None:
        """Add a product, or bring in what changed of it."""
        self._make_room(item_idx)
        facts = variant_facts(product)
        name = digest(facts)
        items = self.items
        if items.count[item_idx] != len(facts) or items.digest[item_idx] != name:
            self.remove(item_idx)
            items.start[item_idx] = len(self.rows.item)
            items.count[item_idx] = len(facts)
            items.digest[item_idx] = name
            for one in facts:
                self._append(item_idx, one)
        items.id[item_idx] = product.id
        items.rating[item_idx] = np.nan if product.rating is None else product.rating
        items.reviews[item_idx] = product.review_count
        items.family[item_idx] = family(product)
        self._index[product.id] = item_idx
        self._write_changing(item_idx, product)

    def agrees(self, item_idx: int, product: Product) -> bool:
        """Whether the columns say of an item what this record of it says."""
        start, count = self.items.start[item_idx], self.items.count[item_idx]
        if self.items.id[item_idx] != product.id or count != len(product.variants):
            return False
        for row, variant in enumerate(product.variants, start):
            known = {name: column[row] for name, column in self.rows.prices.items()}
            prices = {name: price for name, price in known.items() if price != UNKNOWN_PRICE}
            if bool(self.rows.available[row]) is not variant.available:
                return False
            if prices != scaled_prices(variant):
                return False
        return self.items.digest[item_idx] == digest(variant_facts(product))

    def remove(self, item_idx: int) -> None:
        """Take a product out; nothing happens when there is none."""
        if item_idx >= self.size or not self.items.count[item_idx]:
            return
        start, count = self.items.start[item_idx], self.items.count[item_idx]
        for row in range(start, start + count):
            self.rows.item[row] = 0
        self.items.count[item_idx] = 0
        self._index.pop(self.items.id[item_idx], None)
        self._dead += count
        if self._dead > max(_COMPACT_ROWS, len(self.rows.item) // 2):
            self.compact()

    def mask(self, wanted: ProductFilter) -> Matching:
        """What passes the filter.

        Raises:
            ValueError: if a number constraint's minimum is above its maximum.
        """
        rows = view(self.rows.item, np.int32) > 0
        if wanted.available_only:
            rows &= view(self.rows.available, np.int8).astype(np.bool_)
        self._limit_price(rows, wanted)
        for name, values in ((CATEGORY, wanted.categories), (BRAND, wanted.brands)):
            if values:
                rows &= self._text_rows(name, values)
        for constraint in wanted.attributes:
            rows &= self._constraint_rows(constraint)
        for constraint in wanted.exclusions:
            rows &= ~self._constraint_rows(constraint)
        return self._matching(rows, wanted)

    def narrowed(self, matching: Matching, items: NDArray[np.int64]) -> Matching:
        """What matches and is among the items."""
        kept = np.zeros(self.size, np.bool_)
        kept[items] = matching.items[items]
        return Matching(kept, matching.rows & kept[view(self.rows.item, np.int32)])

    def best_variants(
        self, matching: Matching, items: Sequence[int], currency: str
    ) -> dict[int, int]:
        """For each item that passes, the place of the variant to show.

        The first that can be ordered, else the first; of several the cheapest is taken.
        """
        prices = self._prices(currency)
        places: dict[int, int] = {}
        for item in items:
            start = self.items.start[item]
            rows = start + np.flatnonzero(matching.rows[start : start + self.items.count[item]])
            if len(rows):
                best = min(rows.tolist(), key=lambda row: self._order(row, prices))
                places[item] = best - start
        return places

    def lowest_prices(self, matching: Matching, currency: str) -> NDArray[np.float64]:
        """Each item's lowest price among matching variants, in the unit of the currency.

        NaN where no matching variant has a price.
        """
        rows, prices = self.row_prices(matching, currency)
        return self._lowest(rows, prices)

    def extremes(self, matching: Matching, name: str, descending: bool) -> NDArray[np.float64]:
        """Each item's highest or lowest number under an attribute, among matching variants.

        In the base unit of the dimension that most of them have, so that 900 g is less than
        1 kg; NaN where no matching variant has such a number.
        """
        columns = [n for (own, _), n in self.rows.numbers.items() if own == fold(name)]
        known = [(view(n.rows, np.int32), view(n.base, np.float64)) for n in columns]
        fitting = [(rows[matching.rows[rows]], base[matching.rows[rows]]) for rows, base in known]
        none = (np.zeros(0, np.int32), np.zeros(0))
        rows, numbers = max(fitting, key=lambda one: len(one[0]), default=none)
        return -self._lowest(rows, -numbers) if descending else self._lowest(rows, numbers)

    def row_prices(
        self, matching: Matching, currency: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The matching rows that have a price, and it, in the unit of the currency."""
        prices = self._prices(currency)
        rows = np.flatnonzero(matching.rows & (prices != UNKNOWN_PRICE))
        return rows, prices[rows] / 10_000

    def row_numbers(
        self, matching: Matching, name: str, unit: str
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The matching rows that have a number under that attribute, and it.

        It is in ``unit``, or as it was written where that is "". A row may come several times.
        """
        rows, numbers = self._numbers(name, unit)
        kept = matching.rows[rows]
        return rows[kept], numbers[kept]

    def available(self, items: NDArray[np.int64]) -> Mask:
        """Which of the items, all of them there, have a variant that can be ordered."""
        before = np.concatenate(
            [[0], np.cumsum(view(self.rows.available, np.int8), dtype=np.int64)]
        )
        start = view(self.items.start, np.int32)[items]
        end = start + view(self.items.count, np.int32)[items]
        return np.asarray(before[end] > before[start])

    def ratings(self, items: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """The ratings of the items (NaN where there is none) and the numbers of reviews."""
        return view(self.items.rating, np.float64)[items], view(self.items.reviews, np.int64)[items]

    def families(self, items: NDArray[np.int64]) -> NDArray[np.int64]:
        """The family of each item; see :mod:`catalog.spreading`."""
        return view(self.items.family, np.int64)[items]

    @property
    def most_reviews(self) -> int:
        """The number of reviews of the product that has most."""
        return int(view(self.items.reviews, np.int64).max(initial=0))

    def names(self) -> set[str]:
        """The folded names of all facts that some product has."""
        return {key[0] for key in (*self.rows.texts, *self.rows.flags, *self.rows.numbers)}

    def knows(self, name: str) -> bool:
        """Whether any product has a fact of that name."""
        return fold(name) in self.names()

    def save(self, folder: Path) -> None:
        """Write the columns into ``folder``, which must exist."""
        self.compact()
        save_columns(folder, self.rows, self.items)

    @classmethod
    def load(cls, folder: Path) -> "FilterColumns":
        """Read what :meth:`save` wrote.

        Raises:
            ValueError: if it is missing, cut or of another format.
        """
        columns = cls()
        columns.rows, columns.items = load_columns(folder)
        ids, counts = columns.items.id, columns.items.count
        columns._index = {ids[item]: item for item in range(len(ids)) if counts[item]}
        return columns

    def compact(self) -> None:
        """Drop dead rows and number the others anew."""
        alive = view(self.rows.item, np.int32) > 0
        number = np.cumsum(alive, dtype=np.int32) - 1
        self.rows = compacted(self.rows, alive, number)
        for item in self._index.values():
            self.items.start[item] = int(number[self.items.start[item]])
        self._dead = 0

    def _make_room(self, item_idx: int) -> None:
        missing = item_idx + 1 - self.size
        if missing > 0:
            items = self.items
            items.id.extend([""] * missing)
            grown = (items.start, items.count, items.digest, items.rating, items.reviews)
            for column in (*grown, items.family):
                column.extend([0] * missing)

    def _append(self, item_idx: int, facts: Facts) -> None:
        rows, row = self.rows, len(self.rows.item)
        rows.item.append(item_idx)
        rows.available.append(0)
        for prices in rows.prices.values():
            prices.append(UNKNOWN_PRICE)
        for text in facts.texts:
            rows.texts.setdefault(text, array("i")).append(row)
        for flag in facts.flags:
            rows.flags.setdefault(flag, array("i")).append(row)
        for name, kind, base, written in facts.numbers:
            numbers = rows.numbers.setdefault((name, kind), Numbers())
            numbers.rows.append(row)
            numbers.base.append(base)
            numbers.written.append(written)

    def _write_changing(self, item_idx: int, product: Product) -> None:
        start = self.items.start[item_idx]
        for row, variant in enumerate(product.variants, start):
            self.rows.available[row] = variant.available
            prices = scaled_prices(variant)
            for currency in prices.keys() - self.rows.prices.keys():
                self.rows.prices[currency] = array("q", [UNKNOWN_PRICE]) * len(self.rows.item)
            for currency, column in self.rows.prices.items():
                column[row] = prices.get(currency, UNKNOWN_PRICE)

    def _limit_price(self, rows: Mask, wanted: ProductFilter) -> None:
        if wanted.minimum_price is None and wanted.maximum_price is None:
            return
        low, high = scaled_bounds(wanted.minimum_price, wanted.maximum_price)
        prices = self._prices(wanted.currency)
        rows &= (prices != UNKNOWN_PRICE) & (prices >= low) & (prices <= high)

    def _prices(self, currency: str) -> NDArray[np.int64]:
        column = self.rows.prices.get(currency)
        if column is None:
            return np.full(len(self.rows.item), UNKNOWN_PRICE, np.int64)
        return view(column, np.int64)

    def _constraint_rows(self, constraint: Constraint) -> Mask:
        if isinstance(constraint, TextConstraint):
            return self._text_rows(constraint.name, constraint.values)
        if isinstance(constraint, FlagConstraint):
            key = (fold(constraint.name), constraint.value)
            return self._marked([view(self.rows.flags.get(key, array("i")), np.int32)])
        return self._number_rows(constraint)

    def _text_rows(self, name: str, values: Sequence[str]) -> Mask:
        keys = {(fold(name), fold(value)) for value in values}
        found = [self.rows.texts[key] for key in keys if key in self.rows.texts]
        return self._marked([view(posting, np.int32) for posting in found])

    def _number_rows(self, constraint: NumberConstraint) -> Mask:
        low, high = constraint.minimum, constraint.maximum
        if low is not None and high is not None and low > high:
            raise ValueError(f"{constraint.name}: minimum {low} is above maximum {high}")
        name = fold(constraint.name)
        if not constraint.unit:
            columns = [n for (own, _), n in self.rows.numbers.items() if own == name]
            bounds = _bounds(low, high, "")
            return self._marked([within(n.rows, n.written, bounds) for n in columns])
        numbers = self.rows.numbers.get((name, dimension(constraint.unit)), Numbers())
        bounds = _bounds(low, high, constraint.unit)
        return self._marked([within(numbers.rows, numbers.base, bounds)])

    def _numbers(self, name: str, unit: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The rows that have a number of that name, with the numbers in ``unit``."""
        if unit:
            column = self.rows.numbers.get((fold(name), dimension(unit)), Numbers())
            factor = float(to_base(Decimal(1), unit)[1])
            return view(column.rows, np.int32).astype(np.int64), view(
                column.base, np.float64
            ) / factor
        columns = [n for (own, _), n in self.rows.numbers.items() if own == fold(name)]
        known = [view(n.rows, np.int32) for n in columns]
        written = [view(n.written, np.float64) for n in columns]
        joined = np.concatenate([np.zeros(0, np.int32), *known]).astype(np.int64)
        return joined, np.concatenate([np.zeros(0), *written])

    def _marked(self, postings: Sequence[NDArray[np.int32]]) -> Mask:
        marked = np.zeros(len(self.rows.item), np.bool_)
        for posting in postings:
            marked[posting] = True
        return marked

    def _lowest(
        self, rows: NDArray[np.integer[Any]], numbers: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        lowest = np.full(self.size, np.inf)
        np.minimum.at(lowest, view(self.rows.item, np.int32)[rows], numbers)
        return np.where(np.isfinite(lowest), lowest, np.nan)

    def _matching(self, rows: Mask, wanted: ProductFilter) -> Matching:
        items = self._items_of(rows)
        if wanted.minimum_rating is not None:
            items &= view(self.items.rating, np.float64) >= wanted.minimum_rating
        excluded = [self._index[id_] for id_ in wanted.excluded_products if id_ in self._index]
        items[excluded] = False
        return Matching(items, rows & items[view(self.rows.item, np.int32)])

    def _items_of(self, rows: Mask) -> Mask:
        items = np.zeros(self.size, np.bool_)
        items[view(self.rows.item, np.int32)[rows]] = True
        return items

    def _order(self, row: int, prices: NDArray[np.int64]) -> tuple[bool, bool, int, int]:
        price = int(prices[row])
        return not self.rows.available[row], price == UNKNOWN_PRICE, price, row


def _bounds(low: Decimal | None, high: Decimal | None, unit: str) -> tuple[float, float]:
    """Both bounds in the base unit of ``unit``; open ones are infinite."""
    return (
        -np.inf if low is None else float(to_base(low, unit)[1]),
        np.inf if high is None else float(to_base(high, unit)[1]),
    )
