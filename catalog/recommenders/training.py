"""From the shop's events to a blend that may serve: split, fit, compare, train anew on all."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from catalog.files import Progress, no_progress
from catalog.recommenders.blend import Blend, Part, train_blend
from catalog.recommenders.comparison import Comparison, compare
from catalog.recommenders.contract import Model
from catalog.recommenders.events import ShopEvents, cut_by_time
from catalog.recommenders.factors import Factors, train_als
from catalog.recommenders.interactions import Floats, Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.linear import ItemToItem
from catalog.recommenders.popularity import WindowPopularity, train_popularity
from catalog.recommenders.ranking import user_ndcg
from catalog.recommenders.transitions import train_transitions
from catalog.recommenders.user_neighbours import UserNeighbours, train_user_neighbours

LEAST_TEST_USERS = 20
TRAIN_SHARE, FIT_SHARE = 0.9, 0.9
POPULARITY = "popularity"

Train = Callable[[Interactions, int], Model]

PARTS: Mapping[str, Train] = {
    POPULARITY: lambda data, seed: train_popularity(data, half_life_days=30.0),
    "item_neighbours": lambda data, seed: train_item_neighbours(data, weighting="bm25"),
    "transitions": lambda data, seed: train_transitions(data),
    "user_neighbours": lambda data, seed: train_user_neighbours(data),
    "als": lambda data, seed: train_als(data, factors=32, regularization=1.0, seed=seed),
}

LOADERS: Mapping[str, Callable[[Path], Model]] = {
    "popularity": WindowPopularity.load,
    "item_to_item": ItemToItem.load,
    "user_neighbours": UserNeighbours.load,
    "factors": Factors.load,
}

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """What a training found.

    Args:
        events: How many events were learned from.
        users: Of how many users.
        test_users: Users with something to predict after the last cut in time.
        ndcg: nDCG@10 of every part, of ``blend`` and of ``incumbent`` on the test part.
        weights: The blend's.
        gain: The blend against the incumbent.
        seconds: How long it took.
    """

    events: int
    users: int
    test_users: int
    ndcg: dict[str, float]
    weights: dict[str, float]
    gain: Comparison
    seconds: float


def train_recommender(
    events: ShopEvents,
    incumbent: Weights | None = None,
    *,
    seed: int = 0,
    progress: Progress = no_progress,
) -> tuple[Blend, Report]:
    """Fit a blend on earlier events, measure it on the latest tenth, and train it on all.

    The blend's weights are fitted on the last tenth before the test. The incumbent is the blend
    with its weights over parts trained on the same events, so both know the same; without one it
    is popularity, which everything must beat.

    Args:
        events: Of the shop.
        incumbent: The weights of what is promoted now.
        seed: Of everything random.
        progress: Told about every phase.

    Raises:
        ValueError: There are too few users to tell anything.
    """
    began = time.monotonic()
    before, test = cut_by_time(events.data, TRAIN_SHARE)
    early, held = cut_by_time(before, FIT_SHARE)
    _check_enough(held, "fit the blend on")
    _check_enough(test, "test with")
    everyone = np.arange(events.data.user_count)
    progress("fit", 0, 3)
    fitted = train_blend(_parts(early, seed), everyone, partial(_mean_ndcg, early, held))
    weights = {part.name: part.weight for part in fitted.parts}
    progress("compare", 1, 3)
    ndcg, gain = _compare(before, test, weights, incumbent or {POPULARITY: 1.0}, seed)
    progress("train on all events", 2, 3)
    blend = _weighted(_parts(events.data, seed), weights)
    progress("train on all events", 3, 3)
    users = len(np.unique(test.users))
    seconds = time.monotonic() - began
    found = Report(len(events.data), len(events.users), users, ndcg, weights, gain, seconds)
    return blend, found


def _compare(
    before: Interactions, test: Interactions, weights: Weights, incumbent: Weights, seed: int
) -> tuple[dict[str, float], Comparison]:
    parts = _parts(before, seed)
    models: dict[str, Model] = {
        **parts,
        "blend": _weighted(parts, weights),
        "incumbent": _weighted(parts, incumbent),
    }
    everyone = np.arange(before.user_count)
    rows = {
        name: user_ndcg(model.for_users(everyone), before, test) for name, model in models.items()
    }
    ndcg = {name: round(float(row.mean()), 4) for name, row in rows.items()}
    return ndcg, compare(rows["blend"], rows["incumbent"], seed=seed)


def _parts(data: Interactions, seed: int) -> dict[str, Model]:
    return {name: train(data, seed) for name, train in PARTS.items()}


def _weighted(parts: Mapping[str, Model], weights: Weights) -> Blend:
    return Blend([Part(name, part, weights.get(name, 0.0)) for name, part in parts.items()])


def _mean_ndcg(seen: Interactions, held: Interactions, scores: Floats) -> float:
    return float(user_ndcg(scores, seen, held).mean())


def _check_enough(held: Interactions, use: str) -> None:
    users = len(np.unique(held.users))
    if users < LEAST_TEST_USERS:
        raise ValueError(
            f"expected at least {LEAST_TEST_USERS} users with new items to {use}, got {users}: "
            "the shop needs more events before models can be compared"
        )
