"""What a ranking is worth beyond hits: for whom, of what, and whether it is always the same."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.ranking import K, best_unseen, rows_ndcg

COLD_ITEM = 5
"""An item with fewer events in training is new."""
HISTORIES = {"1": (1, 1), "2-4": (2, 4), "5-9": (5, 9), "10+": (10, None)}
"""Users by how many events they had before."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one model, of its first ten recommendations for each test user.

    Args:
        ndcg: nDCG@10.
        recall: The share of the held-out items among the ten, at most ten counted.
        coverage: The share of all items that somebody was recommended.
        novelty: Mean −log2 of the share of users who had a recommended item before, in bits
            (Zhou et al., 2010); higher is less known.
        diversity: 1 − the mean cosine of two items of a list, by their texts (Ziegler et al.,
            2005); ``None`` without vectors.
        popularity: The mean share of items that are less popular than a recommended one; 0.5
            would be no bias.
        gini: How unevenly recommendations fall on items, from 0 (evenly) to 1.
        cold_items: Recall of held-out items with fewer than five events; ``None`` where there
            are none.
        by_history: nDCG@10 of users by the length of their history.
    """

    ndcg: float
    recall: float
    coverage: float
    novelty: float
    diversity: float | None
    popularity: float
    gini: float
    cold_items: float | None
    by_history: dict[str, float]


@dataclass(frozen=True, eq=False, slots=True)
class Evaluated:
    """One model's figures, and the nDCG@10 of each test user, to compare it with another's."""

    quality: Quality
    ndcg: Floats


def evaluate(
    scores: Iterable[tuple[str, Floats]],
    seen: Interactions,
    held: Interactions,
    users: Integers,
    vectors: Floats | None = None,
    *,
    known: Interactions | None = None,
) -> dict[str, Evaluated]:
    """The figures of each model.

    Args:
        scores: By a model's name, a row for each of ``users``; taken one model at a time, so
            that they need not all be in memory. No model has seen the held-out events.
        seen: What the models learned from.
        held: What is to be found.
        users: With held-out events.
        vectors: Items × dimensions, of any length, for diversity.
        known: What users are known to have, where that is more than the models learned from.

    Raises:
        ValueError: A model's score is not a number; the message names the model.
    """
    had = known or seen
    found = {}
    for name, one in scores:
        try:
            ndcg = rows_ndcg(one, users, had, held)
            best = best_unseen(one, users, had)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
        lengths = np.diff(had.offsets)[users]
        found[name] = Evaluated(_quality(best, ndcg, seen, held, users, lengths, vectors), ndcg)
    return found


def _quality(
    best: Integers,
    ndcg: Floats,
    seen: Interactions,
    held: Interactions,
    users: Integers,
    lengths: Integers,
    vectors: Floats | None,
) -> Quality:
    counts = seen.item_counts()
    found, cold = _found(best, users, held, counts < COLD_ITEM)
    order = np.argsort(np.argsort(counts, kind="stable"))
    shown = np.bincount(best.ravel(), minlength=seen.item_count)
    owned = _owners(seen) / max(seen.user_count, 1)
    return Quality(
        ndcg=_rounded(float(ndcg.mean())),
        recall=_rounded(found),
        coverage=_rounded(float((shown > 0).mean())),
        novelty=_rounded(
            float(-np.log2(np.maximum(owned[best], 1 / (seen.user_count + 1))).mean())
        ),
        diversity=None if vectors is None else _rounded(_diversity(best, vectors)),
        popularity=_rounded(float((order[best] / max(seen.item_count - 1, 1)).mean())),
        gini=_rounded(gini(shown)),
        cold_items=None if cold is None else _rounded(cold),
        by_history=_by_history(ndcg, lengths),
    )


def _found(
    best: Integers, users: Integers, held: Interactions, cold: NDArray[np.bool_]
) -> tuple[float, float | None]:
    """Recall of all held-out items and of the new ones among them."""
    row_of = np.full(held.user_count, -1, np.int64)
    row_of[users] = np.arange(len(users))
    rows, items = row_of[held.users], held.items
    rows, items = rows[rows >= 0], items[rows >= 0]
    hits = (best[rows] == items[:, None]).any(axis=1)
    wanted = np.minimum(np.bincount(rows, minlength=len(users)), K)
    recall = float((np.bincount(rows, weights=hits, minlength=len(users)) / wanted).mean())
    new = cold[items]
    return recall, float(hits[new].mean()) if new.any() else None


def _owners(seen: Interactions) -> Integers:
    """How many users had each item."""
    keys = np.unique(seen.users * np.int64(seen.item_count) + seen.items)
    return np.bincount(keys % seen.item_count, minlength=seen.item_count)


def _diversity(best: Integers, vectors: Floats) -> float:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    units = vectors / lengths
    count = best.shape[1]
    if count < 2:
        return 0.0
    alike = [float((units[row] @ units[row].T).sum() - count) for row in best]
    pairs: int = count * (count - 1)
    return 1.0 - float(np.mean(alike)) / pairs


def gini(counts: Integers) -> float:
    """The Gini coefficient of how often items were shown."""
    ordered = np.sort(counts).astype(np.float64)
    size, total = len(ordered), float(ordered.sum())
    if not total:
        return 0.0
    ranks = np.arange(1, size + 1)
    return float((2 * ranks - size - 1) @ ordered / (size * total))


def _by_history(ndcg: Floats, lengths: Integers) -> dict[str, float]:
    found = {}
    for name, (least, most) in HISTORIES.items():
        mine = (lengths >= least) & (lengths <= (most or lengths.max(initial=0)))
        if mine.any():
            found[name] = _rounded(float(ndcg[mine].mean()))
    return found


def _rounded(value: float) -> float:
    return round(value, 4)
