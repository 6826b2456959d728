from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from catalog.recommend import ContentBased, Popularity
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.types import Availability, Interaction, ProductFilter
from tests.catalog.shop import PRODUCTS

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(user, product_id, kind="view_item", days_ago=0, weight=1.0):
    return Interaction(user, product_id, kind, NOW - timedelta(days=days_ago), weight)


EVENTS = (
    event("ann", "run-1", "view_item"),
    event("ann", "run-1", "add_to_cart"),
    event("bo", "run-1", "purchase"),
    event("bo", "tea-1", "view_item"),
    event("cy", "ear-1", "purchase", days_ago=2),
    event("cy", "ear-1", "view_item", days_ago=2),
    event("dee", "run-3", "view_item"),
)


@pytest.fixture
def store(tmp_path):
    opened = ProductStore.open(f"sqlite:///{tmp_path / 'shop.db'}")
    opened.upsert(PRODUCTS, "test")
    opened.add_interactions(EVENTS)
    yield opened
    opened.close()


@pytest.fixture
def search(store, encoder, tmp_path):
    opened = ProductSearch.open(store, encoder, tmp_path / "index")
    yield opened
    opened.close()


def ids(found):
    return [one.product.id for one in found]


@pytest.mark.parametrize("kind", [Popularity, ContentBased])
class TestRecommender:
    """What every recommender must do."""

    @pytest.fixture
    def recommender(self, kind, store, search):
        return kind(store, search)

    def test_the_best_come_first_and_no_more_than_asked(self, recommender):
        found = recommender.recommend("ann", 3)
        assert len(found) == 3
        scores = [one.score for one in found]
        assert scores == sorted(scores, reverse=True)
        assert recommender.recommend("ann", 0) == ()

    def test_nothing_that_was_bought_comes_again(self, recommender):
        assert "ear-1" not in ids(recommender.recommend("cy", 100))

    def test_only_what_can_be_ordered_comes_unless_said_otherwise(self, recommender):
        assert "run-3" not in ids(recommender.recommend("ann", 100))
        assert "run-3" in ids(recommender.recommend("ann", 100, ProductFilter()))

    def test_everything_passes_the_filter(self, recommender):
        wanted = ProductFilter(maximum_price=Decimal(40), currency="USD")
        found = recommender.recommend("ann", 100, wanted)
        assert set(ids(found)) == {"ear-2", "tea-1", "ink-1"}
        assert all(one.variant.price("USD").amount <= 40 for one in found)

    def test_an_unknown_shopper_is_no_error(self, recommender):
        for user in ("", "nobody"):
            recommender.recommend(user, 5)

    def test_each_has_a_reason(self, recommender):
        assert all(one.reasons for one in recommender.recommend("ann", 3))

    def test_the_same_question_has_the_same_answer(self, recommender, kind, store, search):
        again = kind(store, search)
        assert recommender.recommend("ann", 5) == again.recommend("ann", 5)

    def test_a_sold_out_product_is_gone_at_once(self, recommender, store):
        before = ids(recommender.recommend("ann", 100))
        store.update_stock("tea-1-a", Availability.OUT_OF_STOCK)
        assert sorted([*ids(recommender.recommend("ann", 100)), "tea-1"]) == sorted(before)


def test_popularity_weighs_kinds_and_halves_with_time(store, search):
    popularity = Popularity(store, search)
    found = popularity.recommend("", 3)
    assert ids(found) == ["run-1", "ear-1", "tea-1"]
    assert found[0].score == pytest.approx(1 + 3 + 5)
    assert found[1].score == pytest.approx((5 + 1) * 0.5 ** (2 / 30))
    assert [one.reasons[0].name for one in found] == ["popular"] * 3


def test_new_events_count_at_once(store, search):
    popularity = Popularity(store, search)
    assert ids(popularity.recommend("", 1)) == ["run-1"]
    store.add_interactions([event("eve", "tea-1", "purchase"), event("fay", "tea-1", "purchase")])
    assert ids(popularity.recommend("", 1)) == ["tea-1"]
    store.add_interactions([event("eve", "ear-1", "purchase", days_ago=-90)])
    assert ids(popularity.recommend("", 1)) == ["ear-1"]


def test_without_events_ratings_decide(search, tmp_path):
    quiet = ProductStore.open(f"sqlite:///{tmp_path / 'quiet.db'}")
    found = Popularity(quiet, search).recommend("", 2)
    assert ids(found) == ["ear-1", "run-1"]
    assert [one.reasons[0].name for one in found] == ["well_rated", "well_rated"]
    quiet.close()


def test_events_of_unknown_kinds_and_products_say_nothing(store, search):
    store.add_interactions([event("gil", "run-2", "search"), event("gil", "gone", "purchase")])
    assert ContentBased(store, search).recommend("gil", 5) == ()


def test_content_finds_what_is_like_the_shoppers_own_choice(store, search):
    content = ContentBased(store, search)
    found = content.recommend("ann", 2)
    assert ids(found)[0] == "run-2"
    assert "run-1" not in ids(found)
    assert found[0].reasons[0].name == "like_your_history"
    assert ids(content.recommend("cy", 1)) == ["ear-2"]
    assert content.recommend("", 5) == ()


def test_content_follows_the_newest_wish(store, search):
    content = ContentBased(store, search)
    store.add_interactions([event("ann", "ear-1", "add_to_cart", days_ago=-200) for _ in range(3)])
    assert ids(content.recommend("ann", 1)) == ["ear-2"]


def test_guests_share_no_history(store, search):
    store.add_interactions([event("", "ear-1", "purchase"), event("", "run-2")])
    assert "ear-1" in ids(Popularity(store, search).recommend("", 100))
    assert ContentBased(store, search).recommend("", 5) == ()
