from dataclasses import replace

import pytest

from assistant.state import refused_products, take_in
from assistant.turning_down import read_turned_down, turned_down_ids, turns_down
from assistant.types import Action, PendingQuestion, SearchGoal
from intents.references import find_references
from intents.shape import shape
from tests.assistant.builders import CURRENCIES, nlu, product_type, reference, state
from tests.assistant.shelf import one_list


def table(**fields):
    """Three products on the screen after a search."""
    return replace(one_list(), previous_action="search_products", **fields)


def read(state, text, intent="add_to_cart", **rest):
    """The understanding of a text that is taken for ``intent``, and its clauses as in ``rest``."""

    def parse(said):
        name = rest.get(said, intent)
        found = find_references(shape(said))
        language = "zh" if any("\u4e00" <= one <= "\u9fff" for one in said) else "en"
        return nlu(name, *found, text=said, language=language)

    return read_turned_down(state, text, parse)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("I already own that one, show me a different one", ("P1",)),
        ("I've already got the first one, what else?", ("P1",)),
        ("my sister has the first two", ("P1", "P2")), ("I have these already", ("P1", "P2", "P3")),
        ("not that, she already has the second one", ("P2",)), ("I own the red one", ("P2",)),
        ("not the third one, I already have it", ("P3",)), ("I don't like the second one", ("P2",)),
        ("第一个我家里有了，还有别的吗", ("P1",)), ("第二个我买过了，换一个", ("P2",)),
        ("我买过这个了换一个", ("P1",)), ("不要这个，我已经有了", ("P1",)),
        ("第三个她已经有了", ("P3",)), ("第二个我不喜欢", ("P2",)), ("红色那个我有了", ("P2",)),
    ],
)  # fmt: skip
def test_what_is_turned_down_asks_for_others(text, ids):
    found = read(table(), text)
    assert (found.intent, turned_down_ids(found)) == ("show_more", ids)
    assert turns_down(found)


@pytest.mark.parametrize("text", ["I already have this one", "这个我有了"])
def test_the_one_in_focus_is_meant(text):
    looked_at = table(focus=one_list().shown[1])
    assert turned_down_ids(read(looked_at, text)) == ("P2",)


@pytest.mark.parametrize(
    ("text", "taken_for"),
    [
        ("I already bought it", "track_order"), ("I have the seventh one", "add_to_cart"),
        ("I have the money", "chitchat"), ("do I have it already?", "ask_availability"),
        ("I bought it", "list_orders"), ("I got it", "affirm"), ("我买了这个", "list_orders"),
        ("I don't like the first one, the other one", "select_product"),
    ],
)  # fmt: skip
def test_look_alikes_are_read_as_before(text, taken_for):
    talked = replace(table(), previous_action="track_order" if "already" in text else "")
    assert read(talked, text, taken_for).intent == taken_for
    assert not turns_down(read(talked, text, taken_for))


@pytest.mark.parametrize("text", ["I already have the first one", "第一个我买过了"])
def test_where_an_order_is_talked_about_it_is_the_orders_matter(text):
    asked = PendingQuestion("email", Action("serve_orders"))
    assert not turns_down(read(replace(table(), pending=asked), text))
    assert not turns_down(read(state(), text))


@pytest.mark.parametrize(
    ("text", "rest", "intent"),
    [
        ("I have the first one, anything cheaper?", "anything cheaper", "refine_search"),
        ("第一个我有了，第二个多少钱", "第二个多少钱", "ask_price"),
        ("I have the first, add the second to my cart", "add the second to my cart", "add_to_cart"),
    ],
)
def test_what_else_is_wanted_is_done_without_it(text, rest, intent):
    found = read(table(), text, "return_item", **{rest: intent})
    assert (found.intent, found.text, turned_down_ids(found)) == (intent, rest, ("P1",))


@pytest.mark.parametrize(
    ("text", "rest", "intent"),
    [
        ("I already have it, it broke", "it broke", "return_item"),
        ("第一个我买过了，怎么退货", "怎么退货", "ask_faq_returns"),
        ("I already have it, add one more", "add one more", "add_to_cart"),
    ],
)
def test_what_is_wanted_of_the_thing_itself_turns_nothing_down(text, rest, intent):
    found = read(table(), text, "exchange_item", **{rest: intent})
    assert (found.intent, turns_down(found)) == ("exchange_item", False)


@pytest.mark.parametrize("text", ["I already have the black one", "黑色那个我有了"])
def test_of_several_that_fit_it_is_asked_which(text):
    found = read(table(), text)
    assert (found.intent, turns_down(found)) == ("select_product", False)


@pytest.mark.parametrize("text", ["recommend something else", "换一批", "有没有更特别一点的"])
@pytest.mark.parametrize("taken_for", ["recommend_product", "refine_search", "exchange_item"])
def test_others_of_the_list_are_asked_for(text, taken_for):
    assert read(table(), text, taken_for).intent == "show_more"
    assert read(state(), text, taken_for).intent == taken_for
    assert read(table(), text, "add_to_cart").intent == "add_to_cart"


@pytest.mark.parametrize(
    ("text", "kind"), [("any other mugs?", "mugs"), ("还有别的杯子吗", "杯子")]
)
def test_others_of_the_kind_that_is_looked_for(text, kind):
    def parse(said):
        return nlu("search_product", product_type(kind), text=said)

    mugs = table(goal=SearchGoal(kind, (product_type(kind),)))
    assert read_turned_down(mugs, text, parse).intent == "show_more"
    lamps = table(goal=SearchGoal("lamps", (product_type("lamps"),)))
    assert read_turned_down(lamps, text, parse).intent == "search_product"


def test_what_is_turned_down_stays_out_and_the_next_ones_come_nearer():
    before = table(goal=SearchGoal("headphones", offset=3), focus=one_list().shown[0])
    said = read(before, "I already have the first one")
    after = take_in(before, said, CURRENCIES)
    assert (after.turned_down, after.focus, after.goal.offset) == (("P1",), None, 2)
    assert [one.product_id for one in refused_products(after, said)] == ["P1"]
    again = take_in(after, said, CURRENCIES)
    assert (again.turned_down, again.goal.offset) == (("P1",), 2)
    other = take_in(after, nlu("show_more", reference(2), text="more"), CURRENCIES)
    assert other.turned_down == ("P1",)
