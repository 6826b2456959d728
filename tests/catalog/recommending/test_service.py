"""Every kind of recommendation, from a small shop and what its shoppers did."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from catalog.complements import BoughtTogether
from catalog.pictures.looks import Looks
from catalog.recommenders.blend import Blend, Part
from catalog.recommenders.ids import IdMap
from catalog.recommenders.popularity import WindowPopularity
from catalog.recommenders.versions import ITEMS, MODEL, Versions
from catalog.recommending.consumables import Consumables
from catalog.recommending.history import History
from catalog.recommending.looks import ShopLooks
from catalog.recommending.request import Kind, Request
from catalog.recommending.reranking import Dials
from catalog.recommending.served import ServedModels
from catalog.recommending.service import Recommending
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.types import Availability, Interaction, ProductFilter
from tests.catalog.products import product
from tests.catalog.shop import PRODUCTS, both

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def event(user, product_id, kind="view_item", days_ago=0.0, weight=1.0):
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


def recommending(store, search, **rules):
    together = BoughtTogether(store)
    return Recommending(
        store, search, History(store, followers=(together.follow,)), together, **rules
    )


@pytest.fixture
def shop(store, search):
    return recommending(store, search, consumables=Consumables(["Food"]))


def ids(found):
    return [one.product.id for one in found.products]


def names(found):
    return {one.product.id: [reason.name for reason in one.reasons] for one in found.products}


def ask(shop, shopper="", k=100, kind=Kind.FOR_YOU, **fields):
    return shop.recommend(Request(kind, shopper, k=k, **fields))


class TestForYou:
    def test_what_is_like_the_shoppers_own_choice_comes_first(self, shop):
        found = ask(shop, "ann", 2)
        assert ids(found)[0] == "run-2"
        assert found.personal
        assert ids(ask(shop, "cy", 1)) == ["ear-2"]

    def test_no_more_than_asked(self, shop):
        assert len(ask(shop, "ann", 3).products) == 3
        assert ask(shop, "ann", 0).products == ()

    def test_what_was_bought_or_seen_or_refused_does_not_come_again(self, shop, store):
        store.add_interactions([event("cy", "ear-2", "dismiss")])
        assert not {"ear-1", "ear-2"} & set(ids(ask(shop, "cy")))
        assert "run-1" not in ids(ask(shop, "ann"))

    def test_what_was_rated_long_ago_is_known_however_much_came_after(self, shop, store):
        rated = [event("eve", "ear-1", "rate", 300, 0.5), event("eve", "ear-2", "rate", 300, 0.0)]
        store.add_interactions([*rated, *(event("eve", "run-1", days_ago=n) for n in range(60))])
        assert not {"ear-1", "ear-2", "run-1"} & set(ids(ask(shop, "eve")))

    def test_what_lies_in_the_cart_brings_no_more_of_its_kind_unless_it_is_used_up(self, shop):
        assert "run-2" in ids(ask(shop, "ann"))
        cart = {"left_out": ("run-1",), "in_cart": ("run-1",)}
        found = ids(ask(shop, "ann", **cart))
        assert found and not {"run-1", "run-2"} & set(found)
        named = ProductFilter(categories=("running shoes",), available_only=True)
        assert "run-2" in ids(ask(shop, "ann", wanted=named, **cart))

    def test_what_is_used_up_comes_again(self, shop, store):
        bought = [event("eve", id_, "purchase", 40) for id_ in ("tea-1", "ink-1")]
        store.add_interactions([*bought, event("eve", "ear-1")])
        found = ids(ask(shop, "eve"))
        assert "tea-1" in found
        assert not {"ink-1", "ear-1"} & set(found)

    def test_only_what_can_be_ordered_unless_said_otherwise(self, shop, store):
        assert "run-3" not in ids(ask(shop, "ann"))
        assert "run-3" in ids(ask(shop, "ann", wanted=ProductFilter()))
        store.update_stock("run-2-a", Availability.OUT_OF_STOCK)
        assert "run-2" not in ids(ask(shop, "ann"))

    def test_what_the_conversation_established_holds(self, shop):
        wanted = ProductFilter(maximum_price=Decimal(40), currency="USD")
        found = ask(shop, "ann", wanted=wanted)
        assert set(ids(found)) == {"ear-2", "tea-1", "ink-1"}
        assert all(one.variant.price("USD").amount <= 40 for one in found.products)

    def test_where_nothing_fits_nothing_is_scored(self, shop, monkeypatch):
        monkeypatch.setattr(shop, "_sources", None)
        wanted = ProductFilter(maximum_price=Decimal("0.01"), currency="USD")
        assert ids(ask(shop, "ann", wanted=wanted)) == []

    def test_a_deleted_product_is_gone_and_a_new_one_is_there_at_once(self, shop, store):
        store.delete(["run-2"])
        assert "run-2" not in ids(ask(shop, "ann"))
        new = product(
            "run-9",
            "Cloud running shoes|云朵跑步鞋",
            category="Shoes|鞋靴>Running shoes|跑步鞋",
            variants=(both("run-9-a", "80.00", "499"),),
        )
        store.upsert([new], "test")
        assert ids(ask(shop, "ann", 1)) == ["run-9"]

    def test_a_new_event_changes_the_next_answer(self, shop, store):
        assert ids(ask(shop, "new", 1)) == ["run-1"]
        store.add_interactions([event("new", "ear-1")])
        found = ask(shop, "new", 1)
        assert ids(found) == ["ear-2"]
        assert found.model == "untrained"

    def test_what_others_chose_along_comes_from_the_live_log(self, shop, store):
        others = [event(who, id_) for who in ("x1", "x2", "x3") for id_ in ("ear-1", "ink-1")]
        before = ids(ask(shop, "cy")).index("ink-1")
        store.add_interactions(others)
        found = ask(shop, "cy")
        assert ids(found).index("ink-1") < before
        assert names(found)["ink-1"][0] == "also_viewed"
        (reason,) = [o.reasons[0] for o in found.products if o.product.id == "ink-1"]
        assert reason.facts["title"] == "Hush wireless headphones"

    def test_a_place_is_kept_for_what_few_have_chosen(self, store, search):
        others = [one.id for one in PRODUCTS if one.id != "ink-1"]
        store.add_interactions(event(f"x{n}", id_) for n in range(5) for id_ in others)
        kept = recommending(store, search, dials=Dials(0, 0, 0, 0.5))
        plain = recommending(store, search, dials=Dials(0, 0, 0, 0))
        assert "ink-1" not in ids(ask(plain, "ann", 2))
        assert ids(ask(kept, "ann", 2)) == [ids(ask(plain, "ann", 1))[0], "ink-1"]
        assert ids(ask(kept, "nobody", 2)) == ids(ask(plain, "nobody", 2))

    def test_guests_share_no_history(self, shop, store):
        store.add_interactions([event("", "ear-1", "purchase"), event("", "run-2")])
        found = ask(shop, "")
        assert "ear-1" in ids(found)
        assert not found.personal

    @pytest.mark.parametrize("shopper", ["", "nobody", "客"])
    def test_an_unknown_shopper_gets_what_is_popular(self, shop, shopper):
        found = ask(shop, shopper, 2)
        assert ids(found) == ["run-1", "ear-1"]
        assert (found.model, found.version, found.personal) == ("popularity", "", False)

    def test_a_shop_without_events_goes_by_ratings(self, search, tmp_path):
        quiet = ProductStore.open(f"sqlite:///{tmp_path / 'quiet.db'}")
        found = ask(recommending(quiet, search, dials=Dials(0, 0, 0)), k=2)
        assert ids(found) == ["ear-1", "run-1"]
        assert names(found) == {"ear-1": ["well_rated"], "run-1": ["well_rated"]}
        quiet.close()

    def test_each_has_a_reason_and_the_same_question_the_same_answer(self, shop, store, search):
        found = ask(shop, "ann")
        assert all(one.reasons for one in found.products)
        again = recommending(store, search, consumables=Consumables(["Food"]))
        assert found == ask(again, "ann")


class TestFromAProduct:
    def test_because_you_viewed_one_needs_no_shopper(self, shop):
        found = ask(shop, k=2, kind=Kind.VIEWED, product_id="ear-1")
        assert ids(found)[0] == "ear-2"
        assert found.about.id == "ear-1"
        assert not found.personal

    def test_similar_says_what_both_have_in_common_and_what_is_saved(self, shop):
        wanted = ProductFilter(currency="USD", available_only=True)
        found = ask(shop, k=1, kind=Kind.SIMILAR, product_id="ear-1", wanted=wanted)
        assert ids(found) == ["ear-2"]
        (one,) = found.products
        (reason,) = one.reasons
        assert reason.name == "cheaper_than"
        assert reason.facts["percent"] == "69"  # 39 of 129 dollars

    def test_a_shared_material_is_told_in_the_language(self, shop, store):
        for id_, title, usd in (("cup-1", "Mug|杯子", "20"), ("cup-2", "Tall mug|高杯", "14")):
            cup = product(
                id_, title, category="Mugs|马克杯", material="clay|陶土",
                variants=(both(id_ + "-a", usd, usd),),
            )  # fmt: skip
            store.upsert([cup], "test")
        wanted = ProductFilter(currency="CNY", available_only=True)
        request = Request(Kind.SIMILAR, product_id="cup-1", k=1, wanted=wanted, language="zh")
        (one,) = shop.recommend(request).products
        assert one.product.id == "cup-2"
        (reason,) = one.reasons
        assert reason.name == "same_but_cheaper"
        told = {name: reason.facts[name] for name in ("title", "value", "percent")}
        assert told == {"title": "杯子", "value": "陶土", "percent": "30"}

    @pytest.mark.parametrize("kind", [Kind.SIMILAR, Kind.VIEWED])
    def test_what_only_its_picture_brought_in_is_said_to_look_like_it(
        self, store, search, tmp_path, kind
    ):
        mugs = [
            product(f"cup-{n}", f"Mug {n}|杯子{n}", category="Mugs|马克杯",
                    variants=(both(f"cup-{n}-a", "20", "140"),))
            for n in range(16)
        ]  # fmt: skip
        store.upsert(mugs, "test")
        request = {"k": 3, "kind": kind, "product_id": "cup-0"}
        plain = ids(ask(recommending(store, search), **request | {"k": 4}))
        vectors = np.array([[0.0, 1.0] for _ in mugs], np.float32)
        for row, one in enumerate(mugs):
            if one.id in ("cup-0", plain[3]):
                vectors[row] = [1.0, 0.0]
        Looks([one.id for one in mugs], vectors).save(tmp_path / "looks")
        shop = recommending(store, search, looks=ShopLooks(tmp_path / "looks", search.shelf))
        found = ask(shop, **request)
        told = {id_ for id_, reasons in names(found).items() if "looks_like" in reasons}
        assert told == {plain[3]}
        (reason,) = [
            reason
            for one in found.products
            for reason in one.reasons
            if reason.name == "looks_like"
        ]
        assert reason.facts == {"title": "Mug 0", "product_id": "cup-0"}
        assert ids(ask(shop, **request | {"product_id": "ear-1"}))[0] == "ear-2"

    def test_what_goes_with_it_comes_from_baskets_not_from_likeness(self, shop, store):
        for who in ("x1", "x2"):
            store.add_interactions([event(who, id_, "purchase") for id_ in ("run-1", "tea-1")])
        found = ask(shop, kind=Kind.COMPLEMENT, product_id="run-1")
        assert names(found) == {"tea-1": ["bought_with"]}
        found = ask(shop, kind=Kind.COMPLEMENT, product_id="run-1", left_out=("tea-1",))
        assert found.products == ()
        store.update_stock("tea-1-a", Availability.OUT_OF_STOCK)
        assert ask(shop, kind=Kind.COMPLEMENT, product_id="run-1").products == ()

    def test_what_goes_with_its_kind_is_said_of_the_kinds(self, shop, store):
        for who in ("x1", "x2"):
            store.add_interactions([event(who, id_, "purchase") for id_ in ("run-1", "tea-1")])
        found = ask(shop, kind=Kind.COMPLEMENT, product_id="run-2", language="zh")
        assert found.model == "bought_with_kind"
        (reason,) = found.products[0].reasons
        kinds = [one.category[-1].zh for one in (found.about, found.products[0].product)]
        assert reason.facts == {"times": "2", "kind": kinds[0], "other": kinds[1]}
        found = ask(shop, kind=Kind.COMPLEMENT, product_id="run-1", of_kind=True)
        assert found.model == "bought_with_kind"

    @pytest.mark.parametrize("kind", [Kind.VIEWED, Kind.SIMILAR, Kind.COMPLEMENT])
    def test_an_unknown_product_is_refused(self, shop, kind):
        with pytest.raises(ValueError, match="'没有'"):
            ask(shop, kind=kind, product_id="没有")


class TestOtherKinds:
    def test_a_trend_is_more_than_usual_not_most(self, shop, store):
        usual = [event(f"u{day}", "run-1", days_ago=day) for day in range(60)]
        store.add_interactions([*usual, *(event(f"n{n}", "ink-1") for n in range(12))])
        found = ask(shop, k=2, kind=Kind.TRENDING)
        assert ids(found)[0] == "ink-1"
        assert names(found)["ink-1"] == ["trending"]

    def test_best_sellers_are_what_was_bought_by_several(self, shop, store):
        bought = [("a", "tea-1", 1), ("b", "tea-1", 2), ("c", "ink-1", 80), ("d", "ink-1", 81)]
        store.add_interactions([event(who, id_, "purchase", days) for who, id_, days in bought])
        store.add_interactions([event(f"v{n}", "ear-2") for n in range(50)])
        found = ask(shop, kind=Kind.BEST_SELLING)
        assert ids(found) == ["tea-1", "ink-1"]
        assert [one.reasons[0].facts for one in found.products] == [{"count": "2"}] * 2
        wanted = ProductFilter(excluded_products=("tea-1",))
        assert ids(ask(shop, kind=Kind.BEST_SELLING, wanted=wanted)) == ["ink-1"]

    def test_where_each_was_bought_by_one_there_are_no_best_sellers(self, shop):
        assert ask(shop, kind=Kind.BEST_SELLING).products == ()

    def test_an_event_after_years_of_silence_leaves_what_is_popular(self, search, tmp_path):
        quiet = ProductStore.open(f"sqlite:///{tmp_path / 'quiet.db'}")
        counts = {"tea-1": 9, "ear-1": 6, "ink-1": 2}
        rated = [
            event(f"u{n}", id_, "rate", 3000 + n)
            for id_, most in counts.items()
            for n in range(most)
        ]
        quiet.add_interactions([*rated, event("eve", "run-1")])
        found = ask(recommending(quiet, search, dials=Dials(0, 0, 0)), k=3, kind=Kind.POPULAR)
        assert ids(found) == ["tea-1", "ear-1", "ink-1"]
        quiet.add_interactions([event(f"n{n}", "run-1", "purchase") for n in range(5)])
        found = ask(recommending(quiet, search, dials=Dials(0, 0, 0)), k=1, kind=Kind.POPULAR)
        assert ids(found) == ["run-1"]
        quiet.close()

    def test_what_is_due_is_offered_again_first(self, shop, store):
        store.add_interactions(
            [
                event("eve", "tea-1", "purchase", 60),
                event("eve", "tea-1", "purchase", 31),
                event("eve", "ear-1", "purchase", 200),
            ]
        )
        found = ask(shop, "eve", kind=Kind.REORDER)
        assert ids(found) == ["tea-1", "ear-1"]
        assert names(found) == {"tea-1": ["bought_often"], "ear-1": ["bought_before"]}
        assert found.products[0].reasons[0].facts == {"times": "2", "date": "2026-01-29"}
        assert ask(shop, "nobody", kind=Kind.REORDER).products == ()

    def test_gifts_for_somebody_described(self, shop):
        found = ask(shop, "cy", k=2, kind=Kind.GIFT, described="something to run in")
        assert ids(found)[0].startswith("run-")
        assert ids(ask(shop, "cy", k=1, kind=Kind.GIFT)) == ["run-1"]

    def test_the_dial_of_popularity_turns_the_list_around(self, store, search):
        plain = recommending(store, search, dials=Dials(0, 0, 0))
        turned = recommending(store, search, dials=Dials(0, 1, 0))
        assert ids(ask(plain, k=1)) == ["run-1"]
        assert ids(ask(turned, k=1)) != ["run-1"]
        assert set(ids(ask(plain))) == set(ids(ask(turned)))


class TestSearchLeansTowardsATaste:
    def test_of_equals_the_one_like_what_was_chosen_comes_first(self, shop, store, search):
        told = ("Folds for the desk.|书桌用。", "For running at night.|夜跑用。")
        twins = [
            product(id_, "Lamp|灯", description=text, variants=(both(id_ + "-a", "9", "9"),))
            for id_, text in zip(("lamp-0", "lamp-1"), told, strict=True)
        ]
        store.upsert(twins, "test")
        taste = shop.taste("ann")
        plain = [one.product.id for one in search.search("lamp").products][:2]
        leant = [one.product.id for one in search.search("lamp", taste=(taste, 0.3)).products][:2]
        assert set(plain) == set(leant) == {"lamp-0", "lamp-1"}
        assert leant[0] == "lamp-1"

    def test_who_did_nothing_has_no_taste(self, shop):
        assert shop.taste("") is None
        assert shop.taste("nobody") is None


class TestWithATrainedVersion:
    """A model that is sure of one product, as version v0001."""

    @pytest.fixture
    def trained(self, store, search, tmp_path):
        versions = Versions(tmp_path / "models")
        items = ["ink-1", "gone-since", "run-1", "run-2", "tea-1"]

        def write(folder):
            sure = WindowPopularity(np.array([9, 8, 0, 0, 0], np.float32))
            contexts = {"one": {"als": 3.0}, "few": {"als": 0.0, "content": 1.0}}
            Blend([Part("als", sure, 1.0)], contexts).save(folder / MODEL)
            IdMap(items).save(folder / ITEMS)

        versions.promote(versions.add(write, {}).name)
        models = ServedModels(versions, lambda: {"popularity": WindowPopularity.load})
        return versions, recommending(store, search, models=models, dials=Dials(0, 0, 0))

    def test_it_ranks_by_the_weights_of_the_context(self, trained, store):
        _, shop = trained
        found = ask(shop, "ann", 1)
        assert (found.model, found.version) == ("blend", "v0001")
        assert ids(found) == ["ink-1"]
        store.add_interactions([event("ann", "ear-1", days_ago=9)])
        assert ids(ask(shop, "ann", 1)) == ["run-2"]

    def test_what_was_deleted_since_is_left_out_and_what_is_new_is_not(self, trained, store):
        _, shop = trained
        store.delete(["ink-1"])
        found = ids(ask(shop, "ann"))
        assert not {"ink-1", "gone-since"} & set(found)
        assert {"ear-1", "ear-2"} <= set(found)

    def test_a_stranger_is_counted_for_the_version_too(self, trained):
        _, shop = trained
        found = ask(shop, "nobody", 1)
        assert (ids(found), found.model, found.version) == (["run-1"], "popularity", "v0001")

    def test_after_a_rollback_the_log_serves_alone(self, trained):
        versions, shop = trained
        versions.rollback()
        shop.models.wait()
        found = ask(shop, "ann", 1)
        assert (found.model, found.version, ids(found)) == ("untrained", "", ["run-2"])
