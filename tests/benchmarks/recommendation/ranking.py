"""Figures of rankings over all items; what was chosen before is never ranked."""

from collections.abc import Callable

import numpy as np

from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.ranking import K, user_ndcg

Scorer = Callable[[Integers], Floats]
"""The scores of several users, one row each."""

BATCH = 1024


def checked(scores: Floats) -> Floats:
    """The scores themselves.

    Raises:
        ValueError: One is not a finite number, so that it has no place in a ranking.
    """
    if wrong := int((~np.isfinite(scores)).sum()):
        raise ValueError(f"expected scores of finite numbers, got {wrong} others")
    return scores


def each_ndcg(scores: Floats, seen: Interactions, held: Interactions) -> Floats:
    """``user_ndcg`` of scores that are checked."""
    return user_ndcg(checked(scores), seen, held)


def ndcg(scores: Floats, seen: Interactions, held: Interactions) -> float:
    """The mean over users; see ``user_ndcg``."""
    return float(each_ndcg(scores, seen, held).mean())


def ranks(score: Scorer, seen: Interactions, targets: Integers) -> Floats:
    """The rank from 0 on of each user's one target among all items the user has not chosen.

    Equal scores share the mean of their ranks, so a model that knows nothing is not lucky.

    Raises:
        ValueError: A score is not a finite number.
    """
    found = []
    for start in range(0, len(targets), BATCH):
        users = np.arange(start, min(start + BATCH, len(targets)))
        scores = np.array(checked(score(users)), np.float32)
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
