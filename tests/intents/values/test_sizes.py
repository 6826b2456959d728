import pytest

from intents.shape import shape
from intents.values.sizes import find_sizes


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("size 42", "42"), ("in size 42", "42"), ("sizes 38", "38"), ("a 9.5 US", "US 9.5"),
        ("us 9", "US 9"), ("EU 42", "EU 42"), ("size eu 43", "EU 43"), ("uk 8", "UK 8"),
        ("size 10.5 uk", "UK 10.5"), ("UK size 8 heels", "UK 8"), ("a US size 10", "US 10"),
        ("足长250的鞋", "250"), ("足长是245mm", "245"), ("鞋号 250", "250"),
        ("XL", "XL"), ("2xl", "2XL"), ("xxl", "XXL"),
        ("size M", "M"), ("an L please", "L"), ("in medium", "M"), ("size small", "S"),
        ("one size", "ONE SIZE"), ("I wear a 42", "42"), ("L", "L"), ("the large one", "L"),
        ("42码", "42"), ("37号", "37"), ("尺码40", "40"), ("鞋码42", "42"), ("美码9", "US 9"),
        ("加大码", "XL"), ("加大号", "XL"), ("大码", "L"), ("中号", "M"), ("M码的", "M"),
        ("均码", "ONE SIZE"), ("我穿42的", "42"), ("穿L", "L"), ("add it in a 10 as well", "10"),
        ("is M gone", "M"), ("available in 43?", "43"),
    ],
)  # fmt: skip
def test_reads_the_size(text, size):
    (slot,) = find_sizes(shape(text))
    assert slot.value == size
    assert text[slot.start : slot.end] == slot.raw


@pytest.mark.parametrize(
    "text",
    [
        "42", "42.5", "I'm 42", "15号发货", "3号楼", "don't like it's", "largely",
        "a small company",
        "更大号", "the more expensive one", "2号", "11月2号", "one size down", "take two",
        "in 2024", "in 5 days", "H&M", "L'Oréal", "bigger", "第二号", "made in us",
        "it's", "足长多少", "made in us size matters",
    ],
)  # fmt: skip
def test_reads_no_size(text):
    assert find_sizes(shape(text)) == []


@pytest.mark.parametrize(
    ("text", "size"), [("42", "42"), ("9.5", "9.5"), ("large", "L"), ("m", "M"), ("大", "L"),
    ("43 eu", "EU 43")]
)  # fmt: skip
def test_a_bare_size_answers_the_question(text, size):
    (slot,) = find_sizes(shape(text), asked=True)
    assert slot.value == size
