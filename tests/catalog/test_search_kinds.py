"""Category understanding: the thing itself comes first, its accessories when they are asked for."""

import pytest

from catalog.search import ProductSearch
from catalog.store import ProductStore
from tests.catalog.encoders import WordEncoder
from tests.catalog.products import product

# The accessories name the thing as often as they can; the things have long titles.
ENGLISH = (
    product("bag", "Laptop bag", description="A laptop bag for every laptop."),
    product("lock", "Laptop lock", description="Locks a laptop. Fits any laptop."),
    product(
        "book",
        "Norvo Air 14 laptop silver 16 GB 512 GB thin and light, made to last all day at school",
        description="Thin and light, for work and for school, all day without a charger.",
    ),
    product("toner", "Printer toner cartridge for a printer", description="Printer toner."),
    product(
        "print",
        "Mikado LaserWriter 300 printer A4, duplex, wired and wireless, 28 pages a minute",
        description="Prints on both sides of the paper and scans as well.",
    ),
)
CHINESE = (
    product("bag", "|笔记本电脑包", description="|笔记本电脑包，装得下各种笔记本电脑。"),
    product("lock", "|笔记本电脑锁 笔记本锁", description="|笔记本电脑锁，每台笔记本电脑都能锁。"),
    product(
        "book",
        "|诺沃 Air 14 轻薄办公笔记本电脑 银色 16GB 内存 512GB 固态 背光键盘 双接口 快充",
        description="|轻便，适合上班上学，一整天不用充电。",
    ),
    product("toner", "|打印机硒鼓 打印机墨粉", description="|打印机硒鼓。"),
    product(
        "print",
        "|三角 LaserWriter 300 打印机 A4 双面打印 有线无线 每分钟28页",
        description="|可以双面打印，也能扫描。",
    ),
)


@pytest.fixture(params=["en", "zh"])
def search(request, tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    store.upsert(ENGLISH if request.param == "en" else CHINESE, "test")
    opened = ProductSearch.open(store, WordEncoder(), tmp_path / "index")
    yield opened
    opened.close()
    store.close()


def first(search, query):
    return search.search(query).products[0].product.id


@pytest.mark.parametrize("query", ["laptop", "laptops", "笔记本电脑"])
def test_a_laptop_is_found_before_bags_and_locks_for_it(search, query):
    assert first(search, query) == "book"


@pytest.mark.parametrize("query", ["printer", "打印机"])
def test_a_printer_is_found_before_its_toner(search, query):
    assert first(search, query) == "print"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("laptop bag", "bag"),
        ("a bag for my laptop", "bag"),
        ("笔记本电脑包", "bag"),
        ("laptop lock", "lock"),
        ("电脑锁", "lock"),
        ("printer toner", "toner"),
        ("硒鼓", "toner"),
    ],
)
def test_an_accessory_that_is_asked_for_comes_first(search, query, expected):
    assert first(search, query) == expected


def test_kinds_follow_the_products_and_are_kept_with_the_indexes(tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    store.upsert(ENGLISH, "test")
    search = ProductSearch.open(store, WordEncoder(), tmp_path / "index")
    search.close()
    search = ProductSearch.open(store, WordEncoder(), tmp_path / "index")
    assert first(search, "laptop") == "book"
    store.upsert([product("book", "Garden chair")], "test")
    assert first(search, "laptop") != "book"
    search.close()
    store.close()
