import re

import pytest

from intents.examples import Example
from intents.spans import edit, map_characters, substitute
from intents.types import Slot


def example(text, *slots):
    found = tuple(Slot(name, text[a:b], text[a:b], a, b) for name, a, b in slots)
    return Example(text, "search_product", found, "en", "a.yml", 1)


RED_SHOES = example("a red pair of shoes", ("color", 2, 5), ("product_type", 14, 19))


def shown(one):
    assert all(one.text[s.start : s.end] == s.raw == s.value for s in one.slots)
    return one.text, [slot.raw for slot in one.slots]


def test_edits_move_and_change_slots():
    changed = edit(RED_SHOES, [(0, 1, "the very"), (2, 5, "crimson"), (15, 16, "")])
    assert shown(changed) == ("the very crimson pair of soes", ["crimson", "soes"])


def test_what_is_put_in_at_a_border_stays_outside():
    changed = edit(RED_SHOES, [(2, 2, "_"), (5, 5, "_"), (19, 19, "!")])
    assert shown(changed) == ("a _red_ pair of shoes!", ["red", "shoes"])


def test_an_edit_across_a_border_is_not_made():
    assert edit(RED_SHOES, [(4, 8, "x")]) == RED_SHOES


def test_a_slot_without_words_is_dropped():
    assert shown(edit(RED_SHOES, [(2, 5, "")])) == ("a  pair of shoes", ["shoes"])


def test_edits_over_one_another_are_refused():
    with pytest.raises(ValueError, match="expected edits apart"):
        edit(RED_SHOES, [(6, 9, "x"), (7, 10, "y")])


def test_an_annotated_value_stays():
    slot = Slot("quantity", "12", "a dozen", 0, 7)
    one = Example("a dozen mugs", "add_to_cart", (slot,), "en", "a.yml", 1)
    assert edit(one, [(2, 7, "DOZEN")]).slots[0] == Slot("quantity", "12", "a DOZEN", 0, 7)


def test_substitute_and_map_characters_keep_slots():
    assert shown(substitute(RED_SHOES, re.compile("r"), lambda m: "rr")) == (
        "a rred pairr of shoes",
        ["rred", "shoes"],
    )
    doubled = map_characters(RED_SHOES, lambda c: c * 2 if c == "o" else "" if c == "a" else c)
    assert shown(doubled) == (" red pir oof shooes", ["red", "shooes"])
