"""One pass over a catalogue that counts what its vocabulary is made of."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.types import Attribute, Language, LocalText, Product

MOST_VALUES = 5_000
"""Distinct texts of one attribute that are counted; it has far more than can be matched then."""

Path = tuple[LocalText, ...]


@dataclass(slots=True)
class AttributeCensus:
    """What the catalogue keeps under one attribute name, with counts.

    ``stands`` are the categories of the products that have it, ``shelves`` those of each text.
    """

    texts: Counter[LocalText] = field(default_factory=Counter)
    shelves: defaultdict[LocalText, set[LocalText]] = field(
        default_factory=lambda: defaultdict(set)
    )
    stands: set[LocalText] = field(default_factory=set)
    labels: Counter[LocalText] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    numbers: int = 0
    flags: int = 0

    @property
    def count(self) -> int:
        """How often the attribute was seen."""
        return self.numbers + self.flags + self.texts.total()


@dataclass(slots=True)
class Census:
    """Distinct values of a catalogue with counts.

    ``types_by_path`` counts, for each product type named in a title, where such products stand.
    """

    products: int = 0
    paths: Counter[Path] = field(default_factory=Counter)
    brands: Counter[LocalText] = field(default_factory=Counter)
    attributes: defaultdict[str, AttributeCensus] = field(
        default_factory=lambda: defaultdict(AttributeCensus)
    )
    languages: Counter[Language] = field(default_factory=Counter)
    types_by_path: Counter[tuple[str, Path]] = field(default_factory=Counter)


def take_census(
    products: Iterable[Product], types_named: Callable[[str], Iterable[str]]
) -> Census:
    """Counts the values of every product, holding only distinct ones.

    Args:
        products: The catalogue, read once.
        types_named: The product types that a title names.
    """
    census = Census()
    for product in products:
        census.products += 1
        census.paths[product.category] += 1
        if product.brand:
            census.brands[product.brand] += 1
        _count_attributes(census, product)
        _count_languages(census, product)
        named = {name for title in product.title.all() for name in types_named(title)}
        for name in named:
            census.types_by_path[name, product.category] += 1
    return census


def _count_attributes(census: Census, product: Product) -> None:
    for attribute in product.attributes:
        _count_attribute(census.attributes[attribute.name], attribute, product.category)
    for variant in product.variants:
        for name, value in variant.options:
            census.attributes[name].stands.update(product.category)
            _count_text(census.attributes[name], value, product.category)


def _count_attribute(seen: AttributeCensus, attribute: Attribute, path: Path) -> None:
    seen.stands.update(path)
    if attribute.label:
        seen.labels[attribute.label] += 1
    if isinstance(attribute.value, bool):
        seen.flags += 1
    elif isinstance(attribute.value, Decimal):
        seen.numbers += 1
        seen.units[attribute.unit] += 1
    else:
        _count_text(seen, attribute.value, path)


def _count_text(seen: AttributeCensus, value: LocalText, path: Path) -> None:
    if value and (value in seen.texts or len(seen.texts) < MOST_VALUES):
        seen.texts[value] += 1
        seen.shelves[value].update(path)


def _count_languages(census: Census, product: Product) -> None:
    if product.title.en:
        census.languages["en"] += 1
    if product.title.zh:
        census.languages["zh"] += 1
