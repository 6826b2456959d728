from decimal import Decimal

import pytest

from assistant.simulation.wishes import (
    Wish,
    fulfils,
    is_of_kind,
    kind_wish,
    missed,
    types_of,
)
from catalog.types import BRAND, LocalText
from tests.assistant.simulation.shop import BRANDS, COLORS, color, shirt, under

RED, BURGUNDY, BLACK = COLORS


def number(name, low=None, high=None, unit="g"):
    bounds = [None if one is None else Decimal(one) for one in (low, high)]
    return Wish("number", name, minimum=bounds[0], maximum=bounds[1], unit=unit)


@pytest.mark.parametrize(
    ("wish", "fits"),
    [
        (color(RED), True),
        (color(LocalText("红色")), True),
        (color(BLACK), False),
        (color(RED, exclude=True), False),
        (color(BLACK, exclude=True), True),
        (under(20), True),
        (under("19.99"), False),
        (Wish("price", "price", minimum=Decimal(20), unit="USD"), True),
        (Wish("price", "price", maximum=Decimal(139), unit="CNY"), False),
        (Wish("text", BRAND, BRANDS[0]), True),
        (Wish("text", BRAND, BRANDS[1]), False),
        (Wish("text", "material", LocalText("cotton")), True),
        (Wish("text", "season", LocalText("summer")), True),
        (Wish("text", "pattern", LocalText("striped")), False),
        (Wish("flag", "stretch"), True),
        (Wish("flag", "waterproof"), False),
        (number("weight", high=150), True),
        (number("weight", high="0.14", unit="kg"), False),
        (number("weight", low=150), True),
        (number("length", low=71, unit="cm"), False),
        (number("length", low=1, unit="g"), False),
        (number("volume", low=1, unit="ml"), False),
    ],
)
def test_a_record_fulfils_a_wish_or_not(wish, fits):
    assert fulfils(shirt(1, colors=(RED,)), (wish,)) is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [("Black/Grey", True), ("Grey, black", True), ("Blackened", False), ("black-white", False)],
)
def test_each_colour_that_a_record_lists_counts(text, fits):
    assert fulfils(shirt(1, colors=(LocalText(text),)), (color(LocalText("black")),)) is fits


def test_a_value_that_is_itself_a_list_counts():
    both = LocalText("black/white")
    assert fulfils(shirt(1, colors=(LocalText("black/white, red"),)), (color(both),))


def test_a_shade_counts_as_its_colour_and_not_the_other_way_round():
    assert fulfils(shirt(1, colors=(BURGUNDY,)), (color(RED),))
    assert not fulfils(shirt(1, colors=(BURGUNDY,)), (color(RED, exclude=True),))
    assert not fulfils(shirt(1, colors=(RED,)), (color(BURGUNDY),))


def test_one_variant_must_have_everything():
    both = shirt(1, colors=(RED, BLACK))
    assert fulfils(both, (color(RED),))
    assert fulfils(both, (color(RED, exclude=True),))
    assert not fulfils(both, (color(RED), color(BLACK)))
    assert missed(both, (color(RED), under(5))) == (under(5),)


@pytest.mark.parametrize(
    ("name", "concepts", "fits"),
    [
        (LocalText("t-shirts", "T恤"), frozenset(), True),
        (LocalText("clothing"), frozenset(), True),
        (LocalText("tops"), frozenset({"t-shirt"}), True),
        (LocalText("shoes", "鞋"), frozenset({"shoes"}), False),
    ],
)
def test_a_kind_is_read_from_shelf_and_title(name, concepts, fits):
    assert is_of_kind(shirt(1), kind_wish(name, concepts)) is fits


@pytest.mark.parametrize(
    ("title", "shelves", "types"),
    [
        ("Soup Pot, 6 L", ("Cookware", "Pots"), {"soup pot"}),
        ("A5 Notebook", ("Stationery", "Notebooks"), {"paper notebook"}),
        ("Console Table Trousers", ("Trousers", "Chinos & trousers"), {"pants"}),
        ("Steel Bowl", ("Pets", "Bowls & feeders"), set()),
        ("Porcelain Bowl", ("Tableware", "Plates & bowls"), {"bowl"}),
        ("The Wall Clock", ("Books", "Crime & mystery"), set()),
        ("Dual Monitor Arm", ("Computers", "Monitor arms"), {"monitor arm"}),
    ],
)
def test_a_title_names_nothing_that_its_shelf_does_not_hold(title, shelves, types):
    assert types_of(LocalText(title), tuple(map(LocalText, shelves))) == types
