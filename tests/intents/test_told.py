from dataclasses import replace

import pytest

from catalog.types import FlagConstraint, TextConstraint
from intents.shape import shape
from intents.told import is_told_alone
from intents.types import Slot

VALUES = {
    "gift box": ("feature", FlagConstraint("gift_box")),
    "all seasons": ("season", TextConstraint("season", ("all seasons",))),
    "礼盒装": ("feature", FlagConstraint("gift_box")),
    "for women": ("gender", TextConstraint("gender", ("women",))),
    "Acme": ("brand", TextConstraint("brand", ("acme",))),
    "wool": ("material", TextConstraint("material", ("wool",))),
    "一品锅": ("brand", TextConstraint("brand", ("一品锅",))),
    "四季": ("season", TextConstraint("season", ("四季",))),
    "红色": ("color", TextConstraint("color", ("红色",))),
}


def value(text, words):
    name, resolved = VALUES[words]
    start = text.index(words)
    return Slot(name, words, words, start, start + len(words), score=0.95, resolved=resolved)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("walk me through your shoes, for women, with non-slip", "for women"),
        ("walk me through your tea, with gift box", "gift box"),
        ("shoes, for all seasons, please", "all seasons"),
        ("mugs, preferably from Acme", "Acme"),
        ("mugs, one of Acme's, what is there", "Acme"),
        ("a coat, wool as the material", "wool"),
        ("要添杯子，一品锅家的，都有啥", "一品锅"),
        ("鞋子，四季用的", "四季"),
        ("鞋子，最好红色的", "红色"),
    ],
)
def test_a_clause_that_says_a_value_and_nothing_else_tells_it(text, words):
    assert is_told_alone(shape(text), value(text, words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("with gift box", "gift box"),  # all that is said, and heard as it is
        ("tea, gift box", "gift box"),
        ("tea, what does the gift box cost", "gift box"),
        ("Acme, what is your return policy", "Acme"),
        ("杯子，一品锅多少钱", "一品锅"),
    ],
)
def test_other_words_leave_it_to_the_model(text, words):
    assert not is_told_alone(shape(text), value(text, words))


def test_what_is_added_may_be_all_there_is_and_misspelt():
    sounding = replace(value("另外最好一品锅家的", "一品锅"), score=0.85)
    assert is_told_alone(shape("另外最好一品锅家的"), sounding)
    assert not is_told_alone(shape("另外最好一品锅"), sounding)
    assert not is_told_alone(shape("请问最近一品锅的"), sounding)


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("walk me through your toys, gift box", "toys", True),
        ("let me see what toys you carry, gift box", "toys", True),
        ("let me begin again, toys, gift box, $10 at most", "toys", True),
        ("一起挑玩具，礼盒装，10块封顶", "玩具", True),
        ("a present, gift box", "", False),
        ("toys in a gift box, please", "toys", False),
    ],
)
def test_beside_a_kind_a_thing_has_what_is_named(text, kind, told):
    words = "礼盒装" if "礼盒装" in text else "gift box"
    start = text.find(kind)
    shelf = TextConstraint("category", ("toys",))
    known = [Slot("product_type", "toys", kind, start, start + len(kind), resolved=shelf)]
    found = is_told_alone(shape(text), value(text, words), known if kind else ())
    assert found is told


def test_what_the_catalogue_has_not_is_no_value():
    text = "shoes, for all seasons"
    unknown = value(text, "all seasons")
    assert not is_told_alone(shape(text), replace(unknown, resolved=None))
    assert not is_told_alone(shape(text), replace(unknown, score=0.7))
