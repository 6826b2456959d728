"""The demo shop's products, the same for the same seed."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from random import Random

from catalog.demo.specs import draw_values
from catalog.demo.tables import Brand, Kind, Tables, load_tables
from catalog.demo.variants import Choices, build_variants, draw_choices
from catalog.demo.wording import collect_facts, write_description, write_title
from catalog.types import Attribute, LocalText, Product

_TITLE_TRIES = 60
_BATTERY_FACTS = ("rechargeable", "battery_life", "bluetooth_version")
_MEASURE = re.compile(r"(\d+(?:\.\d+)?) ?(GB|ml|g|kg)")


def demo_products(seed: int = 7) -> Iterator[Product]:
    """Yields every product of the demo shop, department by department.

    Args:
        seed: the same seed gives the same products, in the same order.
    """
    tables = load_tables()
    numbers = {kind.department: count(1001) for kind in tables.kinds}
    for kind in tables.kinds:
        yield from _products_of(kind, numbers[kind.department], tables, seed)


def _products_of(
    kind: Kind, numbers: Iterator[int], tables: Tables, seed: int
) -> Iterator[Product]:
    taken: set[str] = set()
    order = Random(f"{seed}/{kind.name}")
    models = order.sample(kind.models, len(kind.models)) or [LocalText()]
    for index in range(kind.count):
        product_id = f"{kind.department}-{next(numbers)}"
        for attempt in range(_TITLE_TRIES):
            rng = Random(f"{seed}/{kind.name}/{index}/{attempt}")
            product = _product(
                kind, product_id, models[(index + attempt) % len(models)], tables, rng
            )
            if product.title.en not in taken and product.title.zh not in taken:
                break
        taken.update(product.title.all())
        yield product


def _product(kind: Kind, product_id: str, model: LocalText, tables: Tables, rng: Random) -> Product:
    brand = rng.choice(tables.brands_for(kind.field))
    level = min(max(0.55 * brand.level + 0.55 * rng.random() - 0.05, 0.0), 1.0)
    drawn = _attributes(kind, tables, rng, level)
    choices = draw_choices(kind, drawn, tables, rng)
    attributes = (*drawn, *_choice_attributes(choices, tables))
    facts = collect_facts(
        attributes, {"brand": brand.name, "model": model}, kind.department, tables
    )
    variants = build_variants(kind, product_id, choices, level, rng)
    rating, reviews = _rating(brand, rng)
    return Product(
        id=product_id,
        title=_named(brand, kind, write_title(rng.choice(kind.titles), facts)),
        variants=variants,
        description=write_description(kind.about, kind.closers, facts, tables, rng),
        brand=brand.name,
        category=kind.path,
        attributes=attributes,
        rating=rating,
        review_count=reviews,
        images=tuple(dict.fromkeys(variant.image for variant in variants)),
        url=f"/products/{product_id}",
    )


def _named(brand: Brand, kind: Kind, title: LocalText) -> LocalText:
    if not kind.branded:
        return title
    return LocalText(f"{brand.name.en} {title.en}", f"{brand.name.zh} {title.zh}")


def _attributes(kind: Kind, tables: Tables, rng: Random, level: float) -> tuple[Attribute, ...]:
    drawn = [
        attribute
        for name, spec in kind.attributes
        for attribute in draw_values(name, spec, tables.labels[name], rng, level)
    ]
    wired = any(a.name == "wireless" and a.value is False for a in drawn)
    return tuple(a for a in drawn if not (wired and a.name in _BATTERY_FACTS))


def _choice_attributes(choices: Choices, tables: Tables) -> Iterator[Attribute]:
    """A single colour is a fact of the product, and so is every size that is a measure."""
    if len(choices.colors) == 1:
        yield Attribute("color", choices.colors[0].name, "", tables.labels["color"])
    for table, values in choices.options:
        for value in values:
            if measure := _MEASURE.fullmatch(value.en):
                yield Attribute(
                    table.name, Decimal(measure[1]), measure[2], tables.labels[table.name]
                )


def _rating(brand: Brand, rng: Random) -> tuple[float | None, int]:
    """Average and number of reviews; one product in sixteen is too new to have any."""
    if rng.random() < 1 / 16:
        return None, 0
    mean = rng.gauss(4.25 + 0.2 * brand.level, 0.33)
    return round(min(max(mean, 3.1), 4.9), 1), min(int(rng.lognormvariate(3.9, 1.4)) + 1, 28_000)
