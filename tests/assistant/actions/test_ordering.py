import pytest

from assistant.actions import run_action
from assistant.types import Action


def track(services, context, **args):
    return run_action(Action("track_order", args=args), context, services)


def test_number_then_address_then_status(services, turn):
    first = track(services, turn())
    assert (first.response, first.state.pending.slot) == ("need_order_id", "order_id")
    second = track(services, turn(), order_id="w1000001")
    assert (second.response, second.state.pending.slot) == ("need_email", "email")
    found = track(services, turn(), order_id="W1000001", email="Ann@Example.com")
    assert found.response == "order_shipped"
    assert (found.facts["carrier"], found.facts["tracking"]) == ("Swift", "SW123")
    assert found.state.verified_email == "ann@example.com"


def test_who_proved_an_address_need_not_say_it_again(services, turn):
    context = turn(verified_email="ann@example.com")
    assert track(services, context, order_id="W1000002").response == "order_pending"


@pytest.mark.parametrize(
    ("order_id", "email"),
    [("W1000001", "eve@example.com"), ("W9999999", "ann@example.com")],
)
def test_foreign_and_unknown_orders_get_the_same_answer(services, turn, order_id, email):
    outcome = track(services, turn(), order_id=order_id, email=email)
    assert (outcome.response, dict(outcome.facts)) == ("order_refused", {})
    assert outcome.state.order_attempts == 1


def test_guessing_ends(services, turn):
    outcome = track(services, turn(order_attempts=3), order_id="W1000001", email="ann@example.com")
    assert outcome.response == "order_locked"
