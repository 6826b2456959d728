from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.shape import shape
from intents.values.lengths import join_lengths
from intents.values.measures import find_measures


@pytest.mark.parametrize(
    ("text", "least", "most", "unit", "attribute"),
    [
        ("1米8的床", "1.8", "1.8", "m", ""),
        ("身高一米八以上", "1.8", None, "m", "body_height"),
        ("一米七八", "1.78", "1.78", "m", ""),
        ("1米05", "1.05", "1.05", "m", ""),
        ("两米半", "2.5", "2.5", "m", ""),
        ("至少1米5", "1.5", None, "m", ""),
        ("1米2到1米5", "1.2", "1.5", "m", ""),
        ("1m75", "1.75", "1.75", "m", ""),
        ("i'm 5'10\" tall", "70", "70", "inch", "body_height"),
        ("over 6 ft 2", "74", None, "inch", "body_height"),
    ],
)
def test_two_parts_are_one_length(text, least, most, unit, attribute):
    (slot,) = find_measures(shape(text))
    assert slot.value.minimum == Decimal(least)
    assert slot.value.maximum == (None if most is None else Decimal(most))
    assert (slot.value.unit, slot.value.attribute) == (unit, attribute)
    assert text[slot.start : slot.end] == slot.raw


@pytest.mark.parametrize(
    "text",
    [
        "3米2根",
        "三米两条",
        "小米8",
        "1m2",
        "m4l 5m2",
        "6 ft 2 pack",
        "7'6 x 5'3",
        "$5'10",
        "1米65公分",
    ],
)
def test_other_numbers_stay_apart(text):
    assert join_lengths(shape(text)).marked == shape(text).marked


@given(st.text("0123456789一二八米m'\" ft半x根", max_size=30))
def test_any_text_keeps_its_length(text):
    joined = join_lengths(shape(text))
    assert len(joined.marked) == len(text)
    assert all(text[slot.start : slot.end] == slot.raw for slot in find_measures(shape(text)))
