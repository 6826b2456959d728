import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.shape import shape
from intents.values.quantities import find_quantities

QUANTITIES = [
    ("2 of them", 2), ("two pairs", 2), ("add two to cart", 2), ("make it 4", 4), ("x3", 3),
    ("3x", 3), ("×2", 2), ("qty 3", 3), ("quantity: 3", 3), ("change the quantity to 5", 5),
    ("I'll take two", 2), ("give me 3 please", 3), ("another one", 1), ("one more", 1),
    ("2 more", 2), ("two more of these", 2), ("remove one", 1), ("three bottles of wine", 3),
    ("half a dozen please", 6), ("a dozen eggs", 12), ("get me a dozen", 12), ("just one", 1),
    ("make that two", 2), ("add 10 of those", 10), ("put three in my cart", 3),
    ("order 20 units", 20), ("five instead", 5), ("two is enough", 2), ("make the chairs four", 4),
    ("decrease the number of towels to 2", 2), ("it must be 1", 1), ("bump it up to 20", 20),
    ("加两个", 2), ("来三件", 3), ("改成5个", 5), ("要两双", 2), ("加两个到购物车", 2),
    ("再来一件", 1),
    ("数量改成3", 3), ("数量改为2个", 2), ("各来一个", 1), ("来一打", 12), ("来半打", 6),
    ("加2", 2),
    ("一共要五盒", 5), ("只要一个", 1), ("帮我买3台", 3), ("减掉一个", 1), ("5个", 5), ("换成3", 3),
    ("改成两件吧", 2), ("我要一个", 1), ("给我来十个", 10), ("两件一起", 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quantity"), QUANTITIES)
def test_reads_how_many(text, quantity):
    (slot,) = find_quantities(shape(text))
    assert slot.value == quantity
    assert text[slot.start : slot.end] == slot.raw


@pytest.mark.parametrize(
    "text",
    [
        "add the second one", "show me 5 more options", "under 50 dollars", "compare 2 and 3",
        "I need a 4 person tent", "for 2 people", "2 day shipping", "100x45x45cm", "2x4",
        "the blue one", "add all three to my bag", "买一个蓝牙耳机", "第二个", "前两个", "这两个",
        "两个都要", "3个月", "两个人的帐篷", "三个孩子", "第一款", "买二送一", "一点", "",
    ],
)  # fmt: skip
def test_reads_no_quantity(text):
    assert find_quantities(shape(text)) == []


PHRASES = ["add {} to my cart", "make it {}", "quantity {}", "加{}个到购物车", "改成{}件", "来{}双"]


@given(st.integers(1, 999), st.sampled_from(PHRASES))
def test_every_phrased_quantity_is_exact(quantity, phrase):
    (slot,) = find_quantities(shape(phrase.format(quantity)))
    assert slot.value == quantity


@given(st.text(max_size=200) | st.text("0123456789一两三个件x×加来改成 of", max_size=60))
def test_any_text_gives_whole_numbers_whose_places_hold_their_words(text):
    for slot in find_quantities(shape(text)):
        assert text[slot.start : slot.end] == slot.raw
        assert isinstance(slot.value, int) and slot.value >= 0
