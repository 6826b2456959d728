"""Which categories a product type covers, told from their names and their places in the tree."""

from collections import Counter

import pytest

from catalog.lexicon import load_lexicon
from catalog.words.categories import head_types, map_categories
from catalog.words.product_types import type_trie, types_named
from tests.catalog.products import as_text

LEXICON = load_lexicon()
TYPES = type_trie(LEXICON)


def tree(*paths, **counted):
    """A category map of "A>B" paths with ten products each, or as many as are given."""
    counts = Counter({path: 10 for path in paths})
    counts.update(counted.get("counts", {}))
    return map_categories(
        Counter({tuple(map(as_text, path.split(">"))): n for path, n in counts.items()}),
        LEXICON,
        TYPES,
    )


def covered(categories, product_type):
    return {name.get("en") for name in categories.covered(product_type)}


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("Running shoes", {"running shoes"}), ("Men's running shoes", {"running shoes"}),
        ("Laptop bags", {"laptop bag"}), ("Cases for phones", {"phone case"}),
        ("Down jackets (women)", {"down jacket"}), ("蓝牙耳机", {"bluetooth headphones"}),
        ("男士手表", {"watch"}), ("手机壳", {"phone case"}), ("Nail polish set", {"nail polish"}),
        ("Doll shoes", set()), ("玩具手机", set()), ("Dog beds", {"pet bed"}), ("Gizmos", set()),
        ("Non-fiction", {"non-fiction"}), ("Shoes - clearance", {"shoes"}),
    ],
)  # fmt: skip
def test_the_head_of_a_name_is_last(name, types):
    found, _ = head_types(name, TYPES, LEXICON)
    assert (found >= types if types else not found) and ("laptop" not in found)


def test_a_type_covers_its_kinds_and_not_its_accessories():
    shop = tree("Shoes>Running shoes", "Shoes>Boots>Rain boots", "Shoes>Insoles")
    assert covered(shop, "shoes") == {"Running shoes", "Boots", "Rain boots"}
    assert covered(shop, "boots") == {"Boots", "Rain boots"}


def test_a_department_of_one_kind_is_covered_whole():
    shop = tree("Toys>Dolls", "Toys>Wonders", "Toys>Puzzles")
    assert covered(shop, "toys") == {"Toys", "Dolls", "Puzzles"}


def test_a_department_of_mostly_other_things_gives_way():
    shop = tree("Computers>Laptops", counts={"Computers>Printers": 40, "Computers>Routers": 40})
    assert covered(shop, "computer") == {"Laptops"}


def test_a_name_that_lists_other_things_counts_only_without_a_better_one():
    shop = tree("Phones & audio", "Garden")
    assert covered(shop, "phone") == {"Phones & audio"}
    shop = tree("Phones & audio", "Electronics>Phones")
    assert covered(shop, "phone") == {"Phones"}


def test_an_ambiguous_name_is_read_by_its_place():
    shop = tree("Stationery>Notebooks", "Computers>Notebook")
    assert covered(shop, "laptop") == {"Notebook"}
    assert covered(shop, "paper notebook") == {"Notebooks"}


def test_both_languages_of_a_name_are_read():
    shop = tree("Goods|货品>Ear things|耳机", "Goods|货品>Vehicle lamps|自行车灯")
    assert covered(shop, "headphones") == {"Ear things"}
    assert covered(shop, "bike light") == {"Vehicle lamps"}


@pytest.mark.parametrize(
    ("title", "types"),
    [
        ("Urbanest laptop bag, grey", {"laptop bag"}),
        ("USB cable for printer", {"charging cable"}),
        ("HyperX gaming mouse pad", {"mouse pad"}), ("HyperX 游戏鼠标垫", {"mouse pad"}),
        ("华为降噪蓝牙耳机 适用手机", {"bluetooth headphones"}), ("Doll dress with shoes", set()),
        ("HP 301 ink cartridge", {"ink cartridge"}), ("Xyzzy 42", set()),
        ("Kyora TK-66 Original Black 1 pc(s)", set()), ("Kyora 2000 sheets", set()),
        ("Office PC, 8 GB", {"computer"}), ("Compaq 6000 PC", {"computer"}),
        ("Cotton sheets", {"bed sheet"}),
        ("Labels A4, white paper, 100 pcs", {"printer label"}), ("A4 white paper", {"paper"}),
        ("LC patch cable, orange", {"network cable"}), ("Navel oranges, 1 kg", {"oranges"}),
        ("白色纸质标签 100张", {"printer label"}), ("A4白纸", {"paper"}),
    ],
)  # fmt: skip
def test_titles_name_what_the_product_is(title, types):
    assert types_named(title, TYPES, LEXICON) == types


def test_a_department_named_after_two_things_gives_way_to_the_shelves_of_one():
    categories = tree(
        "Computers>Keyboards & mice>Mice",
        "Computers>Keyboards & mice>Gaming mice",
        "Computers>Keyboards & mice>Office keyboards",
    )
    assert covered(categories, "mouse") == {"Mice", "Gaming mice"}
    assert covered(categories, "keyboard") == {"Office keyboards"}
