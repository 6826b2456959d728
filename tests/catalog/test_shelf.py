"""The catalogue as recommendations look at it: as of now, or as of the beginning of a question."""

from decimal import Decimal

import pytest

from catalog.search import ProductSearch
from catalog.types import Price, ProductFilter
from tests.catalog.products import product


@pytest.fixture
def shelf(store, encoder, tmp_path):
    opened = ProductSearch.open(store, encoder, tmp_path / "index")
    yield opened.shelf
    opened.close()


def test_what_changes_while_it_is_held_counts_afterwards(shelf, store):
    with shelf.held():
        before = shelf.revision
        store.upsert([product("new-1")], "test")
        with shelf.held():
            assert shelf.revision == before
        assert shelf.numbers(["new-1"]).tolist() == [0]
    assert shelf.revision > before
    assert shelf.numbers(["new-1"])[0] > 0


def test_a_product_that_changed_meanwhile_is_left_out_until_that_is_known(shelf, store):
    (variant,) = store.get("run-1").variants[:1]
    price = variant.prices[0]
    with shelf.held():
        store.update_price(variant.id, Price(price.amount + Decimal(1), price.currency))
        assert set(shelf.products(["run-1", "run-2", "nothing"])) == {"run-2"}
    (known,) = shelf.products(["run-1"]).values()
    assert known == store.get("run-1")


def test_a_product_is_read_once_while_nothing_changes(shelf, store, monkeypatch):
    first = shelf.products(["run-1", "run-2"])
    monkeypatch.setattr(store, "records", lambda ids: [one for one in ids if pytest.fail(one)])
    assert shelf.products(["run-2", "run-1"]) == first
    (item,) = shelf.numbers(["run-1"]).tolist()
    assert [one.product for one in shelf.pick({item: 1.0}, ProductFilter())] == [first["run-1"]]
