import json

import numpy as np
import pytest

from catalog.kinds import (
    ACCESSORY,
    OTHER,
    UNKNOWN,
    WANTED,
    ItemKinds,
    kinds_asked,
    kinds_of,
    may_be,
)
from catalog.types import LocalText
from tests.catalog.products import product


def titled(en="", zh="", category=""):
    return product("p", LocalText(en, zh), category=category)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("HP 530 Notebook PC", {"laptop"}),
        ("Targus CN313 notebook case 34 cm Briefcase Black", {"laptop bag"}),
        ("Sandberg FireWire for Laptop (3 ports)", set()),
        ("联想 小新 14 笔记本电脑", {"laptop"}),
        ("适用于笔记本电脑的电脑包", {"laptop bag"}),
    ],
)
def test_a_product_is_what_its_title_says_it_is_and_not_what_it_is_for(title, expected):
    found = kinds_of(titled(en=title))
    assert found >= expected
    assert ("laptop" in found) is ("laptop" in expected)


def test_its_category_decides_and_its_title_says_which_of_that_category():
    battery = titled(en="HP AJ359ET notebook spare part", category="Battery|电池")
    assert kinds_of(battery) == {"battery"}
    bluetooth = titled(en="Sony bluetooth headphones", category="Sound|影音>Headphones|耳机")
    assert kinds_of(bluetooth) == {"bluetooth headphones"}


@pytest.mark.parametrize("query", ["laptop", "notebook computers", "笔记本电脑", "a LAPTOP please"])
def test_laptops_are_wanted_their_accessories_are_not_and_nothing_is_said_of_the_unknown(query):
    kinds = ItemKinds()
    shop = [
        titled(en="HP 530 Notebook PC"),
        titled(en="Urban Factory Laptop Bag 15.6 inch"),
        titled(en="Braun KF 520 coffee maker"),
        titled(en="KYOCERA FS-9130DN"),
        titled(zh="游戏本 16英寸"),
        titled(zh="笔记本支架"),
    ]
    for item, one in enumerate(shop, 1):
        kinds.update(item, one)
    fits = kinds.fits(np.arange(1, 7), kinds_asked(query)).tolist()
    assert fits == [WANTED, ACCESSORY, OTHER, UNKNOWN, WANTED, ACCESSORY]


def test_an_accessory_that_is_asked_for_is_wanted_and_the_thing_it_is_for_is_not():
    kinds = ItemKinds()
    kinds.update(1, titled(en="Urban Factory Laptop Bag"))
    kinds.update(2, titled(en="HP 530 Notebook PC"))
    for query in ("laptop bag", "bag for my laptop", "笔记本电脑包"):
        bag, laptop = kinds.fits(np.array([1, 2]), kinds_asked(query)).tolist()
        assert laptop == OTHER
        assert bag != OTHER


def test_a_wider_name_is_no_other_kind():
    kinds = ItemKinds()
    kinds.update(1, titled(en="Philips SHC1300 headphones"))
    kinds.update(2, titled(en="Philips SHC1300 coffee maker"))
    assert kinds.fits(np.array([1, 2]), kinds_asked("bluetooth headphones")).tolist() == [
        UNKNOWN,
        OTHER,
    ]


@pytest.mark.parametrize("query", ["", "samsung", "三星", "something red", "SELECT * FROM x"])
def test_a_query_that_names_no_product_says_nothing_of_any_kind(query):
    kinds = ItemKinds()
    kinds.update(1, titled(en="HP 530 Notebook PC"))
    assert kinds.fits(np.array([1, 9_999]), kinds_asked(query)).tolist() == [UNKNOWN, UNKNOWN]


def test_items_can_be_replaced_removed_and_are_unknown_when_they_were_never_there():
    kinds = ItemKinds()
    asked = kinds_asked("laptop")
    assert kinds.fits(np.array([3]), asked).tolist() == [UNKNOWN]
    kinds.update(3, titled(en="HP 530 Notebook PC"))
    assert kinds.fits(np.array([3, 4, 5_000]), asked).tolist() == [WANTED, UNKNOWN, UNKNOWN]
    kinds.update(3, titled(en="coffee maker"))
    assert kinds.fits(np.array([3]), asked).tolist() == [OTHER]
    kinds.remove(3)
    kinds.remove(77_777)
    assert kinds.fits(np.array([3]), asked).tolist() == [UNKNOWN]


def test_saved_and_loaded_kinds_answer_the_same_and_take_new_items(tmp_path):
    kinds = ItemKinds()
    kinds.update(1, titled(en="HP 530 Notebook PC"))
    kinds.update(2_000, titled(zh="笔记本支架"))
    kinds.save(tmp_path)
    loaded = ItemKinds.load(tmp_path)
    loaded.update(5, titled(en="laptop bag"))
    found = loaded.fits(np.array([1, 2_000, 5, 6]), kinds_asked("laptop")).tolist()
    assert found == [WANTED, ACCESSORY, ACCESSORY, UNKNOWN]


def test_damaged_kinds_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"kinds"):
        ItemKinds.load(tmp_path)
    kinds = ItemKinds()
    kinds.update(1, titled(en="HP 530 Notebook PC"))
    kinds.save(tmp_path)
    file = tmp_path / "kinds.json"
    manifest = json.loads(file.read_text())
    file.write_text(json.dumps(manifest | {"names": [""]}))
    with pytest.raises(ValueError, match="without a name"):
        ItemKinds.load(tmp_path)
    file.write_text(json.dumps(manifest | {"lexicon": 1}))
    with pytest.raises(ValueError, match="another lexicon"):
        ItemKinds.load(tmp_path)


@pytest.mark.parametrize(
    ("title", "category", "query", "possible"),
    [
        ("Byteport Branch 8-Port Hub", "Docking stations|扩展坞", "network cable", False),
        ("Byteport Branch 8-Port Hub", "Docking stations|扩展坞", "网线", False),
        ("Sweet Alley Truffles", "Chocolate|巧克力", "dark chocolate", True),
        ("Sweet Alley Truffles", "Chocolate|巧克力", "黑巧克力", True),
        ("Sweet Alley Dark Chocolate", "", "dark chocolate", True),
        ("Kyora FS-9130DN", "", "network cable", True),
    ],
)
def test_what_is_of_another_kind_is_told_from_what_is_called_by_a_wider_name(
    title, category, query, possible
):
    assert may_be(titled(en=title, category=category), kinds_asked(query)) is possible
