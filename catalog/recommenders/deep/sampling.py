"""What is drawn by chance: the order of the rows, and items that were not chosen."""

from collections.abc import Iterator

import numpy as np

from catalog.recommenders.deep.sequences import Sequences
from catalog.recommenders.interactions import Floats, Integers


def batches(
    sequences: Sequences, size: int, random: np.random.Generator
) -> Iterator[tuple[Sequences, Integers]]:
    """All rows once, in batches of rows of like length, in an order of chance.

    Rows of like length together leave little that is only filled up (Khomenko et al., 2016,
    sequence bucketing).

    Args:
        sequences: All rows.
        size: Of a batch, in steps.
        random: Gives the order.

    Yields:
        The rows of a batch, and their row numbers.
    """
    lengths = sequences.lengths
    order = np.argsort(lengths + random.random(len(lengths)), kind="stable")
    ends = np.cumsum(np.maximum(lengths[order], 1))
    parts = np.split(order, np.flatnonzero(np.diff((ends - 1) // size)) + 1)
    for place in random.permutation(len(parts)):
        if len(parts[place]):
            yield sequences.rows(parts[place]), parts[place]


class Negatives:
    """Items drawn by chance, with a probability of their popularity to a power.

    Items without events are never drawn: that nobody chose what is new says nothing.

    Args:
        counts: In how many events each item is.
        power: 0 draws all alike, 1 by popularity (Mikolov et al., 2013, take 0.75).
    """

    def __init__(self, counts: Integers, power: float) -> None:
        shares = np.where(counts > 0, np.maximum(counts, 1).astype(np.float64) ** power, 0.0)
        self._shares = shares / max(shares.sum(), 1e-12)
        self._until = np.cumsum(self._shares)

    def draw(self, count: int, random: np.random.Generator) -> Integers:
        """So many item numbers, repeats included."""
        places = np.searchsorted(self._until, random.random(count) * self._until[-1], "right")
        return np.asarray(np.minimum(places, len(self._until) - 1), np.int64)

    def log_expected(self, count: int) -> Floats:
        """Logarithms of how often each item is among ``count`` drawn; 0 for what never is."""
        expected = np.where(self._shares > 0, count * self._shares, 1.0)
        return np.log(expected).astype(np.float32)
