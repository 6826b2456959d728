from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.actions import run_action
from assistant.purchases import OrderItem, OrderTalk
from assistant.types import Action, CartLine
from catalog.types import LocalText
from tests.assistant.builders import price
from tests.assistant.conftest import order

CART = (CartLine("M1", "M1-one", 2), CartLine("T1", "T1-M", 1))


def do(services, context, name, **args):
    return run_action(Action(name, args=args), context, services)


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("save my cart as birthday", "en", "birthday"),
        ("save this cart under the name Tea party please", "en", "Tea party"),
        ("把购物车存为周末聚会", "zh", "周末聚会"),
        ("保存购物车，叫生日吧", "zh", "生日"),
    ],
)
def test_a_cart_is_kept_under_its_name_and_comes_back(counter, turn, text, language, name):
    saved = do(counter, turn(text=text, language=language, cart=CART), "save_cart")
    assert (saved.response, saved.facts["name"], saved.facts["count"]) == ("cart_saved", name, 3)
    assert saved.state.cart == CART
    back = do(counter, turn(text="x", language=language), "restore_cart")
    assert (back.response, back.facts["name"]) == ("cart_restored", name)
    assert back.state.cart == CART
    assert back.cart.total == 2 * 1250 + 3000 if language == "en" else True


def test_restoring_twice_adds_nothing_and_keeps_what_is_there(counter, turn):
    do(counter, turn(text="save my cart", cart=CART), "save_cart")
    other = (CartLine("M2", "M2-one", 1), CartLine("M1", "M1-one", 4))
    back = do(counter, turn(text="restore my cart", cart=other), "restore_cart")
    assert back.state.cart == (*other, CART[1])


def test_of_several_carts_one_is_asked_for_and_a_name_chooses(counter, turn):
    for name, lines in (("tea", CART[:1]), ("party", CART[1:])):
        do(counter, turn(text=f"save my cart as {name}", cart=lines), "save_cart")
    asked = do(counter, turn(text="load my saved cart"), "restore_cart")
    assert asked.response == "which_cart"
    assert {one.title for one in asked.suggestions} == {"tea", "party"}
    chosen = do(counter, turn(text=asked.suggestions[0].payload), "restore_cart")
    assert chosen.facts["name"] == asked.suggestions[0].title


def test_what_is_gone_or_scarce_is_said(counter, turn):
    lines = (CartLine("M4", "M4-one", 5), CartLine("M3", "M3-one", 1), CartLine("Z", "Z", 1))
    do(counter, turn(text="save my cart", cart=lines), "save_cart")
    back = do(counter, turn(text="restore my cart"), "restore_cart")
    assert back.state.cart == (CartLine("M4", "M4-one", 2),)
    assert [note.response for note in back.notes] == ["fewer_left", "gone_meanwhile"]


def test_nothing_is_saved_or_restored_where_there_is_nothing(counter, turn):
    assert do(counter, turn(), "save_cart").response == "cart_empty"
    assert do(counter, turn(), "restore_cart").response == "no_saved_carts"


def test_carts_of_others_stay_theirs_and_those_of_the_user_follow(counter, turn):
    mine = turn(text="save my cart", cart=CART, user_id="u1")
    do(counter, mine, "save_cart")
    elsewhere = replace(turn(text="x").state, session_id="s2")
    stranger = replace(turn(text="x"), state=elsewhere)
    assert do(counter, stranger, "restore_cart").response == "no_saved_carts"
    signed_in = replace(stranger, state=replace(elsewhere, user_id="u1"))
    assert do(counter, signed_in, "restore_cart").state.cart == CART


def test_an_order_is_only_repeated_for_whom_it_belongs_to(counter, turn):
    asked = do(counter, turn(), "reorder")
    assert (asked.response, asked.state.pending.slot) == ("reorder_which", "order_id")
    email = do(counter, turn(), "reorder", order_id="W1000001")
    assert (email.response, email.state.pending.slot) == ("need_email", "email")
    assert email.state.pending.action == Action("reorder", args={"order_id": "W1000001"})
    wrong = do(counter, turn(), "reorder", order_id="W1000001", email="eve@example.com")
    assert (wrong.response, wrong.state.cart) == ("order_refused", ())
    right = do(counter, turn(), "reorder", order_id="W1000001", email="ann@example.com")
    assert (right.response, right.facts["order"]) == ("reordered", "W1000001")
    assert right.state.cart == (CartLine("M1", "M1-one", 1),)
    assert right.notes == ()


def test_tries_run_out(counter, turn):
    locked = do(counter, turn(order_attempts=3), "reorder", order_id="W1000001", email="a@b.cc")
    assert locked.response == "order_locked"


def test_with_a_proven_address_the_last_order_is_meant(counter, turn):
    again = do(counter, turn(orders=OrderTalk("ann@example.com")), "reorder")
    assert again.response == "reordered"


def test_new_prices_and_what_is_gone_are_said_before(counter, turn):
    counter.store.update_price("M1-one", price("14.00"))
    lost = OrderItem("Z9", "Z9", LocalText("Old cup", "旧杯"), 1, Decimal("3"))
    known = order("W1000003", "delivered")
    counter.kept.add_orders([replace(known, items=(*known.items, lost))])
    again = do(counter, turn(), "reorder", order_id="W1000003", email="ann@example.com")
    notes = {note.response: note.facts for note in again.notes}
    assert str(notes["price_since"]["before"].amount) == "12.50"
    assert str(notes["price_since"]["now"].amount) == "14.00"
    assert notes["gone_meanwhile"]["title"].en == "Old cup"
