import pytest

from intents.marked.codes import read_loose_order_id, read_loose_size


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("king size", "king"),
        ("double", "double"),
        ("60x120", "60x120"),
        ("45 x 45 x 60", "45x45x60"),
        ("m10", "M10"),
        ("7 and a half", "7.5"),
        ("half sizes", "half"),
        ("双人的", "双人"),
        ("小型", "小型"),
    ],
)
def test_a_size_of_another_kind_is_read_whole(words, size):
    assert read_loose_size(words) == size


@pytest.mark.parametrize("words", ["42", "xl", "350n", "half", "bigger", ""])
def test_other_sizes_are_left_to_the_rules(words):
    assert read_loose_size(words) is None


@pytest.mark.parametrize(
    ("words", "number"), [("dg-9917b", "DG-9917B"), ("#20417", "20417"), ("abc 123", "ABC 123")]
)
def test_an_order_has_a_number_in_any_form(words, number):
    assert read_loose_order_id(words) == number


@pytest.mark.parametrize("words", ["hello", "ab12", "12", "我的订单", ""])
def test_what_has_too_few_digits_is_no_order(words):
    assert read_loose_order_id(words) is None
