from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.dialogues.grounds import grounds
from assistant.types import Action, Reply, Turn, Utterance
from intents.types import Intent, Slot
from tests.assistant.builders import nlu, reference

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SIZE = Slot("size", "42", "42")


def turn(understood, action, done=""):
    answer = Reply("s", 2, "en", "", action=done or action.name)
    return Turn("s", 2, NOW, Utterance("s", ""), understood, action, answer)


ASKED = turn(nlu("add_to_cart"), Action("add_to_cart"))


@pytest.mark.parametrize(
    ("understood", "action", "why"),
    [
        (nlu("greet"), Action("greet"), "greet (0.90) leads there, so greet"),
        (nlu("search_product"), Action("ask_what_to_find"), "nothing said so far what to look for"),
        (nlu("affirm"), Action("clear_cart"), "says yes to the question after add_to_cart"),
        (nlu("deny"), Action("drop_question"), "the question before was turned down"),
        (nlu("", SIZE), Action("add_to_cart", args={"size": "42"}), "gives size '42', which was"),
        (nlu(), Action("fall_back"), "nothing within the shop's scope was understood"),
        (nlu("greet", out_of_scope=True), Action("offer_person"), "too many messages in a row"),
        (nlu("thank"), Action("stay_silent"), "a colleague has the conversation"),
        (nlu("rasa_own"), Action("shop_action"), "rasa_own (0.90), after add_to_cart"),
    ],
)
def test_the_first_ground_is_that_of_the_action(understood, action, why):
    assert why in grounds(turn(understood, action), ASKED)[0]


def test_a_first_turn_has_nothing_before_it():
    assert "after nothing" in grounds(turn(nlu("affirm"), Action("clear_cart")), None)[0]


def test_what_came_instead_is_told():
    assert "fall_back came to clarify" in grounds(turn(nlu(), Action("fall_back"), "clarify"), None)


def test_several_things_meant_are_named():
    two = replace(nlu("greet"), intents=(Intent("greet", 0.9), Intent("show_cart", 0.8)))
    told = grounds(turn(two, Action("show_cart")), None)
    assert told[0] == "the last of several things meant, show_cart, so show_cart"
    assert told[1].endswith("one after the other: greet, show_cart")


@pytest.mark.parametrize(
    ("slots", "how"),
    [
        ((reference(1),), "which 'that' points at"),
        ((Slot("color", "red", "the red one", role="reference"),), "which 'the red one' points at"),
        ((Slot("product_id", "A"),), "which a button named"),
        ((), "which were in view"),
    ],
)
def test_how_products_were_found(slots, how):
    action = Action("show_price", (("A", ""), ("B", "B-1")))
    assert f"about A, B, {how}" in grounds(turn(nlu("ask_price", *slots), action), None)
