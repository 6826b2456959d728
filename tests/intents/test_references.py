import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.references import find_references
from intents.shape import shape
from intents.types import Reference

PRONOUN = Reference()
ALL = Reference(everything=True)


def places(*positions):
    return Reference(positions)


def first(many):
    return Reference(first=many)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("the second one", places(2)), ("the 2nd one", places(2)), ("the 3rd", places(3)),
        ("tell me more about the second", places(2)), ("number 2", places(2)), ("#2", places(2)),
        ("option three", places(3)), ("item one", places(1)), ("the top one", places(1)),
        ("the last", places(-1)), ("the last one", places(-1)), ("the bottom one", places(-1)),
        ("last two", places(-2, -1)), ("the second to last", places(-2)),
        ("the first and third", places(1, 3)), ("1st and 3rd", places(1, 3)),
        ("compare the first with the third", places(1, 3)), ("#1 and #3", places(1, 3)),
        ("the first two", first(2)), ("first three", first(3)), ("top 3", first(3)),
        ("all three", first(3)), ("compare these two", first(2)), ("both", first(2)),
        ("both of them", first(2)), ("all of them", ALL), ("everything you showed me", ALL),
        ("it", PRONOUN), ("this one", PRONOUN), ("is it waterproof", PRONOUN),
        ("do you have this in blue", PRONOUN), ("compare them", PRONOUN), ("remove that", PRONOUN),
        ("第二个", places(2)), ("第二个怎么样", places(2)), ("选第2个", places(2)),
        ("第三", places(3)),
        ("最后一个", places(-1)), ("最后两个", places(-2, -1)), ("倒数第二个", places(-2)),
        ("第一款和第三款", places(1, 3)), ("第1和第3个", places(1, 3)), ("前两个", first(2)),
        ("前三款", first(3)), ("上面三个", first(3)), ("这两个", first(2)), ("两个都要", first(2)),
        ("三个都加", first(3)), ("两款有什么区别", first(2)), ("都要", ALL), ("全部", ALL),
        ("这个", PRONOUN), ("那款", PRONOUN), ("它防水吗", PRONOUN), ("这双鞋", PRONOUN),
        ("就这个", PRONOUN), ("刚才那个", PRONOUN),
    ],
)  # fmt: skip
def test_reads_what_is_pointed_at(text, reference):
    (slot,) = find_references(shape(text))
    assert (slot.value, slot.role) == (reference, "include")
    assert text[slot.start : slot.end] == slot.raw


def test_reads_several():
    text = "add the first one and the last one"
    assert [s.value for s in find_references(shape(text))] == [places(1), places(-1)]


@pytest.mark.parametrize(
    "text",
    [
        "my first order", "first time here", "second hand", "last order", "the last 3 days",
        "this weekend", "shoes that are waterproof", "that works", "running shoes", "red",
        "第一次", "第二天", "这个月", "那个问题", "所有订单", "2", "",
    ],
)  # fmt: skip
def test_reads_no_reference(text):
    assert find_references(shape(text)) == []


@pytest.mark.parametrize(
    "text", ["the other one", "not that one", "something else", "另一个", "不要这个", "换一个"]
)
def test_another_excludes_the_present_one(text):
    (slot,) = find_references(shape(text))
    assert slot.role == "exclude"


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("2", places(2)), ("1 and 3", places(1, 3)), ("compare 1 and 3", places(1, 3)),
        ("1, 2 and 4", places(1, 2, 4)), ("1 vs 3", places(1, 3)), ("对比1和3", places(1, 3)),
        ("1、2和4", places(1, 2, 4)), ("看2", places(2)),
    ],
)  # fmt: skip
def test_bare_numbers_are_places_where_they_may_be(text, reference):
    (slot,) = find_references(shape(text), bare=True)
    assert slot.value == reference
    assert find_references(shape(text)) == []


@pytest.mark.parametrize("text", ["2024", "0", "51", "1.5", "add 2 to my cart", "i am 2"])
def test_other_bare_numbers_are_no_places(text):
    assert find_references(shape(text), bare=True) == []


@given(st.text(max_size=200) | st.text("0123456789第一二前后最个款这那和、 and", max_size=60))
def test_any_text_gives_references_whose_places_hold_their_words(text):
    for slot in find_references(shape(text), bare=True):
        assert text[slot.start : slot.end] == slot.raw
        assert all(place != 0 for place in slot.value.positions)
