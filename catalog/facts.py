"""What a filter can ask of one variant: the product's facts and the variant's own choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from hashlib import blake2b

from catalog.text import fold
from catalog.titled import shelf_values
from catalog.types import BRAND, CATEGORY, RESERVED_NAMES, LocalText, Product, Variant
from catalog.units import parse_measure, plain_number, to_base

UNKNOWN_PRICE = -1
ANY_CURRENCY = ""
"""The name of the column that holds each variant's first price, whatever its currency."""

_PRICE_STEPS = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts that a constraint can be checked against.

    ``texts`` are (name, folded value), ``flags`` (name, value), ``numbers`` (name, dimension,
    value in the dimension's base unit, value as written). Names are folded.
    """

    texts: frozenset[tuple[str, str]] = frozenset()
    flags: frozenset[tuple[str, bool]] = frozenset()
    numbers: frozenset[tuple[str, str, float, float]] = frozenset()

    def without(self, names: frozenset[str]) -> "Facts":
        """The facts that are not called any of ``names``."""
        if not names:
            return self
        return Facts(
            frozenset(fact for fact in self.texts if fact[0] not in names),
            frozenset(fact for fact in self.flags if fact[0] not in names),
            frozenset(fact for fact in self.numbers if fact[0] not in names),
        )


def variant_facts(product: Product) -> list[Facts]:
    """The facts of every variant, in order.

    A variant's option stands in the place of the product's attributes of that name: of a shirt in
    red and blue, the blue one is not red.
    """
    shared = _product_facts(product)
    return [_variant_facts(variant, shared) for variant in product.variants]


def digest(facts: list[Facts]) -> int:
    """A signed 64-bit number that changes when a fact does; the same in every process."""
    parts = [(sorted(one.texts), sorted(one.flags), sorted(one.numbers)) for one in facts]
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=8).digest(), signed=True)


def scaled_prices(variant: Variant) -> dict[str, int]:
    """The price in every currency and under :data:`ANY_CURRENCY`, in ten-thousandths."""
    prices = {price.currency: _scaled(price.amount, ROUND_HALF_UP) for price in variant.prices}
    if variant.prices:
        prices[ANY_CURRENCY] = prices[variant.prices[0].currency]
    return prices


def scaled_bounds(minimum: Decimal | None, maximum: Decimal | None) -> tuple[int, int]:
    """Price bounds in ten-thousandths, both included; open ones are 0 and the largest number."""
    low = 0 if minimum is None else max(0, _scaled(minimum, ROUND_CEILING))
    high = 2**62 if maximum is None else min(2**62, _scaled(maximum, ROUND_FLOOR))
    return low, high


def _scaled(amount: Decimal, rounding: str) -> int:
    return int((amount * _PRICE_STEPS).to_integral_value(rounding))


def _product_facts(product: Product) -> Facts:
    own = Facts(
        frozenset((CATEGORY, value) for value in shelf_values(product))
        | frozenset((BRAND, name) for name in _folded(product.brand))
    )
    named = ((fold(attribute.name), attribute) for attribute in product.attributes)
    return _together(
        own,
        *(
            _attribute_facts(name, a.value, a.unit)
            for name, a in named
            if name not in RESERVED_NAMES
        ),
    )


def _together(*parts: Facts) -> Facts:
    return Facts(
        frozenset().union(*(one.texts for one in parts)),
        frozenset().union(*(one.flags for one in parts)),
        frozenset().union(*(one.numbers for one in parts)),
    )


def _attribute_facts(name: str, value: LocalText | Decimal | bool, unit: str) -> Facts:
    if isinstance(value, bool):
        return Facts(flags=frozenset([(name, value)]))
    if isinstance(value, Decimal):
        return Facts(
            frozenset([(name, plain_number(value))]),
            numbers=frozenset([_number(name, value, unit)]),
        )
    return _text_facts(name, value)


def _text_facts(name: str, value: LocalText) -> Facts:
    texts = frozenset((name, folded) for folded in _folded(value))
    measures = (parse_measure(folded) for _, folded in texts)
    return Facts(texts, numbers=frozenset(_number(name, *found) for found in measures if found))


def _number(name: str, value: Decimal, unit: str) -> tuple[str, str, float, float]:
    dimension, base = to_base(value, unit)
    return name, dimension, float(base), float(value)


def _variant_facts(variant: Variant, shared: Facts) -> Facts:
    options = [(fold(name), value) for name, value in variant.options]
    names = frozenset(name for name, value in options if value)
    return _together(shared.without(names), *(_text_facts(name, value) for name, value in options))


def _folded(text: LocalText) -> Iterator[str]:
    return (fold(one) for one in text.all())
