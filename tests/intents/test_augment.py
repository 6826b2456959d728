from dataclasses import replace
from itertools import chain
from random import Random

import pytest

from catalog.types import LANGUAGES
from intents.augment import AUGMENTATIONS, augment
from intents.examples import Example, load_folder, read_annotations
from intents.noise import chinese, keys, mixing, speech
from intents.parser import DATA

CODES = ("order_id", "email", "phone", "postal_code")


def read(annotated, language="en"):
    text, slots = read_annotations(annotated, "a.yml:1")
    return Example(text, "search_product", slots, language, "a.yml", 1)


def written(example):
    """The example as an annotated line again; fails where a slot is not on its words."""
    text = example.text
    for slot in sorted(example.slots, key=lambda slot: -slot.start):
        assert example.text[slot.start : slot.end] == slot.raw
        text = f"{text[: slot.start]}[{slot.raw}]({slot.name}){text[slot.end :]}"
    return text


@pytest.fixture(scope="module")
def examples():
    return load_folder(DATA)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_augmentation_keeps_slots_on_their_words(examples, language):
    own = [example for example in examples if example.language == language][::9]
    for change in AUGMENTATIONS[language]:
        changed = [change(example, Random(5)) for example in own]
        assert any(one.text != old.text for one, old in zip(changed, own, strict=True)), change
        for one, old in zip(changed, own, strict=True):
            written(one)
            kept = [(slot.name, slot.role) for slot in old.slots]
            assert [(slot.name, slot.role) for slot in one.slots] == kept
            assert replace(one, text="", slots=()) == replace(old, text="", slots=())


def test_codes_keep_their_letters(examples):
    rng = Random(2)
    coded = [e for e in examples if any(slot.name in CODES for slot in e.slots)]
    for example in chain(coded, coded):
        before = [s.raw.casefold() for s in example.slots if s.name in CODES]
        after = [s.raw.casefold() for s in augment(example, rng).slots if s.name in CODES]
        assert before == after


def test_a_seed_gives_the_same_and_most_are_changed(examples):
    some = examples[::7]
    first, again = ([augment(e, Random(3)).text for e in some] for _ in range(2))
    assert first == again
    rng = Random(4)
    assert sum(augment(e, rng).text != e.text for e in some) / len(some) > 0.8


def test_a_typo_is_one_slip_outside_numbers():
    example = read("[shoes](product_type) [under forty dollars](price)")
    changed = {keys.typo(example, Random(seed)).text for seed in range(40)}
    assert len(changed) > 8
    assert all(text.endswith("under forty dollars") for text in changed)
    assert {abs(len(text) - len(example.text)) for text in changed} == {0, 1}


def test_spaces_are_lost_but_not_between_slots_of_letters():
    example = read("[red](color) [dress](product_type)")
    assert keys.missing_space(example, Random(1)) == example
    joined = keys.missing_space(read("[running shoes](product_type)"), Random(1))
    assert written(joined) == "[runningshoes](product_type)"


def test_marks_go_and_numbers_keep_theirs():
    example = read("hi, [4.5 stars](rating), [size 9.5](size)?")
    assert (
        written(keys.no_punctuation(example, Random(1)))
        == "hi [4.5 stars](rating) [size 9.5](size)"
    )


def test_shortcuts_and_apostrophes():
    assert (
        keys.no_apostrophe(read("don't like [men's](gender)"), Random(1)).text == "dont like mens"
    )
    texts = {keys.shortened(read("can you help please"), Random(seed)).text for seed in range(9)}
    assert "can u help pls" in texts


def test_same_sounds_are_of_one_sound():
    table = chinese.same_sounds()
    assert "芽" in table["牙"]
    assert not set("不两没") & set(table)
    example = read("[蓝牙耳机](product_type)有吗", "zh")
    changed = {chinese.same_sound(example, Random(seed)).text for seed in range(60)}
    assert "蓝芽耳机有吗" in changed


def test_traditional_in_each_variant():
    example = read("[红色](color)的[台灯](product_type)", "zh")
    changed = {written(chinese.traditional(example, Random(seed))) for seed in range(20)}
    assert (
        "[紅色](color)的[檯燈](product_type)" in changed
        or "[紅色](color)的[臺燈](product_type)" in changed
    )
    assert all("[紅色](color)" in text for text in changed)


def test_full_width_digits_and_letters():
    example = read("[256G](measure)", "zh")
    changed = {chinese.full_width(example, Random(seed)).text for seed in range(9)}
    assert changed == {"２５６G", "２５６Ｇ"}


def test_code_switching_takes_the_other_language():
    example = read("有没有[红色](color)的[连衣裙](product_type)", "zh")
    changed = {written(mixing.code_switch(example, Random(seed))) for seed in range(30)}
    assert "有没有[red](color)的[dress](product_type)" in changed
    english = mixing.code_switch(read("[dress](product_type)"), Random(1))
    assert english.slots[0].name == "product_type"
    assert not english.text.isascii()


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("en", "[under $50](price)", "[under fifty dollars](price)"),
        ("en", "[16GB](measure) in [42](size)", "[sixteen GB](measure) in [forty two](size)"),
        ("en", "order [48213](order_id), [2XL](size)", "order [48213](order_id), [2XL](size)"),
        ("zh", "要[2件](quantity)[￥300](price)的", "要[两件](quantity)[三百块](price)的"),
        ("zh", "[4.5分](rating)", "[四点五分](rating)"),
    ],
)  # fmt: skip
def test_numbers_are_spelled_out(language, line, expected):
    assert written(speech.spelled_out(read(line, language), Random(1))) == expected


def test_dictation_has_no_marks_and_small_letters():
    text = speech.spoken(read("Don't show me [Sony](brand), ok?"), Random(1)).text
    assert text in ("dont show me sony ok",)


def test_fillers_stay_outside_of_slots():
    for seed in range(9):
        hesitant = speech.hesitant(read("[蓝色](color)", "zh"), Random(seed))
        assert hesitant.slots[0].raw == "蓝色"
        assert hesitant.text != "蓝色"
