"""The words of simulated shoppers: whole, in both languages, and strange to the training."""

import re
from decimal import Decimal
from functools import cache
from random import Random

import pytest
import yaml

from assistant.simulation.phrases import FOLDER, load_phrases
from assistant.simulation.wishes import Wish
from catalog.text import fold
from catalog.types import LocalText
from intents.examples import ENTITY
from intents.parser import DATA

_HOLE = re.compile(r"\{[^{}]*\}")
_LETTERS = re.compile(r"[^\w_]+")


def skeleton(text):
    """A sentence without the values in it."""
    return _LETTERS.sub(" ", fold(_HOLE.sub(" _ ", ENTITY.sub(" _ ", text)))).strip()


@cache
def trained(language):
    """Everything that understanding learns from or is measured on, without the values in it."""
    folders = [DATA / language, DATA / "eval", DATA / "templates"]
    files = [path for folder in folders for path in folder.rglob("*.yml")]
    lines = (line for path in files for line in path.read_text("utf-8").splitlines())
    return {skeleton(line.strip().removeprefix("- ")) for line in lines}


def phrases(language):
    content = yaml.safe_load((FOLDER / f"{language}.yml").read_text("utf-8"))
    content.pop("wish")
    return [(act, text) for act, texts in content.items() for text in texts]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_phrase_stands_in_the_training_language(language):
    known = trained(language)
    assert len(known) > 5_000
    assert [text for _, text in phrases(language) if skeleton(text) in known] == []


def test_a_phrase_that_stands_there_would_be_found():
    assert skeleton("hi, I need {kind} {wish}!") in trained("en")
    assert skeleton("不要{x}的") in trained("zh")


def holes(texts):
    return {frozenset(_HOLE.findall(one)) for one in texts}


def test_both_languages_say_the_same_acts_with_the_same_holes():
    english, chinese = load_phrases("en"), load_phrases("zh")
    assert english.acts.keys() == chinese.acts.keys()
    assert english.wishes.keys() == chinese.wishes.keys()
    for mine, theirs in ((english.acts, chinese.acts), (english.wishes, chinese.wishes)):
        for name in mine:
            holes = [
                {frozenset(_HOLE.findall(one)) for one in side[name]} for side in (mine, theirs)
            ]
            assert holes[0] == holes[1], name
            assert len(set(theirs[name])) == len(theirs[name])


BLACK = Wish("text", "color", LocalText("black", "黑色"), LocalText("color"))
BATTERY = Wish(
    "number",
    "battery_life",
    label=LocalText("Battery life", "续航"),
    minimum=Decimal(10),
    unit="hour",
)
UNDER = Wish("price", "price", maximum=Decimal(85), unit="USD")
YUAN = Wish("price", "price", maximum=Decimal(500), unit="CNY")


@pytest.mark.parametrize(
    ("language", "wish", "words"),
    [
        ("en", BLACK, "in black"),
        ("zh", BLACK, "黑色的"),
        ("en", UNDER, "$85 tops"),
        ("zh", YUAN, "500块封顶"),
        ("en", BATTERY, "battery life of no less than 10 hours"),
        ("zh", BATTERY, "续航起码10小时"),
        ("en", Wish("text", "brand", LocalText("Bosch"), exclude=True), "not by Bosch"),
        ("zh", Wish("text", "fit", LocalText("", "修身"), LocalText("", "版型")), "版型得是修身"),
        ("en", Wish("flag", "gift_box", label=LocalText("Gift box")), "with gift box"),
    ],
)
def test_a_wish_is_put_in_words(language, wish, words):
    assert words in load_phrases(language).forms(wish)
    assert load_phrases(language).wish(wish, Random(1)) in load_phrases(language).forms(wish)
