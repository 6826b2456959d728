from random import Random

import pytest

from catalog.text import fold
from intents.noise import chinese
from tests.intents.labelled import example

WANTED = example("我想要红色的连衣裙300元", "search_product", ("color", "红色"),
                 ("product_type", "连衣裙"), ("price", "300元"), language="zh")  # fmt: skip


def changes(change, one, seeds=60):
    return [change(one, Random(seed)) for seed in range(seeds)]


def test_one_or_two_characters_of_the_same_sound():
    from pypinyin import lazy_pinyin

    changed = changes(chinese.same_sound, WANTED)
    assert len({one.text for one in changed}) > 8
    for one in changed:
        assert len(one.text) == len(WANTED.text)
        different = [(a, b) for a, b in zip(one.text, WANTED.text, strict=True) if a != b]
        assert 1 <= len(different) <= 2
        table = chinese.same_sounds()
        assert all(a in table[b] for a, b in different)
        assert any(lazy_pinyin(a) == lazy_pinyin(b) for a, b in different)


def test_prices_and_sure_words_keep_their_characters():
    for one in changes(chinese.same_sound, WANTED):
        assert one.slots[2].raw == "300元"
        assert one.text.startswith("我")


@pytest.mark.parametrize("text", ["hello", "", "要了吗", "42"])
def test_where_no_sound_can_slip_nothing_changes(text):
    assert {one.text for one in changes(chinese.same_sound, example(text, "greet"))} == {text}


def test_traditional_is_the_same_to_the_reader():
    for one in changes(chinese.traditional, WANTED, 12):
        assert one.text != WANTED.text
        assert fold(one.text) == fold(WANTED.text)
        assert [one.text[s.start : s.end] for s in one.slots] == [s.raw for s in one.slots]


@pytest.mark.parametrize("text", ["T恤256G多少钱?", "NFC手机, 8+256"])
def test_full_width_is_the_same_to_the_reader(text):
    changed = {one.text for one in changes(chinese.full_width, example(text, "greet"), 12)}
    assert len(changed) == 2
    assert all(fold(one) == fold(text) and one != text for one in changed)


@pytest.mark.parametrize("name", ["order_id", "email", "phone", "postal_code"])
def test_an_example_with_a_code_keeps_its_width(name):
    coded = example("查A1234", "track_order", (name, "A1234"), language="zh")
    assert changes(chinese.full_width, coded, 6) == [coded] * 6
