"""Chinese names written with characters that sound alike."""

import pytest

from catalog.words.homophones import Homophones, sound

KNOWN = Homophones.of(
    ["蓝牙耳机", "羽绒服", "充电器", "机械键盘", "耳机", "经典"],
    ["华为", "小天鹅"],
    ["银色", "经典"],
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("蓝芽耳机", "蓝牙耳机"),
        ("蓝牙尔机", "蓝牙耳机"),
        ("羽戎服", "羽绒服"),
        ("冲电器", "充电器"),
        ("机械健盘", "机械键盘"),
        ("蓝牙耳机", "蓝牙耳机"),
        ("华维", "华为"),
    ],
)
def test_names_of_the_same_sound_are_found(written, meant):
    assert KNOWN.nearest(written) == (meant, 0.85)


@pytest.mark.parametrize("written", ["景点", "尔鸡", "电子耳机", "羽毛球", "电动牙刷", ""])
def test_short_names_and_other_sounds_are_not(written):
    assert KNOWN.nearest(written) is None


def test_short_values_are_found_only_where_a_value_is_wished():
    assert KNOWN.nearest("银瑟") is None
    assert KNOWN.nearest("银瑟", wished=True) == ("银色", 0.85)
    assert KNOWN.nearest("尔鸡", wished=True) is None


def test_what_many_type_alike_sounds_alike():
    assert sound("致") == sound("自")
    assert sound("新") == sound("星")
    assert sound("机") != sound("其")
