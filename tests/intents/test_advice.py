import pytest

from intents.advice import advised
from intents.readings import Reading
from intents.types import Intent, Reference, Slot

KIND = Slot("product_type", "tent", "tent")
SEARCH, GIFT = Intent("search_product", 0.9), Intent("find_gift", 0.9)


def first(text, *slots, intent=SEARCH):
    return advised([intent], Reading(text, slots, ""))[0].name


@pytest.mark.parametrize(
    "text",
    [
        "best tent for two",
        "a good tent for windy places",
        "which tent would you take to the Alps",
        "what tent works in snow",
        "什么牌子的帐篷耐用",
        "新手买什么帐篷",
        "最好的双人帐篷",
        "想要个好用的帐篷",
        "哪款帐篷适合海边，哪个好",
    ],
)
def test_who_asks_for_advice_is_advised(text):
    assert first(text, KIND) == "recommend_product"


@pytest.mark.parametrize(
    "text",
    [
        "best rated tents",
        "best selling tents",
        "best-selling tents",
        "a good deal on tents",
        "show me tents",
        "看看帐篷",
        "买个帐篷",
    ],
)
def test_who_asks_for_a_list_gets_one(text):
    assert first(text, KIND) == "search_product"


def test_advice_needs_a_kind_of_thing_and_nothing_pointed_at():
    pointed = Slot("reference", Reference((1,)), "the first")
    assert first("which is best") == "search_product"
    assert first("is the first the best tent", KIND, pointed) == "search_product"


def test_another_intent_stays():
    assert first("best tent for my dad", KIND, intent=GIFT) == "find_gift"
    assert advised((), Reading("best tent", (KIND,), "")) == ()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("show me the best reviews", "ask_reviews"),
        ("average ratings?", "ask_reviews"),
        ("看看评价", "ask_reviews"),
        ("by reviews", "sort_results"),
        ("highest ratings first", "sort_results"),
        ("评价好的排前面", "sort_results"),
        ("哪些评价最好", "sort_results"),
        ("which ones have the best reviews", "sort_results"),
    ],
)
def test_reviews_are_read_unless_a_word_puts_them_into_an_order(text, intent):
    assert first(text, intent=Intent("sort_results", 0.9)) == intent
