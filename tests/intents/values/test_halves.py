from decimal import Decimal

import pytest

from intents.shape import shape
from intents.values.halves import join_halves

UNITS = r"斤|公斤|两|升|小时|米|lit(?:er|re)s?|kilos?|feet"


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("三斤半", "3.5", "三斤半"),
        ("2公斤半的狗粮", "2.5", "2公斤半"),
        ("一升半以上", "1.5", "一升半"),
        ("二两半", "2.5", "二两半"),
        ("一个半小时", "1.5", "一个半小时"),
        ("三斤二两", "3.2", "三斤二两"),
        ("half a litre", "0.5", "half a litre"),
        ("a half-liter bottle", "0.5", "half-liter"),
        ("half of a kilo", "0.5", "half of a kilo"),
        ("two and a half feet", "2.5", "two and a half feet"),
        ("one and a half kilos", "1.5", "one and a half kilos"),
        ("a litre and a half of juice", "1.5", "a litre and a half"),
    ],
)
def test_two_parts_are_one_number_with_its_unit_behind_it(text, value, words):
    joined = join_halves(shape(text), UNITS)
    start = text.index(words)
    number = joined.numbers[start]
    assert number.low == number.high == Decimal(value)
    end = number.end + len(joined.marked[number.end : start + len(words)])
    assert text[start:end] == words
    assert len(joined.marked) == len(text)


@pytest.mark.parametrize(
    "text",
    ["三斤半价", "一米半径", "三斤两件", "half price", "half the litres", "a half", "两件半袖", ""],
)
def test_what_is_no_half_stays(text):
    assert join_halves(shape(text), UNITS) == shape(text)
