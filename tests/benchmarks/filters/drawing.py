"""Random filters, drawn from what a catalogue's products really have."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from catalog.types import (
    BRAND,
    CATEGORY,
    Constraint,
    FlagConstraint,
    LocalText,
    NumberConstraint,
    Product,
    ProductFilter,
    SortKey,
    TextConstraint,
)
from catalog.units import convert

_ANCHORED = 0.7
"""How often all conditions come from one product, so that something matches."""

_OTHER_UNITS = {
    "cm": "inch", "inch": "cm", "mm": "cm", "g": "kg", "kg": "g", "GB": "MB", "MB": "GB",
    "ml": "L", "L": "ml", "hour": "min", "lb": "kg", "oz": "g", "W": "kW", "m": "ft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """An attribute or option as some product has it."""

    name: str
    value: LocalText | Decimal | bool
    unit: str = ""


@dataclass(slots=True)
class Drawer:
    """Draws filters. One seed gives the same filters every time."""

    products: list[Product]
    random: random.Random
    _facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict)

    def draw(self) -> tuple[ProductFilter, Product]:
        """A filter of one to four conditions, and a product it was drawn from."""
        anchor = self._any()
        anchored = self.random.random() < _ANCHORED
        wanted = ProductFilter()
        for _ in range(self.random.choice((1, 1, 2, 2, 3, 4))):
            source = anchor if anchored else self._any()
            wanted = self.random.choice(_CONDITIONS)(self, wanted, source)
        return wanted, anchor

    def text(self, product: Product) -> str:
        """One to three words of a product's title."""
        words = " ".join(product.title.all()).split()
        start = self.random.randrange(len(words)) if words else 0
        return " ".join(words[start : start + self.random.randint(1, 3)])

    def sort(self) -> SortKey:
        """An order; half of the time the usual one."""
        return self.random.choice((*[SortKey.RELEVANCE] * 5, *SortKey))

    def _any(self) -> Product:
        return self.random.choice(self.products)

    def _fact(self, product: Product) -> Fact | None:
        if product.id not in self._facts:
            facts = [Fact(a.name, a.value, a.unit) for a in product.attributes]
            facts += [Fact(n, v) for one in product.variants for n, v in one.options if v]
            self._facts[product.id] = tuple(facts)
        known = self._facts[product.id]
        return self.random.choice(known) if known else None

    def category(self, wanted: ProductFilter, source: Product) -> ProductFilter:
        """A node of the path, at any depth; sometimes another product's beside it."""
        names = self._names(CATEGORY, source)
        return replace(wanted, categories=(*wanted.categories, *names)) if names else wanted

    def brand(self, wanted: ProductFilter, source: Product) -> ProductFilter:
        """The brand; sometimes another product's beside it."""
        names = self._names(BRAND, source)
        return replace(wanted, brands=(*wanted.brands, *names)) if names else wanted

    def price(self, wanted: ProductFilter, source: Product) -> ProductFilter:
        """A range of prices, open or closed, often with a bound right at a price."""
        prices = [price for variant in source.variants for price in variant.prices]
        if not prices:
            return wanted
        price = self.random.choice(prices)
        low, high = self._bounds(price.amount)
        named = price.currency if self.random.random() < 0.7 else ""
        return replace(wanted, minimum_price=low, maximum_price=high, currency=named)

    def rating(self, wanted: ProductFilter, source: Product) -> ProductFilter:
        """A least rating."""
        least = source.rating if self.random.random() < 0.5 else self.random.choice((3.0, 4.0, 4.5))
        return replace(wanted, minimum_rating=least)

    def available(self, wanted: ProductFilter, _: Product) -> ProductFilter:
        """Only what can be ordered."""
        return replace(wanted, available_only=True)

    def attribute(self, wanted: ProductFilter, source: Product) -> ProductFilter:
        """A condition on an attribute or option of any kind."""
        found = self._constraint(source)
        return replace(wanted, attributes=(*wanted.attributes, found)) if found else wanted

    def exclusion(self, wanted: ProductFilter, _: Product) -> ProductFilter:
        """What some product has, its category or brand included, and the answer must not."""
        other = self._any()
        named: Constraint | None
        match self.random.randrange(4):
            case 0:
                named = TextConstraint(BRAND, self._names(BRAND, other))
            case 1:
                named = TextConstraint(CATEGORY, self._names(CATEGORY, other))
            case _:
                named = self._constraint(other)
        return replace(wanted, exclusions=(*wanted.exclusions, named)) if named else wanted

    def product(self, wanted: ProductFilter, _: Product) -> ProductFilter:
        """A product that must not come again."""
        return replace(wanted, excluded_products=(self._any().id,))

    def _names(self, name: str, source: Product) -> tuple[str, ...]:
        found = []
        for one in (source, self._any())[: self.random.choice((1, 1, 2))]:
            given = one.category if name == CATEGORY else (one.brand,)
            texts = [text for node in given for text in node.all()]
            found += [self._as_typed(self.random.choice(texts))] if texts else []
        return tuple(found)

    def _as_typed(self, text: str) -> str:
        """The value in the case somebody may write it in."""
        return self.random.choice((text, text, text.upper(), text.lower(), f" {text} "))

    def _constraint(self, source: Product) -> Constraint | None:
        fact = self._fact(source)
        if fact is None:
            return None
        if isinstance(fact.value, bool):
            return FlagConstraint(fact.name, self.random.random() < 0.5 or fact.value)
        if isinstance(fact.value, Decimal):
            return self._measure(fact, fact.value)
        texts = [self._as_typed(self.random.choice(fact.value.all()))] if fact.value else []
        other = self._fact(self._any())
        if self.random.random() < 0.3 and other and isinstance(other.value, LocalText):
            texts += other.value.all()
        return TextConstraint(fact.name, tuple(texts)) if texts else None

    def _measure(self, fact: Fact, value: Decimal) -> NumberConstraint:
        other = _OTHER_UNITS.get(fact.unit, "")
        there = convert(value, fact.unit, other) if other and self.random.random() < 0.3 else None
        unit = fact.unit if there is None else other
        # Outside of its unit a bound right at a value may be no finite decimal: keep off it.
        low, high = self._bounds(value if there is None else there.quantize(Decimal("0.001")))
        if there is None and self.random.random() < 0.2:
            unit = ""
        return NumberConstraint(fact.name, low, high, unit)

    def _bounds(self, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
        share = Decimal(self.random.choice(("0", "0.1", "0.5")))
        spread = (abs(value) * share).quantize(Decimal("0.01"))
        low, high = value - spread, value + spread
        return self.random.choice(((low, high), (low, None), (None, high)))


_Condition = Callable[[Drawer, ProductFilter, Product], ProductFilter]
_CONDITIONS: tuple[_Condition, ...] = (
    Drawer.category, Drawer.category, Drawer.brand, Drawer.price, Drawer.price, Drawer.rating,
    Drawer.available, Drawer.attribute, Drawer.attribute, Drawer.attribute, Drawer.exclusion,
    Drawer.exclusion, Drawer.product,
)  # fmt: skip
