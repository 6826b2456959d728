import pytest

from intents.ellipsis import answers_in_words, asks_again, asks_of_the_list
from intents.readings import Reading
from intents.types import ParseContext, Slot

RED, SIZE = Slot("color", "red", "red"), Slot("size", "42", "42")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("what about the red", "what about"),
        ("and in red?", "and in"),
        ("the red one?", "the one"),
        ("红的呢", "的呢"),
        ("那红的有吗", "那的有吗"),
    ],
)
@pytest.mark.parametrize(
    ("previous", "intent"),
    [
        ("show_price", "ask_price"),
        ("show_availability", "ask_availability"),
        ("show_reviews", "ask_reviews"),
        ("search_products", ""),
    ],
)
def test_a_question_is_asked_again_by_what_differs(text, rest, previous, intent):
    assert asks_again(Reading(text, (RED,), rest, ParseContext(previous))) == intent


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("the red one please", "the one please"),
        ("加红的", "加的"),
        ("what about red paint", "paint"),
    ],
)
def test_more_than_that_is_said_for_itself(text, rest):
    assert asks_again(Reading(text, (RED,), rest, ParseContext("show_price"))) == ""


@pytest.mark.parametrize(
    ("text", "rest"), [("what about oolong", "what about"), ("那乌龙呢", "那呢")]
)
def test_after_what_was_never_shown_another_thing_may_be_named(text, rest):
    kind = (Slot("product_type", "oolong"),)
    unknown, price = ParseContext("report_unknown_reference"), ParseContext("show_price")
    assert asks_again(Reading(text, kind, rest, unknown)) == "ask_availability"
    assert asks_again(Reading(text, kind, rest, price)) == ""


@pytest.mark.parametrize(
    ("text", "slots", "intent"),
    [
        ("which of those are in red", (RED,), "refine_search"),
        ("any ones of these in red", (RED,), "refine_search"),
        ("这些里面哪些是红的", (RED,), "refine_search"),
        ("which of those shoes", (Slot("product_type", "shoes"),), ""),
        ("which are in red", (RED,), ""),
    ],
)
def test_a_wish_for_what_is_listed_narrows_it(text, slots, intent):
    assert asks_of_the_list(Reading(text, slots, text)) == intent


@pytest.mark.parametrize(
    ("text", "rest", "answers"),
    [
        ("42 I guess", "I guess", True),
        ("42就行", "就行", True),
        ("is 42 too big?", "is too big", False),
        ("42还有吗", "还有吗", False),
        ("42 and put it into my cart", "and put it into my cart", False),
        ("42加购", "加购", False),
    ],
)
def test_a_few_words_around_a_size_answer_the_question_for_it(text, rest, answers):
    asked = ParseContext("search_products", "size")
    assert answers_in_words(Reading(text, (SIZE,), rest, asked)) is answers
    assert not answers_in_words(Reading(text, (SIZE,), rest))
