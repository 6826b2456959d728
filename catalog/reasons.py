"""Why a product is shown, as facts from its record."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from catalog.documents import measure_text
from catalog.text import fold
from catalog.titled import shelves_of
from catalog.types import (
    Attribute,
    Constraint,
    FlagConstraint,
    Language,
    LocalText,
    NumberConstraint,
    Product,
    ProductFilter,
    Reason,
    Variant,
)
from catalog.units import convert, parse_measure, plain_number
from catalog.wording import write_label
from catalog.words.product_types import shelf_name

_WELL_RATED = 4.5
_ENOUGH_REVIEWS = 10


def reasons(
    product: Product,
    variant: Variant,
    wanted: ProductFilter,
    words: Sequence[str],
    by_text: bool,
    language: Language,
) -> tuple[Reason, ...]:
    """What of the wishes the product fulfils, the most telling first.

    Args:
        product: the product shown.
        variant: the variant of it that matched.
        wanted: the filter it passed.
        words: the shopper's own words that stand in its record.
        by_text: whether there was a text at all; without its words the meaning was what fitted.
        language: of the facts.
    """
    found = filter_reasons(product, variant, wanted, language)
    # Words say nothing new about what a filter has already proven.
    if not found and words:
        separator = "、" if language == "zh" else ", "
        found.append(Reason("words", {"words": separator.join(words)}))
    elif not found and by_text:
        found.append(Reason("meaning"))
    return (*found, *well_rated(product))


def filter_reasons(
    product: Product, variant: Variant, wanted: ProductFilter, language: Language
) -> list[Reason]:
    """What of a filter the product proves, the most telling first."""
    matches = [
        *(_match(product, variant, constraint, language) for constraint in wanted.attributes),
        *_own_fields(product, wanted, language),
        *_under_price(variant, wanted),
    ]
    return [one for one in matches if one is not None]


def _match(
    product: Product, variant: Variant, constraint: Constraint, language: Language
) -> Reason | None:
    for fact in _named(product, variant, constraint.name):
        if _fits(fact, constraint):
            facts = {"attribute": constraint.name, "value": _written(fact, language)}
            return Reason("matches", {**facts, "label": write_label(fact, language)})
    return None


def _named(product: Product, variant: Variant, name: str) -> list[Attribute]:
    """The variant's own option of that name, else the product's attributes."""
    folded = fold(name)
    options = [Attribute(key, value) for key, value in variant.options if fold(key) == folded]
    return options or [one for one in product.attributes if fold(one.name) == folded]


def _fits(fact: Attribute, constraint: Constraint) -> bool:
    if isinstance(constraint, FlagConstraint):
        return fact.value is constraint.value
    if isinstance(constraint, NumberConstraint):
        return any(_within(*measure, constraint) for measure in _measures(fact))
    wanted = {fold(value) for value in constraint.values}
    return any(fold(text) in wanted for text in _texts(fact))


def _measures(fact: Attribute) -> list[tuple[Decimal, str]]:
    if isinstance(fact.value, Decimal):
        return [(fact.value, fact.unit)]
    return [found for text in _texts(fact) if (found := parse_measure(text))]


def _texts(fact: Attribute) -> tuple[str, ...]:
    if isinstance(fact.value, LocalText):
        return fact.value.all()
    return () if isinstance(fact.value, bool) else (plain_number(fact.value),)


def _within(value: Decimal, unit: str, constraint: NumberConstraint) -> bool:
    there = convert(value, unit, constraint.unit) if constraint.unit else value
    low, high = constraint.minimum, constraint.maximum
    return there is not None and (low is None or there >= low) and (high is None or there <= high)


def _written(fact: Attribute, language: Language) -> str:
    if isinstance(fact.value, bool):
        return "yes" if fact.value else "no"
    if isinstance(fact.value, Decimal):
        return measure_text(fact)
    return fact.value.get(language)


def _own_fields(product: Product, wanted: ProductFilter, language: Language) -> Iterator[Reason]:
    categories = {shelf_name(fold(name)) for name in wanted.categories}
    for node in shelves_of(product):
        if categories.intersection(map(fold, node.all())):
            yield Reason("category", {"category": node.get(language)})
            break
    brands = {fold(name) for name in wanted.brands}
    if brands.intersection(map(fold, product.brand.all())):
        yield Reason("brand", {"brand": product.brand.get(language)})


def _under_price(variant: Variant, wanted: ProductFilter) -> Iterator[Reason]:
    price = variant.price(wanted.currency)
    if wanted.maximum_price is not None and price is not None:
        facts = {"price": f"{wanted.maximum_price:f}", "currency": price.currency}
        yield Reason("under_price", facts)


def well_rated(product: Product) -> Iterator[Reason]:
    """That enough shoppers rated it well, if they did."""
    rating, count = product.rating, product.review_count
    if rating is not None and rating >= _WELL_RATED and count >= _ENOUGH_REVIEWS:
        yield Reason("well_rated", {"rating": f"{rating:g}", "count": str(count)})
