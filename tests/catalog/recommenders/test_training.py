"""A shop whose shoppers keep to one colour: what is trained, compared and kept."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from catalog.events.weights import EventWeights
from catalog.recommenders.blend import Blend
from catalog.recommenders.contexts import CONTEXTS, context_of
from catalog.recommenders.events import cut_by_time, gather_events, tell_newcomers
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.parts import LOADERS, PARTS
from catalog.recommenders.product_features import product_facts
from catalog.recommenders.training import scores_of, train_recommender
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


def shop_with_newcomers():
    """The same shop, whose last days bring shoppers of whom nothing is known: they buy a hit."""
    found = []
    random = np.random.default_rng(1)
    for user in range(SHOPPERS):
        own = random.permutation(np.arange(user % 2, PRODUCTS, 2))[:12]
        found += [event(f"客{user}", f"p{item}", day) for day, item in enumerate(own)]
        found.append(event(f"new{user}", "hit", 9 + 2 * user / SHOPPERS))
        found.append(event(f"old{user}", "hit", 0))
    return gather_events(found, ["hit", *(f"p{item}" for item in range(PRODUCTS))], WEIGHTS)


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
        _, again = train_recommender(shop(), report.contexts, parts=PARTS)
        assert again.gain.gain == 0
        assert not again.gain.significant
        assert again.weights == report.weights

    def test_newcomers_get_what_they_are_served_popularity(self, monkeypatch):
        """A part that is sure of those whom nobody knows, and wrong, takes nothing from them."""

        def train(one):
            model = PARTS["item_neighbours"](one)
            known = np.diff(one.data.offsets) > 0
            fame = one.data.item_counts().astype(np.float32)
            scores = model.for_users
            monkeypatch.setattr(
                model, "for_users", lambda users: np.where(known[users, None], scores(users), -fame)
            )
            return model

        events = shop_with_newcomers()
        parts = {"popularity": PARTS["popularity"], "neighbours": train}
        _, report = train_recommender(events, parts=parts)
        assert report.test_users > SHOPPERS
        assert report.weights["neighbours"] > 0
        assert report.gain.significant
        assert report.ndcg["blend"] > report.ndcg["popularity"]

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
        phases = list(dict.fromkeys(phase for phase, _, _ in told))
        assert phases == ["fit", "compare", "train on all events"]
        steps = len(PARTS) + 1
        for phase in phases:
            assert [(done, of) for one, done, of in told if one == phase] == [
                (done, steps) for done in range(steps + 1)
            ]

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

    def test_half_of_what_a_newcomer_did_is_told_and_the_rest_is_to_be_found(self):
        """User 0 was there before; 1 came with three events, 2 with one."""
        counts = {"user_count": 3, "item_count": 5}
        seen = Interactions.of([0, 0], [0, 1], times=[0, 1], **counts)
        held = Interactions.of(
            [0, 0, 1, 1, 1, 2], [2, 3, 4, 0, 1, 3], times=[9, 8, 5, 7, 6, 5], **counts
        )
        told, rest = tell_newcomers(seen, held)
        assert [told.of_user(user).tolist() for user in range(3)] == [[0, 1], [4], []]
        assert [rest.of_user(user).tolist() for user in range(3)] == [[3, 2], [1, 0], [3]]

    def test_newcomers_are_scored_by_what_is_told_of_them(self):
        seen = Interactions.of([0], [0], user_count=3, item_count=2)
        told = Interactions.of([0, 1], [0, 1], user_count=3, item_count=2)

        class Echo:
            """Scores of users are their numbers; those of a session are its items."""

            def for_users(self, users):
                return np.tile(users[:, None], (1, 2))

            def for_session(self, items):
                return np.full(2, 10 + items[-1])

        scores = scores_of(Echo(), np.array([2, 1, 0]), seen, told)
        assert scores.tolist() == [[2, 2], [11, 11], [0, 0]]


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
