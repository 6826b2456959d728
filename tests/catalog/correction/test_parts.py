"""The parts of a correction: near words, the cost of slips, and Chinese names."""

import pytest

from catalog.correction.edits import slip_cost
from catalog.correction.names import ChineseNames, look_alikes
from catalog.correction.near import NearWords
from catalog.correction.pinyin import read_pinyin


class NoProducts:
    def __len__(self):
        return 0

    def frequency(self, token):
        return 0

    def together(self, tokens):
        return 0


@pytest.fixture
def words():
    found = NearWords()
    for word in ("printer", "planter", "headphones", "case", "cases", "tv"):
        found.add(word)
    return found


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pritner", {"printer": 1}),  # two letters swapped
        ("rinter", {"printer": 1}),  # the first one lost
        ("printter", {"printer": 1}),
        ("prinber", {"printer": 1}),
        ("casse", {"case": 1, "cases": 1}),
        ("hedphnes", {"headphones": 2}),
        ("prnitre", {}),  # two edits in a short word
        ("tw", {}),
        ("case", {"cases": 1}),
    ],
)
def test_words_are_found_by_one_edit_and_long_ones_by_two(words, word, expected):
    assert words.near(word) == expected


def test_many_words_are_found_after_they_are_merged():
    found = NearWords()
    for number in range(1_000):
        found.add(f"word{number:04}")
    found.compact()
    found.add("printer")
    assert "word0123" in found.near("wrod0123")
    assert found.near("pritner") == {"printer": 1}


def test_common_slips_cost_less_than_others():
    swap, double = slip_cost("pritner", "printer", 1), slip_cost("printter", "printer", 1)
    beside, other = slip_cost("prinyer", "printer", 1), slip_cost("prinper", "printer", 1)
    assert swap == double < beside < other < slip_cost("prinper", "planter", 2)
    assert slip_cost("rinter", "printer", 1) > slip_cost("prnter", "printer", 1)


def test_names_are_found_by_sound_shape_and_order():
    names = ChineseNames()
    names.add("充电宝", rank=0)
    assert [name for name, _ in names.near("充电保")] == ["充电宝"]
    assert [name for name, _ in names.near("电充宝")] == ["充电宝"]
    assert list(names.near("充电宝")) == []
    assert list(names.near("冲垫保")) == []  # more wrong than right
    names.add("保温杯")
    assert [name for name, _ in names.near("保温怀")] == ["保温杯"]


def test_shapes_look_alike_both_ways():
    for character, others in look_alikes().items():
        assert character not in others
        assert all(character in look_alikes()[other] for other in others)


def test_pinyin_takes_the_usual_name_and_the_fewest():
    names = ChineseNames()
    for name, rank in (("蓝芽", 1), ("蓝牙", 0), ("耳机", 0), ("蓝牙耳机", 0), ("鞋", 0)):
        names.add(name, rank=rank)
    assert read_pinyin(["lanya", "erji"], names, NoProducts()) == "蓝牙耳机"
    assert read_pinyin(["erjilanya"], names, NoProducts()) == "耳机蓝牙"
    assert read_pinyin(["lanyaer"], names, NoProducts()) == ""
    assert read_pinyin(["xie"], names, NoProducts()) == ""
