from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.orders import (
    NextStep,
    OrderAnswer,
    OrderResult,
    OrderService,
    next_step,
    normalize_email,
    normalize_order_id,
)
from assistant.types import Address, Order

ADA, BO = "ada@example.com", "bo@example.com"
PLACED = datetime(2026, 11, 20, 9, tzinfo=UTC)
EXPECTED = datetime(2026, 11, 27, 20, tzinfo=UTC)


def order(id_="W1000001", email=ADA, status="shipped", **fields):
    address = Address("Ada", "1 Wren Street", "Bristol", "England", "BS1 4DJ", "United Kingdom")
    return Order(id_, email, status, PLACED, "USD", Decimal(9), (), address, **fields)


class Shelf:
    """Orders in a dictionary."""

    def __init__(self, *orders):
        self.orders = {one.id: one for one in orders}

    def find_order(self, order_id):
        return self.orders.get(order_id)

    def orders_of(self, email):
        return tuple(one for one in self.orders.values() if one.email.casefold() == email)


OWN, FOREIGN = order(), order("W1000002", BO)
SERVICE = OrderService(Shelf(OWN, FOREIGN, order("ORD-77-001", "Ada@Example.com")))


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("W1000001", ADA),
        ("#w 1000001", "Ada@Example.COM"),
        ("订单号Ｗ１０００００１", "我的邮箱是ada＠example.com。"),
        ("W-1000001", "<ada@example.com>"),
        ("my order is w1000001, thanks", "ada @ example.com"),
    ],
)
def test_the_owner_sees_the_order_however_it_is_written(number, email):
    assert SERVICE.status(number, email, 0) == OrderAnswer(OrderResult.FOUND, 0, OWN, ADA)


def test_a_number_kept_with_hyphens_and_an_address_kept_in_capitals_are_found():
    assert SERVICE.status("ord-77-001", ADA, 0).result is OrderResult.FOUND


@pytest.mark.parametrize("attempts", [0, 3])
def test_unknown_and_foreign_orders_get_the_same_answer(attempts):
    foreign = SERVICE.status(FOREIGN.id, ADA, attempts)
    unknown = SERVICE.status("W9999999", ADA, attempts)
    assert foreign == unknown == OrderAnswer(OrderResult.REFUSED, attempts + 1)


@pytest.mark.parametrize(
    ("number", "email", "result"),
    [
        ("", ADA, OrderResult.NEEDS_ORDER_ID),
        ("no idea", ADA, OrderResult.NEEDS_ORDER_ID),
        ("不记得了", "", OrderResult.NEEDS_ORDER_ID),
        ("W1000001", "", OrderResult.NEEDS_EMAIL),
        ("W1000001", "ada at example", OrderResult.NEEDS_EMAIL),
    ],
)
def test_what_is_missing_is_asked_for_and_costs_no_try(number, email, result):
    assert SERVICE.status(number, email, 2) == OrderAnswer(result, 2)


def test_after_too_many_tries_even_the_right_pair_is_not_answered():
    attempts = 0
    for guess in range(5):
        answer = SERVICE.status(f"W200000{guess}", ADA, attempts)
        assert answer.result is OrderResult.REFUSED
        attempts = answer.attempts
    assert SERVICE.status(OWN.id, ADA, attempts) == OrderAnswer(OrderResult.LOCKED, 5)
    assert SERVICE.status("", "", attempts).result is OrderResult.LOCKED


def test_a_success_gives_no_tries_back():
    assert SERVICE.status(OWN.id, ADA, 4).attempts == 4


def test_a_service_may_allow_fewer_tries():
    assert OrderService(Shelf(OWN), 1).status(OWN.id, ADA, 1).result is OrderResult.LOCKED


def test_the_orders_of_a_proven_address():
    assert [one.id for one in SERVICE.orders("ADA@example.com")] == ["W1000001", "ORD-77-001"]
    assert SERVICE.orders("") == ()


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
