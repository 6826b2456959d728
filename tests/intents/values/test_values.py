from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.types import DateRange, ParseContext, PriceRange, Reference
from intents.values import LONGEST, find_values


def found(text, context=None):
    slots = find_values(text, context) if context else find_values(text)
    return [(slot.name, slot.value) for slot in slots]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("HP laptop with at least 8GB RAM under 700", ["measure", "price"]),
        ("two pairs of the first one in size 9.5 US under $80 rated 4+",
         ["quantity", "reference", "size", "price", "rating"]),
        ("add the second one in size 42 to my cart", ["reference", "size"]),
        ("ship order W1234567 to zip 90210", ["order_id", "postal_code"]),
        ("i can spend up to 75 pounds", ["price"]),
        ("under 20 pounds", ["measure"]),
        ("有没有300块以内的蓝牙耳机", ["price"]),
        ("15寸以上的笔记本，预算五千，按销量排", ["measure", "price", "sort_key"]),
        ("第一款要两双42码的", ["reference", "quantity", "size"]),
        ("加两个到购物车", ["quantity"]),
        ("换个便宜点的", ["comparative"]),
        ("对比第一款和第三款", ["reference"]),
        ("大一号的有吗", ["comparative"]),
        ("add all three to my bag", ["reference"]),
        ("deliver two pairs by Friday", ["quantity", "date"]),
        ("toys for a 6 year old under $30", ["age_group", "price"]),
        ("half price jeans 32x34", ["feature", "size"]),
        ("2 packs of 6, 30x40 cm", ["quantity", "measure", "measure", "measure"]),
        ("stays hot for at least 12 hours", ["measure"]),
        ("add ten thousand of them", ["quantity"]),
        ("周五前到，来两箱24瓶的，三百以内", ["date", "quantity", "measure", "price"]),
        ("给6岁孩子买双33码半的", ["age_group", "size"]),
        ("要一万个", ["quantity"]),
        ("打八折的保温12小时以上的", ["feature", "measure"]),
        ("hello", []),
        ("你好", []),
    ],
)  # fmt: skip
def test_finders_share_a_text(text, names):
    assert [name for name, _ in found(text)] == names


@pytest.mark.parametrize(
    ("text", "asked", "slot"),
    [
        ("42", "size", ("size", "42")),
        ("42", "quantity", ("quantity", 42)),
        ("42", "price", ("price", PriceRange(None, Decimal(42)))),
        ("2", "", ("reference", Reference((2,)))),
        ("2", "reference", ("reference", Reference((2,)))),
        ("90210", "postal_code", ("postal_code", "90210")),
        ("1001", "order_id", ("order_id", "1001")),
        ("两双", "quantity", ("quantity", 2)),
        ("最多掏41块", "size", ("price", PriceRange(None, Decimal(41)))),
        ("最多41块", "quantity", ("price", PriceRange(None, Decimal(41)))),
    ],
)
def test_a_bare_answer_is_read_by_the_question(text, asked, slot):
    assert found(text, ParseContext(requested_slot=asked)) == [slot]


def test_the_day_is_counted_from_the_one_that_is_given():
    (slot,) = find_values("by tomorrow", ParseContext(today=date(2024, 2, 28)))
    assert slot.value == DateRange(date(2024, 2, 28), date(2024, 2, 29))


def test_a_feast_answers_the_question_when():
    context = ParseContext(requested_slot="date", today=date(2025, 11, 19))
    assert find_values("Christmas") == ()
    assert find_values("Christmas", context)[0].value.start == date(2025, 12, 25)


FRAGMENTS = [
    "by Friday", "3月8号", "to", "within", "a week", "6 year old", "30 x 40 cm", "pack of", "半价",
    "8折", "160/84A", "12/03", "2024-02-30", "〒100-0001", "SW1A 1AA", "周", "前", "Christmas","岁",
    "under $50", "三百块以内", "the second one", "第二个", "42码", "size 9.5 US", "x3", "加两个",
    "8GB RAM",
    "joe@example.com", "W1234567", "cheaper", "便宜点", "not", "不要", "4 stars", "-", "到", "and",
    "　", "\n",
    "100", "一百五", "k", "块", '"', "\u202e", "\ue000", "ＡＢ", "ß", "İ", "㎏", "👍🏽",
]  # fmt: skip


@given(st.text(max_size=300) | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join))
def test_any_text_gives_slots_apart_with_places_that_hold_their_words(text):
    slots = find_values(text)
    assert all(text[slot.start : slot.end] == slot.raw for slot in slots)
    assert all(a.end <= b.start for a, b in pairwise(slots))


def test_a_long_text_is_read():
    assert find_values("under $50 " * 200)


def test_of_an_endless_text_the_beginning_is_read():
    slots = find_values("under $50 " * 10_000)
    assert slots
    assert slots[-1].end <= LONGEST
    assert find_values("x" * LONGEST + " under $50") == ()
