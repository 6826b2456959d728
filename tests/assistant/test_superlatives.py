from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.superlatives import Order, by_size, order_said, standing_out, value_of
from assistant.types import ShownNumber
from tests.assistant.shelf import HEADPHONES, LIGHTS, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the cheapest of these", Order("price", False)), ("里面最贵的那个", Order("price", True)),
        ("the best rated one", Order("rating", True)), ("评分最高的那款", Order("rating", True)),
        ("the lightest", Order("weight", False)), ("最轻的那个", Order("weight", False)),
        ("the cheaper one", Order("price", False)), ("贵的那个", Order("price", True)),
        ("the two cheapest", Order("price", False, 2)), ("最便宜的两个", Order("price", False, 2)),
        ("the one with the most pieces", Order("label:pieces", True)),
        ("the big one", Order("size", True)), ("轻的那款", Order("weight", False)),
    ],
)  # fmt: skip
def test_what_stands_out(text, expected):
    assert order_said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "cheapest first", "best rated first please", "从便宜到贵排", "评分最高的排前面",
        "cheaper ones",
        "better rated ones", "the red one", "红色的那个", "what's your cheapest laptop?",
        "你们店里最便宜的耳机",
    ],
)  # fmt: skip
def test_an_order_of_the_list_and_a_search_of_the_shop_are_none(text):
    assert order_said(text) is None


def test_the_best_and_all_that_equal_it():
    phones = shown(HEADPHONES)
    assert [p.product_id for p in standing_out(phones, Order("price", False))] == ["P3"]
    assert [p.product_id for p in standing_out(phones, Order("price", False, 2))] == ["P3", "P2"]
    lamps = shown([LIGHTS[0], LIGHTS[0]])
    assert len(standing_out(lamps, Order("rating", True))) == 2


def test_what_the_records_do_not_measure_stands_out_in_nothing():
    assert standing_out(shown(HEADPHONES), Order("power", True)) == ()


def test_numbers_by_name_by_label_and_by_size():
    lamp = shown(LIGHTS)[1]
    assert value_of(lamp, "power") == value_of(lamp, "label:功率") == Decimal(12)
    assert value_of(lamp, "price") == Decimal(40)
    assert by_size(shown(HEADPHONES)) == "screen_size"  # none is measured, so the first


def test_a_number_is_found_by_what_shoppers_call_it():
    few, many = (
        replace(one, numbers=(ShownNumber("pieces", Decimal(count)),))
        for one, count in zip(shown(LIGHTS), (260, 1200), strict=True)
    )
    assert standing_out((few, many), order_said("颗粒最多的那套")) == (many,)
