import pytest

from intents.shape import shape
from intents.values.coded_sizes import find_coded_sizes

SIZES = [
    ("160/84A", "160/84A"),
    ("要170/92a的", "170/92A"),
    ("175/96 有吗", "175/96"),
    ("32x34 jeans", "32x34"),
    ("jeans 32 x 34", "32x34"),
    ("W32 L34", "32x34"),
    ("34C bra", "34C"),
    ("75b的文胸", "75B"),
    ("size 5T", "5T"),
    ("size 9 1/2", "9.5"),
    ("38码半的鞋", "38.5"),
]


@pytest.mark.parametrize(("text", "value"), SIZES)
def test_codes_of_sizes(text, value):
    (slot,) = find_coded_sizes(shape(text))
    assert (slot.name, slot.value) == ("size", value)


@pytest.mark.parametrize(
    "text", ["30x40 cm frame", "32x34 tiles", "5T hard disk", "34c outside", "1 1/2 cups", "24/7"]
)
def test_other_codes_are_no_sizes(text):
    assert find_coded_sizes(shape(text)) == []
