"""What passes a filter, read from the definition of :class:`catalog.types.ProductFilter`.

Nothing of the filter columns is used: records are compared in Python, exact in ``Decimal``. Each
condition is a set of variants, found by its text or by a pass over all that have such a fact, and
conditions meet as sets.
"""

from collections import defaultdict
from decimal import Decimal

from catalog.text import fold
from catalog.types import (
    BRAND,
    CATEGORY,
    Constraint,
    FlagConstraint,
    LocalText,
    NumberConstraint,
    Product,
    ProductFilter,
    TextConstraint,
    Variant,
)
from catalog.units import convert, parse_measure

Value = tuple[LocalText | Decimal | bool, str]


class BruteForce:
    """Every variant with its facts as they stand in the records, under a running number."""

    def __init__(self, products: list[Product]) -> None:
        self._variants = [(one, variant) for one in products for variant in one.variants]
        self._facts: dict[str, list[tuple[int, Value]]] = defaultdict(list)
        self._texts: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._known: dict[Constraint, set[int]] = {}
        for number, (product, variant) in enumerate(self._variants):
            for name, fact in _facts(product, variant):
                self._facts[name].append((number, fact))
                for text in _texts(fact[0]):
                    self._texts[name, text].add(number)

    def passing(self, wanted: ProductFilter) -> dict[str, set[str]]:
        """The ids of the products that pass, each with the ids of its variants that do."""
        accepted = sorted(map(self._accepted, _as_constraints(wanted)), key=len)
        numbers = set(accepted[0]) if accepted else set(range(len(self._variants)))
        for one in accepted[1:]:
            numbers &= one
        for constraint in wanted.exclusions:
            numbers -= self._accepted(constraint)
        found: dict[str, set[str]] = defaultdict(set)
        for number in numbers:
            product, variant = self._variants[number]
            if _own_fields_pass(product, variant, wanted):
                found[product.id].add(variant.id)
        return dict(found)

    def _accepted(self, constraint: Constraint) -> set[int]:
        if constraint not in self._known:
            self._known[constraint] = self._accept(constraint)
        return self._known[constraint]

    def _accept(self, constraint: Constraint) -> set[int]:
        name = fold(constraint.name)
        if isinstance(constraint, TextConstraint):
            texts = {fold(value) for value in constraint.values}
            return set().union(*(self._texts.get((name, text), ()) for text in texts))
        return {at for at, fact in self._facts.get(name, ()) if _accepts(fact, constraint)}


def _facts(product: Product, variant: Variant) -> list[tuple[str, Value]]:
    """A variant's option stands in the place of the product's attributes of its name."""
    options = {fold(name): (value, "") for name, value in variant.options if value}
    found: list[tuple[str, Value]] = list(options.items())
    found += [(CATEGORY, (node, "")) for node in product.category]
    found.append((BRAND, (product.brand, "")))
    for one in product.attributes:
        name = fold(one.name)
        if name not in options and name not in (CATEGORY, BRAND):
            found.append((name, (one.value, one.unit)))
    return found


def _as_constraints(wanted: ProductFilter) -> list[Constraint]:
    found: list[Constraint] = list(wanted.attributes)
    for name, values in ((CATEGORY, wanted.categories), (BRAND, wanted.brands)):
        if values:
            found.append(TextConstraint(name, values))
    return found


def _own_fields_pass(product: Product, variant: Variant, wanted: ProductFilter) -> bool:
    rating = wanted.minimum_rating
    if rating is not None and (product.rating is None or product.rating < rating):
        return False
    if product.id in wanted.excluded_products:
        return False
    if wanted.available_only and not variant.available:
        return False
    return _price_passes(variant, wanted)


def _price_passes(variant: Variant, wanted: ProductFilter) -> bool:
    low, high = wanted.minimum_price, wanted.maximum_price
    if low is None and high is None:
        return True
    named = [one for one in variant.prices if one.currency == wanted.currency]
    prices = named if wanted.currency else list(variant.prices[:1])
    return any(_between(one.amount, low, high) for one in prices)


def _accepts(fact: Value, constraint: FlagConstraint | NumberConstraint) -> bool:
    value, unit = fact
    if isinstance(constraint, FlagConstraint):
        return value is constraint.value
    return any(_within(number, its, constraint) for number, its in _measures(value, unit))


def _texts(value: LocalText | Decimal | bool) -> list[str]:
    if isinstance(value, bool):
        return []
    if isinstance(value, Decimal):
        return [format(value.normalize(), "f")]
    return [fold(text) for text in value.all()]


def _measures(value: LocalText | Decimal | bool, unit: str) -> list[tuple[Decimal, str]]:
    if isinstance(value, bool):
        return []
    if isinstance(value, Decimal):
        return [(value, unit)]
    return [found for text in value.all() if (found := parse_measure(text))]


def _within(number: Decimal, unit: str, constraint: NumberConstraint) -> bool:
    if constraint.unit:
        there = convert(number, unit, constraint.unit)
        if there is None:
            return False
        number = there
    return _between(number, constraint.minimum, constraint.maximum)


def _between(number: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)
