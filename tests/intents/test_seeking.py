import pytest

from catalog.types import TextConstraint
from intents.numbers import align
from intents.seeking import asks_range, came_for, is_sought
from intents.types import Slot

SHELF = TextConstraint("category", ("bags",))


def kind(text, words, **fields):
    start = text.index(words)
    return Slot("product_type", words, words, start, start + len(words), resolved=SHELF, **fields)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("要添包，真皮做的", "包"),
        ("说回正题，我是来挑包的", "包"),
        ("包这块儿都卖些啥", "包"),
        ("包都有哪些款呀，看看", "包"),
        ("I could do with bags, in black", "bags"),
        ("walk me through your bags, please", "bags"),
        ("bags, please, what's on the shelves", "bags"),
        ("bags, what have you got", "bags"),
        ("let me see what bags you carry", "bags"),
        ("what kind of bags do you have", "bags"),
        ("bags, please", "bags"),
    ],
)
def test_a_shelf_is_sought_by_the_words_around_it(text, words):
    assert is_sought(align(text), kind(text, words))


@pytest.mark.parametrize(
    ("text", "words"),
    [("不要包", "包"), ("包里能放电脑吗", "包"), ("a strap for my bags", "bags"),
     ("the bags are too heavy", "bags"), ("这个包有什么颜色", "包"), ("包有什么区别", "包"),
     ("包都有什么质保", "包"), ("bags are what I want to return", "bags"), ("get the bag", "bag"),
     ("what bags are these", "bags"), ("I know what bags need, please", "bags"),
     ("my bags, what is the return policy you have", "bags"), ("我买的包都有哪些", "包")],
)  # fmt: skip
def test_what_is_talked_about_is_not_sought(text, words):
    assert not is_sought(align(text), kind(text, words))


def test_only_shelves_that_are_wanted_are_sought():
    text = "want bags"
    assert not is_sought(text, kind(text, "bags", role="exclude"))
    assert not is_sought(text, Slot("product_type", "bags", "bags", 5, 9))
    assert not asks_range("bags are nice", kind("bags are nice", "bags"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("说回正题，我是来挑包的", "包"),
        ("我今天是来买包的", "包"),
        ("I'm here for bags, in red", "bags"),
        ("I came to look for some bags", "bags"),
    ],
)
def test_what_one_has_come_for_is_said(text, words):
    assert came_for(align(text), kind(text, words))


@pytest.mark.parametrize(
    ("text", "words"),
    [("来个包", "包"), ("是来退包的", "包"), ("what came with the bags", "bags")],
)
def test_nobody_came_for_anything_else(text, words):
    assert not came_for(align(text), kind(text, words))
