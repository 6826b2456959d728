"""Products built by hand, and the slow and obvious filter that fast ones are checked against."""

from decimal import Decimal

from catalog.text import fold
from catalog.types import (
    BRAND,
    CATEGORY,
    Attribute,
    Availability,
    FlagConstraint,
    LocalText,
    NumberConstraint,
    Price,
    Product,
    TextConstraint,
    Variant,
)
from catalog.units import convert, parse_measure


def variant(id_, price=None, currency="USD", stock=None, **options):
    prices = () if price is None else (Price(Decimal(price), currency),)
    availability = Availability.OUT_OF_STOCK if stock == 0 else Availability.IN_STOCK
    pairs = tuple((name, as_text(value)) for name, value in options.items())
    return Variant(id_, pairs, prices, availability, stock)


def as_text(value):
    return value if isinstance(value, LocalText) else LocalText(*value.split("|"))


def product(id_, title="", *, category="", brand="", description="", variants=(), **attributes):
    """``|`` parts English from Chinese, ``>`` the nodes of a category path."""
    return Product(
        id_,
        as_text(title or id_),
        tuple(variants) or (variant(f"{id_}-1"),),
        description=as_text(description),
        brand=as_text(brand),
        category=tuple(as_text(node) for node in category.split(">") if node),
        attributes=tuple(attribute(name, value) for name, value in attributes.items()),
    )


def attribute(name, value):
    if isinstance(value, tuple):
        return Attribute(name, Decimal(str(value[0])), value[1])
    return Attribute(name, as_text(value) if isinstance(value, str) else value)


def passes(one, wanted):
    """Whether a product passes a filter, read from the definition word by word."""
    if one.id in wanted.excluded_products:
        return False
    low = wanted.minimum_rating
    if low is not None and (one.rating is None or one.rating < low):
        return False
    return any(variant_passes(one, choice, wanted) for choice in one.variants)


def variant_passes(one, choice, wanted):
    checks = [
        not wanted.available_only or choice.available,
        price_passes(choice, wanted),
        not wanted.categories or accepts(one, choice, TextConstraint(CATEGORY, wanted.categories)),
        not wanted.brands or accepts(one, choice, TextConstraint(BRAND, wanted.brands)),
        all(accepts(one, choice, constraint) for constraint in wanted.attributes),
        not any(accepts(one, choice, constraint) for constraint in wanted.exclusions),
    ]
    return all(checks)


def price_passes(choice, wanted):
    low, high = wanted.minimum_price, wanted.maximum_price
    if low is None and high is None:
        return True
    prices = [p for p in choice.prices if p.currency == wanted.currency]
    if not wanted.currency:
        prices = list(choice.prices[:1])
    return any(
        (low is None or p.amount >= low) and (high is None or p.amount <= high) for p in prices
    )


def accepts(one, choice, constraint):
    values = values_of(one, choice, constraint.name)
    if isinstance(constraint, TextConstraint):
        wanted = {fold(value) for value in constraint.values}
        return any(wanted & set(texts(value)) for value, _ in values)
    if isinstance(constraint, FlagConstraint):
        return any(value is constraint.value for value, _ in values)
    return any(number_passes(value, unit, constraint) for value, unit in values)


def values_of(one, choice, name):
    if name == CATEGORY:
        return [(node, "") for node in one.category]
    if name == BRAND:
        return [(one.brand, "")]
    options = [(value, "") for option, value in choice.options if option == name and value]
    return options or [(a.value, a.unit) for a in one.attributes if a.name == name]


def texts(value):
    if isinstance(value, bool):
        return []
    if isinstance(value, Decimal):
        return [format(value.normalize(), "f")]
    return [fold(text) for text in value.all()]


def number_passes(value, unit, constraint: NumberConstraint):
    if isinstance(value, bool):
        return False
    measures = [(value, unit)]
    if isinstance(value, LocalText):
        measures = [found for text in value.all() if (found := parse_measure(text))]
    for number, its_unit in measures:
        there = convert(number, its_unit, constraint.unit) if constraint.unit else number
        low, high = constraint.minimum, constraint.maximum
        if there is not None and (low is None or there >= low) and (high is None or there <= high):
            return True
    return False
