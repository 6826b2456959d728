from decimal import Decimal

import pytest

from intents.shape import shape
from intents.types import Measure
from intents.values.bodies import find_bodies

BOTH = [
    ("I'm 6 foot 2, 180 lbs, which size", "74", "inch", "180", "lb"),
    ("I'm 170cm and 65 kilos, what size", "170", "cm", "65", "kg"),
    ("I'm 6'1\" 190 pounds what size jacket", "73", "inch", "190", "lb"),
    ("she is 5 ft 4 and weighs 120 pounds", "64", "inch", "120", "lb"),
    ("I weigh 140 lbs and I'm 5'6, what size", "66", "inch", "140", "lb"),
    ("我一米七，130斤，穿多大的", "1.7", "m", "65", "kg"),
    ("一米八二 160斤", "1.82", "m", "80", "kg"),
    ("我170，60公斤，穿什么码", "170", "cm", "60", "kg"),
    ("我165，110斤，穿什么码", "165", "cm", "55", "kg"),
    ("本人178，75kg", "178", "cm", "75", "kg"),
    ("给我妈买衣服，她一米六，120斤", "1.6", "m", "60", "kg"),
    ("体重110斤身高160厘米", "160", "cm", "55", "kg"),
]


@pytest.mark.parametrize(("text", "tall", "length", "heavy", "unit"), BOTH)
def test_height_and_weight_together_are_a_body(text, tall, length, heavy, unit):
    found = {slot.value.attribute: slot.value for slot in find_bodies(shape(text))}
    height, weight = found["body_height"], found["body_weight"]
    assert (height.minimum, height.maximum, height.unit) == (Decimal(tall), Decimal(tall), length)
    assert (weight.minimum, weight.maximum, weight.unit) == (Decimal(heavy), Decimal(heavy), unit)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("他一米八，穿多大", "一米八"),
        ("I'm 170cm, what size", "170cm"),
        ("我168cm穿什么码", "168cm"),
    ],
)
def test_a_height_alone_is_a_body_where_a_size_is_asked_for(text, words):
    (slot,) = find_bodies(shape(text))
    assert (slot.value.attribute, slot.raw) == ("body_height", words)


@pytest.mark.parametrize("text", ["我130斤", "我有130斤，选什么码", "我妈130斤"])
def test_a_weight_alone_is_a_body_right_behind_somebody(text):
    (slot,) = find_bodies(shape(text))
    assert slot.value == Measure("body_weight", Decimal(65), Decimal(65), "kg")


@pytest.mark.parametrize(
    "text",
    [
        "我要50斤大米",
        "给我50斤大米",
        "我老公50公斤的哑铃",
        "给我找一米八的床单",
        "给我一米八的床，多大的合适",
        "a desk 160 cm wide, 40 kg",
        "a rug 170cm, 5kg",
        "沙发180厘米，60公斤",
        "哑铃150，30公斤",
        "walking pad 140cm 30kg",
        "我要5公斤大米",
        "under 2 kg, 15 inch",
        "what size is the 2m rug",
    ],
)
def test_measures_of_things_are_no_body(text):
    assert find_bodies(shape(text)) == []
