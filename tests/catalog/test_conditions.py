from decimal import Decimal

import pytest

from catalog.conditions import add_conditions
from catalog.types import FlagConstraint, NumberConstraint, ProductFilter, TextConstraint

NAMES = ("memory", "color", "waterproof", "颜色", "battery_life")


def read(*texts):
    return add_conditions(ProductFilter(brands=("x",)), texts, lambda: NAMES)


def test_every_kind_of_condition_is_read():
    found = read("color=red, 蓝色", "waterproof=yes", "memory>=16 GB", "颜色!=黑色")
    assert found.brands == ("x",)
    assert found.attributes == (
        TextConstraint("color", ("red", "蓝色")),
        FlagConstraint("waterproof", True),
        NumberConstraint("memory", Decimal(16), None, "gb"),
    )
    assert found.exclusions == (TextConstraint("颜色", ("黑色",)),)


def test_two_bounds_of_one_attribute_are_a_range():
    (one,) = read("memory>=8GB", "memory <= 16 GB").attributes
    assert one == NumberConstraint("memory", Decimal(8), Decimal(16), "gb")
    assert read("Battery life>=5h").attributes[0].name == "battery_life"


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["memroy>=8 GB"], "no product has the attribute 'memroy'; the nearest are memory"),
        (["qqq=1"], "no product has the attribute 'qqq'$"),
        (["memory>=16 GB", "memory<=8 GB"], "memory: minimum 16 is above maximum 8"),
        (["memory>=8 GB", "memory<=16"], "both bounds of memory in one unit"),
        (["memory>=much"], "expected a number"),
        (["red"], "expected a condition"),
        (["color="], "expected a condition"),
        (["'; DROP TABLE product; --"], "expected a condition"),
        (["<script>=1"], "expected a condition|no product"),
        (["=" * 10_000], "expected a condition"),
    ],
)
def test_what_cannot_be_asked_is_said(texts, message):
    with pytest.raises(ValueError, match=message):
        read(*texts)
