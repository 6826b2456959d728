import pytest

from intents.shape import shape
from intents.values.ages import find_ages

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
