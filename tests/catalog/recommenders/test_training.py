"""A shop whose shoppers keep to one colour: what is trained, compared and kept."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from catalog.events.weights import EventWeights
from catalog.recommenders.blend import Blend
from catalog.recommenders.contexts import CONTEXTS, context_of
from catalog.recommenders.events import cut_by_time, gather_events
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.parts import LOADERS, PARTS
from catalog.recommenders.product_features import product_facts
from catalog.recommenders.training import train_recommender
from catalog.types import Interaction
from tests.catalog.products import product

START = datetime(2026, 1, 1, tzinfo=UTC)
WEIGHTS = EventWeights({"view_item": 1.0, "purchase": 5.0}, half_life_days=2.0)
SHOPPERS, PRODUCTS = 80, 40


def event(user, product, day, kind="view_item", weight=1.0):
    return Interaction(user, product, kind, START + timedelta(days=day), weight)


def shop(seed=0):
    """Every shopper views twelve products of the shopper's colour, one a day."""
    random = np.random.default_rng(seed)
    found = []
    for user in range(SHOPPERS):
        own = random.permutation(np.arange(user % 2, PRODUCTS, 2))[:12]
        found += [event(f"客{user}", f"p{item}", day) for day, item in enumerate(own)]
    return gather_events(found, [f"p{item}" for item in range(PRODUCTS)], WEIGHTS)


@pytest.fixture(scope="module")
def trained():
    return train_recommender(shop(), parts=PARTS)


class TestTraining:
    def test_it_knows_the_colours_and_beats_popularity(self, trained):
        blend, report = trained
        assert report.ndcg["blend"] > 1.3 * report.ndcg["incumbent"]
        assert report.ndcg["incumbent"] == report.ndcg["popularity"]
        assert report.gain.significant
        assert (report.events, report.users) == (SHOPPERS * 12, SHOPPERS)
        scores = blend.for_session([0, 2, 4])
        assert scores[6::2].mean() > scores[1::2].mean()

    def test_it_is_not_better_than_itself(self, trained):
        _, report = trained
        _, again = train_recommender(shop(), report.weights, parts=PARTS)
        assert again.gain.gain == 0
        assert not again.gain.significant
        assert again.weights == report.weights

    def test_every_model_is_asked_once_for_the_same_users(self, monkeypatch):
        asked = []

        def train(one):
            model = PARTS["popularity"](one)
            scores = model.for_users
            monkeypatch.setattr(
                model, "for_users", lambda users: asked.append(id(model)) or scores(users)
            )
            return model

        _, report = train_recommender(shop(), parts={"popularity": train, "other": train})
        assert set(report.ndcg) == {"popularity", "other", "blend", "incumbent"}
        assert sorted(asked) == sorted(set(asked))

    def test_pictures_are_a_part_with_a_weight_that_is_not_kept_in_the_blend(self):
        colours = np.zeros((PRODUCTS, 2), np.float32)
        colours[::2, 0] = colours[1::2, 1] = 1.0
        parts = {"popularity": PARTS["popularity"]}
        blend, report = train_recommender(shop(), pictures=colours, parts=parts)
        assert report.weights["pictures"] > 0
        assert all("pictures" in report.contexts[name] for name in ("one", "few"))
        assert report.ndcg["pictures"] > 1.3 * report.ndcg["popularity"]
        assert [part.name for part in blend.parts] == ["popularity"]

    def test_what_records_say_is_a_part_that_is_kept_in_a_shop_without_prices(self, tmp_path):
        films = [
            product(f"p{item}", category=("电影>科幻", "电影>喜剧")[item % 2], year=str(item % 3))
            for item in range(PRODUCTS)
        ]
        parts = {name: PARTS[name] for name in ("popularity", "attributes")}
        blend, report = train_recommender(shop(), facts=product_facts(films), parts=parts)
        assert report.ndcg["attributes"] > 1.3 * report.ndcg["popularity"]
        assert report.weights["attributes"] > 0
        blend.save(tmp_path / "model")
        loaded = Blend.load(tmp_path / "model", LOADERS)
        (attributes,) = (part.model for part in loaded.parts if part.name == "attributes")
        own = shop().data.of_user(0)
        same = next(item for item in range(0, PRODUCTS, 2) if item not in own)
        reasons = attributes.explain(0, same, k=1)
        assert reasons and reasons[0].idx in own and reasons[0].idx % 2 == same % 2

    def test_the_blend_comes_back_from_its_folder(self, trained, tmp_path):
        blend, _ = trained
        blend.save(tmp_path / "model")
        loaded = Blend.load(tmp_path / "model", LOADERS)
        np.testing.assert_allclose(
            loaded.for_users(np.arange(4)), blend.for_users(np.arange(4)), atol=1e-5
        )

    def test_progress_is_told_to_its_end(self):
        told = []
        train_recommender(shop(), parts=PARTS, progress=lambda *what: told.append(what))
        assert told[-1][1] == told[-1][2]

    def test_a_shop_of_few_users_is_told_so(self):
        few = gather_events([event("ann", "p1", 0)], ["p1"], WEIGHTS)
        with pytest.raises(ValueError, match="needs more events"):
            train_recommender(few, parts=PARTS)


class TestEvents:
    def test_what_says_nothing_is_left_out(self):
        found = gather_events(
            [
                event("安", "p1", 2, "purchase"),
                event("安", "gone", 1),
                event("", "p1", 1),
                event("bo", "p0", 1, "search"),
                event("bo", "p0", 0, weight=0.0),
                event("安", "p0", 1),
            ],
            ["p0", "p1"],
            WEIGHTS,
        )
        assert list(found.users) == ["安"]
        assert found.data.of_user(0).tolist() == [0, 1]
        assert found.data.weights.tolist() == pytest.approx([0.5**0.5, 5])

    def test_a_cut_in_time_predicts_only_what_is_new(self):
        data = Interactions.of(
            [0, 0, 0, 0, 0], [0, 1, 0, 2, 2], times=[0, 1, 2, 3, 4], user_count=1, item_count=3
        )
        early, late = cut_by_time(data, 0.4)
        assert early.items.tolist() == [0, 1]
        assert late.items.tolist() == [2]
        assert late.times.tolist() == [3]


class TestContexts:
    def test_the_less_is_known_the_less_is_needed(self):
        assert [context_of(n) for n in (0, 1, 2, 4, 5, 99)] == [
            "none", "one", "few", "few", "many", "many",
        ]  # fmt: skip

    def test_each_context_has_weights_and_they_come_back(self, trained, tmp_path):
        blend, report = trained
        assert set(report.contexts) == set(CONTEXTS)
        assert report.contexts["none"] == {"popularity": 1.0}
        assert report.contexts["many"] == report.weights
        assert max(report.contexts["one"].values()) > 0
        blend.save(tmp_path / "model")
        loaded = Blend.load(tmp_path / "model", LOADERS)
        assert loaded.mix("one") == report.contexts["one"]
        assert loaded.mix("unheard of") == {part.name: part.weight for part in blend.parts}

    def test_texts_are_a_part_that_is_weighed_and_not_kept(self):
        colours = np.array([[1.0, 0.0] if item % 2 else [0.0, 1.0] for item in range(PRODUCTS)])
        blend, report = train_recommender(shop(), parts=PARTS, vectors=colours.astype(np.float32))
        assert report.ndcg["content"] > report.ndcg["popularity"]
        assert "content" in report.weights
        assert "content" not in [part.name for part in blend.parts]
