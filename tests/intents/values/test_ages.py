from decimal import Decimal

import pytest

from intents.shape import shape
from intents.values.ages import find_ages, read_age

AGES = [
    ("for a 6 year old", "kids", "6 year old"),
    ("toys for my 3-year-old", "toddler", "3-year-old"),
    ("ages 3 to 5", "kids", "ages 3 to 5"),
    ("8-12 years", "kids", "8-12 years"),
    ("14 years and up", "teen", "14 years and up"),
    ("6 months baby", "baby", "6 months"),
    ("18-24 month old", "toddler", "18-24 month old"),
    ("aged 65", "senior", "aged 65"),
    ("6岁", "kids", "6岁"),
    ("8到12岁的男孩", "kids", "8到12岁"),
    ("三个月大的宝宝", "baby", "三个月大"),
    ("5岁以上的", "kids", "5岁以上"),
    ("六个月的宝宝", "baby", "六个月"),
    ("她今年六十歲", "senior", "六十歲"),
    ("一岁的宝宝", "baby", "一岁"),
    ("一岁半的宝宝", "toddler", "一岁半"),
    ("18 month old", "toddler", "18 month old"),
    ("a one and a half year old", "toddler", "one and a half year old"),
]


@pytest.mark.parametrize(("text", "group", "words"), AGES)
def test_an_age_is_a_group(text, group, words):
    (slot,) = find_ages(shape(text))
    assert (slot.name, slot.value, slot.raw) == ("age_group", group, words)


@pytest.mark.parametrize(
    "text", ["2 year warranty", "within 3 months", "500 years old", "0岁", "三个月", "10 years"]
)
def test_other_times_are_no_ages(text):
    assert find_ages(shape(text)) == []


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("18 month old", "1.5"), ("一岁半", "1.5"), ("1岁半宝宝", "1.5"), ("18个月", "1.5"),
        ("18 months", "1.5"), ("a year and a half old", "1.5"), ("3 year old", "3"),
        ("三岁", "3"), ("ages 3 to 5", "5"), ("3到5岁", "5"), ("6-9个月", "0.75"),
        ("5岁以下", "5"), ("一岁多", "1"),
    ],
)  # fmt: skip
def test_how_old_somebody_is_at_most(words, years):
    _, high = read_age(words)
    assert high == Decimal(years)


@pytest.mark.parametrize(
    "words", ["3岁以上", "3岁及以上", "14 years and up", "ages 3+", "kids", "宝宝", "0岁", "500岁"]
)
def test_where_it_is_open_how_old_somebody_is_nothing_is_told(words):
    assert read_age(words) is None


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("6-9 months", "0.5", "0.75"), ("0到3个月", "0", "0.25"), ("两岁半", "2.5", "2.5")],
)
def test_an_age_may_be_a_range(words, low, high):
    assert read_age(words) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(("words", "group"), [("18个月", "toddler"), ("6-9 months", "baby")])
def test_months_alone_are_an_age_where_they_are_known_to_be_one(words, group):
    (slot,) = find_ages(shape(words), asked=True)
    assert slot.value == group
    assert find_ages(shape(words)) == []
