"""What each item of a history adds to a net's score."""

from collections.abc import Callable, Sequence

import numpy as np

from catalog.recommenders.interactions import Floats, Integers

Score = Callable[[Sequence[Integers]], Floats]
"""The score of one item after each of several histories."""


def contributions(row: Integers, score: Score) -> tuple[Integers, Floats]:
    """The items of a history, and what each adds to a score.

    A net's score is no sum of its items. An item's part is the mean of what it adds to nothing
    and what it adds to all others: the two ends of its Shapley value (Shapley, 1953; Štrumbelj
    and Kononenko, 2010, for predictions), which cost two scores an item.

    Args:
        row: The history, at least one item.
        score: Asked once, for all histories that are needed.
    """
    items = np.unique(row)
    without = [row[row != one] for one in items]
    alone = [np.array([one], np.int64) for one in items]
    scores = score([row, row[:0], *without, *alone])
    last = scores[0] - scores[2 : 2 + len(items)]
    first = scores[2 + len(items) :] - scores[1]
    return items, np.asarray((first + last) / 2.0, np.float32)
