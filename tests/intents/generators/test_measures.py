"""Measures mean the number and the unit that are written in them."""

import re
from decimal import Decimal

import pytest

from intents.generators import BODIES, GENERATORS
from intents.types import Measure
from tests.intents.generators.making import made, misread, read

UNITS = {
    "GB": "GB", "gb": "GB", "TB": "TB", "kg": "kg", "kilos": "kg", "lbs": "lb", "ml": "ml",
    "mm": "mm", "cm": "cm", "watts": "W", "oz": "oz", "litres": "L", "L": "L", "mAh": "mAh",
    "Hz": "Hz", "inches": "inch", "meters": "m", "feet": "ft", "MP": "MP", "lumens": "lumen",
    "寸": "inch", "英寸": "inch", "公斤": "kg", "克": "g", "毫升": "ml", "升": "L", "厘米": "cm",
    "米": "m", "瓦": "W", "毫安": "mAh", "毫安时": "mAh", "赫兹": "Hz", "磅": "lb", "流明": "lumen",
}  # fmt: skip
PLAIN = (
    r"(?P<number>\d+(?:\.\d+)?) (?P<unit>[A-Za-z]+)"
    r"|(?P<n>\d+(?:\.\d+)?)(?P<u>[寸英公克斤毫升厘米瓦安时赫兹磅流明]+)"
)


def number_and_unit(words):
    found = re.fullmatch(PLAIN, words)
    return Decimal(found["number"] or found["n"]), UNITS.get(found["unit"] or found["u"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_amount_has_its_number_and_unit(language):
    texts = [one for one in made(GENERATORS[language]["measure"], 3000)
             if re.fullmatch(PLAIN, one) and number_and_unit(one)[1]]  # fmt: skip
    assert len({number_and_unit(one)[1] for one in texts}) > 8

    def fits(words, value):
        number, unit = number_and_unit(words)
        return value.unit == unit and value.minimum == number <= value.maximum < number + 1

    assert misread("measure", texts, fits) == []


@pytest.mark.parametrize(
    ("language", "pattern", "sides"),
    [
        ("en", r"(at least|minimum|more than|over) (?P<n>[\d.]+) (kg|cm|mm|oz|GB|Hz|mAh)", "least"),
        ("en", r"(up to|under|no more than|max) (?P<n>[\d.]+) (kg|cm|mm|oz|GB|Hz|mAh)", "most"),
        ("zh", r"(至少|起码|不低于)(?P<n>[\d.]+)(公斤|厘米|毫升|升|寸)", "least"),
        ("zh", r"(?P<n>[\d.]+)(公斤|厘米|毫升|升|寸)(以内|以下|之内)", "most"),
    ],
)
def test_a_bound_is_on_its_side(language, pattern, sides):
    texts = [one for one in made(GENERATORS[language]["measure"], 8000)
             if re.fullmatch(pattern, one)]  # fmt: skip
    assert len(texts) >= 5

    def fits(words, value):
        number = Decimal(re.fullmatch(pattern, words)["n"])
        bounds = (number, None) if sides == "least" else (None, number)
        return (value.minimum, value.maximum) == bounds

    assert misread("measure", texts, fits) == []


@pytest.mark.parametrize(
    ("words", "attribute"),
    [("16GB of RAM", "memory"), ("512GB SSD", "storage"), ("15.6 inch screen", "screen_size"),
     ("16G内存", "memory"), ("512G硬盘", "storage"), ("27寸屏幕", "screen_size"),
     ("144Hz刷新率", "refresh_rate")],
)  # fmt: skip
def test_named_attributes_are_made_and_understood(words, attribute):
    shape = re.escape(words).replace(r"\ ", " ?")
    shape = re.sub(r"\d+(\\\.\d+)?", r"[\\d.]+", shape)
    language = "en" if words.isascii() else "zh"
    assert any(re.fullmatch(shape, one) for one in made(GENERATORS[language]["measure"], 9000))
    value = read("measure", words)
    assert isinstance(value, Measure)
    assert value.attribute == attribute


def test_phones_are_sold_as_memory_and_storage():
    every = made(GENERATORS["zh"]["measure"], 4000)
    texts = [one for one in every if re.fullmatch(r"\d+\+\d+", one)]
    assert len(texts) > 5
    sound = [one for one in texts if int(one.partition("+")[0]) < int(one.partition("+")[2])]

    def fits(words, value):
        return (value.attribute, value.minimum) == ("memory", int(words.partition("+")[0]))

    assert misread("measure", sound, fits) == []
    assert sorted(set(texts) - set(sound)) == []


@pytest.mark.parametrize(
    ("language", "pattern", "low", "high"),
    [("en", r"(\d+) ?cm", 60, 195), ("en", r"(\d+) (?:lbs|lb|pounds)", 95, 250),
     ("zh", r"(\d{3})(?:cm|公分)", 145, 195), ("zh", r"(\d+)(?:公斤|kg)", 40, 110)],
)  # fmt: skip
def test_bodies_are_those_of_people(language, pattern, low, high):
    texts = [one for one in made(BODIES[language], 1500) if re.fullmatch(pattern, one)]
    assert len(texts) > 10
    assert all(low <= int(re.fullmatch(pattern, one)[1]) <= high for one in texts)

    def fits(words, value):
        return value.minimum == int(re.fullmatch(pattern, words)[1])

    assert misread("measure", texts, fits) == []


def test_no_wish_is_bounded_on_both_sides_at_once():
    """至少60度以内 says nothing that anyone could mean."""
    texts = made(GENERATORS["zh"]["measure"], 6000)
    twice = [one for one in texts if re.match(r"(至少|起码|不低于|最少).*(以内|以下|之内)$", one)
             or re.match(r"(不超过|最多|不要超过).*(以上|起|往上)$", one)]  # fmt: skip
    assert twice == []


def test_height_and_weight_of_a_body_stand_apart():
    """182 and 93斤 run together are another weight."""
    texts = made(BODIES["zh"], 3000)
    assert [one for one in texts if re.fullmatch(r"\d{4,}斤", one)] == []


def test_chinese_weights_in_jin_are_halved():
    texts = [one for one in made(BODIES["zh"], 1500) if re.fullmatch(r"\d{2,3}斤", one)]
    assert len(texts) > 20
    assert all(85 <= int(one[:-1]) <= 220 for one in texts)

    def fits(words, value):
        return (value.minimum, value.unit) == (Decimal(words[:-1]) / 2, "kg")

    assert misread("measure", texts, fits) == []
