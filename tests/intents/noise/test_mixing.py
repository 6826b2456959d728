from random import Random

import pytest

from intents.noise.mixing import code_switch, translations
from tests.intents.labelled import example


def switched(one, seeds=60):
    return [code_switch(one, Random(seed)) for seed in range(seeds)]


def test_values_are_known_in_both_directions():
    both = translations()
    assert "红色" in both["en"]["color", "red"]
    assert "red" in both["zh"]["color", "红色"]
    assert all(names for table in both.values() for names in table.values())


@pytest.mark.parametrize(
    ("text", "language", "slots"),
    [
        ("red dress", "en", (("color", "red"), ("product_type", "dress"))),
        ("红色的连衣裙", "zh", (("color", "红色"), ("product_type", "连衣裙"))),
    ],
)
def test_one_or_two_values_change_language_and_stay_marked(text, language, slots):
    counts = set()
    for one in switched(example(text, "search_product", *slots, language=language)):
        changed = [s for s in one.slots if s.raw.isascii() == (language == "zh")]
        counts.add(len(changed))
        assert [one.text[s.start : s.end] for s in one.slots] == [s.raw for s in one.slots]
        assert one.language == language
    assert counts == {1, 2}


def test_a_capital_is_kept_between_values_in_latin_letters():
    one = example("Dress", "search_product", ("product_type", "Dress"))
    assert all(not changed.text.isascii() for changed in switched(one, 20))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("how much is it", "en", {"多少钱 is it"}),
        ("show my cart", "en", {"show my 购物车"}),
        ("谢谢", "zh", {"thanks"}),
        ("查订单", "zh", {"查order"}),
    ],
)
def test_without_values_a_word_changes_language(text, language, expected):
    one = example(text, "greet", language=language)
    assert {changed.text for changed in switched(one)} == expected


@pytest.mark.parametrize("text", ["cartoon", "a giftcard", "oversized", "reorder", "hello"])
def test_parts_of_words_stay(text):
    assert {changed.text for changed in switched(example(text, "greet"))} == {text}


def test_brands_prices_and_codes_stay():
    slots = (("brand", "Orange"), ("price", "$50"), ("order_id", "red-1234"))
    one = example("Orange $50 red-1234", "search_product", *slots)
    assert {changed.text for changed in switched(one)} == {one.text}
