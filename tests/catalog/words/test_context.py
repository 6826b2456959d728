"""What must stand around an ordinary word for it to name a shelf or a brand."""

from dataclasses import replace

import pytest

from catalog.types import Attribute, LocalText
from catalog.vocabulary import Vocabulary
from tests.catalog.products import product


@pytest.fixture(scope="module")
def shop():
    return Vocabulary.from_products([
        product("1", category="Bags|包", brand="Little Leaf|小叶子"),
        product("2", category="Books|图书", brand="Harbour|港湾", language="English|英文"),
    ])  # fmt: skip


def names(shop, text):
    return [(m.name, text[m.start : m.end]) for m in shop.find(text)]


@pytest.mark.parametrize(
    "text", ["要添包，真皮做的", "我是来挑包的", "想淘包", "要包，容量不低于5 L", "包"]
)
def test_a_shelf_of_one_character_is_asked_for_by_a_verb(shop, text):
    assert ("product_type", "包") in names(shop, text)


@pytest.mark.parametrize(
    "text",
    [
        "I could do with books, language: english",
        "I'm after books, please",
        "books, in all",
        "let me begin again, books, in English",
    ],
)
def test_a_shelf_ends_where_its_clause_does(shop, text):
    assert ("product_type", "books") in names(shop, text)


@pytest.mark.parametrize("text", ["want to buy more", "打算入手more，都有啥"])
def test_an_ordinary_word_is_a_shelf_behind_who_buys_it(text):
    shop = Vocabulary.from_products([product("1", category="More"), product("2", category="Less")])
    assert names(shop, text) == [("product_type", "more")]
    assert names(shop, text.replace("buy", "be").replace("入手", "聊聊")) == []


def test_what_one_could_do_with_is_looked_for():
    lamp = product("1", category="Lamps|灯", batteries_included=True)
    shop = Vocabulary.from_products([lamp, product("2", category="Batteries|电池")])
    assert names(shop, "I could do with batteries") == [("product_type", "batteries")]
    assert names(shop, "a lamp with batteries")[1][0] == "feature"


@pytest.mark.parametrize("text", ["墨行家的", "另外最好墨行家的", "我是来挑灯的", "想买灯"])
def test_a_name_and_a_kind_may_make_another_word_with_what_is_beside_them(text):
    shop = Vocabulary.from_products([product("1", category="Lamps|灯", brand="Inkwell Row|墨行")])
    assert [text[m.start : m.end] for m in shop.find(text)] == ["墨行" if "墨" in text else "灯"]


@pytest.mark.parametrize("text", ["小叶子家的", "另外最好小叶子家的", "小叶子家那款"])
def test_an_ordinary_word_is_a_brand_before_its_house(shop, text):
    assert names(shop, text) == [("brand", "小叶子")]


@pytest.fixture(scope="module")
def devices():
    """Things that have a microphone or are made of PC, where others are called so."""
    return Vocabulary.from_products([
        product("1", "Sonaro Headphones", category="Headphones|耳机", microphone=True),
        product("2", "Desk Microphone", category="Microphones|麦克风"),
        product("3", "Rovena Suitcase", category="Suitcases|拉杆箱", material="PC|PC"),
        product("4", "Office PC", category="PCs|台式机"),
        product("5", "Bag", category="Handbags|手提包", pockets=True),
        replace(product("6", "Trunk", category="Trunks|皮箱"),
                attributes=(Attribute("lock", True, label=LocalText("lock", "密码锁")),)),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("headphones, microphone, in white", ("feature", "microphone")),
        ("headphones with microphone", ("feature", "with microphone")),
        ("a handbag with pockets", ("feature", "with pockets")),
        ("handbags, pockets, $20 tops", ("feature", "pockets")),
        ("suitcases, not PC", ("material", "PC")),
        ("拉杆箱，非PC", ("material", "PC")),
        ("拉杆箱，PC的", ("material", "PC")),
        ("得有密码锁", ("feature", "密码锁")),
        ("pockets这条不能少", ("feature", "pockets")),
    ],
)
def test_what_may_be_a_thing_is_a_property_beside_a_kind_that_has_it(devices, text, found):
    assert found in names(devices, text)
    assert next(m for m in devices.find(text) if m.name == found[0]).constraint is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("microphone", "microphone"),
        ("headphones and a microphone", "microphone"),
        ("suitcases and a PC", "PC"),
        ("耳机和麦克风", "麦克风"),
    ],
)
def test_by_itself_or_joined_it_is_a_thing(devices, text, kind):
    assert ("product_type", kind) in names(devices, text)


@pytest.fixture(scope="module")
def stationer():
    """A shop of chocolate in flavours, of paper, and of toys that are made of paper."""
    return Vocabulary.from_products([
        product("1", category="Chocolate|巧克力", flavor="milk|牛奶"),
        product("2", category="Paper|纸品"),
        product("3", category="Toys|玩具", material="paper|纸", color="brown|棕色"),
    ])  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "I could do with chocolate, flavor: milk",
        "your chocolate, flavor: milk",
        "巧克力，口味要牛奶的",
    ],
)
def test_a_flavour_behind_a_comma_is_of_the_kind_before_it(stationer, text):
    found = {m.name: m.constraint.name for m in stationer.find(text)}
    assert found == {"product_type": "category", "feature": "flavor"}


@pytest.mark.parametrize("text", ["toys, not paper", "toys made of paper", "纸做的玩具"])
def test_a_material_is_none_of_the_shelf_that_is_called_so(stationer, text):
    found = {m.name: m.constraint.name for m in stationer.find(text)}
    assert found == {"product_type": "category", "material": "material"}
