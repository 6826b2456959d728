from decimal import Decimal

import pytest

from catalog.reasons import reasons
from catalog.types import FlagConstraint, NumberConstraint, ProductFilter, TextConstraint
from tests.catalog.products import product, variant
from tests.catalog.shop import rated

BOTTLE = rated(
    product(
        "bottle",
        "Steel bottle|不锈钢水壶",
        category="Sport|运动>Bottles|水壶",
        brand="Nordal|诺达",
        material="steel|不锈钢",
        volume=(750, "ml"),
        leakproof=True,
        variants=(variant("b-1", "19", color="blue|蓝色", capacity="0.5 L"),),
    ),
    4.9,
    12,
)


def told(wanted=None, words=(), by_text=False, language="en", one=BOTTLE):
    found = reasons(one, one.variants[0], wanted or ProductFilter(), words, by_text, language)
    return [(reason.name, dict(reason.facts)) for reason in found if reason.name != "well_rated"]


def matching(*constraints):
    return ProductFilter(attributes=constraints)


@pytest.mark.parametrize(
    ("constraint", "language", "value"),
    [
        (TextConstraint("color", ("Blue",)), "en", "blue"),
        (TextConstraint("color", ("蓝色",)), "en", "blue"),
        (TextConstraint("material", ("steel", "glass")), "zh", "不锈钢"),
        (NumberConstraint("volume", Decimal("0.7"), None, "L"), "en", "750 ml"),
        (NumberConstraint("capacity", None, Decimal(600), "毫升"), "zh", "0.5 L"),
        (FlagConstraint("leakproof"), "zh", "yes"),
    ],
)
def test_a_fulfilled_wish_is_told_with_the_records_own_value(constraint, language, value):
    ((name, facts),) = told(matching(constraint), language=language)
    assert (name, facts["attribute"], facts["value"]) == ("matches", constraint.name, value)


def test_a_category_is_told_by_the_node_that_was_asked_for():
    assert told(ProductFilter(categories=("运动",))) == [("category", {"category": "Sport"})]
    assert told(ProductFilter(categories=("bottles",)), language="zh") == [
        ("category", {"category": "水壶"})
    ]


def test_a_price_is_told_only_when_one_was_asked_for():
    wanted = ProductFilter(maximum_price=Decimal(20), currency="USD")
    assert told(wanted) == [("under_price", {"price": "20", "currency": "USD"})]
    assert told(ProductFilter(minimum_price=Decimal(5))) == []


def test_words_or_else_meaning_tell_why_a_text_found_it():
    assert told(words=["steel", "bottle"], by_text=True) == [("words", {"words": "steel, bottle"})]
    assert told(words=["水壶", "不锈钢"], by_text=True, language="zh") == [
        ("words", {"words": "水壶、不锈钢"})
    ]
    assert told(by_text=True) == [("meaning", {})]
    assert told() == []


def test_only_a_good_rating_by_enough_shoppers_is_told():
    def told_rating(rating, count):
        one = rated(BOTTLE, rating, count)
        found = reasons(one, one.variants[0], ProductFilter(), (), False, "en")
        return [dict(reason.facts) for reason in found]

    assert told_rating(4.9, 12) == [{"rating": "4.9", "count": "12"}]
    assert told_rating(4.9, 3) == told_rating(4.4, 500) == told_rating(None, 0) == []
