from random import Random

import pytest

from intents.noise.speech import hesitant, misheard, spelled_out, spoken
from tests.intents.labelled import example


def texts(change, one, seeds=40):
    return {change(one, Random(seed)).text for seed in range(seeds)}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "2 mugs", "two mugs"),
        ("en", "$1.50 each", "one point five zero dollars each"),
        ("en", "16GB", "sixteen GB"),
        ("en", "£21", "twenty one pounds"),
        ("en", "0 or 007", "zero or 007"),
        ("en", "WH-1000XM4, v2.0, 3/4, 2XL, 12345678", None),
        ("zh", "2件", "两件"),
        ("zh", "2号", "二号"),
        ("zh", "￥250", "两百五块"),
        ("zh", "4.5分", "四点五分"),
        ("zh", "100元", "一百元"),
        ("zh", "v2.0的12-3", None),
    ],
)
def test_numbers_become_words_where_they_are_said(language, text, expected):
    said = spelled_out(example(text, "greet", language=language), Random(1)).text
    assert said == (expected or text)


@pytest.mark.parametrize("name", ["order_id", "phone", "date", "street", "compatible_with"])
def test_codes_dates_and_models_keep_their_digits(name):
    one = example("it is 12 now", "greet", (name, "12"))
    assert spelled_out(one, Random(1)) == one


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_price_in_words_stays_marked(language):
    one = example("max $300", "search_product", ("price", "$300"), language=language)
    (slot,) = spelled_out(one, Random(1)).slots
    assert slot.raw == slot.value == {"en": "three hundred dollars", "zh": "三百美元"}[language]


def test_one_word_is_misheard_outside_of_slots():
    said = example("where to buy a pair", "search_product", ("quantity", "pair"))
    assert texts(misheard, said) == {"wear to buy a pair", "where to by a pair"}


def test_nothing_is_misheard_in_other_words():
    assert texts(misheard, example("hello there's", "greet")) == {"hello there's"}


@pytest.mark.parametrize(("text", "language"), [("red shoes?", "en"), ("红色的鞋？", "zh")])
def test_fillers_stand_before_or_behind(text, language):
    changed = texts(hesitant, example(text, "search_product", language=language), 200)
    bare = text[:-1]
    assert all(one.endswith(text) or (one.startswith(bare) and one.endswith(text[-1]))
               for one in changed)  # fmt: skip
    assert len(changed) > 12
    assert text not in changed


def test_dictation_has_neither_marks_nor_capitals_nor_digits():
    one = example("Hi! I'd like 2 Red mugs, under $50?", "search_product", ("price", "under $50"))
    for text in texts(spoken, one):
        assert text == text.lower()
        assert not any(sign.isdigit() or sign in ",.?!'$" for sign in text)
        assert text.endswith("under fifty dollars")


def test_chinese_dictation_keeps_its_words_or_their_sound():
    one = example("你好，有没有蓝牙耳机？", "search_product", language="zh")
    changed = texts(spoken, one, 80)
    assert "你好有没有蓝牙耳机" in {text.replace(" ", "") for text in changed}
    assert len(changed) > 4
    assert not any("，" in text or "？" in text for text in changed)
