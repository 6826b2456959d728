from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.numbers import align, find_numbers

ONE_NUMBER = [
    ("50", "50"),
    ("1,299.00", "1299"),
    ("１２３", "123"),
    (".5", "0.5"),
    ("2.5k", "2500"),
    ("1k5", "1500"),
    ("15-inch", "15"),
    ("8GB", "8"),
    ("rmb300", "300"),
    ("usd50", "50"),
    ("2 thousand", "2000"),
    ("twelve", "12"),
    ("twenty-one", "21"),
    ("one hundred", "100"),
    ("a hundred and five", "105"),
    ("two hundred and fifty", "250"),
    ("two fifty", "250"),
    ("five thousand two hundred", "5200"),
    ("a dozen", "12"),
    ("half a dozen", "6"),
    ("a couple of shirts", "2"),
    ("三百", "300"),
    ("一百五", "150"),
    ("一百零五", "105"),
    ("两百五", "250"),
    ("一千零五十", "1050"),
    ("三千二百五十", "3250"),
    ("十五块", "15"),
    ("一万二", "12000"),
    ("十二万三千", "123000"),
    ("1千5", "1500"),
    ("3百5", "350"),
    ("3千2百", "3200"),
    ("三百５十", "350"),
    ("三百5十五", "355"),
    ("一千２百左右", "1200"),
    ("三百5以内", "350"),
    ("sub-20", "20"),
    ("€1.299,00", "1299"),
    ("€1.299", "1299"),
    ("1.299 euros", "1299"),
    ("35,50 €", "35.5"),
    ("1.299 kg", "1.299"),
    ("1.5万", "15000"),
    ("3w左右", "30000"),
    ("兩萬", "20000"),
    ("壹佰贰拾", "120"),
    ("二〇二四年", "2024"),
    ("半打", "6"),
    ("一打啤酒", "12"),
    ("半斤", "0.5"),
    ("半两", "0.5"),
    ("半个小时", "0.5"),
    ("二两茶叶", "2"),
    ("一两", "1"),
    ("十两包子", "10"),
    ("三尺宽", "3"),
    ("百元以内", "100"),
    ("千元左右", "1000"),
    ("来三件", "3"),
    ("三星以上", "3"),
]


@pytest.mark.parametrize(("text", "value"), ONE_NUMBER)
def test_reads_one_number(text, value):
    found = list(find_numbers(align(text)))
    assert [number.low for number in found] == [Decimal(value)]
    assert found[0].low == found[0].high


@pytest.mark.parametrize(
    "text",
    [
        "一点", "一下", "一起", "万一", "十分", "一样", "统一", "千万别", "一定", "三明治",
        "九阳豆浆机",
        "三星手机", "二手", "百搭", "七分裤", "the blue one", "dv7-1211ea", "i5-8250U", "006R90321",
        "wh-1000xm4", "3-in-1", "10:30", "1.2.3", "20% off", "八折", "second hand",
    ],
)  # fmt: skip
def test_reads_no_number(text):
    assert list(find_numbers(align(text))) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两三百块", 200, 300),
        ("七八十块", 70, 80),
        ("三五百", 300, 500),
        ("一两百", 100, 200),
        ("一两个", 1, 2),
        ("三两件", 2, 3),
        ("200多块", 200, 300),
        ("十几块", 10, 20),
        ("十来块", 8, 12),
        ("三百来块", 240, 360),
        ("百来块", 80, 120),
        ("千把块", 800, 1200),
        ("一千多块", 1000, 2000),
    ],
)
def test_reads_a_spread(text, low, high):
    (number,) = find_numbers(align(text))
    assert (number.low, number.high) == (low, high)


def test_reads_numbers_in_order_with_their_places():
    text = "第一款和第三款"
    assert [text[n.start : n.end] for n in find_numbers(align(text))] == ["一", "三"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("尺码38，700块封顶", [38, 700]),
        ("１，２９９元", [1299]),
        ("1,299元", [1299]),
        ("38,700", [38700]),
        ("一百2件", [100, 2]),
        ("两千5折", [2000]),
    ],
)
def test_a_chinese_comma_parts_two_numbers(text, values):
    assert [number.low for number in find_numbers(align(text))] == values


DIGITS = "零一二三四五六七八九"


def chinese(value):
    """The standard numeral of 1 to 9,999, written by rule."""
    text, gap = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + sign
        gap = digit == 0
    return text


SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def english(value):
    """The words of 1 to 9,999."""
    if value < 20:
        return SMALL[value]
    if value < 100:
        rest = value % 10
        return TENS[value // 10 - 2] + (f"-{SMALL[rest]}" if rest else "")
    if value < 1000:
        rest = value % 100
        return f"{SMALL[value // 100]} hundred" + (f" and {english(rest)}" if rest else "")
    rest = value % 1000
    return f"{SMALL[value // 1000]} thousand" + (f" {english(rest)}" if rest else "")


@given(st.integers(2, 9_999))
def test_every_chinese_numeral_means_its_value(value):
    (number,) = find_numbers(chinese(value) + "块")
    assert number.low == value


@given(st.integers(2, 9_999))
def test_every_english_numeral_means_its_value(value):
    (number,) = find_numbers(english(value))
    assert number.low == value


@given(st.text())
def test_any_text_keeps_its_length_and_gives_ordered_numbers(text):
    aligned = align(text)
    assert len(aligned) == len(text)
    found = list(find_numbers(aligned))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(number.low <= number.high for number in found)


def test_align_folds_width_case_and_traditional_characters():
    assert align("ＡBC１２３ 兩萬塊") == "abc123 两万块"
