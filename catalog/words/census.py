"""One pass over a catalogue that counts what its vocabulary is made of."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.types import Attribute, LocalText, Product

MOST_VALUES = 20_000
"""Distinct texts of one attribute that are counted; it has far more than can be matched then."""

Path = tuple[LocalText, ...]


@dataclass(slots=True)
class TextCensus:
    """How often a text was seen, and on which shelves, as numbers of category paths."""

    count: int = 0
    shelves: set[int] = field(default_factory=set)


@dataclass(slots=True)
class AttributeCensus:
    """What the catalogue keeps under one attribute name, with counts."""

    texts: dict[LocalText, TextCensus] = field(default_factory=dict)
    labels: Counter[LocalText] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    shelves: set[int] = field(default_factory=set)
    numbers: int = 0
    flags: int = 0
    count: int = 0


@dataclass(slots=True)
class Census:
    """Distinct values of a catalogue with counts.

    ``paths`` are the category paths; ``numbers`` those of all shelves, also of products without
    a category, by the values that filters find them by. ``types_by_path`` counts, for each product
    type named in a title, in which categories such products stand.
    """

    paths: Counter[Path] = field(default_factory=Counter)
    numbers: dict[frozenset[str], int] = field(default_factory=dict)
    shelves: list[frozenset[str]] = field(default_factory=list)
    brands: Counter[LocalText] = field(default_factory=Counter)
    attributes: defaultdict[str, AttributeCensus] = field(
        default_factory=lambda: defaultdict(AttributeCensus)
    )
    types_by_path: Counter[tuple[str, Path]] = field(default_factory=Counter)

    def shelf(self, values: frozenset[str]) -> int:
        """The number of a shelf, a new one where it was not seen before."""
        number = self.numbers.setdefault(values, len(self.shelves))
        if number == len(self.shelves):
            self.shelves.append(values)
        return number

    def places(self, shelves: Iterable[int]) -> frozenset[str]:
        """What filters find these shelves by: names of categories, or of what titles say."""
        return frozenset(value for shelf in shelves for value in self.shelves[shelf])


def take_census(
    products: Iterable[Product],
    types_of: Callable[[Product], Iterable[str]],
    shelf_values: Callable[[Product], frozenset[str]],
) -> Census:
    """Counts the values of every product, holding only distinct ones.

    Args:
        products: The catalogue, read once.
        types_of: The product types that a product's title names.
        shelf_values: What a filter finds the shelves of a product by, with a category or without.
    """
    census = Census()
    for product in products:
        path = product.category
        census.paths[path] += 1
        shelf = census.shelf(shelf_values(product))
        if product.brand:
            census.brands[product.brand] += 1
        _count_attributes(census, product, shelf)
        for name in types_of(product):
            census.types_by_path[name, path] += 1
    return census


def _count_attributes(census: Census, product: Product, shelf: int) -> None:
    for attribute in product.attributes:
        _count_attribute(census.attributes[attribute.name], attribute, shelf)
    for variant in product.variants:
        for name, value in variant.options:
            _count_text(census.attributes[name], value, shelf)


def _count_attribute(seen: AttributeCensus, attribute: Attribute, shelf: int) -> None:
    label, value = attribute.label, attribute.value
    if label.en or label.zh:
        seen.labels[label] += 1
    if isinstance(value, LocalText):
        _count_text(seen, value, shelf)
        return
    seen.count += 1
    seen.shelves.add(shelf)
    if isinstance(value, Decimal):
        seen.numbers += 1
        seen.units[attribute.unit] += 1
    else:
        seen.flags += 1


def _count_text(seen: AttributeCensus, value: LocalText, shelf: int) -> None:
    seen.count += 1
    seen.shelves.add(shelf)
    text = seen.texts.get(value)
    if text is None:
        if len(seen.texts) >= MOST_VALUES or not value:
            return
        text = seen.texts[value] = TextCensus()
    text.count += 1
    text.shelves.add(shelf)
