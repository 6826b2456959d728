from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assistant.orders import load_rules
from assistant.orders.plans import MoneyMove, RefusedError, Shelf, carry_out, make_plan
from assistant.purchases import Change, Payment
from tests.assistant.orders_shop import (
    BOOTS,
    BOTTLE,
    DELIVERED,
    LAMP,
    MARA,
    OTHER,
    PENDING,
    PROCESSED,
)

NOW = datetime(2026, 11, 28, tzinfo=UTC)
GOODS = {one.id: one for one in (BOTTLE, BOOTS, LAMP)}
RULES = load_rules()


def shelf(order, rules=RULES, actor="customer"):
    return Shelf(MARA, order, GOODS, rules, NOW, actor)


def change(act, order=PENDING, **fields):
    return Change(act, MARA.id, order.id, **fields)


def refused(one, order, **fields):
    with pytest.raises(RefusedError) as caught:
        make_plan(one, shelf(order, **fields))
    return caught.value.reason


def test_a_cancelled_order_is_paid_back_the_way_it_was_paid():
    plan = make_plan(change("cancel_order", reason="no longer needed"), shelf(PENDING))
    assert plan.moves == (MoneyMove("card-1", Decimal("-110.00")),)
    customer, order = carry_out(plan, shelf(PENDING))
    assert (order.status, order.cancel_reason) == ("cancelled", "no longer needed")
    assert [(one.kind, one.amount) for one in order.payments] == [
        ("payment", Decimal("110.00")),
        ("refund", Decimal("110.00")),
    ]
    assert customer == MARA


def test_an_order_paid_by_gift_card_gives_the_card_its_balance_back():
    paid = replace(PENDING, payments=(replace(PENDING.payments[0], method_id="gift-1"),))
    plan = make_plan(change("cancel_order", reason="ordered by mistake"), shelf(paid))
    customer, _ = carry_out(plan, shelf(paid))
    assert customer.method("gift-1").balance == Decimal("140.00")


PAID = {"card": ("payment", "card-1"), "paypal": ("payment", "pp-1")} | {
    f"{name} back": ("refund", method)
    for name, method in (("card", "card-1"), ("paypal", "pp-1"), ("gift card", "gift-1"))
}


def paid_with(*moved):
    found = [Payment(PAID[name][0], Decimal(amount), PAID[name][1]) for name, amount in moved]
    return replace(PENDING, payments=tuple(found))


@pytest.mark.parametrize(
    ("moved", "left"),
    [
        ([("card", "110"), ("card back", "20")], [("card-1", "-90")]),
        ([("card", "110"), ("card back", "20"), ("card back", "90")], []),
        ([("card", "110"), ("card back", "0")], [("card-1", "-110")]),
        ([("card", "110"), ("card", "10"), ("card back", "115")], [("card-1", "-5")]),
        ([("card", "110"), ("paypal", "110"), ("card back", "110")], [("pp-1", "-110")]),
        (
            [("card", "80"), ("paypal", "30"), ("card back", "15")],
            [("card-1", "-65"), ("pp-1", "-30")],
        ),
        ([("card", "80"), ("paypal", "30"), ("gift card back", "35")], [("card-1", "-75")]),
    ],
)
def test_what_was_given_back_in_part_is_not_given_back_again(moved, left):
    plan = make_plan(change("cancel_order", reason="no longer needed"), shelf(paid_with(*moved)))
    assert [(one.method_id, str(one.amount)) for one in plan.moves] == left


def test_another_way_to_pay_takes_over_what_is_still_paid():
    rules = RULES.model_copy(
        update={"change_payment": RULES.change_payment.model_copy(update={"once": False})}
    )
    order = paid_with(("card", "110"), ("card back", "20"))
    plan = make_plan(change("change_payment", method_id="pp-1"), shelf(order, rules))
    assert plan.moves == (MoneyMove("pp-1", Decimal(90)), MoneyMove("card-1", Decimal(-90)))


@pytest.mark.parametrize("reason", ["", "found it cheaper"])
def test_other_reasons_do_not_count(reason):
    assert refused(change("cancel_order", reason=reason), PENDING) == "wrong_reason"


@pytest.mark.parametrize(
    ("act", "order"),
    [
        ("cancel_order", DELIVERED),
        ("cancel_order", PROCESSED),
        ("change_items", DELIVERED),
        ("change_order_address", PROCESSED),
        ("change_payment", DELIVERED),
        ("return_items", PENDING),
        ("exchange_items", PENDING),
        ("exchange_items", replace(DELIVERED, status="return_requested")),
        ("change_items", replace(PENDING, status="pending_changed")),
    ],
)
def test_the_status_of_an_order_decides_what_is_possible(act, order):
    fields = {"reason": "no longer needed", "address": OTHER, "lines": (0,), "method_id": "card-1"}
    assert refused(Change(act, MARA.id, order.id, **fields), order) == "wrong_status"


def test_changed_items_cost_their_difference_and_can_be_changed_once():
    one = change("change_items", lines=(0,), variants=("b-red-1000",), method_id="gift-1")
    plan = make_plan(one, shelf(PENDING))
    assert plan.moves == (MoneyMove("gift-1", Decimal("5.00")),)
    customer, order = carry_out(plan, shelf(PENDING))
    assert order.status == "pending_changed"
    assert (order.items[0].variant_id, order.items[0].amount) == ("b-red-1000", Decimal("25.00"))
    assert dict(order.items[0].options)["capacity"].en == "1000ml"
    assert order.items[1] == PENDING.items[1]
    assert order.total == Decimal("115.00")
    assert customer.method("gift-1").balance == Decimal("25.00")


@pytest.mark.parametrize(
    ("variants", "method", "reason"),
    [
        (("b-green-500",), "gift-1", "low_balance"),
        (("b-black-500",), "card-1", "variant_sold_out"),
        (("l-black-ac",), "card-1", "other_product"),
        (("b-red-500",), "card-2", "unknown_method"),
        ((), "card-1", "no_items"),
    ],
)
def test_what_items_may_not_become(variants, method, reason):
    one = change("change_items", lines=(0,), variants=variants, method_id=method)
    assert refused(one, PENDING) == reason


def test_the_same_variant_again_is_a_rule_of_the_shop():
    one = change(
        "exchange_items", DELIVERED, lines=(0,), variants=("l-white-usb",), method_id="pp-1"
    )
    assert make_plan(one, shelf(DELIVERED)).moves == (MoneyMove("pp-1", Decimal("0.00")),)
    strict = RULES.model_copy(
        update={"exchange_items": RULES.exchange_items.model_copy(update={"same_variant": False})}
    )
    assert refused(one, DELIVERED, rules=strict) == "same_variant"


def test_an_exchange_moves_no_money_before_the_goods_are_back():
    one = change(
        "exchange_items", DELIVERED, lines=(0,), variants=("l-black-ac",), method_id="pp-1"
    )
    customer, order = carry_out(make_plan(one, shelf(DELIVERED)), shelf(DELIVERED))
    assert (customer, order.payments, order.items) == (MARA, DELIVERED.payments, DELIVERED.items)
    assert order.status == "exchange_requested"
    (noted,) = order.returns
    assert (noted.variants, noted.new_variants) == (("l-white-usb",), ("l-black-ac",))
    assert noted.difference == Decimal("2.00")


@pytest.mark.parametrize(
    ("method", "possible"), [("card-1", True), ("gift-1", True), ("pp-1", False)]
)
def test_a_return_is_paid_back_the_way_it_was_paid_or_to_a_gift_card(method, possible):
    one = change("return_items", DELIVERED, lines=(0, 2), method_id=method)
    if possible:
        assert make_plan(one, shelf(DELIVERED)).moves == (MoneyMove(method, Decimal("-81.00")),)
    else:
        assert refused(one, DELIVERED) == "wrong_refund_way"


def test_a_return_gives_back_no_more_than_was_kept():
    given = Payment("refund", Decimal("70.00"), "card-1", NOW)
    partly = replace(DELIVERED, payments=(*DELIVERED.payments, given))
    kept = sum(one.amount for one in DELIVERED.payments) - given.amount
    one = change("return_items", partly, lines=(0, 2), method_id="card-1")
    assert kept < Decimal("81.00")
    assert make_plan(one, shelf(partly)).moves == (MoneyMove("card-1", -kept),)
    wholly = replace(partly, payments=(*partly.payments, replace(given, amount=kept)))
    assert make_plan(one, shelf(wholly)).moves == (MoneyMove("card-1", Decimal("0.00")),)


def test_a_return_is_possible_for_so_many_days():
    rules = RULES.model_copy(
        update={"return_items": RULES.return_items.model_copy(update={"within_days": 30})}
    )
    one = change("return_items", DELIVERED, lines=(0,), method_id="card-1")
    late = replace(DELIVERED, delivered=NOW - timedelta(days=31))
    assert refused(one, late, rules=rules) == "too_late"
    intime = replace(DELIVERED, delivered=NOW - timedelta(days=29))
    assert make_plan(one, shelf(intime, rules)).moves


def test_the_payment_can_be_changed_once_to_another_way_with_enough_on_it():
    plan = make_plan(change("change_payment", method_id="pp-1"), shelf(PENDING))
    assert plan.moves == (
        MoneyMove("pp-1", Decimal("110.00")),
        MoneyMove("card-1", Decimal("-110.00")),
    )
    _, order = carry_out(plan, shelf(PENDING))
    assert (order.status, order.paid_with) == ("pending", "pp-1")
    assert refused(change("change_payment", method_id="card-1"), order) == "already_changed"
    assert refused(change("change_payment", method_id="card-1"), PENDING) == "same_method"
    assert refused(change("change_payment", method_id="gift-1"), PENDING) == "low_balance"


def test_who_may_do_something_is_a_rule():
    rules = RULES.model_copy(
        update={"cancel_order": RULES.cancel_order.model_copy(update={"who": ("agent",)})}
    )
    one = change("cancel_order", reason="no longer needed")
    assert refused(one, PENDING, rules=rules) == "not_allowed"
    assert make_plan(one, shelf(PENDING, rules, "agent")).moves


def test_places_outside_the_order_and_twice_the_same_are_refused():
    for lines in ((), (0, 0), (7,), (-1,)):
        one = change("return_items", DELIVERED, lines=lines, method_id="card-1")
        assert refused(one, DELIVERED) == "no_items"
