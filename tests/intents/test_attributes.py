import pytest

from intents.attributes import find_attributes
from intents.shape import shape
from intents.types import Slot
from tests.intents.words import Words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("what about battery life", ["battery_life"]),
        ("how much RAM does it have", ["ram_size"]),
        ("续航怎么样", ["battery_life"]),
        ("forget the brand", ["brand"]),
        ("价格和材质都不限", ["price", "material"]),
        ("what is the resolution", ["resolution"]),
        ("is it nice", []),
        ("", []),
    ],
)
def test_names_the_catalogues_attribute_or_the_common_one(text, names):
    class Known(Words):
        def attribute(self, words, language="en"):
            return {"memory": "ram_size", "battery life": "battery_life"}.get(words)

    slots = find_attributes(shape(text), (), Known())
    assert [slot.value for slot in slots] == names
    assert all(text[slot.start : slot.end] == slot.raw for slot in slots)


def test_the_longer_name_wins_over_a_slot_inside_it():
    text = "battery life"
    inside = Slot("product_type", "battery", "battery", 0, 7)
    assert [s.raw for s in find_attributes(shape(text), [inside], Words())] == [text]


def test_a_slot_that_covers_the_name_keeps_it():
    text = "memory foam"
    outside = Slot("product_type", "memory foam", text, 0, len(text))
    assert find_attributes(shape(text), [outside], Words()) == []
