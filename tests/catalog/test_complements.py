from datetime import UTC, datetime, timedelta

import pytest

from catalog.complements import BoughtTogether
from catalog.recommending.history import History
from catalog.store import ProductStore
from catalog.types import Availability, Interaction, LocalText, Product, Variant

DAY = datetime(2026, 11, 1, 12, tzinfo=UTC)


def thing(id_, availability=Availability.IN_STOCK, kind=""):
    variants = (Variant(f"{id_}-v", availability=availability),)
    return Product(id_, LocalText(id_), variants, category=(LocalText(kind),) if kind else ())


def bought(user, *ids, day=DAY):
    return [Interaction(user, id_, "purchase", day) for id_ in ids]


@pytest.fixture
def store(tmp_path):
    store = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    store.upsert([thing(id_) for id_ in ("laptop", "bag", "mouse", "tea")], "test")
    yield store
    store.close()


class Following:
    """The ids of complements, best first; looks at the log before each question."""

    def __init__(self, store):
        self.together = BoughtTogether(store)
        self.history = History(store, followers=(self.together.follow,))

    def bought_with(self, product_id, k):
        self.history.refresh()
        self.last = self.together.bought_with(product_id)
        return sorted(self.last.scores, key=lambda id_: -self.last.scores[id_])[:k]


def test_what_is_bought_together_goes_together(store):
    store.add_interactions(bought("u1", "laptop", "bag") + bought("u2", "laptop", "bag", "mouse"))
    together = Following(store)
    assert together.bought_with("laptop", 5) == ["bag"]
    assert (together.last.reason, together.last.times) == ("bought_with", {"bag": 2})


def test_once_is_chance_and_another_day_is_another_basket(store):
    store.add_interactions(
        bought("u1", "laptop") + bought("u1", "bag", day=DAY + timedelta(days=3))
    )
    store.add_interactions(bought("u2", "laptop", "mouse"))
    assert Following(store).bought_with("laptop", 5) == []


def test_what_everybody_buys_goes_with_nothing_in_particular(store):
    for number in range(10):
        store.add_interactions(bought(f"t{number}", "tea"))
    for user in ("u1", "u2"):
        store.add_interactions(bought(user, "laptop", "bag", "tea"))
    assert Following(store).bought_with("laptop", 5) == ["bag", "tea"]


def test_views_do_not_count_and_new_purchases_do_at_once(store):
    views = [Interaction("u1", id_, "view_item", DAY) for id_ in ("laptop", "bag")] * 3
    store.add_interactions(views)
    together = Following(store)
    assert together.bought_with("laptop", 5) == []
    store.add_interactions(bought("u1", "laptop", "bag") + bought("u2", "laptop", "bag"))
    assert together.bought_with("laptop", 5) == ["bag"]


def test_what_was_bought_too_seldom_goes_by_its_kind(store):
    shop = {"phone1": "Phones", "phone2": "Phones", "phone3": "Phones", "case1": "Cases"}
    shop |= {"case2": "Cases", "tea2": "Tea"}
    store.upsert([thing(id_, kind=kind) for id_, kind in shop.items()], "test")
    store.add_interactions(bought("u1", "phone1", "case1") + bought("u2", "phone2", "case1"))
    store.add_interactions(bought("u3", "tea2", "phone2") + bought("u4", "case2"))
    together = Following(store)
    assert together.bought_with("phone3", 5) == ["case1"]
    assert (together.last.reason, together.last.times) == ("bought_with_kind", {"case1": 2})
    assert together.bought_with("unknown", 5) == []


def test_of_a_kind_stands_what_was_bought_along_and_not_its_best_seller(store):
    shop = {"phone1": "Phones", "phone2": "Phones", "case1": "Cases", "case2": "Cases"}
    store.upsert([thing(id_, kind=kind) for id_, kind in shop.items()], "test")
    store.add_interactions(bought("u1", "phone1", "case1") + bought("u2", "phone2", "case1"))
    for number in range(5):
        store.add_interactions(bought(f"v{number}", "case2"))
    assert Following(store).bought_with("phone1", 5) == ["case1"]


def test_the_kind_is_asked_about_even_where_the_product_has_its_own(store):
    shop = {"phone1": "Phones", "phone2": "Phones", "case1": "Cases", "tea1": "Tea"}
    store.upsert([thing(id_, kind=kind) for id_, kind in shop.items()], "test")
    for user in ("u1", "u2"):
        store.add_interactions(bought(user, "phone1", "case1"))
        store.add_interactions(bought(f"t{user}", "phone2", "tea1"))
    together = Following(store)
    assert together.bought_with("phone1", 5) == ["case1"]
    found = together.together.bought_with_kind("phone1")
    assert (found.reason, set(found.times)) == ("bought_with_kind", {"case1", "tea1"})
