"""The demo shop as the tests of it see it: made once, looked up by category."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from catalog.demo import demo_interactions, demo_products, demo_reviews
from catalog.types import Interaction, LocalText, Product, Review

TODAY = date(2026, 3, 1)
SEED = 7


@cache
def products() -> tuple[Product, ...]:
    return tuple(demo_products(SEED))


@cache
def reviews() -> tuple[Review, ...]:
    return tuple(demo_reviews(products(), SEED, TODAY))


@cache
def interactions() -> tuple[Interaction, ...]:
    return tuple(demo_interactions(products(), SEED, TODAY))


def of(leaf: str) -> list[Product]:
    """Every product whose leaf category has that English name."""
    return [p for p in products() if p.category[-1].en == leaf]


def under(found: Iterable[Product], amount: int, currency: str) -> list[Product]:
    return [p for p in found if any(v.price(currency).amount < amount for v in p.variants)]


def says(product: Product, name: str) -> set[str]:
    return {value.en for value in product.values(name) if isinstance(value, LocalText)}
