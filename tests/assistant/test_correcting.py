from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.correcting import read_correction, read_moved
from catalog.types import NumberConstraint, TextConstraint
from intents.shape import shape
from intents.types import Measure, Slot
from intents.values.measures import find_measures
from tests.assistant.builders import color, nlu, product_type, searching, state
from tests.intents.words import Match

GREEN_TEA = TextConstraint("scent", ("green tea", "绿茶"))
UNSCENTED = TextConstraint("scent", ("unscented", "无香"))
SU_WAN = TextConstraint("author", ("su wan", "苏晚"))
QUILL = TextConstraint("author", ("thomas quill",))


class Words:
    """Knows two values beside the names of their attributes."""

    def find(self, text, language="en"):
        named = {"scent: 无香": UNSCENTED, "author: Thomas Quill": QUILL}
        found = named.get(text)
        return [Match("feature", found.values[0], found, 0, len(text))] if found else []


def wished(constraint, raw):
    wish = Slot("feature", constraint.values[0], raw, resolved=constraint)
    return state(goal=searching(product_type("things"), wish))


def at(text, name, words, **fields):
    start = text.index(words)
    return Slot(name, words, words, start, start + len(words), **fields)


@pytest.mark.parametrize(
    ("held", "raw", "text", "right", "value"),
    [
        (GREEN_TEA, "绿茶", "收回刚才那句，把绿茶改成无香", "无香", UNSCENTED),
        (GREEN_TEA, "绿茶", "哎呀嘴瓢了，是无香，不是绿茶", "无香", UNSCENTED),
        (SU_WAN, "Su Wan", "scratch that, Thomas Quill and not Su Wan", "Thomas Quill", QUILL),
        (SU_WAN, "Su Wan", "change Su Wan to Thomas Quill", "Thomas Quill", QUILL),
    ],
)
def test_what_takes_the_place_of_a_value_is_of_its_attribute(held, raw, text, right, value):
    misread = at(text, "product_type", raw, role="exclude")
    read = read_correction(wished(held, raw), nlu("refine_search", misread, text=text), Words)
    assert read.intent == "correct_previous"
    assert [(slot.name, slot.raw, slot.resolved) for slot in read.slots] == [
        ("feature", right, value)
    ]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("是黑色，不是红色，刚才说错了，是黑色，不是红色", "红色", "黑色"),
        ("change red to black", "red", "black"),
    ],
)
def test_a_value_that_was_read_right_is_taken_as_it_is(text, old, new):
    before = state(goal=searching(product_type("shoes"), color(old)))
    black = replace(at(text, "color", new), resolved=TextConstraint("color", (new,)))
    read = read_correction(before, nlu("correct_previous", black, text=text), Words)
    assert [slot.value for slot in read.slots] == [new]


@pytest.mark.parametrize(
    ("held", "raw", "text"),
    [
        (GREEN_TEA, "绿茶", "把绿茶改成便宜的"),  # no scent is called so
        (GREEN_TEA, "绿茶", "把地址改成北京"),
        (SU_WAN, "Su Wan", "show me Thomas Quill"),
    ],
)
def test_what_changes_no_wish_is_left_alone(held, raw, text):
    said = nlu("search_product", text=text)
    assert read_correction(wished(held, raw), said, Words) is said


def test_a_kind_that_is_changed_is_a_new_search():
    said = nlu("search_product", text="把杯子改成盘子")
    before = state(goal=searching(product_type("杯子")))
    assert read_correction(before, said, Words) is said


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("110 mm", (110, "mm")),
        ("11厘米", (11, "cm")),
        ("110 mm wide", None),
        ("宽度110mm", None),
        ("2 kg", None),
    ],
)
def test_a_bare_amount_moves_the_bound_that_nothing_was_found_within(text, moved):
    bound = NumberConstraint("height", maximum=Decimal(76), unit="mm")
    wish = Slot("measure", Measure("height", None, Decimal(76), "mm"), "76 mm", resolved=bound)
    goal = replace(searching(product_type("shelf"), wish), failing=("measure",))
    said = nlu("refine_search", *find_measures(shape(text)), text=text)
    read = read_moved(state(goal=goal), said)
    if moved is None:
        assert read is said
        return
    amount, unit = moved
    assert read.slots[0].resolved == NumberConstraint("height", None, Decimal(amount), unit)
    assert read_moved(state(goal=replace(goal, failing=())), said) is said
