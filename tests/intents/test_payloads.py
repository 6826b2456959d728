from datetime import date
from decimal import Decimal

import pytest

from intents.payloads import read_payload, write_bounds, write_payload
from intents.types import DateRange, Measure, PriceRange, Reference


def test_an_intent_alone():
    payload = read_payload("/show_cart")
    assert payload is not None
    assert (payload.intent, payload.slots) == ("show_cart", ())


def test_slots_are_exact():
    payload = read_payload('/add_to_cart{"product_id": "p-1", "variant_id": "v 2", "quantity": 3}')
    assert payload is not None
    values = {slot.name: slot.value for slot in payload.slots}
    assert values == {"product_id": "p-1", "variant_id": "v 2", "quantity": 3}


def test_a_list_gives_a_slot_an_element():
    payload = read_payload('/compare_products{"product_id": ["a", "b"]}')
    assert payload is not None
    assert [slot.value for slot in payload.slots] == ["a", "b"]


def test_objects_become_values():
    payload = read_payload(
        '/refine_search{"price": {"maximum": "49.90", "currency": "USD"},'
        ' "measure": {"attribute": "weight", "maximum": 2, "unit": "kg"},'
        ' "reference": {"positions": [2]}}'
    )
    assert payload is not None
    assert [slot.value for slot in payload.slots] == [
        PriceRange(None, Decimal("49.90"), "USD", True),
        Measure("weight", None, Decimal(2), "kg"),
        Reference((2,)),
    ]


def test_chinese_values():
    payload = read_payload('/refine_search{"color": "红色"}')
    assert payload is not None
    assert payload.slots[0].value == "红色"


@pytest.mark.parametrize(
    "text",
    [
        "show my cart",
        "/",
        "/unknown_intent",
        "/show_cart{",
        "/show_cart{}}",
        '/show_cart{"unknown_slot": 1}',
        '/show_cart{"color": null}',
        '/show_cart{"color": {"a": 1}}',
        '/refine_search{"price": 5}',
        '/track_order{"date": {"start": "2025-02-30"}}',
        '/refine_search{"price": {"maximum": "NaN"}}',
        '/refine_search{"measure": {"minimum": 1}}',
        "/show_cart" + '{"color":' * 5000,
        "/ show_cart",
    ],
)
def test_anything_else_is_no_payload(text):
    assert read_payload(text) is None


def test_a_date_is_a_text_or_a_stretch_of_days():
    payload = read_payload('/track_order{"date": {"start": "2025-11-19", "end": null}}')
    assert payload.slots[0].value == DateRange(date(2025, 11, 19), None)
    assert read_payload('/track_order{"date": "soon"}').slots[0].value == "soon"


def test_the_one_that_stands_out():
    payload = read_payload('/select_product{"reference": {"extreme": "cheapest"}}')
    assert payload is not None
    assert payload.slots[0].value == Reference(extreme="cheapest")
    assert read_payload('/select_product{"reference": {"extreme": "loudest"}}') is None


@pytest.mark.parametrize(
    ("low", "high", "given"),
    [
        (None, Decimal("1E+2"), {"maximum": "100"}),
        (Decimal("9.90"), Decimal("20"), {"minimum": "9.90", "maximum": "20"}),
        (None, None, {}),
    ],
)
def test_written_bounds_read_back(low, high, given):
    assert write_bounds(low, high) == given
    payload = read_payload(write_payload("refine_search", price=write_bounds(low, high)))
    assert (payload.slots[0].value.minimum, payload.slots[0].value.maximum) == (low, high)
