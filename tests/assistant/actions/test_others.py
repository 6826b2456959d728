from dataclasses import replace

import pytest

from assistant.actions import run_action
from assistant.state import take_in
from assistant.types import Action, SearchGoal
from intents.types import Intent, NLUResult, Slot
from tests.assistant.builders import CURRENCIES, product_type, under

MUGS = product_type("Mugs")


def ids(outcome):
    return [one.product.id for one in outcome.products]


def then(outcome, context, *refused):
    """The turn after an outcome that asks for others, without what is turned down."""
    slots = tuple(Slot("product_id", one, role="exclude") for one in refused)
    said = NLUResult("others", "en", (Intent("show_more", 1.0),), slots)
    return replace(context, nlu=said, state=take_in(outcome.state, said, CURRENCIES))


def run(name, context, services, *products):
    return run_action(Action(name, tuple((one, "") for one in products)), context, services)


def test_a_search_goes_on_without_what_is_turned_down(services, turn):
    few = replace(services, products_shown=2)
    context = turn("search_product", goal=SearchGoal("mugs", (MUGS,)))
    first = run("search_products", context, few)
    every = ids(run("search_products", context, services))
    context = then(first, context, every[0])
    second = run("show_more", context, few)
    assert (ids(second), second.facts["total"]) == (every[2:4], len(every) - 1)
    assert second.notes[0].response == "left_out"
    third = run("show_more", then(second, context), few)
    assert ids(third) == every[4:6]
    assert every[0] not in ids(run("search_products", then(third, context), services))


def test_where_all_was_shown_what_is_left_is_shown_again(services, turn):
    context = turn("search_product", goal=SearchGoal("mugs", (MUGS,)))
    first = run("search_products", context, services)
    left = run("show_more", then(first, context, ids(first)[0]), services)
    assert (set(ids(left)), left.action) == (set(ids(first)[1:]), "search_products")
    assert run("show_more", then(left, context), services).response == "no_more"


@pytest.mark.parametrize("intent", ["recommend_product", "find_gift"])
def test_a_recommendation_brings_others_while_there_are_any(services, turn, intent):
    few = replace(services, products_shown=2)
    name = {"recommend_product": "recommend_products", "find_gift": "find_gifts"}[intent]
    context = turn(intent, goal=SearchGoal(wishes=(under("1000"),)), gift_asked=("a", "b", "c"))
    first = run(name, context, few)
    second = run("show_more", then(first, context, ids(first)[0]), few)
    assert (second.action, second.notes[0].response) == (name, "left_out")
    assert second.products and not set(ids(first)) & set(ids(second))
    seen, last = [*ids(first), *ids(second)], second
    while last.products:
        last = run("show_more", then(last, context), few)
        assert not set(seen) & set(ids(last))
        seen += ids(last)
    assert last.response == "no_others"
    assert last.state.turned_down == (ids(first)[0],)


def test_what_is_like_or_goes_with_a_product_has_others_too(services, turn):
    few = replace(services, products_shown=1)
    for name in ("find_similar", "find_complements"):
        first = run(name, turn("find_similar"), few, "M1")
        outcome = run("show_more", then(first, turn("find_similar"), *ids(first)), few)
        assert not set(ids(first)) & set(ids(outcome))
        assert outcome.response in ("similar_products", "no_others")


def test_where_nothing_was_looked_for_what_is_alike_is_shown(services, turn):
    context = turn("show_more")
    asked = run("show_more", then(run("greet", context, services), context, "M1"), services)
    assert (asked.action, asked.response) == ("find_similar", "similar_products")
    assert asked.products and "M1" not in ids(asked)


def test_a_search_after_a_recommendation_is_gone_on_with(services, turn):
    ideas = run("recommend_products", turn("recommend_product"), services)
    goal = SearchGoal("mugs", (MUGS,))
    few = replace(services, products_shown=1)
    found = run(
        "search_products", turn("search_product", listing=ideas.state.listing, goal=goal), few
    )
    more = run("show_more", then(found, turn("search_product")), few)
    assert more.response == "more"
