from random import Random

import pytest

from intents.noise import keys
from tests.intents.labelled import example

RED = example("show me red shoes", "search_product", ("color", "red"), ("product_type", "shoes"))


def texts(change, one, seeds=60):
    return {change(one, Random(seed)).text for seed in range(seeds)}


@pytest.mark.parametrize("word", ["shoes", "SHOES", "Quilt", "zoom"])
def test_a_typo_keeps_first_and_last_letters_apart_from_a_swap(word):
    changed = texts(keys.typo, example(word, "greet"), 200)
    assert all(text[0] == word[0] for text in changed)
    assert {len(text) - len(word) for text in changed} == {-1, 0, 1}


@pytest.mark.parametrize("text", ["hi you all", "红色的鞋", "", "a 42 b"])
def test_short_and_chinese_words_have_no_typos(text):
    assert texts(keys.typo, example(text, "greet")) == {text}


def test_a_neighbouring_key_is_beside_the_one_that_was_meant():
    replaced = {
        text[1] for text in texts(keys.typo, example("agaa", "greet"), 300) if len(text) == 4
    }
    assert replaced <= set("rtyfhcvbnag")
    assert replaced & set("ftyhvb")


def test_capitals_change_the_text_and_nothing_else():
    assert keys.upper_case(RED, Random(1)).text == "SHOW ME RED SHOES"
    assert [slot.raw for slot in keys.upper_case(RED, Random(1)).slots] == ["RED", "SHOES"]
    assert keys.lower_case(keys.upper_case(RED, Random(1)), Random(1)) == RED
    assert texts(keys.sentence_case, RED) == {"Show me red shoes", "Show Me Red Shoes"}


@pytest.mark.parametrize("text", ["我要iPhone", "don't ask a.b@c.de"])
def test_title_case_leaves_apostrophes_and_addresses(text):
    for changed in texts(keys.sentence_case, example(text, "greet")):
        assert changed.casefold() == text.casefold()
        assert "'T" not in changed
        assert "@C" not in changed


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("hi, is it 4.5?", "en", {"hi is it 4.5"}),
        ("1,200 or 3:30 ok.", "en", {"1,200 or 3:30 ok"}),
        ("有吗？红色，谢谢。", "zh", {"有吗红色谢谢", "有吗 红色 谢谢"}),
    ],
)
def test_marks_are_left_out_and_numbers_keep_theirs(text, language, expected):
    assert texts(keys.no_punctuation, example(text, "greet", language=language)) == expected


@pytest.mark.parametrize(("text", "language"), [("where is it?", "en"), ("在哪里？", "zh")])
def test_other_marks_take_the_place_of_those_at_the_end(text, language):
    changed = texts(keys.more_punctuation, example(text, "greet", language=language))
    bare = text[:-1]
    assert len(changed) > 5
    assert all(one.startswith(bare) and len(one) > len(bare) for one in changed)
    assert not any(
        one.startswith(text) and one[len(text) :] not in ("", "?", "？") for one in changed
    )


def test_extra_spaces_are_spaces_only():
    changed = texts(keys.extra_space, example("show me, please", "greet"))
    assert len(changed) > 3
    assert all(one.replace(" ", "") == "showme,please" for one in changed)
    assert all(1 <= len(one) - len("show me, please") <= 2 for one in changed)


def test_a_code_gets_no_space_and_loses_none():
    coded = example("order AB 1234, now", "track_order", ("order_id", "AB 1234"))
    for seed in range(40):
        for change in (keys.extra_space, keys.missing_space):
            assert change(coded, Random(seed)).slots[0].raw == "AB 1234"


def test_one_space_is_lost():
    for one in texts(keys.missing_space, example("show me more", "show_more")):
        assert one in ("showme more", "show memore")


def test_chat_words_replace_whole_words_only():
    said = example("Thank you, your youth wants to know about it", "greet")
    changed = texts(keys.shortened, said)
    assert "Thank u, ur youth wants to know abt it" in changed
    assert all("youth" in one for one in changed)
