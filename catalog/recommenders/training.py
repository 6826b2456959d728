"""From the shop's events to a blend that may serve: split, fit, compare, train anew on all."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from catalog.files import Progress, no_progress
from catalog.recommenders.blend import Blend, Part, train_blend
from catalog.recommenders.comparison import Comparison, compare
from catalog.recommenders.content import train_content
from catalog.recommenders.contexts import fit_contexts
from catalog.recommenders.contract import Model
from catalog.recommenders.evaluation import Quality, evaluate
from catalog.recommenders.events import ShopEvents, cut_by_time
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.parts import (
    LOADERS,
    POPULARITY,
    SESSIONS,
    Material,
    Train,
    Workshop,
    parts_here,
)
from catalog.recommenders.ranking import rows_ndcg

__all__ = ["CONTENT", "LOADERS", "POPULARITY", "SESSIONS", "Report", "train_recommender"]

LEAST_TEST_USERS = 20
TRAIN_SHARE, FIT_SHARE = 0.9, 0.9
CONTENT = "content"
_MOST_CELLS = 20_000_000
"""Scores of one model to fit on or to compare with: fewer users are asked if there are more."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """What a training found.

    Args:
        events: How many events were learned from.
        users: Of how many users.
        test_users: Users with something to predict after the last cut in time.
        ndcg: nDCG@10 of every part, of ``blend`` and of ``incumbent`` on the test part.
        weights: The blend's, for users with their whole history.
        contexts: Its weights by how much is known of a shopper.
        gain: The blend against the incumbent.
        quality: Of every part, of ``blend`` and of ``incumbent`` on the test part, beyond nDCG.
        seconds: How long it took.
    """

    events: int
    users: int
    test_users: int
    ndcg: dict[str, float]
    weights: dict[str, float]
    contexts: dict[str, dict[str, float]]
    gain: Comparison
    quality: dict[str, Quality]
    seconds: float


def train_recommender(
    events: ShopEvents,
    incumbent: Weights | None = None,
    *,
    vectors: Floats | None = None,
    features: Floats | None = None,
    seed: int = 0,
    parts: Mapping[str, Train] | None = None,
    kept: Path | None = None,
    progress: Progress = no_progress,
) -> tuple[Blend, Report]:
    """Fit a blend on earlier events, measure it on the latest tenth, and train it on all.

    The blend's weights are fitted on the last tenth before the test, for each context of
    ``contexts``. The incumbent is the blend with its weights over parts trained on the same
    events, so both know the same; without one it is popularity, which everything must beat.

    Args:
        events: Of the shop.
        incumbent: The weights of what is promoted now.
        vectors: Items × dimensions, what the products' texts mean; with them content is a part.
            It gets its weights here and is served from the shop's own index, so the blend that
            is returned does not hold it.
        features: Items × features, what else is known of the products, for nets.
        seed: Of everything random.
        parts: Other parts than ``parts_here`` names.
        kept: A folder from which a training that was killed goes on; see ``Workshop``.
        progress: Told about every phase.

    Raises:
        ValueError: There are too few users to tell anything, or a net's loss is not finite.
    """
    began = time.monotonic()
    before, test = cut_by_time(events.data, TRAIN_SHARE)
    early, held = cut_by_time(before, FIT_SHARE)
    _check_enough(held, "fit the blend on")
    _check_enough(test, "test with")
    shop = Workshop(kept, Material(events.data, vectors, features, seed), parts or parts_here())
    progress("fit", 0, 3)
    models = _with_content(shop.make("early", early), early, vectors)
    weights, contexts = _fit(models, early, held, seed)
    progress("compare", 1, 3)
    models = _with_content(shop.make("before", before), before, vectors)
    blends = weights, incumbent or {POPULARITY: 1.0}
    ndcg, gain, quality = _compare(models, before, test, blends, vectors, seed)
    progress("train on all events", 2, 3)
    blend = _weighted(shop.make("all", events.data), weights, contexts)
    progress("train on all events", 3, 3)
    users = len(np.unique(test.users))
    seconds = time.monotonic() - began
    return blend, Report(
        len(events.data), len(events.users), users, ndcg, weights, contexts, gain, quality, seconds
    )


def _fit(
    parts: Mapping[str, Model], early: Interactions, held: Interactions, seed: int
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    users = users_to_find(held, seed)
    fitted = train_blend(
        parts, users, lambda scores: float(rows_ndcg(scores, users, early, held).mean())
    )
    weights = {part.name: part.weight for part in fitted.parts}
    return weights, fit_contexts(parts, early, held, weights, POPULARITY, seed)


def users_to_find(held: Interactions, seed: int) -> Integers:
    """Users with something to find; some of them where all would be too many."""
    users = np.unique(held.users)
    most = max(LEAST_TEST_USERS, _MOST_CELLS // max(held.item_count, 1))
    if len(users) > most:
        users = np.sort(np.random.default_rng(seed).choice(users, most, replace=False))
    return users


def _compare(
    parts: Mapping[str, Model],
    before: Interactions,
    test: Interactions,
    blends: tuple[Weights, Weights],
    vectors: Floats | None,
    seed: int,
) -> tuple[dict[str, float], Comparison, dict[str, Quality]]:
    """The nDCG of all parts, the gain of the first weights over the second, and what else counts.

    Args:
        parts: Trained on ``before``.
        before: What they learned from.
        test: What is to be found.
        blends: The weights of the challenger and of the incumbent.
        vectors: Of the items, for diversity.
        seed: Of the choice of users and the resampling.
    """
    models: dict[str, Model] = {
        **parts,
        "blend": _weighted(parts, blends[0]),
        "incumbent": _weighted(parts, blends[1]),
    }
    users = users_to_find(test, seed)
    rows = {
        name: rows_ndcg(model.for_users(users), users, before, test)
        for name, model in models.items()
    }
    ndcg = {name: round(float(row.mean()), 4) for name, row in rows.items()}
    gain = compare(rows["blend"], rows["incumbent"], seed=seed)
    return ndcg, gain, evaluate(models, before, test, users, vectors)


def _with_content(
    parts: dict[str, Model], data: Interactions, vectors: Floats | None
) -> dict[str, Model]:
    return parts if vectors is None else parts | {CONTENT: train_content(data, vectors)}


def _weighted(
    parts: Mapping[str, Model],
    weights: Weights,
    contexts: Mapping[str, Weights] | None = None,
) -> Blend:
    blended = [Part(name, part, weights.get(name, 0.0)) for name, part in parts.items()]
    return Blend(blended, contexts)


def _check_enough(held: Interactions, use: str) -> None:
    users = len(np.unique(held.users))
    if users < LEAST_TEST_USERS:
        raise ValueError(
            f"expected at least {LEAST_TEST_USERS} users with new items to {use}, got {users}: "
            "the shop needs more events before models can be compared"
        )
