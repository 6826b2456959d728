"""What tells the candidates of a search apart, and how much an answer would tell.

The expected information of an answer is that of a question in twenty questions (Quinlan, 1986,
information gain), with one change: a product may give several answers, so an answer is worth how
few candidates it leaves, log2(total / count), and comes as often as it is true.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from catalog.columns import FilterColumns, Matching
from catalog.facets import PRICE, Counted, Postings, Products, find_fact, value_label
from catalog.text import fold, has_chinese
from catalog.titled import leaves_of
from catalog.types import (
    CATEGORY,
    Attribute,
    Constraint,
    FlagConstraint,
    LocalText,
    NumberConstraint,
    Product,
    TextConstraint,
)
from catalog.words.product_types import shelf_name

NO_LABEL = LocalText()
MOST_CANDIDATES = 2_000
"""So many of the best candidates are counted; the rest is taken to be like them."""

MOST_CHOICES = 5

_BANDS = 3
_MOST_READ = 2 * MOST_CHOICES
_FEW_NUMBERS = 6
_ONE_EACH = 1.2
_LONGEST_ANSWER = 40
"""Characters of a button."""

Tally = tuple[str, int, int]
"""A value, how many candidates have it, and one of them."""


@dataclass(frozen=True, slots=True)
class Split:
    """How one fact divides the candidates: the ``counts`` of its answers, most first."""

    name: str
    counts: tuple[int, ...]
    total: int
    banded: bool = False

    @property
    def gain(self) -> float:
        """The bits that an answer is expected to tell; what lacks the fact tells nothing."""
        said = sum(self.counts)
        if not said or len(self.counts) < 2:
            return 0.0
        told = sum(count * math.log2(self.total / count) for count in self.counts) / said
        return told * min(1.0, said / self.total)


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: what it demands of a product, and how many candidates fulfil it.

    ``label`` is empty for a band of numbers, which the constraint says by itself.
    """

    constraint: Constraint
    count: int
    label: LocalText = NO_LABEL


@dataclass(frozen=True, slots=True)
class Choices:
    """The answers that a fact of the candidates gives, in the order to offer them."""

    name: str
    label: LocalText
    choices: tuple[Choice, ...]


Choose = Callable[[Sequence[Split]], str | None]
"""Picks the fact to ask for by its name, or nothing."""


def choose_choices(
    columns: FilterColumns,
    postings: Postings,
    matching: Matching,
    items: NDArray[np.int64],
    products: Products,
    choose: Choose,
    currency: str,
) -> Choices | None:
    """The answers to what is chosen to ask of the candidates, the best ``items`` that match."""
    candidates = columns.narrowed(matching, items[:MOST_CANDIDATES])
    counted = postings.counted(columns, candidates)
    known = {one.name: one for one in splits(columns, counted, candidates, currency)}
    name = choose(tuple(known.values()))
    if name is None:
        return None
    return choices(columns, counted, candidates, products, known[name], currency)


def splits(
    columns: FilterColumns, counted: Counted, matching: Matching, currency: str
) -> list[Split]:
    """How each fact divides what matches, price included."""
    total = matching.count
    numbers = {name for name, _ in columns.rows.numbers}
    found = [
        _split(name, one_script(values), total, name in numbers)
        for name, values in counted.values.items()
    ]
    _, prices = columns.row_prices(matching, currency)
    bands = tuple(one.count for one in _bands(prices, PRICE, currency))
    return [*found, Split(PRICE, _shares(bands, total), total, banded=True)]


def one_script(values: Sequence[Tally]) -> list[Tally]:
    """The values in one language: those of the script that more candidates have."""
    chinese = [one for one in values if has_chinese(one[0])]
    other = [one for one in values if not has_chinese(one[0])]
    more = sum(count for _, count, _ in chinese) > sum(count for _, count, _ in other)
    return sorted(chinese if more else other, key=lambda one: (-one[1], one[0]))


def choices(
    columns: FilterColumns,
    counted: Counted,
    matching: Matching,
    products: Products,
    split: Split,
    currency: str,
) -> Choices | None:
    """The answers of a split that most give; nothing where fewer than two can be named."""
    if split.name == PRICE:
        _, prices = columns.row_prices(matching, currency)
        found = _bands(prices, PRICE, currency)
        return Choices(PRICE, LocalText("Price", "价格"), found) if len(found) > 1 else None
    values = one_script(counted.values.get(split.name, ()))
    read = values[:_MOST_READ]
    records = products(list(dict.fromkeys(item for _, _, item in read)))
    facts = {
        value: fact
        for value, _, item in read
        if item in records and (fact := find_fact(records[item], split.name, value))
    }
    label = next((fact.label for fact in facts.values()), LocalText())
    if split.banded:
        unit = next((fact.unit for fact in facts.values()), "")
        _, numbers = columns.row_numbers(matching, split.name, unit)
        found = _bands(numbers, split.name, unit)
    else:
        leaves = {v for v, _, item in read if item in records and _is_leaf(v, records[item])}
        if split.name == CATEGORY and len(leaves) > 1:
            facts = {value: fact for value, fact in facts.items() if value in leaves}
        counts = {value: count for value, count, _ in read}
        found = _named(split.name, facts, counts, matching.count)[:MOST_CHOICES]
    return Choices(split.name, label, found) if len(found) > 1 else None


def _split(name: str, values: Sequence[Tally], total: int, is_number: bool) -> Split:
    counts = tuple(count for _, count, _ in values if count < total)
    alone = sum(counts) <= _ONE_EACH * total
    if is_number and alone and len(counts) > _FEW_NUMBERS:
        share = sum(counts) // _BANDS
        return Split(name, (share,) * _BANDS if share else (), total, banded=True)
    return Split(name, counts, total)


def _is_leaf(value: str, product: Product) -> bool:
    return any(shelf_name(value) in map(fold, leaf.all()) for leaf in leaves_of(product))


def _named(
    name: str, facts: Mapping[str, Attribute], counts: Mapping[str, int], total: int
) -> tuple[Choice, ...]:
    """One answer a value, most frequent first; numbers from the least.

    A shelf, and what titles of products on no shelf say by the same name, are one. A kind that all
    the candidates are tells nothing.
    """
    found: dict[LocalText | str, Choice] = {}
    for value, fact in facts.items():
        constraint: Constraint = TextConstraint(name, (value,))
        if isinstance(fact.value, bool):
            constraint = FlagConstraint(name, fact.value)
        elif isinstance(fact.value, Decimal):
            constraint = NumberConstraint(name, fact.value, fact.value, fact.unit)
        label = value_label(fact)
        if any(len(text) > _LONGEST_ANSWER for text in label.all()):
            continue
        choice = Choice(constraint, counts[value], label)
        key = shelf_name(value) if name == CATEGORY else label
        if key in found:
            found[key] = _together(found[key], choice)
        elif all(one.label != label for one in found.values()):
            found[key] = choice
    if name == CATEGORY:
        return tuple(one for one in found.values() if one.count < total)
    return tuple(found.values())


def _together(one: Choice, other: Choice) -> Choice:
    """One answer for a shelf and for titles of its name, which no product has both of."""
    constraint, more = one.constraint, other.constraint
    if constraint.name != CATEGORY or not isinstance(constraint, TextConstraint):
        return one  # the same value in the other language
    assert isinstance(more, TextConstraint)
    both = replace(constraint, values=(*constraint.values, *more.values))
    return replace(one, constraint=both, count=one.count + other.count)


def _bands(numbers: NDArray[np.float64], name: str, unit: str) -> tuple[Choice, ...]:
    """Bands of about equal size that meet at round numbers, as far as there are such."""
    if not len(numbers):
        return ()
    low, high = float(numbers.min()), float(numbers.max())
    thirds = np.quantile(numbers, np.arange(1, _BANDS) / _BANDS)
    cuts = sorted({cut for one in thirds if low < (cut := _round(float(one))) < high})
    edges = [None, *cuts, None]
    found = []
    for lower, upper in pairwise(edges):
        inside = (numbers >= (lower or -np.inf)) & (numbers <= (upper or np.inf))
        constraint = NumberConstraint(name, _decimal(lower), _decimal(upper), unit)
        found.append(Choice(constraint, int(np.count_nonzero(inside))))
    return tuple(one for one in found if one.count)


def _round(number: float) -> float:
    """To half of a power of ten: 38.99 becomes 40, 119 becomes 100, 1450 becomes 1500."""
    if number <= 0:
        return number
    step: float = 10.0 ** math.floor(math.log10(number)) / 2
    return round(number / step) * step


def _shares(counts: tuple[int, ...], total: int) -> tuple[int, ...]:
    """Counts of variants as counts of products, which may have several."""
    most = sum(counts)
    return tuple(max(1, round(count * total / most)) for count in counts) if most else ()


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(f"{number:.12g}")
