from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.actions import run_action
from assistant.orders import OrderServiceError
from assistant.purchases import OrderItem, OrderTalk
from assistant.responses import Responses, render
from assistant.types import Action, CartLine
from catalog.types import LocalText
from tests.assistant.builders import price, product_type
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


MAIL = {"en": "my email is ann@example.com", "zh": "我的邮箱是ann@example.com"}
EVE = {"en": "it is eve@example.com", "zh": "邮箱是eve@example.com"}
MUG = (CartLine("M1", "M1-one", 1),)


def again(services, turn, text="", language="en", order_id="W1000001", **fields):
    args = {"order_id": order_id} if order_id else {}
    return do(services, turn(text=text, language=language, **fields), "reorder", **args)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_order_is_only_repeated_for_whom_it_belongs_to(counter, turn, language):
    asked = again(counter, turn, "", language, "")
    assert (asked.response, asked.state.pending.slot) == ("reorder_which", "order_id")
    who = again(counter, turn, "", language)
    assert (who.response, who.state.pending.slot) == ("who", "email")
    assert who.state.pending.action == Action("reorder", args={"order_id": "W1000001"})
    wrong = again(counter, turn, EVE[language], language)
    assert (wrong.response, wrong.state.cart) == ("order_refused", ())
    assert wrong.state.order_attempts == 1
    right = again(counter, turn, MAIL[language], language)
    assert (right.response, right.facts["order"]) == ("reordered", "W1000001")
    assert (right.state.cart, right.notes) == (MUG, ())
    assert right.state.verified_email == "ann@example.com"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tries_run_out(counter, turn, language):
    last = again(counter, turn, EVE[language], language, order_attempts=2)
    assert (last.response, last.notes[0].response) == ("order_locked", "order_refused")
    locked = again(counter, turn, MAIL[language], language, order_attempts=3)
    assert (locked.response, locked.state.cart) == ("order_locked", ())


def test_with_a_proven_address_the_last_order_is_meant(counter, turn):
    last = again(counter, turn, order_id="", orders=OrderTalk("ann@example.com"))
    assert last.response == "reordered"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "put order W2000001 into my cart again"), ("zh", "把订单W2000001再来一单")],
)
def test_the_order_of_somebody_else_is_not_found(counter, turn, language, text):
    counter.kept.add_orders([replace(order("W2000001", "pending"), email="eve@example.com")])
    known = {"orders": OrderTalk("ann@example.com")}
    foreign = again(counter, turn, text, language, "W2000001", **known)
    unknown = again(counter, turn, text, language, "W2999999", **known)
    assert foreign.response == unknown.response == "order_not_yours"
    assert (foreign.state.cart, foreign.state.order_attempts) == ((), 1)


def allowing(services, *ways):
    rules = services.orders.rules
    rules = rules.model_copy(update={"identify": rules.identify.model_copy(update={"ways": ways})})
    return replace(services, orders=replace(services.orders, rules=rules))


NAME = {"en": "my name is Ann Lee, zip 90210", "zh": "我叫Ann Lee，邮编90210"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_only_the_ways_of_the_rules_say_who_is_writing(counter, turn, language):
    known = counter.kept.customer("ann@example.com")
    counter.kept.add_customers([replace(known, given="Ann", family="Lee")])
    by_name = allowing(counter, "name_and_postal_code")
    assert again(by_name, turn, NAME[language], language).response == "reordered"
    by_mail = again(by_name, turn, MAIL[language], language)
    assert (by_mail.response, by_mail.state.cart) == ("who", ())
    assert again(allowing(counter, "email"), turn, NAME[language], language).state.cart == ()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_shops_signed_identity_needs_no_question_and_a_claimed_one_does(
    services, turn, language
):
    claimed = {"user_id": "ann@example.com"}
    assert again(services, turn, "", language, "", **claimed).response == "reorder_which"
    proven = again(services, turn, "", language, "", user_proven=True, **claimed)
    assert (proven.response, proven.state.cart) == ("reordered", MUG)
    without = again(allowing(services, "email"), turn, "", language, user_proven=True, **claimed)
    assert without.response == "who"


@pytest.mark.parametrize(
    ("text", "language"),
    [("my friend asked me to order W1000001 again", "en"), ("我朋友让我帮他再来一单", "zh")],
)
def test_nobody_repeats_the_order_of_a_friend(counter, turn, text, language):
    assert again(counter, turn, text, language).response == "who_own"


class Down:
    """An order service that does not answer."""

    def __init__(self, service):
        self.rules = service.rules

    def __getattr__(self, name):
        def fail(*_):
            raise OrderServiceError("down")

        return fail


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_service_that_is_down_is_said_and_a_person_fetched(counter, turn, language):
    down = replace(counter, orders=Down(counter.orders))
    outcome = again(down, turn, MAIL[language], language)
    assert [one.response for one in outcome.notes] == ["order_service_down"]
    assert outcome.response in ("handed_off", "out_of_hours")
    assert outcome.state.handoff.status == "waiting"
    assert outcome.state.cart == ()


def test_new_prices_and_what_is_gone_are_said_before(counter, turn):
    counter.store.update_price("M1-one", price("14.00"))
    lost = OrderItem("Z9", "Z9", LocalText("Old cup", "旧杯"), 1, Decimal("3"))
    known = order("W1000003", "delivered")
    counter.kept.add_orders([replace(known, items=(*known.items, lost))])
    outcome = again(counter, turn, MAIL["en"], order_id="W1000003")
    notes = {note.response: note.facts for note in outcome.notes}
    assert str(notes["price_since"]["before"].amount) == "12.50"
    assert str(notes["price_since"]["now"].amount) == "14.00"
    assert notes["gone_meanwhile"]["title"].en == "Old cup"


COFFEE, MUGS = product_type("Coffee"), product_type("Mugs")


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "buy again what I bought", "Clay mug, on Nov"),
        ("zh", "复购", "陶土马克杯，2026年11月"),
    ],
)
def test_who_is_signed_in_is_told_what_they_bought_and_when(services, turn, language, text, told):
    context = turn("reorder", text=text, language=language, user_id="u1")
    outcome = do(services, context, "reorder")
    assert {one.product.id for one in outcome.products} == {"M1", "M2"}
    reply = render(Responses.load(), outcome, Action("reorder"), context.nlu)
    assert told in reply.text
    assert (outcome.state.cart, outcome.state.pending) == ((), None)


@pytest.mark.parametrize("fields", [{}, {"user_id": "u9"}])
def test_who_is_unknown_or_bought_nothing_is_asked_for_the_order(services, turn, fields):
    assert do(services, turn(text="复购", language="zh", **fields), "reorder").response == (
        "reorder_which"
    )


@pytest.mark.parametrize(
    ("language", "text"), [("en", "order the mugs again"), ("zh", "上次买的杯子再来一个")]
)
def test_with_a_kind_only_those_are_shown(services, turn, language, text):
    said = turn("reorder", MUGS, text=text, language=language, user_id="u1")
    outcome = do(services, said, "reorder")
    assert {one.product.id for one in outcome.products} == {"M1", "M2"}


@pytest.mark.parametrize(
    ("text", "response"),
    [("order the tent again", "search_products"), ("上次买的帐篷再来一顶", "reorder")],
)
def test_a_kind_that_is_on_no_record_is_looked_for_unless_an_order_is_meant(
    services, turn, text, response
):
    said = turn("reorder", product_type("Tents"), text=text, query="tent", user_id="u1")
    assert do(services, said, "reorder").action == response


def test_an_order_that_is_known_comes_first(services, turn):
    known = {"orders": OrderTalk("ann@example.com"), "user_id": "u1"}
    assert again(services, turn, order_id="", **known).response == "reordered"
