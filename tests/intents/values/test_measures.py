from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.shape import shape
from intents.types import Measure
from intents.values.measures import find_measures

# text, attribute, minimum, maximum, unit
MEASURES = [
    ("at least 8GB RAM", "memory", 8, None, "GB"),
    ("16GB of RAM", "memory", 16, 16, "GB"),
    ("RAM at least 16 gb", "memory", 16, None, "GB"),
    ("16 or 32 GB RAM", "memory", 16, 32, "GB"),
    ("内存8G以上", "memory", 8, None, "GB"),
    ("8G内存", "memory", 8, 8, "GB"),
    ("256GB storage", "storage", 256, 256, "GB"),
    ("at least 512 gb of storage", "storage", 512, None, "GB"),
    ("1TB SSD", "storage", 1, 1, "TB"),
    ("固态硬盘1T", "storage", 1, 1, "TB"),
    ("128G", "", 128, 128, "GB"),
    ("16GB or more", "", 16, None, "GB"),
    ("15 inch laptop", "", 15, "15.9", "inch"),
    ('15.6"', "", "15.6", "15.6", "inch"),
    ("between 13 and 15 inches", "", 13, 15, "inch"),
    ("screen bigger than 6 inches", "screen_size", 6, None, "inch"),
    ("27寸显示器", "screen_size", 27, "27.9", "inch"),
    ("15英寸以上的屏幕", "screen_size", 15, None, "inch"),
    ("13到15寸", "", 13, 15, "inch"),
    ("under 2 kg", "weight", None, 2, "kg"),
    ("lighter than 2kg if possible", "weight", None, 2, "kg"),
    ("heavier than two kilos", "weight", 2, None, "kg"),
    ("wider than 50 cm", "width", 50, None, "cm"),
    ("no wider than 60 cm", "width", None, 60, "cm"),
    ("not narrower than 50 cm", "width", 50, None, "cm"),
    ("nothing thicker than 2 cm", "thickness", None, 2, "cm"),
    ("not deeper than 40 cm", "depth", None, 40, "cm"),
    ("no taller than 180 cm", "height", None, 180, "cm"),
    ("not slimmer than 1 cm", "thickness", 1, None, "cm"),
    ("lighter than 1.2kg", "weight", None, "1.2", "kg"),
    ("not heavier than 2kg", "weight", None, 2, "kg"),
    ("less than 500g", "weight", None, 500, "g"),
    ("500g coffee", "weight", 500, 500, "g"),
    ("20 lbs dumbbells", "weight", 20, 20, "lb"),
    ("chair that supports 300 lbs", "max_load", 300, None, "lb"),
    ("supports up to 300 lbs", "max_load", 300, None, "lb"),
    ("weight capacity of at least 120 kg", "max_load", 120, None, "kg"),
    ("max load under 50 kg", "max_load", None, 50, "kg"),
    ("承重150公斤的椅子", "max_load", 150, None, "kg"),
    ("最大承重150公斤以上", "max_load", 150, None, "kg"),
    ("承重不超过100公斤", "max_load", None, 100, "kg"),
    ("a chair for someone who weighs 120 kg", "body_weight", 120, 120, "kg"),
    ("laptop that weighs 1 kg", "weight", 1, 1, "kg"),
    ("重150公斤", "weight", 150, 150, "kg"),
    ("supports 65W charging", "power", 65, 65, "W"),
    ("2斤以下", "weight", None, 1, "kg"),
    ("半斤", "weight", "0.25", "0.25", "kg"),
    ("二两茶叶", "weight", 100, 100, "g"),
    ("三两以下", "weight", None, 150, "g"),
    ("四两装的坚果", "weight", 200, 200, "g"),
    ("三斤半的大米", "weight", "1.75", "1.75", "kg"),
    ("half a pound of coffee", "weight", "0.5", "0.5", "lb"),
    ("half a litre water bottle", "capacity", "0.5", "0.5", "L"),
    ("at least one and a half litres", "capacity", "1.5", None, "L"),
    ("续航一个半小时以上", "battery_life", "1.5", None, "hour"),
    ("三尺宽的桌子", "width", 1, 1, "m"),
    ("vacuum under 60 dB", "noise_level", None, 60, "dB"),
    ("低于60分贝的吸尘器", "noise_level", None, 60, "dB"),
    ("what about 2 litres", "capacity", 2, 2, "L"),
    ("how about 13 inch", "", 13, "13.9", "inch"),
    ("不超过1公斤", "weight", None, 1, "kg"),
    ("比2公斤轻", "weight", None, 2, "kg"),
    ("轻于2公斤", "weight", None, 2, "kg"),
    ("宽于50厘米", "width", 50, None, "cm"),
    ("不宽于60厘米", "width", None, 60, "cm"),
    ("不窄于50厘米", "width", 50, None, "cm"),
    ("别厚于2厘米", "thickness", None, 2, "cm"),
    ("不深于40厘米", "depth", None, 40, "cm"),
    ("不矮于1米", "height", 1, None, "m"),
    ("不薄于1厘米", "thickness", 1, None, "cm"),
    ("不重于2公斤", "weight", None, 2, "kg"),
    ("别比2公斤重", "weight", None, 2, "kg"),
    ("比60厘米宽", "width", 60, None, "cm"),
    ("别比60厘米宽", "width", None, 60, "cm"),
    ("500ml bottle", "capacity", 500, 500, "ml"),
    ("1.5升的水壶", "capacity", "1.5", "1.5", "L"),
    ("about 1.5 l", "capacity", "1.2", "1.8", "L"),
    ("2L以上大容量", "capacity", 2, None, "L"),
    ("65W charger", "power", 65, 65, "W"),
    ("65瓦快充", "power", 65, 65, "W"),
    ("5000mAh", "", 5000, 5000, "mAh"),
    ("10000毫安以上", "", 10000, None, "mAh"),
    ("at least 10 hours of battery", "battery_life", 10, None, "hour"),
    ("battery life over 20 hours", "battery_life", 20, None, "hour"),
    ("续航20小时以上", "battery_life", 20, None, "hour"),
    ("144Hz", "", 144, 144, "Hz"),
    ("120赫兹刷新率", "refresh_rate", 120, 120, "Hz"),
    ("48MP camera", "camera", 48, 48, "MP"),
    ("4800万像素", "", 48, 48, "MP"),
    ("under 50 cm", "", None, 50, "cm"),
    ("width under 50 cm", "width", None, 50, "cm"),
    ("长2米", "length", 2, 2, "m"),
    ("跟高5厘米", "heel_height", 5, 5, "cm"),
    ("stays hot for at least 12 hours", "keeps_hot", 12, None, "hour"),
    ("keeps drinks cold for 24 hours", "keeps_cold", 24, 24, "hour"),
    ("保温12小时以上", "keeps_hot", 12, None, "hour"),
    ("battery lasts 12 hours", "battery_life", 12, 12, "hour"),
    ("12 fl oz", "capacity", 12, 12, "floz"),
    ("a 5 pound bag, price under 20", "weight", 5, 5, "lb"),
    ("6 ft cable", "", 6, 6, "ft"),
    ("300 pages", "", 300, 300, "page"),
    ("1000 piece puzzle", "", 1000, 1000, "piece"),
    ("20片装", "", 20, 20, "piece"),
    ("4 person tent", "people", 4, 4, "person"),
    ("i'm 175cm", "body_height", 175, 175, "cm"),
    ("身高175", "body_height", 175, 175, "cm"),
    ("体重150", "body_weight", 75, 75, "kg"),
]


def decimal(value):
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize(("text", "attribute", "minimum", "maximum", "unit"), MEASURES)
def test_reads_the_wish(text, attribute, minimum, maximum, unit):
    (slot,) = find_measures(shape(text))
    assert slot.value == Measure(attribute, decimal(minimum), decimal(maximum), unit)
    assert text[slot.start : slot.end] == slot.raw


@pytest.mark.parametrize(
    "text",
    [
        "5G手机", "5g phone", "ships in 24 hours", "24小时发货", "续航长", "100x45x45cm",
        "under 50",
        "一两个", "周四两点送", "42尺码", "half price",
        "size 42", "W1234567", "i can spend up to 75 pounds", "3 packs please", "第三个", "",
    ],
)  # fmt: skip
def test_reads_no_measure(text):
    assert find_measures(shape(text)) == []


@pytest.mark.parametrize(
    ("text", "memory", "storage", "unit"),
    [("8+256", 8, 256, "GB"), ("12+512G", 12, 512, "GB"), ("16G+1T", 16, 1, "TB")],
)
def test_phones_are_sold_by_memory_and_storage(text, memory, storage, unit):
    first, second = find_measures(shape(text))
    assert first.value == Measure("memory", Decimal(memory), Decimal(memory), "GB")
    assert second.value == Measure("storage", Decimal(storage), Decimal(storage), unit)


def test_several_measures_in_one_text():
    slots = find_measures(shape("512 gb of storage and 16 gb of memory"))
    assert [slot.value.attribute for slot in slots] == ["storage", "memory"]


@given(
    st.integers(1, 9_999),
    st.sampled_from(
        [
            ("at least {} kg", "kg"),
            ("{}公斤以上", "kg"),
            ("不低于{}毫升", "ml"),
            ("over {} cm", "cm"),
        ]
    ),
)
def test_every_phrased_minimum_means_its_amount(amount, phrase):
    pattern, unit = phrase
    (slot,) = find_measures(shape(pattern.format(amount)))
    assert (slot.value.minimum, slot.value.maximum, slot.value.unit) == (amount, None, unit)


@given(st.text(max_size=200) | st.text("0123456789gGkbwmlTBh\"'+寸斤升天", max_size=60))
def test_any_text_gives_measures_whose_places_hold_their_words(text):
    for slot in find_measures(shape(text)):
        assert text[slot.start : slot.end] == slot.raw
