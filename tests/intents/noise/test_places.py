import pytest

from intents.names import SLOTS
from intents.noise.places import CODES, NUMBERS, at_border, is_free
from tests.intents.labelled import example

ORDER = example("ship order 48213 to me", "track_order", ("order_id", "48213"))
CHINESE = example("要红色的300元", "search_product", ("color", "红色"), ("price", "300元"))


def test_the_kinds_are_slots_of_ours():
    assert CODES < NUMBERS < SLOTS


@pytest.mark.parametrize(
    ("start", "end", "free"),
    [(0, 11, True), (0, 12, False), (11, 12, False), (13, 14, False), (15, 16, False),
     (16, 17, True), (0, 22, False), (12, 12, False), (11, 11, True), (16, 16, True)],
)  # fmt: skip
def test_a_place_is_free_where_it_touches_no_such_slot(start, end, free):
    assert is_free(ORDER, start, end, CODES) is free


@pytest.mark.parametrize(
    ("start", "end", "kept", "free"),
    [(1, 3, NUMBERS, True), (1, 3, {"color"}, False), (4, 7, NUMBERS, False),
     (4, 7, CODES, True), (3, 4, NUMBERS, True), (3, 5, NUMBERS, False), (0, 8, (), True)],
)  # fmt: skip
def test_only_the_named_slots_are_kept(start, end, kept, free):
    assert is_free(CHINESE, start, end, kept) is free


@pytest.mark.parametrize(
    ("place", "border"),
    [(0, False), (1, True), (2, False), (3, True), (4, True), (5, False), (8, True)],
)
def test_borders_are_where_slots_begin_and_end(place, border):
    assert at_border(CHINESE, place) is border
    assert not at_border(example("hello", "greet"), place)
