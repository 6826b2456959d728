"""How good a ranking is, user by user."""

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.interactions import Floats, Integers, Interactions

K = 10


def user_ndcg(scores: Floats, seen: Interactions, held: Interactions) -> Floats:
    """nDCG@10 of each user with held-out items, each of gain 1; unseen items only.

    ``scores`` has a row for every user. The ideal has min(10, held-out items) hits on top
    (Järvelin and Kekäläinen, 2002). Equal scores keep the order of their row numbers.
    """
    users = np.unique(held.users)
    return rows_ndcg(scores[users], users, seen, held)


def rows_ndcg(scores: Floats, users: Integers, seen: Interactions, held: Interactions) -> Floats:
    """The same for some of the users, each with held-out items; ``scores`` has a row for each."""
    best = best_unseen(scores, users, seen)
    wanted = _of(held, users)
    hits = np.take_along_axis(wanted, best, axis=1)
    discounts = 1.0 / np.log2(np.arange(hits.shape[1]) + 2)
    ideal = np.cumsum(discounts)[np.minimum(wanted.sum(axis=1), len(discounts)) - 1]
    return np.asarray(hits @ discounts / ideal, np.float32)


def best_unseen(scores: Floats, users: Integers, seen: Interactions, k: int = K) -> Integers:
    """The ``k`` items of the highest score that each user has not seen, best first."""
    masked = np.where(_of(seen, users), np.float32(-np.inf), scores)
    return np.argsort(-masked, axis=1, kind="stable")[:, :k]


def _of(data: Interactions, users: Integers) -> NDArray[np.bool_]:
    """Which items each of the users has there."""
    row_of = np.full(data.user_count, -1, np.int64)
    row_of[users] = np.arange(len(users))
    rows = row_of[data.users]
    found = np.zeros((len(users), data.item_count), bool)
    found[rows[rows >= 0], data.items[rows >= 0]] = True
    return found
