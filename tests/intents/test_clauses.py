import pytest

from intents.clauses import several_intents, split_clauses
from intents.types import Intent


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("add it and show me socks", ["add it", "show me socks"]),
        ("Remove the first one, then check out my cart", ["Remove the first one",
        "check out my cart"]),
        ("add it. do you ship to Canada?", ["add it", "do you ship to Canada?"]),
        ("加到购物车，再看看袜子", ["加到购物车", "再看看袜子"]),
        ("把第一个删掉，然后结账", ["把第一个删掉", "结账"]),
    ],
)  # fmt: skip
def test_cuts_where_a_request_begins(text, clauses):
    assert split_clauses(text) == clauses


@pytest.mark.parametrize(
    "text",
    [
        "red and blue shoes", "shoes, red, under 50", "hello", "", "salt and pepper mill",
        "黑色和白色的鞋", "有没有耳机", "show me a, show me b, show me c, show me d",
    ],
)  # fmt: skip
def test_leaves_a_simple_text_alone(text):
    assert split_clauses(text) == []


def test_clear_and_different_acts_are_all_meant_the_surest_first():
    best = [Intent("add_to_cart", 0.8), Intent("search_product", 0.9)]
    assert several_intents(best) == (best[1], best[0])


@pytest.mark.parametrize(
    "best",
    [
        [],
        [Intent("add_to_cart", 0.9)],
        [Intent("add_to_cart", 0.9), Intent("add_to_cart", 0.9)],
        [Intent("add_to_cart", 0.9), Intent("search_product", 0.5)],
        [Intent("add_to_cart", 0.9), Intent("chitchat", 0.9)],
        [Intent("return_item", 0.9), Intent("ask_refund", 0.9)],
    ],
)
def test_anything_else_is_one_act(best):
    assert several_intents(best) == ()
