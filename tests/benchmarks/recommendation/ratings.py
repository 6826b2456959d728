"""ml100k_rating: predicted ratings in Surprise's five folds, RMSE and MAE."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.rating_factors import train_rating_factors
from catalog.recommenders.rating_neighbours import train_rating_neighbours
from catalog.recommenders.ratings import RatingModel, fit_baseline
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.data import file_order, read_movielens

FOLDS = 5
BEST = ("item_knn_baseline", "bayesian_mf")
_SURPRISE = "surprise_knn_baseline"
PEERS = ("popularity", "baseline", _SURPRISE)

Train = Callable[[Interactions], RatingModel]

MODELS: Mapping[str, Train] = {
    "user_knn": lambda data: train_rating_neighbours(data, side="users", centring="mean"),
    "user_knn_baseline": lambda data: train_rating_neighbours(
        data, side="users", centring="baseline", shrinkage=100.0
    ),
    "item_knn_baseline": lambda data: train_rating_neighbours(
        data, side="items", centring="baseline", shrinkage=100.0
    ),
    "bayesian_mf": lambda data: train_rating_factors(data, factors=10),
}


def run(data: Path, folds: int = FOLDS) -> dict[str, object]:
    """The figures of every model, means over the first ``folds`` of five folds.

    The folds are those of ``surprise.model_selection.KFold(5, random_state=0)``. Nothing is
    tuned on them: neighbours (40) and shrinkage (25 of the mean-centred, 100 of the baseline
    variant) are the libraries' customary ones. ``blend`` is the plain mean of two models. The peer
    ``popularity`` says of each film the mean of its stars, the same for everyone. A peer that is
    not installed is named in ``missing_peers``.
    """
    ratings = read_movielens(data)
    predicted: dict[str, list[dict[str, float]]] = {}
    with report_progress("ml100k_rating") as progress:
        for number, (train, test) in enumerate(_folds(ratings, file_order(data), folds)):
            progress(f"fold {number + 1}", number, folds)
            for name, one in _predict(train, test).items():
                predicted.setdefault(name, []).append(_errors(one, test.weights))
        progress("peers", folds, folds)
    figures = {name: _mean(errors) for name, errors in predicted.items()}
    peers = {name: figures.pop(name) for name in PEERS if name in figures}
    best = min(figures, key=lambda name: figures[name]["rmse"])
    return {
        "benchmark": "ml100k_rating",
        "protocol": f"Surprise KFold(5, random_state=0), {folds} folds, nothing tuned",
        "rmse": figures[best]["rmse"],
        "mae": figures[best]["mae"],
        "best": best,
        "models": figures,
        "peers": peers,
        "missing_peers": {
            name: "not installed: pip install scikit-surprise"
            for name in PEERS
            if name not in peers
        },
    }


def _folds(
    ratings: Interactions, lines: Integers, folds: int
) -> Iterator[tuple[Interactions, Interactions]]:
    """Train and test of each fold, cut in the order of the file as Surprise does."""
    order = np.arange(len(ratings))
    # The generator that Surprise itself uses; another one would cut other folds.
    np.random.RandomState(0).shuffle(order)
    place = np.empty(len(ratings), np.int64)
    place[lines] = np.arange(len(ratings))
    for test in np.array_split(order, FOLDS)[:folds]:
        train = np.setdiff1d(order, test)
        yield ratings.part(place[train]), ratings.part(place[test])


def _predict(train: Interactions, test: Interactions) -> dict[str, Floats]:
    pairs = test.users, test.items
    found = {name: make(train).predict(*pairs) for name, make in MODELS.items()}
    found["blend"] = np.asarray(np.mean([found[name] for name in BEST], axis=0), np.float32)
    baseline = fit_baseline(train)
    found["baseline"] = baseline.clip(baseline.predict(*pairs))
    found["popularity"] = _means(train)[test.items]
    return found | _surprise(train, test)


def _means(train: Interactions) -> Floats:
    """The mean of each film's ratings; of all ratings where it has none."""
    counts = train.item_counts()
    sums = np.bincount(train.items, train.weights, train.item_count)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), train.weights.mean())
    return np.asarray(means, np.float32)


def _surprise(train: Interactions, test: Interactions) -> dict[str, Floats]:
    """Surprise's KNNBaseline with its defaults, where the library is installed."""
    try:
        from surprise import Dataset, KNNBaseline, Reader
    except ImportError:
        return {}
    rows = zip(train.users.tolist(), train.items.tolist(), train.weights.tolist(), strict=True)
    loaded = Dataset(Reader(rating_scale=(1, 5)))
    built = loaded.construct_trainset([(user, item, rating, None) for user, item, rating in rows])
    model = KNNBaseline(verbose=False).fit(built)
    pairs = zip(test.users.tolist(), test.items.tolist(), strict=True)
    answers = [model.predict(user, item).est for user, item in pairs]
    return {_SURPRISE: np.array(answers, np.float32)}


def _errors(predicted: Floats, true: Floats) -> dict[str, float]:
    rest = predicted.astype(np.float64) - true
    return {"rmse": float(np.sqrt(np.square(rest).mean())), "mae": float(np.abs(rest).mean())}


def _mean(errors: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(float(np.mean([one[name] for one in errors])), 4) for name in errors[0]}
