from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from catalog.columns import FilterColumns
from catalog.facets import Postings, facets
from catalog.types import (
    BRAND,
    CATEGORY,
    FlagConstraint,
    LocalText,
    NumberConstraint,
    ProductFilter,
    TextConstraint,
)
from tests.catalog.shop import PRODUCTS

BY_PLACE = dict(enumerate(PRODUCTS, 1))
EVERYTHING = ProductFilter(currency="USD")


@pytest.fixture
def columns():
    made = FilterColumns()
    for item, one in BY_PLACE.items():
        made.update(item, one)
    return made


def read(items):
    return {item: BY_PLACE[item] for item in items}


def asked(columns, wanted=EVERYTHING):
    matching = columns.mask(wanted)
    found = facets(columns, Postings.of(columns), matching, read, wanted.currency)
    return {one.name: one for one in found}


def test_values_are_counted_by_product_and_named_in_both_languages(columns):
    found = asked(columns)
    brands = {one.label: one.count for one in found[BRAND].values}
    assert brands[LocalText("Veloq", "维洛")] == 2
    assert brands[LocalText("Mistpeak", "雾峰")] == 1
    colors = {one.label.en: one.count for one in found["color"].values}
    assert colors == {"black": 3, "blue": 2, "red": 1, "white": 1}


def test_the_facets_of_every_shop_come_first(columns):
    assert list(asked(columns))[:4] == [CATEGORY, BRAND, "price", "rating"]


def every_choice(facet, wanted):
    """Each value and range of a facet as a filter on top of another, with its count."""
    for one in facet.values:
        name = facet.name
        if name == CATEGORY:
            yield replace(wanted, categories=(one.value,)), one.count
        elif name == BRAND:
            yield replace(wanted, brands=(one.value,)), one.count
        elif one.label.en in ("yes", "no"):
            flag = FlagConstraint(name, one.label.en == "yes")
            yield replace(wanted, attributes=(flag,)), one.count
        else:
            yield replace(wanted, attributes=(TextConstraint(name, (one.value,)),)), one.count
    for one in facet.ranges:
        if facet.name == "price":
            bounds = {"minimum_price": one.minimum, "maximum_price": one.maximum}
            yield replace(wanted, **bounds), one.count
        elif facet.name == "rating":
            yield replace(wanted, minimum_rating=float(one.minimum)), one.count
        else:
            number = NumberConstraint(facet.name, one.minimum, one.maximum, facet.unit)
            yield replace(wanted, attributes=(number,)), one.count


@pytest.mark.parametrize(
    "wanted", [EVERYTHING, ProductFilter(categories=("shoes",), currency="CNY")]
)
def test_a_count_is_what_a_filter_for_it_finds(columns, wanted):
    tried = 0
    for facet in asked(columns, wanted).values():
        for narrowed, count in every_choice(facet, wanted):
            assert columns.mask(narrowed).count == count, (facet.name, narrowed)
            tried += 1
    assert tried > 8


def test_ranges_take_in_every_number(columns):
    price = asked(columns)["price"]
    assert price.count == 7
    # One product has a variant in two of the ranges.
    assert sum(one.count for one in price.ranges) == 8
    assert price.unit == "USD"
    assert price.ranges[0].minimum == Decimal(12)
    assert price.ranges[-1].maximum == Decimal(129)


def test_many_numbers_become_ranges_in_the_unit_they_are_written_in():
    columns = FilterColumns()
    shoe = PRODUCTS[0]
    weights = [Decimal(200 + 10 * step) for step in range(12)]
    shoes = {
        at: replace(shoe, id=f"s{at}", attributes=(replace(shoe.attributes[0], value=weight),))
        for at, weight in enumerate(weights, 1)
    }
    for item, one in shoes.items():
        columns.update(item, one)
    matching = columns.mask(EVERYTHING)
    found = facets(columns, Postings.of(columns), matching, lambda items: shoes, "USD")
    (weight,) = [one for one in found if one.name == "weight"]
    assert (weight.unit, len(weight.ranges), weight.count) == ("g", 5, 12)
    assert weight.ranges[0].minimum == Decimal(200)
    assert np.all([one.count >= 2 for one in weight.ranges])


def test_what_all_products_share_is_no_facet(columns):
    tea = ProductFilter(categories=("tea",), currency="USD")
    assert asked(columns, tea) == {}
    assert asked(columns, ProductFilter(categories=("hats",))) == {}
