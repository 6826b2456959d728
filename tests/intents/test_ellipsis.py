import pytest

from intents.ellipsis import (
    answers_in_words,
    asks_again,
    asks_for_cheaper,
    asks_for_stuff,
    asks_of_the_list,
    describes_one,
    gives_stars,
    takes_others,
)
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


def slots_in(text, *said):
    """The slots (name, words, value) where they stand in a text."""
    starts = (text.lower().index(words) for _, words, _ in said)
    return tuple(
        Slot(name, value, words, start=start, end=start + len(words))
        for (name, words, value), start in zip(said, starts, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "words", "intent"),
    [
        ("这款有点贵，便宜点的有吗", "便宜点", "refine_search"),
        ("便宜一点的有没有", "便宜一点", "refine_search"),
        ("便宜点儿的有吗", "便宜点", "refine_search"),
        ("有没有更便宜一点的", "便宜一点", "refine_search"),
        ("有没有比这便宜点的", "便宜点", "refine_search"),
        ("this one is a bit pricey, got anything cheaper?", "cheaper", "refine_search"),
        ("do you have something cheaper than this", "cheaper", "refine_search"),
        ("anything less expensive?", "less expensive", "refine_search"),
        ("any cheaper ones", "cheaper", "refine_search"),
        ("比这双便宜的", "便宜", "refine_search"),
        ("来个比第二款便宜的", "便宜", "refine_search"),
        ("比这双便宜吗", "便宜", ""),
        ("第一款比这双便宜的原因", "便宜", ""),
        ("能便宜点吗", "便宜点", ""),
        ("还有便宜点的空间吗", "便宜点", ""),
        ("can you make it cheaper", "cheaper", ""),
        ("can I have it cheaper", "cheaper", ""),
        ("is there any way to get it cheaper?", "cheaper", ""),
        ("do you have a coupon to make this cheaper", "cheaper", ""),
        ("I have seen this cheaper elsewhere", "cheaper", ""),
    ],
)
def test_others_for_less_are_asked_for_and_no_price(text, words, intent):
    slots = slots_in(text, ("comparative", words, "cheaper"))
    assert asks_for_cheaper(Reading(text, slots, "")) == intent
    assert asks_for_cheaper(Reading(text, (*slots, RED), "")) == ""


@pytest.mark.parametrize(
    ("text", "rest", "intent"),
    [
        ("有没有儿童用品", "有没有用品", "search_product"),
        ("你们店里有儿童用品吗", "你们店里有用品吗", "search_product"),
        ("适合儿童的商品", "适合的商品", "search_product"),
        ("儿童的东西有吗", "的东西有吗", "search_product"),
        ("儿童产品", "产品", "search_product"),
        ("any stuff for kids", "any stuff for", "search_product"),
        ("what products do you have for kids", "what products do you have for", "search_product"),
        ("do you have items for kids?", "do you have items for", "search_product"),
        ("儿童用品怎么退", "用品怎么退", ""),
        ("how do I return stuff for kids", "how do i return stuff for", ""),
        ("for kids", "for", ""),
    ],
)
def test_things_for_somebody_of_no_kind_are_looked_for(text, rest, intent):
    assert asks_for_stuff(Reading(text, (Slot("age_group", "kids"),), rest)) == intent
    assert asks_for_stuff(Reading(text, (Slot("age_group", "kids", role="exclude"),), rest)) == ""
    assert asks_for_stuff(Reading(text, (RED,), rest)) == ""


NO_HEELS, SHOES = Slot("product_type", "heels", role="exclude"), Slot("product_type", "shoes")
NOT_RED = Slot("color", "red", role="exclude")


@pytest.mark.parametrize(
    "text",
    [
        "除了高跟鞋，其他鞋子都行", "除了高跟鞋，别的鞋都看看", "不要高跟鞋，其它的鞋随便",
        "no heels, any other shoes are fine", "anything but heels, all other shoes will do",
    ],
)  # fmt: skip
def test_all_but_what_is_refused_is_looked_for(text):
    listed = ParseContext("search_products")
    assert takes_others(Reading(text, (NO_HEELS, SHOES), "")) == "search_product"
    assert takes_others(Reading(text, (NOT_RED,), "", listed)) == "refine_search"
    assert takes_others(Reading(text, (NOT_RED,), "")) == ""
    assert takes_others(Reading(text, (SHOES,), "")) == ""


@pytest.mark.parametrize(
    "text",
    ["除了高跟鞋，其他鞋子都删了", "除了高跟鞋，其他鞋子多少钱", "no heels, any other shoes?"],
)
def test_others_that_are_not_looked_for(text):
    assert takes_others(Reading(text, (NO_HEELS, SHOES), "", ParseContext("show_cart"))) == ""


def test_others_than_one_that_is_pointed_at_are_no_wish():
    pointed = Slot("reference", "this", role="exclude")
    listed = ParseContext("search_products")
    assert takes_others(Reading("不要这个，别的都行", (pointed,), "", listed)) == ""


def priced(text, words, name="price"):
    """A text with one wish in it, after a list was shown."""
    start = text.index(words)
    slot = Slot(name, words, words, start, start + len(words))
    return Reading(text, (slot,), "", ParseContext("search_products"))


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("one that costs under 30", "under 30", "price"),
        ("one that's red", "red", "color"), ("ones which are red", "red", "color"),
        ("I want one under 30", "under 30", "price"), ("one over 5 kg", "over 5 kg", "measure"),
        ("do you have one that is red", "red", "color"),
    ],
)  # fmt: skip
def test_any_that_is_as_told_is_wished_for(text, words, name):
    reading = priced(text, words, name)
    assert describes_one(reading) == "refine_search"
    assert describes_one(Reading(text, reading.slots, "", ParseContext())) == ""


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("the one that costs 30", "30", "price"), ("the one under 30", "under 30", "price"),
        ("one that you showed me in red", "red", "color"), ("one red", "red", "color"),
        ("add one that costs 30", "30", "price"), ("one pair, 30 dollars", "30 dollars", "price"),
    ],
)  # fmt: skip
def test_a_certain_one_is_no_wish_for_any(text, words, name):
    assert describes_one(priced(text, words, name)) == ""


def _with_stars(text, stars, pointing=""):
    slots = [Slot("rating", 4.0, stars, text.index(stars), text.index(stars) + len(stars))]
    if pointing:
        start = text.index(pointing)
        slots.append(Slot("reference", "", pointing, start, start + len(pointing)))
    return Reading(text, tuple(sorted(slots, key=lambda slot: slot.start)), "")


@pytest.mark.parametrize(
    ("text", "stars", "pointing"),
    [
        ("I give the second one 5 stars", "5 stars", "the second one"),
        ("I'd rate the first one 4 stars", "4 stars", "the first one"),
        ("5 stars for the second one!", "5 stars", "the second one"),
        ("4/5 for the last one", "4/5", "the last one"),
        ("the first one gets 3 out of 5", "3 out of 5", "the first one"),
        ("It deserves only 2 stars", "2 stars", ""),
        ("I'd like to give it 4 stars", "4 stars", ""),
        ("my rating for the second one is 4 stars", "4 stars", "the second one"),
        ("给第二个打5星", "5星", "第二个"),
        ("第一个我给3星", "3星", "第一个"),
        ("第二款我打4分", "4分", "第二款"),
        ("我给第一个打3.5分吧", "3.5分", "第一个"),
        ("第二个评5星", "评5星", "第二个"),
        ("这个给五星", "五星", "这个"),
        ("给它4星好评", "4星好评", ""),
        ("五星送给第二款", "五星", "第二款"),
    ],
)
def test_stars_given_to_what_was_shown_rate_it(text, stars, pointing):
    assert gives_stars(_with_stars(text, stars, pointing)) == "give_feedback"


@pytest.mark.parametrize(
    ("text", "stars", "pointing"),
    [
        ("give me 4 stars and up", "4 stars and up", ""),
        ("show me 5 star ones", "5 star", ""),
        ("does the second one have 5 stars", "5 stars", "the second one"),
        ("why does it get only 3 stars", "3 stars", ""),
        ("I'd like the one with 5 stars", "5 stars", "the one"),
        ("add the second one with 5 stars", "5 stars", "the second one"),
        ("the first one gets over 4 stars", "over 4 stars", "the first one"),
        ("第三个五星", "五星", "第三个"),
        ("这个有5星吗", "5星", "这个"),
        ("给我看4星以上的", "4星以上", ""),
        ("第二个是不是5星", "5星", "第二个"),
        ("给我5星的", "5星", ""),
    ],
)
def test_stars_that_are_asked_or_wished_for_rate_nothing(text, stars, pointing):
    assert gives_stars(_with_stars(text, stars, pointing)) == ""
