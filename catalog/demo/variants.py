"""Colours, sizes and other options of a product, with price, stock and picture of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product as cross
from random import Random

from catalog.demo.prices import draw_prices
from catalog.demo.tables import Color, Kind, OptionTable, Tables
from catalog.types import Attribute, Availability, LocalText, Price, Variant

_ON_SALE = 0.2
_SOLD_OUT = 0.02
_VARIANT_GONE = 0.07
_ONLY_VARIANT_GONE = 0.02


@dataclass(frozen=True, slots=True)
class Choices:
    """What a product comes in; ``picture`` colours it where the shopper has no choice."""

    colors: tuple[Color, ...]
    options: tuple[tuple[OptionTable, tuple[LocalText, ...]], ...]
    picture: Color


def draw_choices(
    kind: Kind, attributes: Sequence[Attribute], tables: Tables, rng: Random
) -> Choices:
    """Draws the colours and option values that one product is made in."""
    low, high = (2, 4) if kind.options else (1, 3)
    names = rng.sample(kind.colors, min(len(kind.colors), rng.randint(low, high)))
    colors = tuple(tables.colors[name] for name in dict.fromkeys(names))
    options = tuple((table, _values(table, attributes, rng)) for table in kind.options)
    picture = colors[0] if colors else tables.colors[rng.choice(kind.art)]
    return Choices(colors, options, picture)


def _values(
    table: OptionTable, attributes: Sequence[Attribute], rng: Random
) -> tuple[LocalText, ...]:
    groups = [a.value.en for a in attributes if isinstance(a.value, LocalText)]
    group = next((name for name in groups if name in table.values), "any")
    values = table.values[group]
    if table.take is None:
        return values
    size = min(rng.randint(*table.take), len(values))
    start = rng.randint(0, len(values) - size)
    return values[start : start + size]


def build_variants(
    kind: Kind, product_id: str, choices: Choices, level: float, rng: Random
) -> tuple[Variant, ...]:
    """Every combination of the choices; about one variant in twelve is out of stock."""
    reduction = rng.uniform(0.1, 0.35) if rng.random() < _ON_SALE else 0.0
    combinations = list(_combinations(choices))
    usual = _VARIANT_GONE if len(combinations) > 2 else _ONLY_VARIANT_GONE
    gone = 1.0 if rng.random() < _SOLD_OUT else usual
    prices: dict[float, tuple[Price, ...]] = {}
    variants = []
    for color, steps in combinations:
        factor = 1 + sum(table.step * position for table, position, _ in steps)
        if factor not in prices:
            prices[factor] = draw_prices(kind, level, factor, reduction, rng)
        quantity = 0 if rng.random() < gone else min(int(rng.expovariate(1 / 40)) + 1, 200)
        named = [("color", color.name)] if color and len(choices.colors) > 1 else []
        variants.append(
            Variant(
                id="-".join((product_id, *_codes(choices, color, steps))),
                options=(*named, *((table.name, value) for table, _, value in steps)),
                prices=prices[factor],
                availability=Availability.IN_STOCK if quantity else Availability.OUT_OF_STOCK,
                quantity=quantity,
                image=f"/media/{kind.family}/{(color or choices.picture).slug}.svg",
            )
        )
    return tuple(variants)


_Step = tuple[OptionTable, int, LocalText]


def _combinations(choices: Choices) -> Iterator[tuple[Color | None, tuple[_Step, ...]]]:
    axes = [
        [(table, position, value) for position, value in enumerate(values)]
        for table, values in choices.options
    ]
    for color in choices.colors or (None,):
        for steps in cross(*axes):
            yield color, steps


def _codes(choices: Choices, color: Color | None, steps: Sequence[_Step]) -> Iterator[str]:
    if color:
        yield color.code
    for _, _, value in steps:
        yield "".join(c for c in value.en if c.isascii() and c.isalnum()).upper()[:8]
    if not color and not steps:
        yield "STD"
