from datetime import date
from decimal import Decimal

import pytest

from assistant.wire import slot_to_wire
from intents.types import DateRange, Measure, PriceRange, Reference, Slot


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (DateRange(date(2025, 11, 19), None), {"start": "2025-11-19", "end": None}),
        (PriceRange(None, Decimal(50)), {"minimum": None, "maximum": 50, "currency": ""}),
        (
            Measure("weight", Decimal("0.5"), None, "kg"),
            {"attribute": "weight", "minimum": 0.5, "maximum": None, "unit": "kg"},
        ),
        (Reference((2,)), {"positions": [2], "first": 0, "everything": False}),
        (
            Reference(extreme="cheapest"),
            {"positions": [], "first": 0, "everything": False, "extreme": "cheapest"},
        ),
        ("red", "red"),
    ],
)
def test_the_value_of_a_slot_in_the_agreed_form(value, wire):
    sent = slot_to_wire(Slot("x", value, "raw", 1, 4, "exclude"))
    assert sent == {
        "name": "x", "value": wire, "raw": "raw", "start": 1, "end": 4, "role": "exclude",
    }  # fmt: skip
