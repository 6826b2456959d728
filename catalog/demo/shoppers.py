"""How the demo shop's shoppers behave: tastes, visits, and what they buy together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from catalog.demo.tables import Kind, load_tables
from catalog.types import Interaction, Product

_SHOPPERS = 300
_DAYS = 180
_WEIGHTS = {"view_item": 1.0, "add_to_cart": 3.0, "purchase": 5.0}
_PARTNER = 0.55
"""How often a purchase brings along something that goes with it."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The products of one kind with what shoppers weigh: fame, brand and relative price."""

    kind: Kind
    products: tuple[Product, ...]
    fame: tuple[float, ...]
    levels: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Taste:
    """What one shopper likes."""

    departments: tuple[str, ...]
    brands: frozenset[str]
    price_level: float
    gender: str


def demo_interactions(products: Iterable[Product], seed: int, today: date) -> Iterator[Interaction]:
    """Yields about 15,000 events of 300 shoppers in the 180 days before ``today``.

    Shoppers come in sessions, look at several products of a kind, and buy what suits their
    departments, brands, gender and price level; whoever buys a laptop often takes a bag along.
    """
    shelves = _shelves(products)
    for number in range(1, _SHOPPERS + 1):
        rng = Random(f"{seed}/shopper/{number}")
        taste = _taste(shelves, rng)
        visits = sorted(_visit(today, rng) for _ in range(rng.randint(9, 16)))
        for start in visits:
            yield from _session(f"user-{number:03}", start, taste, shelves, rng)


def _shelves(products: Iterable[Product]) -> Mapping[str, _Shelf]:
    by_path = defaultdict(list)
    for product in products:
        by_path[product.category].append(product)
    kinds = [kind for kind in load_tables().kinds if kind.path in by_path]
    return {kind.name: _shelf(kind, by_path[kind.path]) for kind in kinds}


def _shelf(kind: Kind, products: Sequence[Product]) -> _Shelf:
    prices = [float(p.variants[0].prices[0].amount) for p in products]
    order = sorted(prices)
    return _Shelf(
        kind,
        tuple(products),
        tuple((product.review_count + 5) ** 0.5 for product in products),
        tuple(order.index(price) / max(len(order) - 1, 1) for price in prices),
    )


def _taste(shelves: Mapping[str, _Shelf], rng: Random) -> _Taste:
    departments = sorted({shelf.kind.department for shelf in shelves.values()})
    brands = sorted({p.brand.en for shelf in shelves.values() for p in shelf.products})
    return _Taste(
        tuple(rng.sample(departments, min(rng.randint(2, 4), len(departments)))),
        frozenset(rng.sample(brands, min(12, len(brands)))),
        rng.random(),
        rng.choice(("men", "women")),
    )


def _visit(today: date, rng: Random) -> datetime:
    """A moment at which people shop: mostly in the evening."""
    day = today - timedelta(days=rng.randint(1, _DAYS - 1))
    hour = rng.choices(range(8, 23), weights=(1, 1, 2, 2, 3, 3, 2, 2, 2, 2, 3, 4, 5, 5, 3))[0]
    return datetime.combine(day, time(hour, rng.randint(0, 59)), UTC)


def _session(
    user: str, start: datetime, taste: _Taste, shelves: Mapping[str, _Shelf], rng: Random
) -> Iterator[Interaction]:
    moment = start
    for product, kind in _steps(taste, shelves, rng):
        yield Interaction(user, product.id, kind, moment, _WEIGHTS[kind])
        moment += timedelta(seconds=rng.randint(15, 150))


def _steps(
    taste: _Taste, shelves: Mapping[str, _Shelf], rng: Random
) -> Iterator[tuple[Product, str]]:
    shelf = _choose_shelf(taste, shelves, rng)
    seen = list(dict.fromkeys(_choose(shelf, taste, rng) for _ in range(rng.randint(2, 6))))
    yield from ((product, "view_item") for product in seen)
    if rng.random() > 0.5:
        return
    favorite = max(seen, key=lambda product: _liking(shelf, shelf.products.index(product), taste))
    yield favorite, "add_to_cart"
    if rng.random() > 0.7:
        return
    yield favorite, "purchase"
    if shelf.kind.goes_with and rng.random() < _PARTNER:
        partner = shelves.get(rng.choice(shelf.kind.goes_with))
        if partner:
            extra = _choose(partner, taste, rng)
            yield from ((extra, kind) for kind in _WEIGHTS)


def _choose_shelf(taste: _Taste, shelves: Mapping[str, _Shelf], rng: Random) -> _Shelf:
    wanted = [s for s in shelves.values() if s.kind.department in taste.departments]
    anything = rng.random() < 0.15 or not wanted
    pool = list(shelves.values()) if anything else wanted
    return rng.choices(pool, weights=[len(shelf.products) for shelf in pool])[0]


def _choose(shelf: _Shelf, taste: _Taste, rng: Random) -> Product:
    weights = [_liking(shelf, place, taste) for place in range(len(shelf.products))]
    return rng.choices(shelf.products, weights=weights)[0]


def _liking(shelf: _Shelf, place: int, taste: _Taste) -> float:
    """How much one product of a shelf appeals, as a weight above zero."""
    product = shelf.products[place]
    fits_price = 1.2 - abs(shelf.levels[place] - taste.price_level)
    fits_brand = 3.0 if product.brand.en in taste.brands else 1.0
    genders = {str(getattr(value, "en", "")) for value in product.values("gender")}
    fits_gender = 0.15 if genders & {"men", "women"} and taste.gender not in genders else 1.0
    rating = (product.rating or 4.0) - 2.5
    return shelf.fame[place] * fits_price**2 * fits_brand * fits_gender * rating
