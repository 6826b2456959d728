from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.orders import NextStep, next_step, normalize_email, normalize_order_id
from assistant.purchases import Address, Order

ADA = "ada@example.com"
PLACED = datetime(2026, 11, 20, 9, tzinfo=UTC)
EXPECTED = datetime(2026, 11, 27, 20, tzinfo=UTC)


def order(id_="W1000001", email=ADA, status="shipped", **fields):
    address = Address("Ada", "1 Wren Street", "Bristol", "England", "BS1 4DJ", "United Kingdom")
    return Order(id_, email, status, PLACED, "USD", Decimal(9), (), address, **fields)


@given(st.integers(100, 10**12), st.sampled_from(["", "W", "AB", "ORX"]))
def test_an_order_number_survives_its_dressing(digits, letters):
    number = f"{letters}{digits}"
    for dressed in (
        number.lower(),
        f"#{number}",
        f"  order no. {number}!",
        f"订单号：{number}，帮我查一下",
        f"{number} user-001@example.com",
        "".join(chr(ord(letter) + 0xFEE0) for letter in number),
    ):
        assert normalize_order_id(dressed) == number


@given(st.text())
def test_any_text_gives_a_clean_number_and_doing_it_again_changes_nothing(text):
    number = normalize_order_id(text)
    assert " " not in number
    assert normalize_order_id(number) == number


@given(st.emails(domains=st.just("example.com")), st.booleans())
def test_an_address_is_found_in_lower_case_or_not_at_all(email, loud):
    found = normalize_email(email.upper() if loud else email)
    assert found in ("", found.lower())
    assert normalize_email(f"{found}。") == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("W 100 0001", "W1000001"),
        ("#1001", "1001"),
        ("100-2931-22", "100-2931-22"),
        ("my 2 orders W1000001", "W1000001"),
        ("12", ""),
        ("", ""),
        ("user-001@example.com", ""),
        ("x" * 100_000, ""),
    ],
)
def test_order_numbers_in_texts(text, number):
    assert normalize_order_id(text) == number


@pytest.mark.parametrize(
    ("status", "place", "expected"),
    [
        ("pending", "shop", EXPECTED),
        ("processed", "shop", EXPECTED),
        ("shipped", "carrier", EXPECTED),
        ("delivered", "customer", None),
        ("cancelled", "nowhere", None),
        ("returned", "shop", None),
    ],
)
def test_where_an_order_is_and_when_it_comes(status, place, expected):
    step = next_step(order(status=status, carrier="C", tracking="T1", expected=EXPECTED))
    assert step == NextStep(place, expected, "C", "T1")


def test_a_date_that_is_not_in_the_record_is_not_made_up():
    assert next_step(order(status="shipped")).expected is None


def test_a_status_nobody_knows_is_an_error():
    with pytest.raises(ValueError, match=r"W1000001: expected a status of .* got 'lost'"):
        next_step(order(status="lost"))
