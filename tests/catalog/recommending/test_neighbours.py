"""Neighbours over the live log: what they chose counts, what they refused does not."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.recommending.history import History
from catalog.recommending.neighbours import around
from catalog.store import ProductStore
from catalog.types import Interaction
from tests.catalog.products import product

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def history(tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    store.upsert([product(id_) for id_ in ("tea", "pot", "cup", "kettle")], "test")
    events = [
        ("ann", "tea", "view_item"), ("ann", "pot", "purchase"), ("ann", "cup", "dismiss"),
        ("bo", "tea", "dismiss"), ("bo", "kettle", "dismiss"),
    ]  # fmt: skip
    store.add_interactions(
        Interaction(shopper, id_, kind, NOW + timedelta(minutes=n))
        for n, (shopper, id_, kind) in enumerate(events)
    )
    kept = History(store)
    kept.refresh()
    yield kept
    store.close()


def test_what_a_neighbour_chose_counts_and_what_they_refused_does_not(history):
    found = around(history, ["tea"])
    assert found.scores["pot"] > 0
    assert not {"cup", "kettle"} & found.scores.keys()


def test_neighbours_are_looked_up_once_and_one_of_them_proves_little(history, monkeypatch):
    looked = []
    of = history.neighbours_of
    monkeypatch.setattr(history, "neighbours_of", lambda *what: looked.append(what) or of(*what))
    assert around(history, ["tea"]).confidence == pytest.approx(1 / 6)
    assert len(looked) == 1
    assert around(history, ["kettle"]).confidence == 0.0


def test_a_neighbour_of_whom_nothing_is_left_is_passed_over(history, monkeypatch):
    monkeypatch.setattr(history, "recent", lambda shopper: [])
    assert around(history, ["tea"]).scores == {}


def test_what_somebody_likes_follows_their_events_and_whose_they_are(history, tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    assert history.liked("ann") == ("tea", "pot")
    store.add_interactions(
        [
            Interaction("ann", "tea", "dismiss", NOW + timedelta(hours=1)),
            Interaction("ann", "cup", "purchase", NOW + timedelta(hours=2)),
            Interaction("guest:1", "kettle", "purchase", NOW + timedelta(hours=3)),
        ]
    )
    history.refresh()
    assert (history.liked("ann"), history.liked("guest:1")) == (("pot", "cup"), ("kettle",))
    assert history.liked("ann") == tuple(history.of_user("ann"))
    store.join_guest("guest:1", "ann")
    history.refresh()
    assert (history.liked("ann"), history.liked("guest:1")) == (("pot", "cup", "kettle"), ())
    store.close()


def test_of_many_neighbours_the_nearest_are_kept_and_of_equals_the_first_by_name(history, tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    store.add_interactions(
        Interaction(shopper, id_, "view_item", NOW)
        for shopper, id_ in (("cy", "tea"), ("dee", "tea"), ("dee", "pot"), ("abe", "tea"))
    )
    history.refresh()
    found = history.neighbours_of({"tea": 1.0, "pot": 0.5}, "ann", 2)
    assert found == {"dee": 1.5, "abe": 1.0}
    store.close()
