from datetime import date
from decimal import Decimal

import pytest

from intents.names import SLOTS
from intents.types import DateRange, Measure, PriceRange, Reference
from intents.values.reading import read_value

TODAY = date(2025, 11, 19)


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("price", "300", PriceRange(maximum=Decimal(300))),
        ("price", "三百以内", PriceRange(maximum=Decimal(300))),
        ("size", "42", "42"),
        ("size", "160/84A", "160/84A"),
        ("quantity", "two", 2),
        ("quantity", "a", 1),
        ("quantity", "两件", 2),
        ("quantity", "ten thousand", 10_000),
        ("measure", "256", Measure("", Decimal(256), Decimal(256), "")),
        ("measure", "128G", Measure("", Decimal(128), Decimal(128), "GB")),
        ("measure", "60度以内", Measure("", None, Decimal(60), "")),
        ("measure", "至少8人", Measure("", Decimal(8), None, "")),
        ("measure", "5 or more", Measure("", Decimal(5), None, "")),
        ("measure", "6支装", Measure("pack_size", Decimal(6), Decimal(6), "piece")),
        ("measure", "30x40cm", Measure("dimension", Decimal(30), Decimal(30), "cm")),
        ("rating", "below 3 stars", None),
        ("rating", "8 out of 10", None),
        ("rating", "满分", 5.0),
        ("rating", "三星", 3.0),
        ("rating", "95%好评", None),
        ("quantity", "一点", None),
        ("phone", "0161 496 0000", "01614960000"),
        ("date", "tomorrow", DateRange(date(2025, 11, 20), date(2025, 11, 20))),
        ("age_group", "6岁", "kids"),
        ("age_group", "18个月", "toddler"),
        ("email", "me@example.com", "me@example.com"),
        ("postal_code", "94105", "94105"),
        ("sort_key", "cheapest", "price_ascending"),
        ("comparative", "大一号", "bigger"),
        ("reference", "the second one", Reference(positions=(2,))),
        ("color", "cream", None),
        ("price", "cheap", None),
        ("nonsense", "cream", None),
    ],
)
def test_words_of_a_known_slot(name, words, value):
    assert read_value(name, words, TODAY) == value


@pytest.mark.parametrize("name", sorted(SLOTS))
@pytest.mark.parametrize("words", ["", " ", "\ue000", "…", "某", "９" * 50])
def test_any_words_of_any_slot_are_read(name, words):
    read_value(name, words, TODAY)
