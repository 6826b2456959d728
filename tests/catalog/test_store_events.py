"""Events in the database: old shops, guests who sign in, and what is erased."""

from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import catalog.store
from catalog.complements import BoughtTogether
from catalog.events.types import guest_id
from catalog.recommending.history import History
from catalog.store import EventReader, ProductStore, tables
from catalog.types import Interaction
from tests.catalog.events.builders import NOW, event
from tests.catalog.shop import PRODUCTS

GUEST = guest_id("c1")
WINDOW = timedelta(seconds=10)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture
def store(url):
    opened = ProductStore.open(url)
    opened.upsert(PRODUCTS, "test")
    yield opened
    opened.close()


def add(store, *events):
    return store.add_events(events, WINDOW)


def test_events_of_an_older_shop_stay_and_count(url):
    engine = create_engine(url)
    config = Config()
    scripts = Path(catalog.store.__file__).parent / "migrations"
    config.set_main_option("script_location", str(scripts))
    with engine.begin() as connection:
        given = {"version_table": "catalog_version", "metadata": tables.metadata}
        config.attributes.update(given | {"connection": connection})
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO interaction (user_id, product_id, kind, time, weight)"
                " VALUES ('u1', 'tea-1', 'purchase', '2026-01-01 00:00:00', 5)"
            )
        )
    engine.dispose()
    store = ProductStore.open(url)
    (one,) = store.interactions()
    assert (one.user_id, one.product_id, one.kind, one.weight) == ("u1", "tea-1", "purchase", 5)
    (row,) = store.events()
    assert (row.list_id, row.position, row.excluded) == ("", None, None)
    assert add(store, event("view_item", "tea-1")).stored == 1
    store.close()


def test_a_guest_who_signs_in_brings_their_events_once(store):
    add(store, event("view_item", "tea-1", shopper=GUEST), event("view_item", "ink-1"))
    assert store.join_guest(GUEST, "u1") == 1
    assert store.join_guest(GUEST, "u1") == 0
    assert [one.product_id for one in store.interactions("u1")] == ["tea-1", "ink-1"]
    assert list(store.interactions(GUEST)) == []
    assert store.guests_of("u1") == (GUEST,)
    assert store.join_guest(guest_id("nobody"), "u1") == 0
    add(store, event("view_item", "ear-1", shopper=GUEST))
    assert store.join_guest(GUEST, "u2") == 1
    assert [one.product_id for one in store.interactions("u2")] == ["ear-1"]


@pytest.mark.parametrize("pair", [("u1", "u2"), (GUEST, GUEST), (GUEST, "")])
def test_only_a_guest_becomes_only_a_user(store, pair):
    with pytest.raises(ValueError, match="guest"):
        store.join_guest(*pair)


def test_a_reader_hears_of_every_change_once(store):
    reader = EventReader(store)
    add(store, event("view_item", "tea-1", shopper=GUEST))
    news = reader.read()
    assert [one.user_id for one in news.interactions] == [GUEST]
    assert reader.read() is None
    store.join_guest(GUEST, "u1")
    add(store, event("view_item", "ink-1"))
    news = reader.read()
    assert news.joined == ((GUEST, "u1"),)
    assert [one.product_id for one in news.interactions] == ["ink-1"]
    add(store, event("view_item", "ear-1", shopper="u2"))
    reader.read()
    assert store.erase_events("u2") == 1
    add(store, event("view_item", "run-1", shopper="u3"))
    news = reader.read()
    assert news.start_over
    assert [one.user_id for one in news.interactions] == ["u1", "u1", "u3"]


def test_the_history_follows_sign_ins_late_events_and_erasure(store):
    history = History(store)
    add(store, event("view_item", "tea-1", shopper=GUEST), event("purchase", "ink-1", 9))
    history.refresh()
    assert (history.of_user("u1").keys(), history.of_user(GUEST).keys()) == ({"ink-1"}, {"tea-1"})
    store.join_guest(GUEST, "u1")
    history.refresh()
    assert history.of_user("u1").keys() == {"tea-1", "ink-1"}
    assert history.of_user(GUEST) == {}
    assert set(history.popularity()[0]) == {"tea-1", "ink-1"}
    store.erase_events("u1")
    history.refresh()
    assert history.of_user("u1") == {}
    assert list(history.popularity()[0]) == []
    assert history.purchases("u1") == {}


def test_what_was_refused_last_counts(store):
    history = History(store)
    add(
        store,
        event("rate", "ink-1", 9, rating=5),
        event("rate", "ink-1", 0, rating=1),
        event("dismiss", "tea-1", 3),
        event("view_item", "tea-1", 1),
        event("rate", "ear-1", 4, rating=2),
    )
    history.refresh()
    assert sorted(history.refused("u1")) == ["ear-1", "tea-1"]
    assert not {"tea-1", "ear-1"} & history.of_user("u1").keys()


def test_a_guests_basket_becomes_the_users(store):
    for shopper in ("a", "b"):
        add(store, event("purchase", "tea-1", shopper=shopper))
        add(store, event("purchase", "ink-1", shopper=guest_id(shopper)))
    together = BoughtTogether(store)
    history = History(store, followers=(together.follow,))
    history.refresh()
    assert together.bought_with("tea-1").reason == "bought_with_kind"
    for shopper in ("a", "b"):
        store.join_guest(guest_id(shopper), shopper)
    history.refresh()
    assert together.bought_with("tea-1").times == {"ink-1": 2}


def test_a_users_rows_are_shown_and_erased(store):
    add(store, event("search", "", query="茶", shopper=GUEST), event("view_item", "tea-1"))
    add(store, event("view_item", "tea-1", shopper="u11"))
    store.add_interactions([Interaction("u1", "ink-1", "purchase", NOW)])
    store.join_guest(GUEST, "u1")
    shown = store.export_events("u1")
    assert [row.get("kind") for row in shown] == ["search", "view_item", "purchase", None]
    assert shown[0]["query"] == "茶"
    assert shown[3]["guest_id"] == GUEST
    assert store.erase_events("u1") == 4
    assert store.export_events("u1") == []
    assert store.guests_of("u1") == ()
    assert [one.user_id for one in store.interactions()] == ["u11"]
    assert store.erase_events("u1") == 0
    with pytest.raises(ValueError, match="empty"):
        store.erase_events("")
