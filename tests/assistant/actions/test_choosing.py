from dataclasses import replace
from decimal import Decimal

from assistant.actions import run_action
from assistant.actions.context import show
from assistant.policy import Limits, next_action
from assistant.types import Action
from catalog.types import ScoredProduct, TextConstraint
from intents.payloads import read_payload
from intents.types import PriceRange, Slot
from tests.assistant.builders import nlu, searching, shown, state


def test_the_candidates_are_buttons_and_the_answer_goes_on_with_the_act(services, turn):
    asked = Action("ask_which", (("M1", ""), ("M2", "")), {"then": "add_to_cart", "quantity": "2"})
    outcome = run_action(asked, turn("add_to_cart"), services)
    assert outcome.response == "ask_which"
    pressed = [read_payload(one.payload) for one in outcome.suggestions]
    assert [one.slots[0].value for one in pressed] == ["M1", "M2"]
    pending = outcome.state.pending
    assert (pending.slot, pending.action.name, pending.action.args) == (
        "product_id", "add_to_cart", {"quantity": "2"},
    )  # fmt: skip
    picked = replace(outcome.state, referred=(shown("M2"),))
    done = next_action(picked, nlu("select_product"), Limits())
    assert (done.name, done.products) == ("add_to_cart", (("M2", "M2-v"),))


def test_another_wish_leaves_the_question(services):
    pending = run_action(
        Action("ask_which", (("M1", ""),), {"then": "show_price"}), turn_of(state()), services
    ).state
    assert next_action(pending, nlu("show_cart"), Limits()).name == "show_cart"


def turn_of(before):
    from assistant.actions import TurnContext

    return TurnContext(before, nlu())


def test_an_earlier_list_comes_back_with_its_goal(services, turn):
    products = services.store.get_many(["M1", "M2", "T1"])
    goal = searching(query="mugs")
    first = [ScoredProduct(products[id_], products[id_].variants[0], 1.0) for id_ in ("M1", "M2")]
    before = show(state(goal=goal), first)
    later = [ScoredProduct(products["T1"], products["T1"].variants[0], 1.0)]
    before = show(replace(before, goal=searching(query="shirts")), later)
    outcome = run_action(Action("show_again", args={"list": "0"}), turn_of(before), services)
    assert [one.product.id for one in outcome.products] == ["M1", "M2"]
    assert outcome.state.goal.query == "mugs"
    assert [one.product_id for one in outcome.state.shown] == ["M1", "M2"]


def test_two_wishes_that_clash_are_both_named_and_offered(services, turn):
    low = Slot("price", PriceRange(None, Decimal(50)), "under 50")
    high = Slot("price", PriceRange(Decimal(100), None), "over 100")
    action = next_action(state(goal=searching()), nlu("refine_search", low, high), Limits())
    assert action == Action("report_clash", args={"first": "under 50", "second": "over 100"})
    outcome = run_action(action, turn("refine_search", low, high), services)
    assert (outcome.response, outcome.facts) == (
        "wishes_clash", {"first": "under 50", "second": "over 100"},
    )  # fmt: skip
    prices = [read_payload(one.payload).slots[0].value for one in outcome.suggestions]
    assert [(p.minimum, p.maximum) for p in prices] == [(None, 50), (100, None)]


def test_the_same_wanted_and_refused_clashes_too():
    red = TextConstraint("color", ("red",))
    wishes = [Slot("color", "red", "red", resolved=red)]
    wishes += [Slot("color", "red", "not red", role="exclude", resolved=red)]
    action = next_action(state(goal=searching()), nlu("refine_search", *wishes), Limits())
    assert action.name == "report_clash"
