from dataclasses import replace

import pytest

from assistant.actions import run_action
from assistant.types import Action, CartLine
from catalog.types import Availability
from intents.types import Slot
from tests.assistant.builders import mug, price, reference, searching, shown

IN_CART = (CartLine("M1", "M1-one", 2), CartLine("T1", "T1-M", 1))


def add(services, context, product_id, **args):
    action = Action("add_to_cart", ((product_id, ""),), {k: str(v) for k, v in args.items()})
    return run_action(action, context, services)


def test_one_choice_goes_in_at_once(services, turn):
    outcome = add(services, turn(), "M1", quantity=2)
    assert outcome.state.cart == (CartLine("M1", "M1-one", 2),)
    assert outcome.facts["count"] == 2
    assert (outcome.cart.total, outcome.cart.currency) == (2500, "USD")
    assert outcome.state.focus.product_id == "M1"


def test_adding_again_adds_up(services, turn):
    outcome = add(services, turn(cart=IN_CART), "M1", quantity=3)
    assert outcome.state.cart[0] == CartLine("M1", "M1-one", 5)


def test_the_size_is_asked_for(services, turn):
    asked = add(services, turn(), "T1", quantity=2)
    assert asked.response == "which_size"
    assert asked.state.cart == ()
    assert [one.title for one in asked.suggestions] == ["S", "M", "L"]
    answer = replace(asked.state.pending.action)
    assert (asked.state.pending.slot, answer.args["quantity"]) == ("size", "2")


@pytest.mark.parametrize("size", ["M", "m", " M "])
def test_a_named_size_goes_in(services, turn, size):
    assert add(services, turn(), "T1", size=size).state.cart[0].variant_id == "T1-M"


def test_a_size_wished_for_before_is_used(services, turn):
    context = turn(goal=searching(Slot("size", "L", "size L")))
    assert add(services, context, "T1").state.cart[0].variant_id == "T1-L"


def test_an_unknown_size_is_told_with_those_there_are(services, turn):
    outcome = add(services, turn(language="zh"), "T1", size="XXL")
    assert outcome.response == "option_unknown"
    assert set(outcome.facts["options"]) == {"S", "M", "L", "蓝色"}
    assert outcome.facts["asked"] == ("XXL", "蓝色")
    assert outcome.state.cart == ()


def test_sold_out_is_told(services, turn):
    outcome = add(services, turn(), "M3")
    assert (outcome.response, outcome.state.cart) == ("sold_out", ())


def test_more_than_there_is_is_offered_as_what_is_left(services, turn):
    outcome = add(services, turn(), "M4", quantity=3)
    assert (outcome.response, outcome.facts["count"]) == ("only_left", 2)
    assert outcome.suggestions[0].payload.endswith('"quantity": 2}')
    assert outcome.state.pending.slot == "quantity"
    assert outcome.state.pending.action.products == (("M4", "M4-one"),)
    full = add(services, turn(cart=(CartLine("M4", "M4-one", 2),)), "M4")
    assert full.response == "all_in_cart"


def test_nobody_buys_ten_thousand(services, turn):
    services.store.update_stock("M1-one", quantity=100_000)
    outcome = add(services, turn(), "M1", quantity=10_000)
    assert (outcome.response, outcome.facts) == ("at_most", {"most": 10})


def test_a_changed_price_is_said_before_adding(services, turn):
    context = turn(shown=(replace(shown("M1", "12.50"), variant_id="M1-one"),))
    services.store.update_price("M1-one", price("14.00"))
    note = add(services, context, "M1").notes[0]
    assert note.response == "price_changed"
    assert (str(note.facts["before"].amount), str(note.facts["now"].amount)) == ("12.50", "14.00")


def test_a_product_that_left_the_shop_is_told(services, turn):
    services.store.delete(["M1"])
    assert add(services, turn(), "M1").response == "product_gone"
    gone = run_action(Action("show_cart"), turn(cart=IN_CART[:1]), services)
    assert gone.response == "cart_empty"


def remove(services, context, *products, name="remove_from_cart", **args):
    action = Action(name, tuple((id_, "") for id_ in products), args)
    return run_action(action, context, services)


def test_a_line_is_removed_by_pointing_naming_or_being_alone(services, turn):
    assert remove(services, turn(cart=IN_CART), "T1").state.cart == IN_CART[:1]
    named = turn("remove_from_cart", cart=IN_CART, query="t-shirt")
    assert remove(services, named).state.cart == IN_CART[:1]
    assert remove(services, turn(cart=IN_CART[:1])).state.cart == ()


def test_it_is_the_only_line_even_if_another_product_is_in_focus(services, turn):
    said = turn("remove_from_cart", reference(), cart=IN_CART[:1])
    assert remove(services, said, "M4").state.cart == ()


def test_which_line_is_asked_when_it_is_open(services, turn):
    asked = remove(services, turn(cart=IN_CART))
    assert asked.response == "which_line"
    assert len(asked.suggestions) == 2
    assert asked.state.cart == IN_CART


@pytest.mark.parametrize(("count", "response"), [("4", "quantity_changed"), ("9", "only_left")])
def test_a_quantity_is_set_within_the_stock(services, turn, count, response):
    outcome = remove(services, turn(cart=IN_CART), "M1", name="change_quantity", quantity=count)
    assert outcome.response == response
    assert outcome.state.cart[0].quantity == (4 if count == "4" else 2)


def test_show_clear_and_check_out(services, turn):
    cart = run_action(Action("show_cart"), turn(cart=IN_CART), services)
    assert (cart.facts["count"], str(cart.facts["total"].amount)) == (3, "55.00")
    assert [one.product_id for one in cart.state.shown] == ["M1", "T1"]
    paid = run_action(Action("check_out"), turn(cart=IN_CART), services)
    assert paid.facts["url"] == "/checkout?items=M1-one:2,T1-M:1"
    assert run_action(Action("clear_cart"), turn(cart=IN_CART), services).state.cart == ()
    for name in ("show_cart", "clear_cart", "check_out", "remove_from_cart"):
        assert run_action(Action(name), turn(), services).response == "cart_empty"


def test_what_sold_out_meanwhile_stops_the_checkout(services, turn):
    services.store.update_stock("M1-one", Availability.OUT_OF_STOCK)
    outcome = run_action(Action("check_out"), turn(cart=IN_CART), services)
    assert (outcome.response, outcome.facts["gone"]) == ("checkout_sold_out", ("Clay mug",))


def test_the_size_that_is_said_picks_the_line(services, turn):
    shoes = mug("M9", sizes=("L", "XL"))
    services.store.upsert([shoes], "test")
    lines = (CartLine("M9", "M9-L", 1), CartLine("M9", "M9-XL", 1))
    action = Action("remove_from_cart", args={"size": "L"})
    outcome = run_action(action, turn(cart=lines), services)
    assert outcome.state.cart == lines[1:]


def several(services, context, *ids, **args):
    pairs = tuple((id_, "") for id_ in ids)
    return run_action(Action("add_to_cart", pairs, args), context, services)


def test_several_go_in_at_once(counter, turn):
    outcome = several(counter, turn(), "M1", "M2", quantity="2")
    assert [(one.product_id, one.quantity) for one in outcome.state.cart] == [("M1", 2), ("M2", 2)]
    assert [note.response for note in outcome.notes] == ["added"]
    each = several(counter, turn(), "M1", "M2", quantity="2", quantities="2,3")
    assert [one.quantity for one in each.state.cart] == [2, 3]


def test_a_question_about_one_keeps_the_rest_waiting(counter, turn):
    outcome = several(counter, turn(), "M1", "T1", "M2")
    assert outcome.response == "which_size"
    assert [one.product_id for one in outcome.state.cart] == ["M1"]
    assert outcome.notes[-1].facts == {"titles": ("Steel travel mug",)}


def test_a_hundred_are_bounded_and_said(counter, turn, monkeypatch):
    ids = [f"A{n}" for n in range(100)]
    counter.store.upsert([mug(id_) for id_ in ids], "test")
    outcome = several(counter, turn(), *ids)
    assert len(outcome.state.cart) == 10
    assert outcome.notes[0].response == "too_many_at_once"
    assert outcome.notes[0].facts == {"count": 100, "most": 10}


def test_sold_out_offers_to_tell_when_it_is_back(counter, turn):
    buttons = add(counter, turn(), "M3").suggestions
    assert [one.response for one in buttons] == ["similar", "watch_it"]
