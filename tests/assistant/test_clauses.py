from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.clauses import Meant, read_clauses
from catalog.types import TextConstraint
from intents.types import Reference, Slot
from tests.assistant.builders import color, nlu


@pytest.mark.parametrize(
    ("text", "wanted", "refused"),
    [
        ("not the Sony, the other one", "the other one", "the sony"),
        ("no, not that one, the fifth", "no, the fifth", "that one"),
        ("不是这个，要第二个", "要第二个", "这个"),
        ("不要潮音，要另外那个", "要另外那个", "潮音"),
        ("the red one please", "the red one please", ""),
        ("the one at 129.90", "the one at 129.90", ""),
    ],
)  # fmt: skip
def test_what_is_wanted_and_what_is_turned_down(text, wanted, refused):
    read = read_clauses(nlu("select_product", text=text))
    squeezed = [" ".join(part.replace(",", " ").split()) for part in (read.wanted, read.refused)]
    assert squeezed == [" ".join(one.replace(",", " ").split()) for one in (wanted, refused)]


def test_words_that_a_product_should_lack():
    words = dict(read_clauses(nlu("", text="the one without noise cancelling")).words())
    assert words["nois"] is True
    assert dict(read_clauses(nlu("", text="不防水的那个")).words())["防水"] is True
    assert dict(read_clauses(nlu("", text="带降噪的那个")).words())["降噪"] is False


def test_places_and_how_many_are_no_numbers_to_look_for():
    second = Slot("reference", Reference((2,)), "2", 4, 5)
    assert read_clauses(nlu("select_product", second, text="the 2 in 42")).numbers() == [
        Decimal(42)
    ]
    two = Slot("quantity", 2, "two", 4, 7)
    assert read_clauses(nlu("add_to_cart", two, text="add two")).numbers() == []
    assert read_clauses(nlu("select_product", two, text="for two")).numbers() == [Decimal(2)]


def test_the_catalogues_own_words_for_a_value_count():
    read = read_clauses(nlu("select_product", color("red"), text="the crimson one"))
    assert read.meant == (Meant(("red",), ("red",), False),)


def test_a_list_is_no_place_in_it():
    first = Slot("reference", Reference((1,)), "the first", 8, 17)
    assert read_clauses(nlu("", first, text="back to the first list")).wanted_slots == ()


def test_what_things_are_counted_by_is_no_word_for_one_of_them():
    words = dict(read_clauses(nlu("", text="橙色的那顶帐篷")).words())
    assert "帐篷" in words
    assert "顶帐" not in words


@pytest.mark.parametrize(
    ("text", "names", "plain"),
    [
        ("Bluetooth earbuds", ("bluetooth earbuds", "蓝牙耳机"), {"bluetooth", "earbuds"}),
        ("AirNote earbuds", ("earbuds", "耳塞"), {"earbuds"}),
    ],
)
def test_what_the_catalogue_calls_a_kind_is_no_name(text, names, plain):
    kind = Slot("product_type", text, text, resolved=TextConstraint("category", names))
    words = read_clauses(nlu("search_product", kind, text=text)).plain
    assert {word.rstrip("s") for word in words} == {word.rstrip("s") for word in plain}
    assert not read_clauses(nlu("search_product", replace(kind, resolved=None), text=text)).plain
