from decimal import Decimal

import pytest

from catalog.sizing.systems import ShoeSize, read_shoe_size, sizes_like

EU = tuple(str(one) for one in range(36, 47))


@pytest.mark.parametrize(
    ("text", "system", "number"),
    [
        ("US 10", "US", "10"), ("UK 7.5", "UK", "7.5"), ("EU 42", "EU", "42"), ("42", "EU", "42"),
        ("42.5", "EU", "42.5"), ("9 us", "US", "9"), ("42码", "EU", "42"), ("250", "CN", "250"),
        ("255 mm", "CN", "255"),
    ],
)  # fmt: skip
def test_a_size_and_its_system_are_read(text, system, number):
    assert read_shoe_size(text) == ShoeSize(system, Decimal(number))


@pytest.mark.parametrize("text", ["9", "9.5", "XL", "73 cm", "32x34", "120", "", "US"])
def test_what_tells_no_system_is_no_shoe_size(text):
    assert read_shoe_size(text) is None


@pytest.mark.parametrize(
    ("said", "wearer", "sizes"),
    [
        ("US 10", "men", ("43",)), ("US 10", "women", ("41",)),
        ("US 8", "men", ("41",)), ("US 8", "women", ("39",)),
        ("UK 8", "men", ("42",)), ("UK 8", "women", ("41",)),
        ("US 9.5", "men", ("42", "43")), ("US 8.5", "women", ("39", "40")),
        ("250", "men", ("40",)), ("250", "women", ("40",)), ("265", "men", ("43",)),
        ("US 16", "men", ()), ("US 2", "women", ()), ("EU 49", "men", ()),
    ],
)  # fmt: skip
def test_sizes_of_other_systems_in_eu_sizes(said, wearer, sizes):
    assert sizes_like(read_shoe_size(said), EU, wearer) == sizes


def test_a_shop_may_have_any_system_and_half_sizes():
    sold = ("US 8", "US 8.5", "US 9", "one size")
    assert sizes_like(read_shoe_size("42"), sold, "men") == ("US 9",)
    assert sizes_like(read_shoe_size("UK 7.5"), sold, "men") == ("US 8.5",)
    assert sizes_like(read_shoe_size("US 9.5"), ("42", "42.5", "43"), "men") == ("42.5",)


def test_where_no_size_on_sale_is_near_there_is_none():
    assert sizes_like(read_shoe_size("US 9"), ("38", "40", "44"), "men") == ()
    assert sizes_like(read_shoe_size("US 9"), ("S", "M", "9"), "men") == ()
