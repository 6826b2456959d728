from datetime import date
from decimal import Decimal

import pytest

from intents.marked import read_marked
from intents.shape import shape
from intents.types import DateRange, PriceRange, Reference
from intents.values import find_values

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("sort_key", "Rating", "rating"),
        ("sort_key", "價錢低", "price_ascending"),
        ("comparative", "Slimmer", "slimmer"),
        ("reference", "The one at the bottom", Reference((-1,))),
        ("size", "M10", "M10"),
        ("size", "42码", "42"),
        ("price", "三百以内", PriceRange(None, Decimal(300), "", False)),
        ("date", "tomorrow", DateRange(date(2026, 3, 5), date(2026, 3, 5))),
        ("date", "下午三点", "下午三点"),
        ("order_id", "DG-9917B", "DG-9917B"),
    ],
)
def test_precise_and_generous_readers_serve_one_call(name, words, value):
    assert read_marked(name, words, TODAY) == value


@pytest.mark.parametrize("name", ["color", "no_such_slot", "quantity"])
def test_a_slot_without_a_reader_stays_open(name):
    assert read_marked(name, "red", TODAY) is None


@pytest.mark.parametrize("text", ["rating", "slimmer", "热度", "双人", "2 of 10"])
def test_free_text_is_not_read_generously(text):
    generous = {"sort_key", "comparative", "size", "rating"}
    assert not generous & {slot.name for slot in find_values(text)}
    assert shape(text).raw == text
