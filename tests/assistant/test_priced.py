from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.memory import ShownNumber, ShownProduct
from assistant.pointing import point
from assistant.priced import Cost, cost_of, having_cost, none_costs_so
from intents.shape import shape
from intents.types import NOTHING_BEFORE, Slot
from intents.values import read_values
from tests.assistant.builders import nlu
from tests.assistant.shelf import one_list

LOW, HIGH = ShownProduct("L", "", Decimal("30.95")), ShownProduct("H", "", Decimal(60))


def cost(text):
    """What the price of a text that points says."""
    slots = read_values(shape(text), NOTHING_BEFORE)
    return next(filter(None, map(cost_of, slots)), None)


@pytest.mark.parametrize(
    ("text", "low", "high", "plain"),
    [
        ("the $30 one", 30, 30, False), ("the 30 dollar one", 30, 30, False),
        ("129的那个", 129, 129, True), ("一百二十九的那个", 129, 129, True),
        ("两百块的那个", 200, 200, False), ("一百以内的那个", None, 100, False),
        ("the one under $30", None, 30, False), ("the one that costs over $30", 30, None, False),
    ],
)  # fmt: skip
def test_a_price_that_points_is_a_sum_or_a_bound(text, low, high, plain):
    assert cost(text) == Cost(low, high, plain)


@pytest.mark.parametrize("text", ["under $30", "一百以内的", "a $30 one", "the first one"])
def test_a_price_that_is_wished_for_points_at_nothing(text):
    assert cost(text) is None


def test_a_mere_number_that_points_may_be_a_size_or_a_price():
    size = Slot("size", "69", "69", role="reference")
    assert cost_of(size) == Cost(69, 69, plain=True, sized=True)
    assert cost_of(replace(size, raw="XL")) is None
    shoe = replace(LOW, numbers=(ShownNumber("size", Decimal(44), ""),))
    assert none_costs_so([(LOW, HIGH)], [cost_of(size)])
    assert not none_costs_so([(shoe, HIGH)], [cost_of(size)])


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (Cost(Decimal(30), Decimal(30)), {0}), (Cost(Decimal(60), Decimal(60)), {1}),
        (Cost(None, Decimal(30)), set()), (Cost(None, Decimal(40)), {0}),
        (Cost(Decimal(20), None), {0, 1}), (Cost(Decimal(31), Decimal(31)), set()),
    ],
)  # fmt: skip
def test_products_that_cost_so_much(wanted, places):
    assert having_cost((LOW, HIGH), wanted) == places
    assert none_costs_so([(LOW,), (HIGH,)], [wanted]) is (not places)


def test_only_a_mere_number_may_be_another_of_the_record():
    big = replace(LOW, numbers=(ShownNumber("capacity", Decimal(200), "ml"),))
    assert having_cost((big, HIGH), Cost(Decimal(200), Decimal(200), plain=True)) == {0}
    assert having_cost((big, HIGH), Cost(Decimal(200), Decimal(200))) == frozenset()


def test_of_what_has_no_known_price_nothing_is_missing():
    unknown = ShownProduct("U", "")
    assert not none_costs_so([(LOW, unknown)], [Cost(Decimal(5), Decimal(5))])


@pytest.mark.parametrize(
    ("text", "expected", "missing"),
    [
        ("the one that costs $109", ["P1"], False), ("70块的那个", ["P2"], False),
        ("一百以上的那个", ["P1"], False), ("the one over $100", ["P1"], False),
        ("the one under $5", [], True), ("the $500 one", [], True), ("一百二十九的那个", [], True),
    ],
)  # fmt: skip
def test_one_is_pointed_at_by_what_it_costs_or_is_missing(text, expected, missing):
    slots = read_values(shape(text), NOTHING_BEFORE)
    found = point(one_list(), nlu("select_product", *slots, text=text))
    assert [one.product_id for one in found.products] == expected
    assert found.missing is missing
