from dataclasses import replace
from decimal import Decimal

import pytest

from catalog.columns import FilterColumns
from catalog.relaxing import Part, parts, relax, without
from catalog.types import FlagConstraint, NumberConstraint, ProductFilter, TextConstraint
from tests.catalog.shop import PRODUCTS

RED = TextConstraint("color", ("red",))
BLUE = TextConstraint("color", ("蓝色",))
SHOES = ProductFilter(categories=("running shoes",), currency="USD")


@pytest.fixture
def columns():
    made = FilterColumns()
    for item, one in enumerate(PRODUCTS, 1):
        made.update(item, one)
    return made


def test_nothing_is_given_up_where_something_passes(columns):
    assert relax(columns, SHOES) == ()
    assert relax(columns, ProductFilter()) == ()


def test_a_price_too_low_names_the_cheapest(columns):
    (one,) = relax(columns, replace(SHOES, maximum_price=Decimal(20)))[:1]
    assert (one.parts, one.count) == ((Part("price"),), 3)
    (nearest,) = one.nearest
    assert (nearest.value, nearest.unit, nearest.above) == (Decimal("49"), "USD", True)
    assert (nearest.count, nearest.filter.maximum_price) == (1, Decimal(49))


def test_a_range_between_two_prices_names_both_sides(columns):
    wanted = replace(SHOES, minimum_price=Decimal(70), maximum_price=Decimal(80), currency="USD")
    below, above = relax(columns, wanted)[0].nearest
    assert (below.value, below.above, above.value, above.above) == (69, False, 95, True)
    assert below.filter.minimum_price == Decimal(69)
    assert below.filter.maximum_price == Decimal(80)


def test_prices_are_those_of_the_currency_asked_for(columns):
    wanted = replace(SHOES, maximum_price=Decimal(150), currency="CNY")
    assert relax(columns, wanted)[0].nearest[0].value == Decimal(319)


def test_every_single_condition_that_helps_is_named_the_dearest_last(columns):
    wanted = replace(SHOES, attributes=(RED,), maximum_price=Decimal(50))
    found = relax(columns, wanted)
    assert [one.parts for one in found] == [(Part("price"),), (Part("attribute", RED),)]
    assert [one.count for one in found] == [1, 1]
    assert found[0].nearest[0].value == Decimal(65)


def test_a_number_is_told_in_the_unit_asked_for(columns):
    light = NumberConstraint("weight", maximum=Decimal("0.2"), unit="kg")
    (nearest,) = relax(columns, replace(SHOES, attributes=(light,)))[0].nearest
    assert (nearest.value, nearest.unit, nearest.count) == (Decimal("0.24"), "kg", 1)


def test_a_number_that_no_decimal_holds_still_finds_its_record(columns):
    light = NumberConstraint("weight", maximum=Decimal("0.5"), unit="lb")
    (nearest,) = relax(columns, replace(SHOES, attributes=(light,)))[0].nearest
    assert nearest.count == 1
    assert columns.mask(nearest.filter).count == 1
    assert abs(nearest.value - Decimal("0.529109")) < Decimal("0.0001")


def test_a_number_too_large_names_the_largest(columns):
    long = NumberConstraint("battery_life", minimum=Decimal(100), unit="hour")
    (nearest,) = relax(columns, ProductFilter(attributes=(long,)))[0].nearest
    assert (nearest.value, nearest.above) == (Decimal(30), False)


def test_a_rating_names_the_best(columns):
    best = relax(columns, replace(SHOES, minimum_rating=4.9))[0]
    assert (best.parts, best.count) == ((Part("rating"),), 3)
    assert [one.value for one in best.nearest] == [Decimal("4.7")]


def test_two_conditions_are_given_up_where_one_is_not_enough(columns):
    wanted = replace(SHOES, brands=("tonalo",), attributes=(FlagConstraint("foldable"),))
    found = relax(columns, wanted)
    assert {len(one.parts) for one in found} == {2}
    assert found[0].parts == (Part("attribute", FlagConstraint("foldable")), Part("brand"))
    assert found[0].count == 3


def test_as_many_as_it_takes_are_given_up(columns):
    nowhere = tuple(FlagConstraint(name) for name in ("a", "b", "c", "d"))
    (one,) = relax(columns, replace(SHOES, attributes=nowhere))
    assert (len(one.parts), one.count) == (4, 3)
    assert relax(FilterColumns(), replace(SHOES, attributes=nowhere)) == ()


def test_what_is_excluded_is_a_condition_too(columns):
    wanted = ProductFilter(categories=("tea",), exclusions=(TextConstraint("brand", ("雾峰",)),))
    assert relax(columns, wanted)[0].parts == (Part("exclusion", wanted.exclusions[0]),)


def test_every_condition_can_be_named_and_taken_away():
    wanted = ProductFilter(
        categories=("shoes",),
        brands=("veloq",),
        maximum_price=Decimal(1),
        minimum_rating=4.0,
        available_only=True,
        attributes=(RED, BLUE),
        exclusions=(RED,),
    )
    for part in parts(wanted):
        assert part not in parts(without(wanted, part))
        wanted = without(wanted, part)
    assert wanted == ProductFilter()
