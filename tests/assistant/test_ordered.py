import pytest

from assistant.ordered import asks_about_shop, says_who, speaks_of_orders
from intents.types import Intent
from tests.assistant.builders import nlu


@pytest.mark.parametrize(
    "text",
    ["my zip is 43171", "zip code: SW1A", "Ann Lee, 90210", "ann@example.com", "邮编310000"],
)
def test_who_is_writing(text):
    assert says_who(text)


@pytest.mark.parametrize(
    "text", ["the zip of my jacket broke after two days", "a zip pocket please", "拉链坏了"]
)
def test_a_zip_is_no_postal_code(text):
    assert not says_who(text)


@pytest.mark.parametrize(
    "text", ["where is my order", "#W1000001", "我买的杯子", "查订单", "帮我查查我买的杯子"]
)
def test_what_was_ordered(text):
    assert speaks_of_orders(text)


@pytest.mark.parametrize("text", ["帮我订一张去上海的高铁票", "给我买杯咖啡", "book me a ticket"])
def test_what_is_to_be_got_was_not_ordered(text):
    assert not speaks_of_orders(text)


@pytest.mark.parametrize("text", ["can I return something I bought?", "买了的东西能退吗"])
def test_how_the_shop_does_things_is_asked_of_no_order(text):
    assert asks_about_shop(nlu("ask_faq_returns", text=text))
    assert not asks_about_shop(nlu("return_item", text=text))
    unsure = nlu("", text=text, guesses=())
    assert not asks_about_shop(unsure)
    doubtful = type(unsure)(text, "en", (Intent("ask_faq_returns", 0.5),))
    assert not asks_about_shop(doubtful)
    assert not asks_about_shop(nlu("ask_faq_returns", text=f"{text} #W1000001"))
