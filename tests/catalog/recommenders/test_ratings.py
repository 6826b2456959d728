"""What every predictor of ratings must do, on tastes of two kinds that are known."""

import json

import numpy as np
import pytest

from catalog.recommenders.interactions import Interactions
from catalog.recommenders.rating_factors import RatingFactors, train_rating_factors
from catalog.recommenders.rating_neighbours import RatingNeighbours, train_rating_neighbours
from catalog.recommenders.ratings import fit_baseline

USERS, ITEMS = 16, 12


def taste(user, item):
    """5 for an item of the user's colour, 1 for the other ones."""
    return 5.0 if user % 2 == item % 2 else 1.0


def hidden(user):
    return user * 5 % ITEMS


def checkerboard():
    rows = [
        (user, item, taste(user, item))
        for user in range(USERS)
        for item in range(ITEMS)
        if item != hidden(user)
    ]
    users, items, ratings = zip(*rows, strict=True)
    return Interactions.of(users, items, ratings, user_count=USERS, item_count=ITEMS)


MODELS = {
    "users, mean": (lambda data: train_rating_neighbours(data), RatingNeighbours.load),
    "users, baseline": (
        lambda data: train_rating_neighbours(data, centring="baseline"),
        RatingNeighbours.load,
    ),
    "items, mean": (
        lambda data: train_rating_neighbours(data, side="items"),
        RatingNeighbours.load,
    ),
    "items, baseline": (
        lambda data: train_rating_neighbours(data, side="items", centring="baseline"),
        RatingNeighbours.load,
    ),
    "factors": (
        lambda data: train_rating_factors(data, factors=3, burn_in=10, samples=10),
        RatingFactors.load,
    ),
}


@pytest.fixture(scope="module", params=MODELS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def model(name):
    return MODELS[name][0](checkerboard())


class TestRatingModel:
    def test_the_hidden_rating_is_found(self, model):
        users = np.arange(USERS)
        items = np.array([hidden(user) for user in users])
        wanted = [taste(user, item) for user, item in zip(users, items, strict=True)]
        assert np.abs(model.predict(users, items) - wanted).max() < 0.8

    def test_predictions_stay_in_the_range(self, model):
        users, items = (part.ravel() for part in np.mgrid[0:USERS, 0:ITEMS])
        found = model.predict(users, items)
        assert found.dtype == np.float32
        assert 1.0 <= found.min() <= found.max() <= 5.0

    def test_the_unknown_is_no_error(self, model):
        users, items = np.array([-1, USERS, 0, 0]), np.array([0, 0, -1, ITEMS])
        assert np.isfinite(model.predict(users, items)).all()
        assert model.predict(np.zeros(0, np.int64), np.zeros(0, np.int64)).shape == (0,)
        assert model.explain(-1, 0) == model.explain(0, ITEMS) == ()

    def test_training_twice_changes_nothing(self, name, model):
        users, items = (part.ravel() for part in np.mgrid[0:USERS, 0:ITEMS])
        again = MODELS[name][0](checkerboard())
        np.testing.assert_array_equal(model.predict(users, items), again.predict(users, items))

    def test_saving_and_loading_changes_nothing(self, name, model, tmp_path):
        users, items = (part.ravel() for part in np.mgrid[0:USERS, 0:ITEMS])
        model.save(tmp_path / "model")
        loaded = MODELS[name][1](tmp_path / "model")
        np.testing.assert_array_equal(model.predict(users, items), loaded.predict(users, items))
        assert model.explain(2, 3) == loaded.explain(2, 3)

    def test_a_model_of_another_format_is_refused(self, name, model, tmp_path):
        model.save(tmp_path / "model")
        path = tmp_path / "model" / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))
        with pytest.raises(ValueError, match=r"expected format 2 .*got 99"):
            MODELS[name][1](tmp_path / "model")

    def test_a_reason_points_the_way_of_the_taste(self, model):
        for user in range(4):
            reasons = model.explain(user, hidden(user), k=2)
            assert reasons
            up = taste(user, hidden(user)) > 3
            assert (sum(one.weight for one in reasons) > 0) == up


def test_user_neighbours_with_means_follow_the_formula():
    # Users 0 and 1 agree on items 0 and 1; user 1 gave item 2 two more than its mean of 3.
    data = Interactions.of(
        [0, 0, 1, 1, 1], [0, 1, 0, 1, 2], [2, 1, 3, 1, 5], user_count=2, item_count=3
    )
    model = train_rating_neighbours(data, shrinkage=0.0)
    assert model.predict(np.array([0]), np.array([2]))[0] == pytest.approx(1.5 + 2.0)


@pytest.mark.parametrize("centring", ["mean", "baseline"])
@pytest.mark.parametrize("side", ["users", "items"])
def test_of_a_stranger_and_a_new_item_the_other_one_decides(side, centring):
    # Everyone likes item 0 and not item 1; user 2 gives more, and nobody has rated item 2.
    rows = [(0, 0, 4), (0, 1, 1), (1, 0, 4), (1, 1, 1), (2, 0, 5), (2, 1, 3)]
    users, items, ratings = zip(*rows, strict=True)
    data = Interactions.of(users, items, ratings, user_count=4, item_count=3)
    model = train_rating_neighbours(data, side=side, centring=centring)
    for stranger in (-1, 3, 99):
        liked, not_liked = model.predict(np.array([stranger] * 2), np.array([0, 1]))
        assert liked > fit_baseline(data).mean > not_liked
    for new in (-1, 2, 99):
        strict, mild = model.predict(np.array([0, 2]), np.array([new] * 2))
        assert strict < mild
    assert model.predict(np.array([3]), np.array([2]))[0] == pytest.approx(3.0)


def test_only_the_nearest_neighbours_speak():
    ratings = {0: [1, 5, 1, 5], 1: [1, 5, 1, 5, 4], 2: [2, 4, 1, 5, 1]}
    rows = [(u, i, r) for u, row in ratings.items() for i, r in enumerate(row)]
    users, items, values = zip(*rows, strict=True)
    data = Interactions.of(users, items, values, user_count=3, item_count=5)
    model = train_rating_neighbours(data, neighbours=1, shrinkage=0.0)
    reasons = model.explain(0, 4, k=5)
    assert [one.idx for one in reasons] == [1]
    found = model.predict(np.array([0]), np.array([4]))[0]
    assert found == pytest.approx(3.0 + reasons[0].weight, abs=1e-5)


def test_the_baseline_is_the_mean_and_what_users_and_items_add():
    data = Interactions.of([0, 0, 1, 1], [0, 1, 0, 1], [5, 4, 3, 2], user_count=2, item_count=2)
    free = fit_baseline(data, user_regularization=0.0, item_regularization=0.0)
    found = free.predict(np.array([0, 0, 1, 1, 7]), np.array([0, 1, 0, 1, 7]))
    np.testing.assert_allclose(found, [5, 4, 3, 2, 3.5], atol=1e-4)


@pytest.mark.parametrize(
    ("train", "message"),
    [
        (lambda data: train_rating_neighbours(data, neighbours=0), "neighbours from 1"),
        (lambda data: train_rating_neighbours(data, shrinkage=-1.0), "shrinkage from 0"),
        (lambda data: train_rating_neighbours(data, shrinkage=np.nan), "shrinkage from 0"),
    ],
)
def test_wrong_settings_are_refused(train, message):
    with pytest.raises(ValueError, match=message):
        train(checkerboard())


def test_nothing_to_learn_from_is_an_error():
    empty = Interactions.of([], [], user_count=1, item_count=1)
    with pytest.raises(ValueError, match="expected ratings, got none"):
        train_rating_factors(empty)
