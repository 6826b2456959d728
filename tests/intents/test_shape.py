from intents.shape import NUMBER, shape
from intents.types import Slot


def test_numbers_are_marked_in_place():
    prepared = shape("under 300块")
    assert prepared.marked[6:9] != "300"
    assert len(prepared.marked) == len("under 300块")
    assert prepared.numbers[6].low == 300


def test_a_mark_that_comes_from_outside_is_no_number():
    prepared = shape("\ue000\ue001")
    assert prepared.numbers == {}
    assert "\ue000" not in prepared.marked


def test_without_closes_the_places_of_slots():
    prepared = shape("300 red").without([Slot("price", "", "300", 0, 3)])
    assert "300" not in prepared.aligned
    assert prepared.aligned[4:] == "red"
    assert prepared.raw == "300 red"


def test_slot_leaves_spaces_at_its_edges_out():
    slot = shape("a  big one").slot("size", "big", 1, 7)
    assert (slot.raw, slot.start, slot.end) == ("big", 3, 6)


def test_the_number_pattern_never_matches_part_of_a_number():
    import re

    prepared = shape("1234kg")
    assert re.search(NUMBER + "(?!kg)", prepared.marked) is None
