"""Figures of rankings over all items; what was chosen before is never ranked."""

from collections.abc import Callable

import numpy as np

from catalog.recommenders.interactions import Floats, Integers, Interactions

Scorer = Callable[[Integers], Floats]
"""The scores of several users, one row each."""

BATCH = 1024
K = 10


def ndcg(scores: Floats, seen: Interactions, held: Interactions) -> float:
    """The mean of ``user_ndcg``."""
    return float(user_ndcg(scores, seen, held).mean())


def user_ndcg(scores: Floats, seen: Interactions, held: Interactions) -> Floats:
    """nDCG@10 of each user with held-out items, each of gain 1; unseen items only.

    ``scores`` has a row for every user. The ideal has min(10, held-out items) hits on top.
    """
    masked = np.array(scores, np.float32)
    masked[seen.users, seen.items] = -np.inf
    wanted = np.zeros(masked.shape, bool)
    wanted[held.users, held.items] = True
    rows = np.flatnonzero(wanted.any(axis=1))
    best = np.argpartition(-masked[rows], K, axis=1)[:, :K]
    order = np.argsort(-np.take_along_axis(masked[rows], best, axis=1), axis=1, kind="stable")
    hits = np.take_along_axis(wanted[rows], np.take_along_axis(best, order, axis=1), axis=1)
    discounts = 1.0 / np.log2(np.arange(K) + 2)
    ideal = np.cumsum(discounts)[np.minimum(wanted[rows].sum(axis=1), K) - 1]
    return np.asarray(hits @ discounts / ideal, np.float32)


def ranks(score: Scorer, seen: Interactions, targets: Integers) -> Floats:
    """The rank from 0 on of each user's one target among all items the user has not chosen.

    Equal scores share the mean of their ranks, so a model that knows nothing is not lucky.
    """
    found = []
    for start in range(0, len(targets), BATCH):
        users = np.arange(start, min(start + BATCH, len(targets)))
        scores = np.array(score(users), np.float32)
        part = slice(seen.offsets[users[0]], seen.offsets[users[-1] + 1])
        scores[seen.users[part] - start, seen.items[part]] = -np.inf
        own = scores[np.arange(len(users)), targets[users]][:, None]
        better = (scores > own).sum(axis=1)
        equal = (scores == own).sum(axis=1) - 1
        found.append(better + equal / 2.0)
    return np.concatenate(found).astype(np.float32)


def figures(places: Floats) -> dict[str, float]:
    """``hr@10`` and ``ndcg@10`` of ranks from 0 on."""
    hits = places < K
    return {
        "hr@10": round(float(hits.mean()), 4),
        "ndcg@10": round(float(np.where(hits, 1.0 / np.log2(places + 2.0), 0.0).mean()), 4),
    }
