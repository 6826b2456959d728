"""Search says what it searched for instead, and knows the catalogue's words after a restart."""

import pytest

from catalog.correction import Change
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.synonyms import parse_synonyms
from tests.catalog.encoders import WordEncoder
from tests.catalog.products import product

SHOP = [
    product("q", "Quixotron lamp|奇索灯", category="Lighting|灯具", brand="Quixo|奇索光"),
    product("k", "Wireless keyboard|无线键盘", category="Computers|电脑", brand="Keyo|键友"),
    product("b", "Bluetooth headphones|蓝牙耳机", category="Audio|影音", brand="Sono|索诺"),
]


@pytest.fixture
def folder(tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    store.upsert(SHOP, "test")
    store.close()
    return tmp_path


def opened(folder, synonyms=""):
    store = ProductStore.open(f"sqlite:///{folder / 'shop.db'}")
    read = parse_synonyms(synonyms, "test")
    return ProductSearch.open(store, WordEncoder(), folder / "index", synonyms=lambda: read)


@pytest.mark.parametrize(
    ("query", "meant", "first"),
    [
        ("quixotrn", "quixotron", "q"),
        ("wireles keybord", "wireless keyboard", "k"),
        ("lanya erji", "蓝牙耳机", "b"),
        ("蓝牙而机", "蓝牙耳机", "b"),
    ],
)
def test_a_misspelt_query_finds_its_product_and_says_so_also_after_a_restart(
    folder, query, meant, first
):
    for _ in range(2):
        search = opened(folder)
        result = search.search(query)
        assert result.products[0].product.id == first
        assert result.correction is not None
        assert result.correction.text == meant
        search.close()


def test_nothing_is_said_of_a_query_that_is_right(folder):
    search = opened(folder)
    assert search.search("wireless keyboard").correction is None
    assert search.correct("sono 蓝牙耳机").changes == ()


def test_a_changed_product_is_known_at_once(folder):
    search = opened(folder)
    assert search.correct("zebulonx").changes == ()
    store = ProductStore.open(f"sqlite:///{folder / 'shop.db'}")
    store.upsert([product("z", "Zebulon rug|泽布伦地毯", category="Home|家居")], "test")
    search.sync()
    assert search.correct("zebulonx").changes == (Change("zebulonx", "zebulon"),)
    store.close()


def test_the_shops_synonyms_find_its_products(folder):
    search = opened(folder, "clickyboard = wireless keyboard\n打字板 = 键盘")
    assert search.search("clickyboard").products[0].product.id == "k"
    assert search.search("打字板").products[0].product.id == "k"
    assert search.search("clickyboard").correction is None
