from collections import Counter
from dataclasses import replace

import pytest

from intents.examples import Example, load_folder
from intents.gazetteer import Gazetteer, _key, _sections, _texts, load_gazetteer
from intents.gazetteer.check import LEAST, Misleading, misleading
from intents.hints import hints_of
from intents.parser import DATA
from intents.types import Slot

NAMES = Gazetteer(
    {
        "brand": ["Fizzle & Co", "青禾记"],
        "product_type": ["egg slicer", "bench", "切蛋器", "蛋", "工具箱", "T恤"],
        "feature": ["egg slicer", "dishwasher safe"],
    }
)


def found(text):
    return [(text[one.start : one.end], one.label) for one in NAMES.find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("an egg slicer, dishwasher-safe", ["egg slicer", "dishwasher-safe"]),
        ("EGG SLICERS from fizzle & co", ["EGG SLICERS", "fizzle & co"]),
        ("two benches", ["benches"]),
        ("an egg, slicer", []),
        ("有没有青禾記的切蛋器", ["青禾記", "切蛋器"]),
        ("买点蛋", []),
        ("Ｔ恤一件", ["Ｔ恤"]),
        ("", []),
    ],
)
def test_names_are_found_as_they_are_written(text, names):
    assert [raw for raw, _ in found(text)] == names


def test_of_several_slots_the_first_counts_and_of_overlapping_names_the_longest():
    assert found("an egg slicer") == [("egg slicer", "product_type")]
    longer = Gazetteer({"product_type": ["tool box", "box", "工具", "工具箱"]})
    assert [(one.start, one.end) for one in longer.find("tool box")] == [(0, 8)]
    assert [(one.start, one.end) for one in longer.find("工具箱")] == [(0, 3)]


def test_a_name_is_a_hint_where_nothing_is_known_and_in_place_of_its_parts():
    text = "water bottle under 20"
    known = (
        Slot("material", "water", "water", 0, 5),
        Slot("price", "20", "under 20", 13, 21),
    )
    spans = [(one.label, text[one.start : one.end]) for one in hints_of(known, text)]
    assert spans == [("product_type", "water bottle"), ("price", "under 20")]


@pytest.mark.parametrize(
    ("text", "words"), [("a shirt from forever 21", "21"), ("万能胶20克", "20克")]
)
def test_what_a_rule_has_read_is_never_overruled(text, words):
    start = text.index(words)
    amount = Slot("size", words, words, start, start + len(words))
    hints = hints_of((amount,), text)
    assert [text[one.start : one.end] for one in hints if one.label == "size"] == [words]
    assert not [one for one in hints if one.label == "brand" and one.end > start]
    brand = replace(amount, name="feature")
    assert ("forever 21" in text) == any(one.label == "brand" for one in hints_of((brand,), text))


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("garlic press", "product_type"),
        ("压蒜器", "product_type"),
        ("洗衣凝珠", "product_type"),
        ("Le Creuset", "brand"),
        ("九阳", "brand"),
        ("corduroy", "material"),
        ("灯芯绒", "material"),
    ],
)
def test_everyday_names_of_both_languages_ship_with_the_project(text, slot):
    assert [(one.label, one.end) for one in load_gazetteer().find(text)] == [(slot, len(text))]


def test_both_languages_know_every_slot_that_the_gazetteer_has():
    # A list that one language lacks would help the other one alone.
    named = {"en": Counter(), "zh": Counter()}
    for file, text in _texts():
        for slot, words in _sections(file, text):
            named[file[:2]][slot] += len(words)
    usual = [{slot for slot, count in named[one].items() if count > 20} for one in ("en", "zh")]
    assert usual[0] == usual[1]


def test_names_below_no_slot_are_refused_with_their_line():
    with pytest.raises(ValueError, match=r"one\.txt:2: expected names below \[slot\], got 'gizmo'"):
        list(_sections("one.txt", "[gizmo]\nspurtle, 切蛋器"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_stands_once_in_a_language(language):
    texts = [one for one in _texts() if one[0].startswith(language)]
    keys = Counter(_key(w) for t in texts for _, words in _sections(*t) for w in words)
    assert not [key for key, count in keys.items() if count > 1 or not key]


def test_a_name_that_labels_speak_against_is_told_with_its_counts():
    def line(text, *slots):
        return Example(text, "search_product", slots, "en", "x.yml", 1)

    spurtle = Slot("product_type", "spurtle", "spurtle", 2, 9)
    names = Gazetteer({"product_type": ["spurtle"], "brand": ["only", "老板"]})
    lines = [line("a spurtle only", spurtle), line("老板在吗")] * LEAST
    assert set(misleading(names, lines)) == {
        Misleading("only", "brand", LEAST, 0),
        Misleading("老板", "brand", LEAST, 0),
    }
    assert misleading(names, lines[2:]) == ()


def test_the_labels_of_the_project_speak_against_no_name():
    assert misleading(load_gazetteer(), load_folder(DATA)) == ()
