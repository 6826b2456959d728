"""Forms that generators teach the model to mark, and that no reader must lose.

What a model marks, a reader turns into a value; a form that is marked and not read is a wish that
is not heard, and one that is read wrongly is another wish.
"""

from datetime import date
from decimal import Decimal

import pytest

from intents.types import DateRange, Measure, PriceRange
from tests.intents.generators.making import read


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("4 and up", 4.0), ("over 3.5", 3.5), ("4.5 or higher", 4.5), ("4.3+", 4.3), ("5★", 5.0),
        ("4.2 out of 5", 4.2), ("four and a half stars", 4.5),
        ("5分起", 5.0), ("三星半以上", 3.5),
    ],
)  # fmt: skip
def test_ratings(words, value):
    assert read("rating", words) == value


@pytest.mark.parametrize(
    ("words", "least", "most", "unit"),
    [
        ("121pounds", "121", "121", "lb"),
        ("8gigs", "8", "8", "GB"),
        ("500grams", "500", "500", "g"),
        ("25liters", "25", "25", "L"),
        ("1.5meters", "1.5", "1.5", "m"),
        ("6kilos", "6", "6", "kg"),
        ("15ounces", "15", "15", "oz"),
        ("120W", "120", "120", "W"),
        ("350w", "350", "350", "W"),
        ("至少200W", "200", None, "W"),
        ("六L", "6", "6", "L"),
        ("at least 20 hours", "20", None, "hour"),
        ("28小时以上", "28", None, "hour"),
    ],
)
def test_measures(words, least, most, unit):
    value = read("measure", words)
    assert isinstance(value, Measure)
    wanted = (Decimal(least), None if most is None else Decimal(most), unit)
    assert (value.minimum, value.maximum, value.unit) == wanted


@pytest.mark.parametrize(
    ("words", "most"),
    [("1w2以内", 12_000), ("1w5以下", 15_000), ("under 3k", 3000), ("2w以内", 20_000)],
)
def test_prices(words, most):
    value = read("price", words)
    assert isinstance(value, PriceRange)
    assert (value.minimum, value.maximum) == (None, most)


@pytest.mark.parametrize("words", ["90x20 cm", "60*90*30cm", "45×105cm"])
def test_sides_of_a_thing(words):
    value = read("measure", words)
    assert isinstance(value, Measure)
    assert value.unit == "cm"


@pytest.mark.parametrize(
    ("words", "metres"),
    [
        ("一米八", "1.8"),
        ("一米六五", "1.65"),
        ("1米65", "1.65"),
        ("1m7", "1.7"),
        ("1.75米", "1.75"),
    ],
)
def test_heights_in_metres(words, metres):
    value = read("measure", words)
    assert isinstance(value, Measure)
    assert (value.minimum, value.unit) in ((Decimal(metres), "m"), (100 * Decimal(metres), "cm"))


@pytest.mark.parametrize("words", ["5'10", "5'10\"", "5 ft 10", "5 foot 10", "5ft10"])
def test_heights_in_feet(words):
    value = read("measure", words)
    assert isinstance(value, Measure)
    inches = {"ft": 12, "inch": 1}[value.unit] * value.minimum
    assert abs(inches - 70) < Decimal("0.1")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("0949-9382-2762", "0949-9382-2762"),
        ("UYT-20270127-7201", "UYT-20270127-7201"),
        ("2019-190", "2019-190"),
        ("15306-949", "15306-949"),
        ("ORD 40056", "ORD 40056"),
        ("16559944685", "16559944685"),
    ],
)
def test_order_numbers_are_whole(words, value):
    assert read("order_id", words) == value


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("phone", "0170/5515670", "01705515670"),
        ("postal_code", "1470 TP", "1470 TP"),
        ("postal_code", "D06 L1R9", "D06 L1R9"),
        ("postal_code", "88-394", "88-394"),
        ("postal_code", "764 02", "764 02"),
        ("postal_code", "5609", "5609"),
        ("quantity", "两杯", 2), ("quantity", "四盆", 4), ("quantity", "一提", 1),
        ("quantity", "五单", 5), ("quantity", "三排", 3), ("quantity", "六大箱", 6),
        ("quantity", "俩", 2), ("quantity", "仨", 3),
    ],
)  # fmt: skip
def test_codes_and_counts(name, words, value):
    assert read(name, words) == value


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in Nov", date(2025, 11, 1), date(2025, 11, 30)),
        ("in November 2027", date(2027, 11, 1), date(2027, 11, 30)),
        ("Mon", date(2025, 11, 24), date(2025, 11, 24)),
        ("on Sat", date(2025, 11, 22), date(2025, 11, 22)),
        ("by the end of the week", date(2025, 11, 19), date(2025, 11, 23)),
        ("by the end of December", date(2025, 11, 19), date(2025, 12, 31)),
        ("on 26.11.", date(2025, 11, 26), date(2025, 11, 26)),
        ("no later than the 25th", date(2025, 11, 19), date(2025, 11, 25)),
        ("25号", date(2025, 11, 25), date(2025, 11, 25)),
        ("二十六号", date(2025, 11, 26), date(2025, 11, 26)),
        ("12.20前", date(2025, 11, 19), date(2025, 12, 20)),
    ],
)
def test_dates(words, start, end):
    value = read("date", words)
    assert isinstance(value, DateRange)
    assert value.end == end
    assert value.start in (start, None)  # "by" may leave the start open
