"""What each user chose, in order, and how much of it counts now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import Arrays


@dataclass(frozen=True, eq=False)
class Histories:
    """The users' items in order of time, and the rule by which they become profiles.

    An item ``s`` steps before the last one counts its weight times ``(1 + s) ** -recency``
    (0: all alike), so the last item always counts in full.
    """

    items: Integers
    weights: Floats
    offsets: Integers
    item_count: int
    recency: float = 0.0

    @classmethod
    def of(cls, data: Interactions, recency: float = 0.0) -> "Histories":
        """The histories in ``data``.

        Raises:
            ValueError: ``recency`` is below 0 or not finite.
        """
        if not 0 <= recency < np.inf:
            raise ValueError(f"expected recency of at least 0, got {recency}")
        return cls(data.items, data.weights, data.offsets, data.item_count, recency)

    @property
    def user_count(self) -> int:
        """How many users there are."""
        return len(self.offsets) - 1

    def of_user(self, user_idx: int) -> Integers:
        """The items of a user, the last one last; none of a user who is not known."""
        if not 0 <= user_idx < self.user_count:
            return np.zeros(0, np.int64)
        return self.items[self.offsets[user_idx] : self.offsets[user_idx + 1]]

    def profiles(self, users: Integers) -> "sp.csr_array":
        """Users × items of what counts of each item; rows of unknown users are empty."""
        known = (users >= 0) & (users < self.user_count)
        starts = np.where(known, self.offsets[np.where(known, users, 0)], 0)
        ends = np.where(known, self.offsets[np.where(known, users + 1, 0)], 0)
        lengths = ends - starts
        steps = _steps_back(lengths)
        places = np.repeat(ends, lengths) - 1 - steps
        values = self.weights[places] * (1.0 + steps) ** -self.recency
        return self._matrix(self.items[places], values, lengths)

    def session(self, items: Sequence[int]) -> "sp.csr_array":
        """The profile, one row, of someone who chose ``items``; unknown items are left out."""
        known = np.array([one for one in items if 0 <= one < self.item_count], np.int64)
        lengths = np.array([len(known)])
        return self._matrix(known, (1.0 + _steps_back(lengths)) ** -self.recency, lengths)

    def _matrix(self, items: Integers, values: NDArray[Any], lengths: Integers) -> "sp.csr_array":
        ends = np.concatenate([[0], np.cumsum(lengths)])
        shape = (len(lengths), self.item_count)
        found = sp.csr_array((values.astype(np.float32), items, ends), shape=shape)
        found.sum_duplicates()
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What to save."""
        return {"items": self.items, "weights": self.weights, "offsets": self.offsets}

    @classmethod
    def from_arrays(cls, arrays: Arrays, item_count: int, recency: float) -> "Histories":
        """What ``arrays`` gave."""
        return cls(arrays["items"], arrays["weights"], arrays["offsets"], item_count, recency)


def _steps_back(lengths: Integers) -> Integers:
    """For rows of these lengths: 0 for the last entry, 1 for the one before, and so on."""
    ends = np.cumsum(lengths)
    return np.repeat(ends, lengths) - 1 - np.arange(ends[-1] if len(ends) else 0)
