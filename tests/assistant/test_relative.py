from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.relative import (
    comparisons,
    is_compared,
    relative_order,
    relative_wishes,
    softened,
    unsettled,
)
from assistant.types import SearchGoal
from catalog.types import AttributeOrder, NumberConstraint, SortKey, TextConstraint
from intents.types import PriceRange, Slot
from tests.assistant.builders import nlu, searching
from tests.assistant.shelf import one_list


def more(value, raw="more"):
    return Slot("comparative", value, raw)


def wishes(state, *slots, text=""):
    return relative_wishes(state, nlu("refine_search", *slots, text=text))


def focused():
    return one_list(focus=one_list().shown[1])


def test_cheaper_than_the_product_talked_about():
    (wish,) = wishes(focused(), more("cheaper"))
    assert (wish.name, wish.value.maximum, wish.value.currency) == (
        "price",
        Decimal("70.94"),
        "USD",
    )
    (wish,) = wishes(focused(), more("more_expensive"))
    assert (wish.value.minimum, wish.value.maximum) == (Decimal("70.96"), None)


def test_lighter_than_it_and_lighter_than_the_middle_of_the_list():
    (wish,) = wishes(focused(), more("lighter"))
    assert wish.resolved.name == "weight"
    assert Decimal("289.99") < wish.resolved.maximum < Decimal(290)
    (wish,) = wishes(one_list(), more("lighter"))
    assert Decimal("259.99") < wish.resolved.maximum < Decimal(260)


def test_better_rated_and_any_measure_by_its_order():
    (wish,) = wishes(focused(), more("better_rated"))
    assert (wish.name, wish.value) == ("rating", pytest.approx(4.31))
    (wish,) = wishes(focused(), more("weight:descending"))
    assert isinstance(wish.resolved, NumberConstraint)
    assert wish.resolved.minimum > 290


def test_cheaper_than_a_list_of_anything_is_below_all_of_it():
    (wish,) = wishes(replace(one_list(), goal=SearchGoal()), more("cheaper"))
    (softer,) = wishes(replace(one_list(), goal=searching()), more("cheaper"))
    amounts = sorted(one.amount for one in one_list().shown)
    assert wish.value.maximum == amounts[0] - Decimal("0.01")
    assert softer.value.maximum > wish.value.maximum


@pytest.mark.parametrize(
    ("raw", "compared"),
    [("cheaper", True), ("a bit cheaper", True), ("便宜点", True), ("cheaper than $20", False),
     ("under $20", False), ("200以内", False), ('/refine_search{"comparative": "cheaper"}', True)],
)  # fmt: skip
def test_a_bound_in_numbers_is_a_budget_and_a_comparison_is_none(raw, compared):
    assert is_compared(Slot("price", PriceRange(maximum=Decimal(20)), raw)) is compared


def test_two_comparisons_are_two_wishes():
    found = wishes(focused(), more("cheaper", "cheaper"), more("lighter", "lighter"))
    assert [wish.name for wish in found] == ["price", "measure"]


def test_what_the_records_do_not_say_is_no_wish():
    assert wishes(focused(), more("noise_level:ascending")) == ()
    assert comparisons(replace(one_list(), shown=()), nlu("", more("cheaper"))) == ()


def test_a_list_has_an_easier_bound_than_its_best():
    (made,) = comparisons(one_list(), nlu("refine_search", more("cheaper")))
    assert made.bound == Decimal("42.95")
    assert softened(made).value.maximum == Decimal("70.94")
    (alone,) = comparisons(focused(), nlu("refine_search", more("cheaper")))
    assert softened(alone) is None


def test_the_next_size():
    size = Slot("size", "42", "42", resolved=TextConstraint("size", ("42",)))
    worn = replace(one_list(), goal=searching(size))
    assert [w.value for w in wishes(worn, more("bigger"))] == ["43"]
    letter = replace(size, value="M")
    assert [w.value for w in wishes(replace(worn, goal=searching(letter)), more("smaller"))] == [
        "S"
    ]


@pytest.mark.parametrize(
    ("name", "raw", "values"),
    [("brand", "another brand", ("tidewave", "潮音")), ("color", "别的颜色", ("red", "红色"))],
)
def test_another_brand_than_this(name, raw, values):
    (wish,) = wishes(focused(), Slot(name, "", raw, role="exclude"))
    assert (wish.role, wish.resolved) == ("exclude", TextConstraint(name, values))


def test_the_same_brand_as_this():
    for text in ("the same brand but cheaper", "同品牌便宜点的"):
        (wish,) = wishes(focused(), text=text)
        assert (wish.name, wish.role) == ("brand", "include")


def test_a_list_is_put_in_order_and_one_product_leaves_the_order_alone():
    cheaper = nlu("refine_search", more("cheaper"))
    assert relative_order(one_list(), cheaper) is SortKey.PRICE_ASCENDING
    assert relative_order(focused(), cheaper) is SortKey.PRICE_ASCENDING
    lighter = nlu("refine_search", more("lighter"))
    assert relative_order(one_list(), lighter) == AttributeOrder("weight")
    assert relative_order(focused(), lighter) is None
    assert relative_order(focused(), nlu("", more("newer"))) is SortKey.NEWEST


def test_dearer_than_that_stays_under_the_budget():
    budget = Slot("price", PriceRange(None, Decimal(200), "USD"), "under 200")
    held = replace(focused(), goal=searching(budget))
    (wish,) = wishes(held, more("more_expensive"))
    assert (wish.value.minimum, wish.value.maximum) == (Decimal("70.96"), Decimal(200))
    tight = replace(budget, value=PriceRange(None, Decimal(50), "USD"))
    (wish,) = wishes(replace(focused(), goal=searching(tight)), more("more_expensive"))
    assert wish.value.maximum is None


def test_a_comparison_with_what_has_no_rating_cannot_be_settled_and_orders_the_list():
    bare = replace(one_list().shown[1], numbers=())
    state = one_list(focus=bare)
    said = nlu("refine_search", more("better_rated"))
    assert comparisons(state, said) == ()
    assert unsettled(state, said).against == (bare,)
    assert relative_order(state, said) == SortKey.RATING
    assert unsettled(focused(), said) is None
    assert relative_order(focused(), said) is None
