from dataclasses import replace
from datetime import timedelta

import pytest

from catalog.events.log import EventLog
from catalog.events.types import Excluded
from catalog.store import ProductStore
from tests.catalog.events.builders import event
from tests.catalog.shop import PRODUCTS

TEA, VARIANT = "tea-1", "tea-1-a"


@pytest.fixture
def store(tmp_path):
    opened = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    opened.upsert([one for one in PRODUCTS if one.id == TEA], "test")
    yield opened
    opened.close()


@pytest.fixture
def log(store):
    return EventLog(store, timedelta(seconds=10))


def test_an_event_comes_back_as_it_went_in(log, store):
    one = event(
        "view_item_list", TEA, list_id="for_you", position=3, model="ease", version="7",
        session_id="s", source="api",
    )  # fmt: skip
    rated = event("rate", TEA, 1, rating=2, event_id="e")
    searched = event("search", "", 2, query="乌龙茶")
    assert log.record([one, rated, searched]).stored == 3
    assert list(store.events()) == [one, replace(rated, event_id=""), searched]
    assert list(store.events(rated.time, ("rate",))) == [replace(rated, event_id="")]


def test_only_what_was_done_with_a_product_is_an_interaction(log, store):
    log.record([event("view_item_list", TEA), event("search", ""), event("rate", TEA, rating=1)])
    log.record([event("view_item", TEA, excluded=Excluded.BOT_AGENT)])
    (one,) = store.interactions()
    assert (one.kind, one.weight) == ("rate", -1.0)


def test_the_same_within_the_window_is_one(log, store):
    log.record([event("view_item", TEA), event("view_item", TEA, 9)])
    again = log.record([event("view_item", TEA, -9), event("view_item", TEA, 11)])
    assert (again.stored, again.duplicates) == (1, 1)
    assert len(list(store.events())) == 2
    assert log.record([event("view_item", TEA, 5, shopper="u2")]).stored == 1


def test_an_id_is_known_whenever_it_comes_again(log):
    first = event("view_item", TEA, event_id="e1")
    bought = event("purchase", TEA, transaction_id="T1")
    assert log.record([first, bought]).stored == 2
    later = [replace(one, time=one.time + timedelta(days=3)) for one in (first, bought)]
    assert log.record(later).duplicates == 2
    assert log.record([replace(first, event_id="e2")]).stored == 1


def test_a_variant_is_its_product(log, store):
    log.record([event("add_to_cart", VARIANT)])
    assert [one.product_id for one in store.events()] == [TEA]
    assert log.record([event("add_to_cart", TEA, 2)]).duplicates == 1


def test_an_unknown_product_does_not_count_until_it_is_known(log, store):
    newcomer = event("purchase", "ink-1")
    assert log.record([newcomer]).excluded == {"unknown_product": 1}
    assert list(store.interactions()) == []
    before = store.last_interaction()
    assert log.record([newcomer]).duplicates == 1
    store.upsert([one for one in PRODUCTS if one.id == "ink-1"], "test")
    assert log.record([newcomer]).stored == 1
    assert [one.product_id for one in store.interactions(after=before)] == ["ink-1"]
    assert len(list(store.events())) == 1


def test_nothing_is_nothing(log):
    assert log.record([]).stored == 0
