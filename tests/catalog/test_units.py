from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.units import convert, dimension, parse_measure, to_base


@pytest.mark.parametrize(
    ("value", "unit", "other", "expected"),
    [
        ("15.6", "inch", "cm", "39.624"),
        ("15.6", "英寸", "厘米", "39.624"),
        ("3", "斤", "kg", "1.5"),
        ("2", "两", "克", "100"),
        ("1.5", "L", "ml", "1500"),
        ("8192", "MB", "GB", "8"),
        ("1", "TB", "GB", "1000"),
        ("16", "oz", "lb", "1"),
        ("90", "分钟", "hours", "1.5"),
        ("1.5", "kW", "瓦", "1500"),
        ("3", "GHz", "MHz", "3000"),
        ("10", "Ah", "毫安时", "10000"),
        ("2", "m²", "平方厘米", "20000"),
        ("5", "μm", "mm", "0.005"),
        ("6400", "万像素", "MP", "64"),
        ("3", "pcs", "件", "3"),
    ],
)
def test_equal_measures_in_two_units(value, unit, other, expected):
    assert convert(Decimal(value), unit, other) == Decimal(expected)


def test_units_of_different_dimensions_do_not_compare():
    assert convert(Decimal(1), "kg", "cm") is None
    assert convert(Decimal(1), "", "cm") is None


def test_an_unknown_unit_compares_with_itself():
    assert convert(Decimal(40), "Stitches", "stitches") == 40
    assert dimension("Stitches") == "stitches"
    assert convert(Decimal(40), "stitches", "pages") is None


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("128 GB", "128", "gb"),
        ("15.6英寸", "15.6", "英寸"),
        ("１５００ｍｌ", "1500", "ml"),
        ("1,500 ml", "1500", "ml"),
        ("42", "42", ""),
        ("-3", "-3", ""),
        ("20 fl oz", "20", "floz"),
        ("12 oz.", "12", "oz"),
    ],
)
def test_a_text_that_is_a_measure(text, number, unit):
    assert parse_measure(text) == (Decimal(number), unit)


@pytest.mark.parametrize(
    "text", ["XL", "", "128 GB SSD", "12,5 cm", "red 42", "1e5", "4 x 4", "..."]
)
def test_a_text_that_is_none(text):
    assert parse_measure(text) is None


@given(
    st.decimals("0.001", "100000", places=3),
    st.sampled_from(["mm", "cm", "m", "inch", "ft", "英寸"]),
    st.sampled_from(["mm", "cm", "m", "inch", "ft", "英寸"]),
)
def test_there_and_back_is_the_same_length(value, unit, other):
    there = convert(value, unit, other)
    assert there is not None
    assert to_base(there, other)[0] == "length"
    assert abs(to_base(there, other)[1] - to_base(value, unit)[1]) < Decimal("1e-15")


@given(st.text(max_size=40))
def test_no_text_breaks_the_parser(text):
    measure = parse_measure(text)
    assert measure is None or isinstance(measure[0], Decimal)
