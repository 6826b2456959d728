from decimal import Decimal

import pytest

from catalog.sizing.babies import sizes_for_months

CHINA = ("59 cm", "66 cm", "73 cm", "80 cm", "90 cm")
EUROPE = ("56", "62", "68", "74", "80", "86", "92")


@pytest.mark.parametrize(
    ("low", "high", "china", "europe"),
    [
        (6, 9, ("73 cm",), ("74",)),
        (0, 3, ("59 cm",), ("56", "62")),
        (3, 6, ("66 cm",), ("68",)),
        (6, 12, ("73 cm", "80 cm"), ("74", "80")),
        (12, 18, ("80 cm",), ("86",)),
        (18, 24, ("90 cm",), ("92",)),
        (7, 7, ("73 cm",), ("74",)),
        (6, 6, ("66 cm", "73 cm"), ("68", "74")),
        (24, 36, (), ()),
        (48, 48, (), ()),
    ],
)
def test_months_in_the_sizes_of_the_shop(low, high, china, europe):
    assert sizes_for_months(Decimal(low), Decimal(high), CHINA) == china
    assert sizes_for_months(Decimal(low), Decimal(high), EUROPE) == europe


def test_what_is_sold_in_other_sizes_has_none_for_months():
    assert sizes_for_months(Decimal(6), Decimal(9), ("S", "M", "100 cm", "6-9 months")) == ()
