from decimal import Decimal

import pytest

from assistant.simulation.admissions import declared
from assistant.simulation.systems import Said
from assistant.simulation.wishes import Wish, kind_wish
from catalog.types import LocalText
from tests.assistant.simulation.shop import color, under

RED = color(LocalText("red", "红色"))
WIDE = Wish("number", "width", label=LocalText("Width", "宽度"), maximum=Decimal(70), unit="cm")
LARGE = Wish(
    "number", "storage", label=LocalText("Storage", "硬盘"), minimum=Decimal(1000), unit="GB"
)
WISHES = (RED, WIDE, LARGE, under(20))


@pytest.mark.parametrize(
    ("name", "facts", "wishes"),
    [
        ("none_with", {"missing": "in red"}, {RED}),
        ("none_with", {"missing": "红色的"}, {RED}),
        ("none_measured", {"missing": "宽度顶多70 cm"}, {WIDE}),
        ("none_stated", {"missing": "at most 70 cm wide"}, {WIDE}),
        ("none_measured", {"missing": "起码1,000 GB"}, {LARGE}),
        ("none_together", {"missing": "red · under 70"}, {RED, WIDE}),
        ("none_under", {}, {under(20)}),
        ("nearest_instead", {}, set(WISHES)),
        ("cannot_filter", {"what": "red"}, {RED}),
        ("none_with", {"missing": "waterproof"}, set()),
        ("none_with", {"missing": "a bordered rug of 170 cm"}, set()),
        ("found", {"what": "red"}, set()),
    ],
)
def test_a_statement_counts_for_the_wishes_it_names(name, facts, wishes):
    assert declared([Said(name, facts)], WISHES) == wishes


def test_a_kind_is_named_by_any_of_its_names():
    computers = kind_wish(LocalText("Computers", "电脑"), frozenset({"computer"}))
    assert declared([Said("none_together", {"missing": "PC · 黑色"})], [computers]) == {computers}


def test_who_gives_up_the_narrower_kind_has_told_of_the_wider():
    laptops = kind_wish(LocalText("laptop", "笔记本电脑"), frozenset({"laptop"}))
    notebooks = kind_wish(LocalText("Notebook"), frozenset())
    said = [Said("none_together", {"missing": "Notebook"})]
    assert declared(said, [laptops, notebooks, RED]) == {laptops, notebooks}


def test_a_name_is_known_without_the_mark_at_its_end():
    brand = Wish("text", "brand", LocalText("be quiet!"))
    assert declared([Said("none_with", {"missing": "brand: be quiet"})], [brand]) == {brand}
