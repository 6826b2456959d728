from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.actions.comparing import advise
from assistant.responses import Responses
from catalog.types import Attribute, LocalText, ScoredProduct
from tests.assistant.builders import mug

BATTERY = LocalText("Battery life", "续航")


def scored(id_, amount="10", rating=None, attributes=(), **fields):
    product = mug(id_, amount, title=LocalText(id_, id_), rating=rating, **fields)
    product = replace(product, attributes=tuple(attributes))
    return ScoredProduct(product, product.variants[0], 1.0)


def number(name, value, unit="", *label):
    return Attribute(name, Decimal(value), unit, *label)


def told(*products, language="en"):
    return [(note.response, note.facts) for note in advise(products, language, "USD")]


def test_price_rating_figures_and_features_each_have_their_pick():
    first = scored("A", "10", 4.2, [number("weight", "1.2", "kg"), Attribute("wifi", True)])
    second = scored("B", "25", 4.8, [number("weight", "900", "g"), Attribute("wifi", False)])
    names = [(name, str(facts["title"].en)) for name, facts in told(first, second)]
    assert names == [
        ("compare_cheapest", "A"),
        ("compare_best", "B"),
        ("compare_most", "B"),
        ("compare_only", "A"),
    ]
    weight = told(first, second)[2][1]
    assert (weight["value"], weight["others"]) == ("900 g", ("1.2 kg",))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (scored("A"), scored("B")),
        (scored("A", rating=4.5), scored("B")),
        (scored("A", rating=4.51), scored("B", rating=4.5)),
        (scored("A", attributes=[number("weight", "5", "kg")]), scored("B")),
        (
            scored("A", attributes=[number("weight", "5", "kg")]),
            scored("B", attributes=[number("weight", "5000", "g")]),
        ),
        (
            scored("A", attributes=[number("weight", "5", "kg")]),
            scored("B", attributes=[number("weight", "5", "inch")]),
        ),
        (
            scored("A", attributes=[number("screen_size", "13", "inch")]),
            scored("B", attributes=[number("screen_size", "15", "inch")]),
        ),
        (
            scored("A", attributes=[Attribute("wifi", True)]),
            scored("B", attributes=[Attribute("wifi", True)]),
        ),
    ],
)
def test_where_records_do_not_tell_them_apart_nothing_is_advised(first, second):
    assert told(first, second) == []


def test_three_of_which_two_tie_at_the_best_have_no_pick():
    assert told(scored("A", "9"), scored("B", "9"), scored("C", "10")) == []
    won = told(scored("A", "9"), scored("B", "10"), scored("C", "11"))
    assert won[0][1]["others"] == ("$10.00", "$11.00")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Battery life: take B, with 40 hours against 30 hours."),
        ("zh", "续航：选B，40小时，另外的是30小时。"),
    ],
)
def test_advice_in_words(language, line):
    products = [
        scored(id_, attributes=[number("battery_life", hours, "hour", BATTERY)])
        for id_, hours in (("A", "30"), ("B", "40"))
    ]
    note = advise(products, language, "USD")[0]
    assert Responses.load().say(note.response, language, note.facts) == line
