"""Products that their feed put on no shelf, found by what their titles say they are."""

import pytest

from catalog.facts import variant_facts
from catalog.titled import is_called, leaves_of, shelf_values, shelves_of
from catalog.types import CATEGORY
from catalog.words.product_types import shelf_name, titled_value
from tests.catalog.products import product


def names(nodes):
    return [node.get("en") for node in nodes]


def test_a_category_is_all_there_is_where_a_record_has_one():
    mug = product("m", "Laptop mug", category="Kitchen")
    assert names(shelves_of(mug)) == names(leaves_of(mug)) == ["Kitchen"]
    assert shelf_values(mug) == {"kitchen"}


@pytest.mark.parametrize(
    ("title", "leaf", "above"),
    [
        (
            "Kyora TK-66 toner cartridge Original Black 1 pc(s)",
            "toner cartridge",
            "printer supplies",
        ),
        ("|基欧拉 TK-66 硒鼓 黑色 1支", "toner cartridge", "printer supplies"),
        ("Labels A4 97x67 mm white paper matt 1600 pcs.", "printer label", None),
        ("|A4不干胶标签 白色 100张", "printer label", None),
    ],
)
def test_a_title_says_what_stands_on_no_shelf(title, leaf, above):
    one = product("p", title)
    assert names(leaves_of(one)) == [leaf]
    assert leaf in names(shelves_of(one))
    assert above is None or above in names(shelves_of(one))


def test_what_a_title_says_is_marked_so_that_a_shelf_holds_what_a_record_puts_there():
    (facts,) = variant_facts(product("p", "Kyora laser printer"))
    values = {value for name, value in facts.texts if name == CATEGORY}
    assert {titled_value("laser printer"), titled_value("打印机")} <= values
    assert "printer" not in values
    assert shelf_name(titled_value("Printer")) == "printer"


def test_of_a_name_with_several_meanings_the_likeliest_is_what_it_is_called():
    case = product("c", "Targo notebook sleeve, case")
    assert len(names(shelves_of(case))) > 1
    assert len(leaves_of(case)) == 1


def test_a_title_without_a_kind_stands_nowhere():
    assert shelves_of(product("x", "Xyzzy 42")) == ()
    assert shelf_values(product("x", "2000 sheets")) == frozenset()


@pytest.mark.parametrize(
    ("title", "words", "called"),
    [
        ("Marlo Wool Socks, Pack of 3", "socks", True),
        ("Marlo Wool Socks - Pack of 3", "sock", True),
        ("Marlo Wool Sock 3 pairs", "socks", True),
        ("Nordic Dumbbell, 2 kg", "dumbbells", True),
        ("Toy Train Set", "train", False),
        ("Sockets for tools", "sock", False),
        ("Phone Mount for Bike", "bike", False),
        ("A4 Printer Paper, 500 Sheets", "sheets", False),
        ("Moka Pot 6 Cups", "cups", False),
        ("|马洛 男款美丽诺羊毛袜 2双装", "袜", True),
        ("|马洛 羊毛袜（3双）", "羊毛袜", True),
        ("|火车积木 120粒", "火车", False),
        ("|洗涤块 适用于洗碗机", "洗碗机", False),
        ("|原木抽纸 24包", "包", False),
        ("|马洛 羊毛袜", "", False),
    ],
)
def test_a_title_calls_a_thing_what_its_name_ends_in(title, words, called):
    assert is_called(product("p", title).title, words) is called
