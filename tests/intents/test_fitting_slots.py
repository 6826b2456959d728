import pytest

from intents.fitting_slots import drop_unfitting
from intents.types import Slot


def names(slots, *intents):
    return [slot.name for slot in drop_unfitting(slots, intents)]


CITY, PERSON = Slot("city", "Dublin"), Slot("person", "Yusuf")
ATTRIBUTE, TYPE = Slot("attribute", "size"), Slot("product_type", "面条")


@pytest.mark.parametrize("intent", ["out_of_scope", "chitchat", "express_hate", "deny"])
def test_what_is_about_no_goods_has_no_slots(intent):
    assert names([CITY, TYPE, ATTRIBUTE], intent) == []


def test_a_greeting_has_at_most_a_name():
    assert names([CITY, PERSON], "greet") == ["person"]


def test_an_attribute_belongs_to_a_question_about_one():
    assert names([TYPE, ATTRIBUTE], "ask_size_help") == ["product_type"]
    assert names([TYPE, ATTRIBUTE], "ask_product_detail") == ["product_type", "attribute"]


def test_a_slot_stays_where_one_of_several_intents_can_have_it():
    assert names([TYPE, ATTRIBUTE], "greet", "ask_product_detail") == ["product_type", "attribute"]


def test_nothing_is_dropped_where_no_intent_is_known():
    assert names([CITY, ATTRIBUTE]) == ["city", "attribute"]


@pytest.mark.parametrize(
    ("intent", "role"), [("remove_from_cart", "include"), ("search_product", "exclude")]
)
def test_what_is_to_leave_the_cart_is_no_refused_wish(intent, role):
    refused = Slot("product_type", "面条", "面条", 0, 2, "exclude")
    assert [slot.role for slot in drop_unfitting([refused], [intent])] == [role]
