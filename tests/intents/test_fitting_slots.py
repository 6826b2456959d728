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


@pytest.mark.parametrize("name", ["comparative", "sort_key", "occasion"])
@pytest.mark.parametrize("intent", ["return_item", "track_order", "ask_faq_returns", "complain"])
def test_who_looks_for_nothing_compares_nothing(name, intent):
    assert names([Slot(name, "smaller", "too big"), TYPE], intent) == ["product_type"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [("too small", False), ("太大", False), ("偏小", False), ("a size up", True), ("大一号", True)],
)
@pytest.mark.parametrize("intent", ["exchange_item", "ask_size_help"])
def test_a_reason_to_exchange_is_no_comparison(words, kept, intent):
    slots = drop_unfitting([Slot("comparative", "bigger", words)], [intent])
    assert bool(slots) is kept


@pytest.mark.parametrize("name", ["sort_key", "occasion"])
def test_who_asks_for_reviews_puts_nothing_into_an_order(name):
    assert names([Slot(name, "rating", "rating")], "ask_reviews") == []
    assert names([Slot(name, "rating", "rating")], "search_product") == [name]


def test_the_price_of_the_cheapest_may_be_asked_for():
    assert names([Slot("sort_key", "price_ascending", "最便宜")], "ask_price") == ["sort_key"]


@pytest.mark.parametrize(("intent", "count"), [("ask_invoice", 0), ("return_item", 1)])
def test_how_many_is_said_of_goods(intent, count):
    assert len(names([Slot("quantity", 1, "一份")], intent)) == count
