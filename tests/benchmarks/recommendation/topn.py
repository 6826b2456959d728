"""ml100k_topn: the films that a user rated, found among all others."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np

from catalog.recommenders.blend import train_blend, with_models
from catalog.recommenders.comparison import compare
from catalog.recommenders.contract import Model
from catalog.recommenders.ease import train_ease
from catalog.recommenders.factors import train_als, train_bpr
from catalog.recommenders.interactions import Floats, Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.popularity import train_popularity
from catalog.recommenders.ranking import user_ndcg
from catalog.recommenders.user_ease import train_user_ease
from catalog.recommenders.user_neighbours import train_user_neighbours
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.data import read_movielens
from tests.benchmarks.recommendation.ranking import ndcg

TEST_SHARE = 0.2

Train = Callable[[Interactions], Model]

PEERS: Mapping[str, Train] = {
    "popularity": train_popularity,
    "implicit_als": lambda data: train_als(data, factors=16, regularization=0.1, alpha=1.0),
    "implicit_bpr": lambda data: train_bpr(data, factors=32, iterations=100),
    "item_knn": lambda data: train_item_neighbours(data, neighbours=100),
    "ease": lambda data: train_ease(data, regularization=200.0, keep=10_000),
}
OWN: Mapping[str, Train] = {
    "user_knn": lambda data: train_user_neighbours(data, neighbours=80),
    "user_ease": lambda data: train_user_ease(data, regularization=500.0),
}
BLENDED = ("ease", "user_ease", "implicit_als")


def run(data: Path, seeds: int = 5) -> dict[str, object]:
    """The figures of every model, means over the seeds of the split.

    Each seed holds out a random fifth of all ratings, whatever their stars; every held-out film
    is wanted, and the ranking is over all films the user did not rate in training. The blend's
    weights are fitted on a fifth of the training part, held out from it; so were the models'
    settings chosen, on seed 0.
    """
    ratings = read_movielens(data)
    rows: dict[str, list[Floats]] = {}
    with report_progress("ml100k_topn") as progress:
        for seed in range(seeds):
            progress(f"split {seed + 1}", seed, seeds)
            train, test = split(ratings, seed)
            models = {name: make(train) for name, make in (PEERS | OWN).items()}
            models["blend"] = _blend(train, seed, models)
            everyone = np.arange(ratings.user_count)
            for name, model in models.items():
                found = user_ndcg(model.for_users(everyone), train, test)
                rows.setdefault(name, []).append(found)
    means = {name: [float(one.mean()) for one in row] for name, row in rows.items()}
    figures = {
        name: {"ndcg@10": round(float(np.mean(row)), 4), "std": round(float(np.std(row)), 4)}
        for name, row in means.items()
    }
    best = max((*OWN, *PEERS), key=lambda name: figures[name]["ndcg@10"])
    gain = compare(rows["blend"][0], rows[best][0])
    return {
        "benchmark": "ml100k_topn",
        "protocol": f"random 80/20 of ratings, all positive, {seeds} seeds, full ranking, "
        "rated items left out",
        "ndcg@10": figures["blend"]["ndcg@10"],
        "best_single": best,
        "blend_gain_first_seed": {name: round(one, 4) for name, one in asdict(gain).items()},
        "models": {name: figures[name] for name in (*OWN, "blend")},
        "peers": {name: figures[name] for name in PEERS},
    }


def split(ratings: Interactions, seed: int) -> tuple[Interactions, Interactions]:
    """A random part of the events to train with, and the rest, by ``TEST_SHARE``."""
    order = np.random.default_rng(seed).permutation(len(ratings))
    cut = round(len(ratings) * (1.0 - TEST_SHARE))
    return ratings.part(order[:cut]), ratings.part(order[cut:])


def _blend(train: Interactions, seed: int, models: Mapping[str, Model]) -> Model:
    inner, held = split(train, seed + 1000)
    parts = {name: (PEERS | OWN)[name](inner) for name in BLENDED}
    fitted = train_blend(parts, np.arange(train.user_count), partial(_metric, inner, held))
    return with_models(fitted, models)


def _metric(seen: Interactions, held: Interactions, scores: Floats) -> float:
    return ndcg(scores, seen, held)
