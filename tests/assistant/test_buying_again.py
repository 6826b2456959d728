import pytest

from assistant.buying_again import read_buying_again
from tests.assistant.builders import nlu, product_type, reference


@pytest.mark.parametrize(
    ("text", "taken_for"),
    [
        ("buy again what I bought", "list_orders"), ("what can I reorder?", "reorder"),
        ("order the coffee beans again", "search_product"),
        ("restock my coffee beans", "search_product"), ("order the laptop again", "checkout"),
        ("再买一次上次那个", "reorder"), ("复购", "reorder"), ("补货", "ask_availability"),
        ("补点猫粮", "search_product"), ("上次买的咖啡豆再来一包", "search_product"),
        ("我想回购之前买的东西", "search_product"),
    ],
)  # fmt: skip
def test_who_is_signed_in_may_buy_again_what_they_bought(text, taken_for):
    heard = nlu(taken_for, product_type("coffee"), text=text)
    assert read_buying_again(heard, signed_in=True).intent == "reorder"
    assert read_buying_again(heard, signed_in=False) == heard


@pytest.mark.parametrize(
    ("text", "taken_for"),
    [
        ("when can I buy it again", "ask_availability"), ("什么时候补货", "ask_availability"),
        ("I will never order again", "complain"), ("到货了补货通知我", "watch_product"),
        ("show me coffee beans again", "search_product"), ("补货了吗", "ask_availability"),
        ("再来一个", "add_to_cart"), ("再推荐几个", "recommend_product"),
        ("cancel it and order the beans again", "search_product"),
    ],
)  # fmt: skip
def test_look_alikes_stay(text, taken_for):
    heard = nlu(taken_for, text=text)
    assert read_buying_again(heard, signed_in=True) == heard


def test_what_is_pointed_at_on_the_screen_is_no_earlier_purchase():
    heard = nlu("add_to_cart", reference(1), text="buy the first one again")
    assert read_buying_again(heard, signed_in=True) == heard
