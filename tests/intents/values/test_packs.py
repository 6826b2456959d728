from decimal import Decimal

import pytest

from intents.shape import shape
from intents.types import Measure
from intents.values.packs import find_dimensions, find_packs

PACKS = [
    ("pack of 6", 6, "pack of 6"),
    ("6-pack of socks", 6, "6-pack"),
    ("set of 4 mugs", 4, "set of 4"),
    ("a box of twelve", 12, "box of twelve"),
    ("2 packs of 6", 6, "of 6"),
    ("6支装", 6, "6支装"),
    ("十片装的面膜", 10, "十片装"),
    ("一箱24瓶", 24, "一箱24瓶"),
    ("两箱24瓶", 24, "24瓶"),
    ("12 x 500ml drinks", 12, "12 x"),
    ("6x330ml cola", 6, "6x"),
    ("6×1.5升", 6, "6×"),
    ("500ml*24瓶", 24, "*24瓶"),
    ("10包一箱", 10, "10包一箱"),
    ("24瓶/箱的水", 24, "24瓶/箱"),
    ("12支每盒", 12, "12支每盒"),
]


@pytest.mark.parametrize(("text", "pieces", "words"), PACKS)
def test_how_many_come_together(text, pieces, words):
    (slot,) = find_packs(shape(text))
    assert slot.value == Measure("pack_size", Decimal(pieces), Decimal(pieces), "piece")
    assert slot.raw == words


@pytest.mark.parametrize(
    "text",
    [
        "a pack of $6",
        "backpack",
        "1000 piece puzzle",
        "一箱",
        "add 2 x 500ml shampoo",
        "买2×500ml",
        "12x16",
        "10包两箱",
        "10包，一箱",
    ],
)
def test_no_packs(text):
    assert find_packs(shape(text)) == []


@pytest.mark.parametrize(
    ("text", "sides", "unit"),
    [
        ("30 x 40 cm", (30, 40), "cm"),
        ("30x40cm frame", (30, 40), "cm"),
        ("100x45x45cm", (100, 45, 45), "cm"),
        ("50 by 60 inches", (50, 60), "inch"),
        ('20" x 20"', (20, 20), "inch"),
        ("１００×２００厘米", (100, 200), "cm"),
    ],
)
def test_the_sides_of_a_thing(text, sides, unit):
    found = [slot.value for slot in find_dimensions(shape(text))]
    assert found == [Measure("dimension", Decimal(s), Decimal(s), unit) for s in sides]


@pytest.mark.parametrize("text", ["20x20", "1920x1080", "4x4", "x3", "$30 x 2"])
def test_without_a_unit_it_stays_text(text):
    assert find_dimensions(shape(text)) == []
