from collections import Counter
from decimal import Decimal

import pytest

from catalog.text import has_chinese
from tests.assistant.shelf import HEADPHONES, LIGHTS
from tests.benchmarks.dialogue.conditions import Condition, Listed, holds, read_conditions
from tests.benchmarks.dialogue.contexts import Item, read_contexts, shares
from tests.benchmarks.dialogue.references import is_right


@pytest.mark.parametrize("name", ["references", "refinements"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_there_are_three_hundred_messages_and_every_third_is_held_out(name, language):
    contexts = read_contexts(name, language)
    items = [item for one in contexts for item in one.items]
    assert len(items) >= 300
    held_out = Counter(item.held_out for item in items)
    assert abs(held_out[False] - 2 * held_out[True]) <= 2
    turns = [turn for one in contexts for turn in one.turns]
    assert all(has_chinese(turn) is (language == "zh") for turn in turns)


def test_a_missing_set_is_said(tmp_path):
    with pytest.raises(ValueError, match="expected a set at"):
        read_contexts("references", "en", tmp_path)


def test_what_was_done_must_be_done_to_exactly_what_was_meant():
    one = frozenset(["P1"])
    assert is_right(("done", one), ("done", one))
    assert not is_right(("done", one), ("asked", one))
    assert not is_right(("done", one), ("done", frozenset(["P1", "P2"])))
    assert is_right(("nothing", frozenset()), ("nothing", frozenset()))


def test_conditions_are_told_from_records():
    listed = [Listed(one, one.variants[0].prices[0].amount, "red") for one in HEADPHONES]
    (cheaper,) = read_conditions("price < @")
    assert [holds(cheaper, one, listed[1], listed) for one in listed] == [False, False, True]
    (middle,) = read_conditions("price < *")
    assert [holds(middle, one, None, listed) for one in listed] == [False, False, True]
    (quiet,) = read_conditions("noise_cancelling = yes")
    assert [holds(quiet, one, None, listed) for one in listed] == [True, False, False]
    (brand,) = read_conditions("brand != Tidewave")
    assert [holds(brand, one, None, listed) for one in listed] == [True, False, False]
    lamp = Listed(LIGHTS[0], Decimal(70))
    assert holds(Condition("power", "<=", "5"), lamp, None, [])


def test_signs_of_wishes_are_no_conditions():
    assert read_conditions("-price; +color; fresh") == []


def test_a_share_is_of_all_and_of_each_part():
    rows = [(Item("a", "1", False), True), (Item("b", "1", True), False)]
    assert shares(rows, "en") == {
        "accuracy_en": 50.0, "accuracy_en_open": 100.0, "accuracy_en_held_out": 0.0,
    }  # fmt: skip
