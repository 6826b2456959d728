from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.recording import events_of, numbered
from assistant.state import TURNED_DOWN, shopper_of
from assistant.types import Action, CartLine, Outcome, PendingQuestion, Ranking
from catalog.types import ScoredProduct
from intents.types import Reference, Slot
from tests.assistant.builders import mug, nlu, reference, searching, shown, state, under

TIME = datetime(2026, 11, 20, tzinfo=UTC)


def found(*ids):
    products = [mug(id_) for id_ in ids]
    return tuple(ScoredProduct(one, one.variants[0], 1.0) for one in products)


def outcome(action, before, *ids, **fields):
    after = fields.pop("after", before)
    return Outcome("found", after, products=found(*ids), action=action, **fields)


def told(events):
    return [(one.kind, one.product_id, one.position) for one in events]


@pytest.mark.parametrize(("words", "price"), [("running shoes", "80"), ("跑鞋", "300")])
def test_a_search_is_kept_with_the_ranking_it_showed(words, price):
    before = state(user_id="u1", goal=searching(under(price), query=words))
    after = outcome("search_products", before, "A", "B", ranking=Ranking("search", "2"))
    search, *rest = events_of(before, nlu("search_product"), after, TIME)
    assert (search.kind, search.product_id) == ("search", "")
    assert search.query == f"{words} under {price}"
    assert told(rest) == [("view_item_list", "A", 0), ("view_item_list", "B", 1)]
    ranked_by = {(one.list_id, one.model, one.version) for one in rest}
    assert ranked_by == {("search_products", "search", "2")}
    assert {(one.shopper, one.session_id, one.source) for one in rest} == {("u1", "s1", "chat")}


def test_more_of_a_list_goes_on_where_it_stood():
    before = state(goal=replace(searching(), offset=5))
    events = events_of(before, nlu("show_more"), outcome("show_more", before, "F"), TIME)
    assert told(events) == [("view_item_list", "F", 5)]
    assert events[0].shopper == "guest:s1"


def test_a_product_chosen_from_a_list_was_clicked():
    before = state(shown=(shown("A"), shown("B")))
    seen = outcome("show_product_detail", before, "B")
    assert told(events_of(before, nlu("select_product", reference(2)), seen, TIME)) == [
        ("select_item", "B", 1),
        ("view_item", "B", None),
    ]
    alone = outcome("show_price", state(), "B")
    assert told(events_of(state(), nlu("ask_price"), alone, TIME)) == [("view_item", "B", None)]


def test_the_cart_tells_what_went_in_and_out():
    before = state(cart=(CartLine("A", "A-1", 2), CartLine("B", "B-1", 1)))
    lines = (CartLine("A", "A-1", 1), CartLine("C", "C-1", 3))
    changed = outcome("add_to_cart", before, after=replace(before, cart=lines))
    assert told(events_of(before, nlu("add_to_cart"), changed, TIME)) == [
        ("remove_from_cart", "A", None),
        ("remove_from_cart", "B", None),
        ("add_to_cart", "C", None),
    ]
    same = outcome("show_cart", before)
    assert events_of(before, nlu("show_cart"), same, TIME) == ()


def test_the_checkout_begins_only_where_it_was_handed_over():
    before = state(cart=(CartLine("A", "A-1", 1), CartLine("A", "A-2", 1)))
    went = replace(outcome("check_out", before), response="checkout")
    assert told(events_of(before, nlu("checkout"), went, TIME)) == [("begin_checkout", "A", None)]
    stopped = replace(went, response="checkout_sold_out")
    assert events_of(before, nlu("checkout"), stopped, TIME) == ()


def not_the(*positions):
    return Slot("reference", Reference(positions), "not that", role="exclude")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_turned_down_is_dismissed_and_not_a_view(language):
    before = state(shown=(shown("A"), shown("B")), language=language)
    seen = outcome("show_product_detail", before, "B")
    said = nlu("select_product", not_the(2), language=language)
    assert told(events_of(before, said, seen, TIME)) == [("dismiss", "B", None)]


def test_what_is_turned_down_waits_for_which_other_one_is_meant():
    listed = state(shown=(shown("A"), shown("B"), shown("C")))
    asked = replace(outcome("ask_which", listed), response="ask_which")
    assert told(events_of(listed, nlu("select_product", not_the(2)), asked, TIME)) == []
    waiting = Action("show_product_detail", args={TURNED_DOWN: "B"})
    before = replace(listed, pending=PendingQuestion("product_id", waiting))
    picked = nlu("select_product")
    seen = told(events_of(before, picked, outcome("show_product_detail", before, "C"), TIME))
    assert seen[0] == ("dismiss", "B", None)
    after_all = told(events_of(before, picked, outcome("show_product_detail", before, "B"), TIME))
    assert "dismiss" not in [kind for kind, _, _ in after_all]
    other = told(events_of(before, nlu("greet"), outcome("greet", before), TIME))
    assert other == []


@pytest.mark.parametrize(
    ("intent", "stars", "count"),
    [
        ("give_feedback", 5.0, 1),
        ("give_feedback", 2, 1),
        ("give_feedback", 9, 0),
        ("search_product", 4.0, 0),
    ],
)
def test_stars_for_a_product_are_a_rating(intent, stars, count):
    before = state(referred=(shown("A"),))
    said = nlu(intent, Slot("rating", stars, f"{stars} stars"))
    events = events_of(before, said, outcome("take_feedback", before), TIME)
    assert [(one.product_id, one.rating) for one in events] == [("A", stars)] * count


def test_events_of_a_turn_have_ids_of_their_own():
    before = state(goal=searching())
    events = events_of(before, nlu(), outcome("search_products", before, "A", "B"), TIME)
    first = numbered(events, "s1", 3)
    assert len({one.key for one in first}) == 3
    assert [one.key for one in first] == [one.key for one in numbered(events, "s1", 3)]
    assert not {one.key for one in first} & {one.key for one in numbered(events, "s1", 4)}


def test_a_long_session_still_is_a_guest():
    assert len(shopper_of("s" * 255, "")) == 255
    assert shopper_of("s", "u1") == "u1"
