from decimal import Decimal

import pytest

from intents.shape import shape
from intents.types import Measure
from intents.values.discounts import ON_SALE, find_discounts, is_discount

PERCENTS = [
    ("half price shoes", 50), ("50% off", 50), ("at least 30% off", 30), ("half off", 50),
    ("半价", 50), ("五折", 50), ("打八折", 20), ("八五折的", 15), ("8.5折", 15), ("85折", 15),
    ("打对折", 50), ("半價的", 50),
]  # fmt: skip


@pytest.mark.parametrize(("text", "percent"), PERCENTS)
def test_how_much_is_taken_off(text, percent):
    (slot,) = find_discounts(shape(text))
    assert slot.name == "feature"
    assert slot.value == Measure("discount", Decimal(percent), None, "%")
    assert is_discount(slot)


@pytest.mark.parametrize("text", ["just on sale items", "discounted headphones", "有没有打折的"])
def test_anything_reduced(text):
    (slot,) = find_discounts(shape(text))
    assert slot.value == ON_SALE
    assert is_discount(slot)


@pytest.mark.parametrize(
    "text",
    ["is this on sale", "打折吗", "折叠桌", "100% cotton", "打折商品支持退换吗", "half a dozen"],
)
def test_questions_and_other_words_are_no_wish(text):
    assert find_discounts(shape(text)) == []
