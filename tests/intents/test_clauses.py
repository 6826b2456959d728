import pytest

from intents.clauses import clause_spans, split_clauses


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("add it and show me socks", ["add it", "show me socks"]),
        ("Remove the first one, then check out my cart", ["Remove the first one",
        "check out my cart"]),
        ("add it. do you ship to Canada?", ["add it", "do you ship to Canada?"]),
        ("加到购物车，再看看袜子", ["加到购物车", "再看看袜子"]),
        ("把第一个删掉，然后结账", ["把第一个删掉", "结账"]),
        ("行，放购物车里，你们能包礼品装吗", ["行，放购物车里", "你们能包礼品装吗"]),
        ("加购吧，另外你们支持分期吗", ["加购吧", "你们支持分期吗"]),
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


@pytest.mark.parametrize(
    ("text", "wanted", "clauses"),
    [
        ("add it and show me socks", 2, ["add it", "show me socks"]),
        ("put it in my cart and pay", 2, ["put it in my cart", "pay"]),
        ("加到购物车，结账", 2, ["加到购物车", "结账"]),
        ("这款不错，下单吧", 2, ["这款不错", "下单吧"]),
        ("add it, add it", 2, ["add it", "add it"]),
        ("thanks, add it and show me socks", 2, ["thanks", "add it", "show me socks"]),
        ("salt and pepper, please", 2, []),
        ("it costs $1,000.50 and that is fine", 3, []),
        ("hello", 2, []),
    ],
)
def test_places_of_clauses(text, wanted, clauses):
    assert [text[start:end] for start, end in clause_spans(text, wanted)] == clauses
