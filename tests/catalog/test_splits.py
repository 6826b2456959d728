import math
from decimal import Decimal

import numpy as np
import pytest

from catalog.columns import FilterColumns
from catalog.facets import Postings
from catalog.splits import Split, choose_choices
from catalog.text import fold
from catalog.types import (
    Attribute,
    FlagConstraint,
    LocalText,
    NumberConstraint,
    Price,
    Product,
    ProductFilter,
    TextConstraint,
    Variant,
)
from catalog.words.product_types import titled_value

SHELF = (LocalText("Bags", "箱包"), LocalText("Backpacks", "双肩包"))
TOTES = (LocalText("Bags", "箱包"), LocalText("Totes", "托特包"))


def bag(id_, brand, price, path=SHELF, colors=("black",), waterproof=False, weight=None):
    names = {"black": "黑色", "red": "红色"}
    facts = [Attribute("waterproof", waterproof, label=LocalText("Waterproof", "防水"))]
    if weight:
        facts.append(Attribute("weight", Decimal(weight), "g", LocalText("Weight", "重量")))
    return Product(
        id_,
        LocalText(id_, id_),
        tuple(
            Variant(
                f"{id_}-{c}", (("color", LocalText(c, names[c])),), (Price(Decimal(price), "USD"),)
            )
            for c in colors
        ),
        brand=LocalText(brand, f"{brand}牌"),
        category=path,
        attributes=tuple(facts),
    )


BAGS = {
    1: bag("B1", "Acme", "20", weight="310"),
    2: bag("B2", "Acme", "38.99", TOTES, ("black", "red"), waterproof=True, weight="420"),
    3: bag("B3", "Bolt", "59", weight="500"),
    4: bag("B4", "Core", "120", TOTES, ("black", "red"), weight="610"),
}


def ask(name, items=None, seen=None, bags=BAGS):
    columns = FilterColumns()
    for item, one in bags.items():
        columns.update(item, one)

    def choose(divided):
        if seen is not None:
            seen.update({one.name: one for one in divided})
        return name

    return choose_choices(
        columns,
        Postings.of(columns),
        columns.mask(ProductFilter(currency="USD")),
        np.array(items or tuple(bags), np.int64),
        lambda wanted: {item: bags[item] for item in wanted},
        choose,
        "USD",
    )


def test_an_answer_tells_as_much_as_it_leaves_out():
    assert Split("brand", (2, 2), 4).gain == 1.0
    assert Split("brand", (1, 1, 1, 1), 4).gain == 2.0
    # Nearly everything comes in 42, so to know the size tells next to nothing.
    assert Split("size", (40, 39, 38), 40).gain < 0.1
    assert Split("brand", (4,), 4).gain == 0.0


def test_what_few_have_tells_little():
    known, rare = Split("a", (5, 5), 10), Split("b", (1, 1), 10)
    assert known.gain == pytest.approx(1.0)
    assert rare.gain == pytest.approx(math.log2(10) * 0.2)


def test_the_facts_are_counted_by_product_and_in_one_language():
    seen = {}
    ask(None, seen=seen)
    assert seen["brand"].counts == (2, 1, 1)
    assert seen["color"].counts == (2,)  # all four come in black, which sets nothing apart
    assert seen["waterproof"].counts == (3, 1)
    assert {one.total for one in seen.values()} == {4}


def test_only_candidates_count():
    seen = {}
    ask(None, items=(1, 2), seen=seen)
    assert seen["brand"].counts == ()
    assert seen["waterproof"].counts == (1, 1)


def test_nothing_chosen_is_nothing_to_ask():
    assert ask(None) is None


def test_the_answers_are_named_in_both_languages_most_frequent_first():
    found = ask("brand")
    assert [one.label for one in found.choices] == [
        LocalText("Acme", "Acme牌"), LocalText("Bolt", "Bolt牌"), LocalText("Core", "Core牌"),
    ]  # fmt: skip
    assert found.choices[0].constraint == TextConstraint("brand", ("acme",))
    assert found.choices[0].count == 2


def test_kinds_are_the_shelves_that_things_lie_on_not_the_wider_ones():
    assert [one.label.zh for one in ask("category").choices] == ["双肩包", "托特包"]


@pytest.mark.parametrize(
    ("printer", "cable", "shelf"),
    [
        ("Laser printer", "Patch cable", LocalText("Laser printer")),
        ("激光打印机", "网线", LocalText("", "激光打印机")),
    ],
)
def test_a_shelf_and_the_titles_of_its_name_are_one_answer(printer, cable, shelf):
    bags = {
        1: bag(f"{printer} A", "Acme", "20", (shelf,)),
        2: bag(f"{printer} B", "Acme", "30", ()),
        3: bag(f"{printer} C", "Bolt", "40", ()),
        4: bag(f"{cable} D", "Bolt", "50", ()),
    }
    found = ask("category", bags=bags)
    named = {fold(shelf.get("en")), titled_value(shelf.get("en"))}  # the one name it has
    (one,) = [one for one in found.choices if named & {*one.constraint.values}]
    assert one.count == 3
    assert named <= {*one.constraint.values}


def test_a_kind_that_all_the_candidates_are_is_no_answer():
    titles = ("Patch cable A", "Patch cable B", "Fiber optic cable C")
    bags = {at: bag(title, "Acme", "20", ()) for at, title in enumerate(titles, 1)}
    assert ask("category", bags=bags) is not None
    assert ask("category", bags={1: bags[1], 2: bags[2]}) is None


def test_yes_and_no_demand_a_flag():
    found = ask("waterproof")
    assert found.label == LocalText("Waterproof", "防水")
    assert {one.constraint for one in found.choices} == {
        FlagConstraint("waterproof", True), FlagConstraint("waterproof", False),
    }  # fmt: skip


def test_prices_are_cut_at_round_numbers_and_every_product_is_in_some_band():
    bands = [one.constraint for one in ask("price").choices]
    assert bands == [
        NumberConstraint("price", None, Decimal(40), "USD"),
        NumberConstraint("price", Decimal(40), Decimal(80), "USD"),
        NumberConstraint("price", Decimal(80), None, "USD"),
    ]
    assert sum(one.count for one in ask("price").choices) >= len(BAGS)


def test_a_fact_that_all_share_has_no_answers_to_choose_from():
    assert ask("brand", items=(1,)) is None
