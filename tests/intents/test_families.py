import pytest

from intents.families import adds, akin, are_apart, without_made_up
from intents.types import Intent


def acts(*names):
    return [Intent(name, 0.9 - place / 10) for place, name in enumerate(names)]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("remove all of my things", False),
        ("empty the basket and start over", True),
        ("empty it, start over", True),
        ("把东西全删了", False),
        ("清空购物车然后重来", True),
        ("清空 从头来", True),
        ("全清空吧。", False),
    ],
)
def test_two_acts_stand_in_two_parts_of_a_text(text, apart):
    assert are_apart(acts("clear_cart", "start_over"), text) is apart


@pytest.mark.parametrize("text", ["socks by price", "袜子按价格排"])
def test_some_acts_need_no_word_between_them(text):
    assert are_apart(acts("search_product", "sort_results"), text)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("sort_results", "select_product"), "the cheapest first"),
        (("refine_search", "add_to_cart"), "加M码"),
        (("ask_availability", "ask_faq_shipping"), "几天能到货"),
    ],
)
def test_the_same_few_words_are_one_act(names, text):
    assert not are_apart(acts(*names), text)
    assert are_apart(acts(*names), f"{text}, and then that one too")


def test_what_may_be_grave_is_never_lost():
    assert are_apart(acts("complain", "express_self_harm"), "不想活了")
    assert not are_apart(acts("express_self_harm", "complain"), "不想活了")


def test_questions_about_the_shop_are_akin():
    assert akin(*acts("ask_faq_payment", "ask_faq_warranty"))
    assert not akin(*acts("ask_faq_payment", "cancel_order"))


def test_the_yes_before_an_article_is_no_act():
    add, pay, yes = acts("add_to_cart", "checkout", "affirm")
    assert not adds(yes, add)
    assert adds(yes, pay)


TOLD = acts("track_order", "search_product", "return_item")


@pytest.mark.parametrize(
    ("firsts", "kept"),
    [
        (("thank", "track_order", "return_item"), ["track_order", "return_item"]),
        (("track_order", "search_product"), ["track_order", "search_product", "return_item"]),
        (("track_order",), ["track_order", "search_product", "return_item"]),
        ((), ["track_order", "search_product", "return_item"]),
    ],
)
def test_a_search_that_no_clause_asks_for_is_none(firsts, kept):
    assert [one.name for one in without_made_up(tuple(TOLD), acts(*firsts))] == kept


def test_where_a_clause_is_doubtful_every_act_stays():
    firsts = [Intent("track_order", 0.9), Intent("return_item", 0.3)]
    assert without_made_up(tuple(TOLD), firsts) == tuple(TOLD)


def test_one_act_at_least_stays():
    search = (Intent("search_product", 0.9),)
    assert without_made_up(search, acts("thank", "track_order")) == search
