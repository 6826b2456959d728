from dataclasses import replace
from decimal import Decimal

import pytest

from intents.pointed import with_pointed, with_told
from intents.shape import shape
from intents.types import Intent, Measure, Reference, Slot


def pointed(text, intent="return_item", slots=()):
    """The words of a text that point at what was bought."""
    found = with_pointed(shape(text), tuple(slots), [Intent(intent, 0.9)])
    return [slot.raw for slot in found if slot.name == "reference"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the blazer pinches, send it back", ["it"]),
        ("they're too loose, I'd like to swap them", ["they", "them"]),
        ("it's faulty", ["it"]),
        ("this has to go back", ["this"]),
        ("take these clogs back", ["these"]),
        ("I no longer want that", ["that"]),
        ("is it possible to return a lamp", []),
        ("how long does it take to return shoes", []),
        ("is it too late to send it back", ["it"]),
        ("return the lamp that came yesterday", []),
        ("把它退了", ["它"]),
        ("这双换大一码", ["这双"]),
        ("我要退呢件", ["呢件"]),
        ("黑色的那双退了", []),
        ("这个月买的能退吗", []),
    ],
)
def test_pronouns_point_at_what_goes_back(text, words):
    assert pointed(text) == words


@pytest.mark.parametrize("intent", ["exchange_item", "ask_faq_returns", "ask_faq_warranty"])
@pytest.mark.parametrize("text", ["what if it breaks", "它坏了咋办"])
def test_so_they_do_at_what_is_changed_or_covered(text, intent):
    assert len(pointed(text, intent)) == 1


@pytest.mark.parametrize("intent", ["chitchat", "affirm", "track_order", "search_product"])
def test_elsewhere_the_model_says_what_points(intent):
    assert pointed("do it", intent) == []


def test_what_is_marked_stays_as_it_is():
    it = Slot("reference", Reference((1,)), "it", 7, 9)
    assert with_pointed(shape("return it"), (it,), [Intent("return_item", 0.9)]) == (it,)


@pytest.mark.parametrize(
    ("text", "intent", "words"),
    [
        ("what does the second cost and do you have it in red", "ask_availability", ["it"]),
        ("第二个多少钱 它有红的吗", "ask_price", ["它"]),
        ("is it possible to see reviews", "ask_reviews", []),
        ("I sent them back in May, where is my money", "ask_refund", ["them"]),
        ("it never arrived, refund me", "ask_refund", ["it"]),
        ("它一直没到，退钱", "ask_refund", ["它"]),
        ("when will it be on my card", "ask_refund", []),
    ],
)
def test_a_thing_is_named_again_by_a_pronoun(text, intent, words):
    assert pointed(text, intent) == words


@pytest.mark.parametrize(
    ("name", "intent", "kept"),
    [
        ("occasion", "find_gift", True),
        ("product_type", "find_complement", True),
        ("occasion", "ask_faq_store", False),
        ("product_type", "ask_faq_store", False),
    ],
)
def test_what_such_a_message_tells_stands(name, intent, kept):
    told, other = Slot(name, "x", "x", 0, 3), Slot("recipient", "y", "y", 5, 9)
    found = with_told((other,), [told], [Intent(intent, 0.9)])
    assert found == ((told, other) if kept else (other,))
    assert with_told((replace(told, name="feature"),), [told], [Intent(intent, 0.9)])[0] != told


@pytest.mark.parametrize(
    ("intent", "unit", "weighed"),
    [
        ("search_product", "g", True),
        ("refine_search", "L", True),
        ("search_product", "hour", False),
        ("add_to_cart", "g", False),
    ],
)
def test_what_is_looked_for_is_weighed_and_not_counted(intent, unit, weighed):
    counted = Slot("quantity", 2, "二两", 0, 2)
    weight = Slot("measure", Measure("", Decimal(2), Decimal(2), unit), "二两", 0, 2)
    found = with_told((counted,), [weight], [Intent(intent, 0.9)])
    assert found == ((weight,) if weighed else (counted,))
