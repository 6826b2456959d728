from datetime import date

import pytest

from catalog.columns import FilterColumns
from catalog.live import LiveIndexes
from catalog.merchandising import Merchandising, load_merchandising
from catalog.search import NO_FILTER, ProductSearch
from catalog.store import ProductStore
from catalog.types import ProductFilter, SortKey
from tests.catalog.encoders import WordEncoder
from tests.catalog.shop import PRODUCTS

RULES = """
rules:
  - query: [running shoes, 跑步鞋]
    pin: [run-3, tea-1]
    start: 2026-11-20
    end: 2026-11-30
  - category: [Shoes, 鞋靴]
    bury: [{brand: Veloq}]
  - query: headphones
    hide: [ear-1]
  - query: earbuds
    boost: [{category: Headphones}, ear-1]
"""
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    store = ProductStore.open(f"sqlite:///{folder / 'shop.db'}")
    store.upsert(PRODUCTS, "test")
    opened = LiveIndexes.open(store, WordEncoder(), folder / "index", lambda *_: None)
    yield opened
    opened.close()
    store.close()


@pytest.fixture
def asked(live, tmp_path):
    path = tmp_path / "rules.yml"

    def ask(text, wanted=NO_FILTER, rules=RULES, today=TODAY, **options):
        path.write_text(rules, "utf-8")
        search = ProductSearch(
            live, WordEncoder(), merchandising=load_merchandising(path), today=lambda: today
        )
        return search.search(text, wanted, **options)

    return ask


def ids(result):
    return [one.product.id for one in result.products]


@pytest.mark.parametrize(
    "text", ["running shoes", "Shoes RUNNING", "runing shoes", "跑步鞋", "跑不鞋"]
)
def test_pinned_products_come_first_in_the_order_of_the_file(asked, text):
    found = asked(text)
    assert ids(found)[:2] == ["run-3", "tea-1"]
    assert len(ids(found)) == len(set(ids(found)))
    assert ids(asked(text, rules="rules: []"))[0] != "run-3"


def test_a_rule_holds_from_its_first_day_to_its_last(asked):
    firsts = [
        ids(asked("running shoes", today=date(2026, month, day)))[0]
        for month, day in ((11, 19), (11, 20), (11, 30), (12, 1))
    ]
    assert [one == "run-3" for one in firsts] == [False, True, True, False]


def test_other_words_are_no_reason(asked):
    assert ids(asked("trail running shoes"))[0] != "run-3"


def test_a_pin_never_shows_what_was_ruled_out(asked):
    wanted = ProductFilter(categories=("shoes",), available_only=True)
    assert {"run-3", "tea-1"}.isdisjoint(ids(asked("running shoes", wanted)))


def test_an_order_the_shopper_chose_stays(asked):
    plain = ids(asked("running shoes", rules="rules: []", sort=SortKey.PRICE_DESCENDING))
    assert ids(asked("running shoes", sort=SortKey.PRICE_DESCENDING)) == plain


def test_what_is_buried_comes_last_in_its_category(asked):
    assert ids(asked("", ProductFilter(categories=("鞋靴",)))) == ["run-2", "run-1", "run-3"]
    assert ids(asked("", ProductFilter(categories=("running shoes",))))[0] == "run-1"


def test_what_is_hidden_is_not_shown_nor_counted(asked):
    found = asked("headphones", ProductFilter(brands=("Tonalo",)))
    assert (ids(found), found.matching) == (["ear-2"], 1)
    assert "ear-1" in ids(asked("wireless headphones"))


def test_a_boost_moves_up_but_leaves_the_order_of_the_boosted(asked):
    plain = ids(asked("", rules="rules: []"))
    boosted = ids(asked("", rules="rules: [{boost: [ink-1]}]"))
    assert boosted.index("ink-1") < plain.index("ink-1")
    assert [one for one in boosted if one != "ink-1"] == [one for one in plain if one != "ink-1"]


def test_pages_of_an_arranged_result_do_not_overlap(asked):
    pages = [ids(asked("running shoes", k=2, offset=at)) for at in (0, 2, 4)]
    whole = ids(asked("running shoes", k=6))
    assert [one for page in pages for one in page] == whole
    assert len(set(whole)) == len(whole)


def test_what_the_shop_does_not_have_is_named(tmp_path):
    columns = FilterColumns()
    for item, one in enumerate(PRODUCTS, 1):
        columns.update(item, one)
    path = tmp_path / "rules.yml"
    path.write_text("rules: [{pin: [run-1, gone-1], boost: [{brand: Nobody}, {brand: 维洛}]}]")
    rules = load_merchandising(path)
    assert rules.unknown(columns) == ("product 'gone-1'", "brand 'Nobody'")
    assert Merchandising().unknown(columns) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a", "expected one key, rules"),
        ("rules: 3", "expected a list of rules, got 3"),
        ("rules: [pin]", "rule 1: expected keys"),
        ("rules: [{pin: [a]}, {pinn: [a]}]", "rule 2: unknown key pinn"),
        ("rules: [{query: shoes}]", "rule 1: expected one of pin, hide, boost, bury"),
        ("rules: [{pin: run-1}]", "pin: expected a list"),
        ("rules: [{pin: [{brand: X}]}]", "pin: expected ids"),
        ("rules: [{boost: [{color: red}]}]", "boost: expected a product's id"),
        ("rules: [{query: 5, pin: [a]}]", "query: expected a text"),
        ('rules: [{query: "!", pin: [a]}]', "query: expected words"),
        ("rules: [{pin: [a], start: soon}]", "start: expected a day"),
        ("rules: [{pin: [a], start: 2026-12-02, end: 2026-12-01}]", "start 2026-12-02 is after"),
        ("rules: [", "cannot be read"),
    ],
)
def test_a_wrong_file_is_named_with_the_rule_and_the_key(tmp_path, text, message):
    path = tmp_path / "rules.yml"
    path.write_text(text)
    with pytest.raises(ValueError, match=message) as raised:
        load_merchandising(path)
    assert "rules.yml" in str(raised.value)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(ValueError, match="cannot be read"):
        load_merchandising(tmp_path / "none.yml")
