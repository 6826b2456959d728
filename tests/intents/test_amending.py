import pytest

from intents.amending import swap_said, with_demands, with_swap
from intents.shape import shape
from intents.types import Slot
from tests.intents.words import Words


def slot(text, name, words, value="", role="include"):
    start = text.index(words)
    return Slot(name, value or words, words, start, start + len(words), role)


@pytest.mark.parametrize(
    ("text", "language", "old", "new", "value"),
    [
        ("把红改成黑色", "zh", "红", "黑色", "black"),
        ("算了，把红换成黑色吧", "zh", "红", "黑色", "black"),
        ("swap the red for blue please", "en", "red", "blue", "blue"),
        ("change red to black", "en", "red", "black", "black"),
        ("switch the red ones to black ones", "en", "red", "black", "black"),
        ("能把红换成黑色吗", "zh", "红", "黑色", "black"),
    ],
)
def test_one_value_takes_the_place_of_another(text, language, old, new, value):
    found = with_swap(shape(text), [slot(text, "color", old)], language, Words())
    assert [(one.name, one.value, one.raw, one.role) for one in found] == [
        ("color", value, new, "include")
    ]
    assert text[found[0].start : found[0].end] == new


@pytest.mark.parametrize("text", ["把地址改成北京", "change the address to Berlin", "把数量改成5"])
def test_what_is_no_value_of_a_product_is_left_alone(text):
    assert with_swap(shape(text), (), "en", Words()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "red and black",
        "change the red shoes i bought to black ones",
        "swap the red one in my cart for black",
        "把我订单里的红色换成黑色",
        "把我买的红色换成黑色",
        "把购物车里的红色换成黑色",
    ],
)
def test_what_changes_nothing_or_a_thing_that_was_chosen_swaps_no_wish(text):
    assert swap_said(text) is None


def test_what_must_not_be_missing_is_a_feature_and_no_kind_of_product():
    text = "防水这条不能少"
    kind = slot(text, "product_type", "防水")
    (found,) = with_demands(shape(text), [kind], "zh", Words())
    assert (found.name, found.value, found.role) == ("feature", "waterproof", "include")
    plain = "防水的有吗"
    assert with_demands(shape(plain), [kind], "zh", Words()) == (kind,)
