"""How good a ranking is, user by user."""

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.interactions import Floats, Integers, Interactions

K = 10


def user_ndcg(scores: Floats, seen: Interactions, held: Interactions) -> Floats:
    """nDCG@10 of each user with held-out items, each of gain 1; unseen items only.

    ``scores`` has a row for every user. The ideal has min(10, held-out items) hits on top
    (Järvelin and Kekäläinen, 2002). Equal scores keep the order of their row numbers.

    Raises:
        ValueError: A score is not a number.
    """
    users = np.unique(held.users)
    return rows_ndcg(scores[users], users, seen, held)


def rows_ndcg(scores: Floats, users: Integers, seen: Interactions, held: Interactions) -> Floats:
    """The same for some of the users, each with held-out items; ``scores`` has a row for each."""
    masked = _unseen(scores, users, seen)
    rows, items = np.nonzero(_of(held, users))
    discounts = 1.0 / np.log2(np.arange(min(K, held.item_count)) + 2)
    places = [_place(masked[row], int(item)) for row, item in zip(rows, items, strict=True)]
    gains = np.append(discounts, 0.0)[np.minimum(places, len(discounts))]
    counts = np.bincount(rows, minlength=len(users))
    ideal = np.cumsum(discounts)[np.minimum(counts, len(discounts)) - 1]
    return np.asarray(np.bincount(rows, gains, len(users)) / ideal, np.float32)


def best_unseen(scores: Floats, users: Integers, seen: Interactions, k: int = K) -> Integers:
    """The ``k`` items of the highest score that each user has not seen, best first.

    Raises:
        ValueError: A score is not a number.
    """
    masked = _unseen(scores, users, seen)
    count = min(k, masked.shape[1])
    top = np.sort(np.argpartition(-masked, count - 1, axis=1)[:, :count], axis=1)
    order = np.argsort(-np.take_along_axis(masked, top, axis=1), axis=1, kind="stable")
    return np.take_along_axis(top, order, axis=1)


def _unseen(scores: Floats, users: Integers, seen: Interactions) -> Floats:
    """The scores, with what each user has seen below all others.

    What is not a number would compare with nothing and so come before everything.
    """
    wrong = np.asarray(np.isnan(scores).any(axis=1))
    if wrong.any():
        raise ValueError(
            f"expected scores that are numbers, got NaN for {wrong.sum()} of {len(wrong)} users"
        )
    return np.where(_of(seen, users), np.float32(-np.inf), scores)


def _place(scores: Floats, item: int) -> int:
    """How many come before an item: those of higher scores, and of equal ones before it.

    To count them is much cheaper than to sort them all.
    """
    own = scores[item]
    return int((scores > own).sum() + (scores[:item] == own).sum())


def _of(data: Interactions, users: Integers) -> NDArray[np.bool_]:
    """Which items each of the users has there."""
    row_of = np.full(data.user_count, -1, np.int64)
    row_of[users] = np.arange(len(users))
    rows = row_of[data.users]
    found = np.zeros((len(users), data.item_count), bool)
    found[rows[rows >= 0], data.items[rows >= 0]] = True
    return found
