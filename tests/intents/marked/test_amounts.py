from decimal import Decimal

import pytest

from intents.marked.amounts import read_loose_measure, read_loose_price, read_loose_rating
from intents.types import Measure, PriceRange


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("几块钱", 2, 9),
        ("几十块", 20, 90),
        ("几百", 200, 900),
        ("十几块", 11, 19),
        ("fifteenish", 12, 18),
        ("under a tenner", None, 10),
    ],
)
def test_a_loose_price_is_a_range(words, low, high):
    price = read_loose_price(words)
    assert isinstance(price, PriceRange)
    assert (price.minimum, price.maximum) == tuple(
        None if bound is None else Decimal(bound) for bound in (low, high)
    )


@pytest.mark.parametrize("words", ["300", "5 grand", "三百以内", "cheap", ""])
def test_other_prices_are_left_to_the_rules(words):
    assert read_loose_price(words) is None


@pytest.mark.parametrize(
    ("words", "stars"),
    [
        ("9 of 10", 4.5),
        ("8/10", 4.0),
        ("好评率95%", 4.75),
        ("98% positive", 4.9),
        ("满分", 5.0),
        ("full marks", 5.0),
    ],
)
def test_marks_and_shares_are_put_on_the_scale_of_stars(words, stars):
    assert read_loose_rating(words) == stars


@pytest.mark.parametrize("words", ["nine", "1%", "300%", "九分", ""])
def test_what_gives_no_stars_is_none(words):
    assert read_loose_rating(words) is None


def test_a_unit_in_another_spelling_is_read():
    value = read_loose_measure("150gr")
    assert value == Measure("weight", Decimal(150), Decimal(150), "g")
    assert read_loose_measure("150 g") is None
