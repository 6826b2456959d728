"""The contract, on a checkerboard: even users choose even items, odd users odd ones."""

import json

import numpy as np
import pytest

from catalog.recommenders.blend import Blend, Part, scaled, train_blend, with_models
from catalog.recommenders.content import Content, attribute_vectors, train_content
from catalog.recommenders.contract import Because
from catalog.recommenders.deep.feed_forward import FeedForward
from catalog.recommenders.deep.sequential import SequenceModel
from catalog.recommenders.ease import train_ease
from catalog.recommenders.factors import Factors, train_als, train_bpr
from catalog.recommenders.habits import Habits, train_habits
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.linear import ItemToItem
from catalog.recommenders.popularity import WindowPopularity, train_popularity
from catalog.recommenders.session_neighbours import SessionNeighbours, train_session_neighbours
from catalog.recommenders.transitions import train_transitions
from catalog.recommenders.user_ease import UserEase, train_user_ease
from catalog.recommenders.user_neighbours import UserNeighbours, train_user_neighbours
from tests.catalog.recommenders.deep.small import feed_forward, sequence

USERS, ITEMS = 20, 10
DAY = 86_400.0


def checkerboard():
    """User u chose, in an order of chance, all of its colour but one, u // 2 % 5, its hole."""
    pairs = [
        (user, item)
        for user in range(USERS)
        for item in range(user % 2, ITEMS, 2)
        if item // 2 != user // 2 % 5
    ]
    users, items = zip(*pairs, strict=True)
    times = np.random.default_rng(0).random(len(pairs))
    return Interactions.of(users, items, times=times, user_count=USERS, item_count=ITEMS)


def hole(user):
    return user // 2 % 5 * 2 + user % 2


VECTORS = np.array([[1.0, 0.1 * i] if i % 2 else [0.1 * i, -1.0] for i in range(ITEMS)], np.float32)
COLOURS = [[item % 2] for item in range(ITEMS)]

PERSONAL = {
    "cosine": (lambda data: train_item_neighbours(data), ItemToItem.load),
    "tfidf": (lambda data: train_item_neighbours(data, weighting="tfidf"), ItemToItem.load),
    "bm25": (lambda data: train_item_neighbours(data, weighting="bm25"), ItemToItem.load),
    "ease": (lambda data: train_ease(data, regularization=2.0), ItemToItem.load),
    "transitions": (lambda data: train_transitions(data), ItemToItem.load),
    "users": (lambda data: train_user_neighbours(data, neighbours=8), UserNeighbours.load),
    "sessions": (lambda data: train_session_neighbours(data), SessionNeighbours.load),
    "als": (lambda data: train_als(data, factors=4, regularization=0.1), Factors.load),
    "bpr": (lambda data: train_bpr(data, factors=4, iterations=300), Factors.load),
    "user_ease": (lambda data: train_user_ease(data, regularization=2.0), UserEase.load),
    "content": (lambda data: train_content(data, VECTORS), Content.load),
    "attributes": (lambda data: train_content(data, attribute_vectors(COLOURS)), Content.load),
    "gru": (sequence("gru"), SequenceModel.load),
    "cnn": (sequence("cnn"), SequenceModel.load),
    "attention": (sequence("attention"), SequenceModel.load),
    "feed_forward": (feed_forward, FeedForward.load),
    "feed_forward_with_features": (
        lambda data: feed_forward(data, features=VECTORS),
        FeedForward.load,
    ),
}
LOADERS = {
    "item_to_item": ItemToItem.load,
    "popularity": WindowPopularity.load,
    "factors": Factors.load,
}


def blended(data):
    popular, factors = train_popularity(data), train_als(data, factors=4, regularization=0.1)
    return Blend([Part("popular", popular, 0.5), Part("als", factors, 1.0)])


MODELS = PERSONAL | {
    "habits": (train_habits, Habits.load),
    "popularity": (train_popularity, WindowPopularity.load),
    "blend": (blended, lambda folder: Blend.load(folder, LOADERS)),
}


@pytest.fixture(scope="module", params=MODELS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def model(name):
    return MODELS[name][0](checkerboard())


class TestModel:
    """What every model must do."""

    def test_scores_have_a_number_for_every_item(self, model):
        assert model.item_count == ITEMS
        for scores, shape in (
            (model.for_users(np.array([0, 3, 4])), (3, ITEMS)),
            (model.for_session([2, 4]), (ITEMS,)),
            (model.for_item(3), (ITEMS,)),
            (model.for_users(np.zeros(0, np.int64)), (0, ITEMS)),
        ):
            assert scores.shape == shape
            assert scores.dtype == np.float32
            assert np.isfinite(scores).all()

    def test_users_are_scored_alone_as_they_are_together(self, model):
        together = model.for_users(np.array([5, 0, 5]))
        np.testing.assert_allclose(together[0], model.for_users(np.array([5]))[0], atol=1e-6)
        np.testing.assert_allclose(together[0], together[2], atol=1e-6)

    def test_the_item_itself_has_nothing(self, model):
        assert all(model.for_item(item)[item] == 0 for item in range(ITEMS))

    def test_the_unknown_is_no_error(self, model):
        for user in (-1, USERS, 10**9):
            assert np.isfinite(model.for_users(np.array([user]))).all()
            model.explain(user, 0)
        for item in (-1, ITEMS, 10**9):
            assert np.isfinite(model.for_session([item])).all()
            assert np.isfinite(model.for_item(item)).all()
            assert model.explain(0, item) == ()
        assert np.isfinite(model.for_session([])).all()

    def test_a_shop_without_users_or_events_is_no_error(self, name, tmp_path):
        for users in (0, 3):
            nothing = Interactions.of([], [], user_count=users, item_count=ITEMS)
            model = MODELS[name][0](nothing)
            model.save(tmp_path / f"of {users}")
            for one in (model, MODELS[name][1](tmp_path / f"of {users}")):
                scores = one.for_users(np.array([0, -1]))
                assert scores.shape == (2, ITEMS) and np.isfinite(scores).all()
                assert np.isfinite(one.for_session([1, 2])).all()
                assert np.isfinite(one.for_item(0)).all()
                assert one.explain(0, 0) == ()

    def test_training_twice_changes_nothing(self, name, model):
        again = MODELS[name][0](checkerboard())
        everyone = np.arange(USERS)
        np.testing.assert_array_equal(model.for_users(everyone), again.for_users(everyone))

    def test_saving_and_loading_changes_nothing(self, name, model, tmp_path):
        model.save(tmp_path / "model")
        loaded = MODELS[name][1](tmp_path / "model")
        everyone = np.arange(USERS)
        np.testing.assert_array_equal(model.for_users(everyone), loaded.for_users(everyone))
        np.testing.assert_array_equal(model.for_session([1, 5]), loaded.for_session([1, 5]))
        np.testing.assert_array_equal(model.for_item(4), loaded.for_item(4))
        assert [(one.kind, one.idx) for one in model.explain(3, 7)] == [
            (one.kind, one.idx) for one in loaded.explain(3, 7)
        ]

    def test_a_model_of_another_format_is_refused_with_the_cure(self, name, model, tmp_path):
        model.save(tmp_path / "model")
        path = tmp_path / "model" / "manifest.json"
        manifest = json.loads(path.read_text())
        path.write_text(json.dumps(manifest | {"format": 0}))
        with pytest.raises(ValueError, match=r"expected format 2 .*daogou train recommenders"):
            MODELS[name][1](tmp_path / "model")

    def test_a_model_of_another_kind_is_refused(self, name, model, tmp_path):
        model.save(tmp_path / "model")
        path = tmp_path / "model" / "manifest.json"
        manifest = json.loads(path.read_text())
        path.write_text(json.dumps(manifest | {"kind": "sorcery"}))
        with pytest.raises(ValueError, match="got 'sorcery'"):
            MODELS[name][1](tmp_path / "model")

    def test_a_half_written_model_is_refused(self, name, model, tmp_path):
        model.save(tmp_path / "model")
        for path in sorted((tmp_path / "model").rglob("*.safetensors")):
            path.write_bytes(path.read_bytes()[:100])
        with pytest.raises(ValueError, match="daogou train recommenders"):
            MODELS[name][1](tmp_path / "model")


@pytest.fixture(scope="module", params=PERSONAL)
def personal(request):
    return PERSONAL[request.param][0](checkerboard())


class TestPersonalModel:
    """What every model must do that knows shoppers apart."""

    def test_the_hole_in_the_colour_is_found(self, personal):
        scores = personal.for_users(np.arange(USERS))
        for user in range(USERS):
            chosen = [item for item in range(user % 2, ITEMS, 2) if item != hole(user)]
            scores[user, chosen] = -np.inf
            assert int(np.argmax(scores[user])) == hole(user)

    def test_a_session_gets_its_colour(self, personal):
        for chosen in ([0, 2, 4], [1, 3, 5]):
            scores = personal.for_session(chosen)
            scores[chosen] = -np.inf
            best = np.argsort(-scores)[:2]
            assert set(best % 2) == {chosen[0] % 2}

    def test_what_is_like_an_item_has_its_colour(self, personal):
        for item in range(ITEMS):
            scores = personal.for_item(item)
            same = [one for one in range(item % 2, ITEMS, 2) if one != item]
            other = [one for one in range(1 - item % 2, ITEMS, 2)]
            assert scores[same].min() > scores[other].max()

    def test_reasons_are_true(self, personal):
        data = checkerboard()
        for user in range(USERS):
            reasons = personal.explain(user, hole(user), k=2)
            assert 1 <= len(reasons) <= 2
            assert all(one.weight > 0 for one in reasons)
            for one in reasons:
                if one.kind == "history":
                    assert one.idx in data.of_user(user)
                else:
                    assert one.kind == "neighbour"
                    assert hole(user) in data.of_user(one.idx)


def test_reasons_of_a_linear_model_add_up_to_its_score():
    model = train_item_neighbours(checkerboard())
    reasons = model.explain(3, hole(3), k=99)
    assert len(reasons) == 4
    assert sum(one.weight for one in reasons) == pytest.approx(
        model.for_users(np.array([3]))[0, hole(3)], rel=1e-5
    )


def test_cosines_of_items_are_what_they_are_by_hand():
    data = Interactions.of([0, 0, 1, 1, 2], [0, 1, 0, 2, 0], user_count=3, item_count=3)
    scores = train_item_neighbours(data).for_item(0)
    np.testing.assert_allclose(scores, [0, 1 / np.sqrt(3), 1 / np.sqrt(3)], rtol=1e-6)
    shrunk = train_item_neighbours(data, shrinkage=1.0).for_item(0)
    np.testing.assert_allclose(shrunk[1], 1 / (np.sqrt(3) + 1), rtol=1e-6)


def test_ease_is_the_least_squares_answer_of_each_column():
    data = checkerboard()
    x = data.matrix().toarray()
    model = train_ease(data, regularization=3.0)
    others = x[:, 1:]
    wanted = np.linalg.solve(others.T @ others + 3.0 * np.eye(ITEMS - 1), others.T @ x[:, 0])
    found = [model.for_item(item)[0] for item in range(1, ITEMS)]
    np.testing.assert_allclose(found, wanted, atol=1e-4)


def test_transitions_keep_the_order():
    data = Interactions.of([0, 0, 1, 1], [0, 1, 0, 1], user_count=2, item_count=3)
    model = train_transitions(data, backward=0.25, from_power=0.0, to_power=0.0)
    assert model.for_item(0).tolist() == [0, 2, 0]
    assert model.for_item(1).tolist() == [0.5, 0, 0]


def test_transitions_fade_with_the_distance():
    data = Interactions.of([0, 0, 0], [0, 1, 2], user_count=1, item_count=3)
    model = train_transitions(data, gap_decay=0.5, from_power=0.0, to_power=0.0)
    assert model.for_item(0).tolist() == [0, 1, 0.5]


def test_the_last_item_of_a_session_counts_most():
    model = train_transitions(
        Interactions.of([0, 0, 1, 1], [0, 2, 1, 3], user_count=2, item_count=4), recency=1.0
    )
    scores = model.for_session([0, 1])
    assert scores[3] == pytest.approx(2 * scores[2])


def test_user_neighbours_follow_the_formula():
    data = Interactions.of([0, 0, 1, 1, 2, 2], [0, 1, 0, 2, 1, 3], user_count=3, item_count=4)
    scores = train_user_neighbours(data).for_users(np.array([0]))[0]
    assert scores[2] == pytest.approx(0.5, abs=1e-6)
    assert scores[3] == pytest.approx(0.5, abs=1e-6)
    assert scores[[0, 1]] == pytest.approx([0.5, 0.5], abs=1e-6)


def test_session_neighbours_prefer_what_stood_near():
    data = Interactions.of([0] * 5, [0, 1, 2, 3, 4], user_count=1, item_count=5)
    scores = train_session_neighbours(data, reach=2.0).for_session([1])
    assert scores[0] == pytest.approx(scores[2])
    assert scores[2] > scores[3] > scores[4] > 0
    assert scores[3] / scores[2] == pytest.approx(np.exp(-0.5), rel=1e-5)


def test_session_neighbours_count_a_history_once_for_the_rarity_of_an_item():
    items = [0, 1, 0, 0, 2, 3]
    data = Interactions.of([0, 0, 0, 0, 1, 1], items, user_count=2, item_count=4)
    alike = np.log(1 + 2 / 1) / np.sqrt(2)
    near = 2 * np.exp(-1 / 3) + np.exp(-2 / 3)
    score = train_session_neighbours(data).for_session([1])[0]
    assert score == pytest.approx(alike * near * np.log(1 + 2 / 1), rel=1e-5)


def test_popularity_counts_the_window_only():
    data = Interactions.of(
        [0, 1, 2], [0, 0, 1], times=[0.0, DAY, 9 * DAY], user_count=3, item_count=2
    )
    assert train_popularity(data).for_session([]).tolist() == [2, 1]
    assert train_popularity(data, window_days=7).for_session([]).tolist() == [0, 1]
    faded = train_popularity(data, half_life_days=8).for_session([])
    np.testing.assert_allclose(faded, [0.5 + 0.5 ** (9 / 8), 1.0], rtol=1e-6)
    assert train_popularity(data).explain(0, 0) == (Because("popular", -1, 2.0),)


def test_habits_are_what_was_chosen_often_and_lately():
    data = Interactions.of(
        [0, 0, 0, 1], [1, 1, 2, 0], times=[0, 0, 30 * DAY, 0], user_count=2, item_count=3
    )
    often = train_habits(data).for_users(np.array([0, 1, 5]))
    assert often.tolist() == [[0, 2, 1], [1, 0, 0], [0, 0, 0]]
    lately = train_habits(data, half_life_days=15.0).for_users(np.array([0]))[0]
    np.testing.assert_allclose(lately, [0, 0.5, 1], rtol=1e-6)
    assert train_habits(data).explain(0, 1) == (Because("history", 1, 2.0),)
    assert train_habits(data).explain(0, 0) == ()


class TestBlend:
    def held_out(self):
        target = np.array([hole(user) for user in range(USERS)])
        chosen = checkerboard().matrix().toarray() > 0

        def first(scores):
            masked = np.where(chosen, -np.inf, scores)
            return float((masked.argmax(axis=1) == target).mean())

        return first

    def test_weights_go_to_the_model_that_knows(self):
        data = checkerboard()
        models = {"popular": train_popularity(data), "ease": train_ease(data)}
        blend = train_blend(models, np.arange(USERS), self.held_out())
        weights = {part.name: part.weight for part in blend.parts}
        assert weights == {"popular": 0.0, "ease": 1.0}
        assert self.held_out()(blend.for_users(np.arange(USERS))) == 1.0

    def test_units_do_not_matter(self):
        scores = np.array([[1.0, 2.0, 4.0]], np.float32)
        np.testing.assert_allclose(scaled(scores), scaled(scores * 1000 + 5), atol=1e-5)
        assert not scaled(np.full((1, 3), 7.0, np.float32)).any()

    def test_other_models_take_the_weights_over(self):
        data = checkerboard()
        blend = blended(data)
        moved = with_models(blend, {part.name: part.model for part in blend.parts})
        assert [part.weight for part in moved.parts] == [0.5, 1.0]

    def test_a_part_without_a_loader_is_refused(self, tmp_path):
        blended(checkerboard()).save(tmp_path / "model")
        with pytest.raises(ValueError, match="got 'factors'"):
            Blend.load(tmp_path / "model", {"popularity": WindowPopularity.load})

    def test_parts_must_know_the_same_items(self):
        small = Interactions.of([0], [0], user_count=1, item_count=1)
        parts = [Part(str(d.item_count), train_popularity(d), 1.0) for d in (checkerboard(), small)]
        with pytest.raises(ValueError, match=r"got \[1, 10\]"):
            Blend(parts)

    def test_nothing_to_blend_is_an_error(self):
        with pytest.raises(ValueError, match="at least one model"):
            train_blend({}, np.arange(2), self.held_out())


@pytest.mark.parametrize(
    ("train", "message"),
    [
        (lambda data: train_item_neighbours(data, weighting="magic"), "got 'magic'"),
        (lambda data: train_item_neighbours(data, neighbours=0), "neighbours from 1"),
        (lambda data: train_ease(data, regularization=0.0), "regularization above 0"),
        (lambda data: train_transitions(data, backward=2.0), "backward in"),
        (lambda data: train_transitions(data, recency=-1.0), "recency of at least 0"),
        (lambda data: train_user_neighbours(data, shrinkage=-1.0), "shrinkage from 0"),
        (lambda data: train_session_neighbours(data, reach=0.0), "reach above 0"),
        (lambda data: train_popularity(data, window_days=0.0), "window_days above 0"),
        (lambda data: train_habits(data, half_life_days=0.0), "half_life_days above 0"),
        (lambda data: train_item_neighbours(data, shrinkage=np.nan), "shrinkage from 0"),
        (lambda data: train_ease(data, regularization=np.nan), "regularization above 0"),
        (lambda data: train_user_ease(data, regularization=np.nan), "regularization above 0"),
        (lambda data: train_user_neighbours(data, shrinkage=np.nan), "shrinkage from 0"),
        (lambda data: train_session_neighbours(data, reach=np.nan), "reach above 0"),
        (lambda data: train_transitions(data, recency=np.nan), "recency of at least 0"),
        (lambda data: train_content(data, VECTORS[:3]), "expected 10 vectors, got 3"),
        (lambda data: train_content(data, VECTORS * np.nan), "finite numbers"),
    ],
)
def test_wrong_settings_are_refused(train, message):
    with pytest.raises(ValueError, match=message):
        train(checkerboard())
