"""How good a ranking is, user by user."""

import numpy as np

from catalog.recommenders.interactions import Floats, Interactions

K = 10


def user_ndcg(scores: Floats, seen: Interactions, held: Interactions) -> Floats:
    """nDCG@10 of each user with held-out items, each of gain 1; unseen items only.

    ``scores`` has a row for every user. The ideal has min(10, held-out items) hits on top
    (Järvelin and Kekäläinen, 2002). Equal scores keep the order of their row numbers.
    """
    masked = np.array(scores, np.float32)
    masked[seen.users, seen.items] = -np.inf
    wanted = np.zeros(masked.shape, bool)
    wanted[held.users, held.items] = True
    rows = np.flatnonzero(wanted.any(axis=1))
    best = np.argsort(-masked[rows], axis=1, kind="stable")[:, :K]
    hits = np.take_along_axis(wanted[rows], best, axis=1)
    discounts = 1.0 / np.log2(np.arange(hits.shape[1]) + 2)
    ideal = np.cumsum(discounts)[np.minimum(wanted[rows].sum(axis=1), len(discounts)) - 1]
    return np.asarray(hits @ discounts / ideal, np.float32)
