"""What models learn from: who did something with what, when, and how much it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Interactions:
    """Events over row numbers, sorted by user and, within a user, by time.

    Made by ``of``; the four arrays have one entry an event. ``weights`` are above zero (for
    ratings: the rating itself), ``times`` are seconds since 1970.
    """

    users: Integers
    items: Integers
    weights: Floats
    times: NDArray[np.float64]
    user_count: int
    item_count: int

    @classmethod
    def of(
        cls,
        users: Sequence[int] | Integers,
        items: Sequence[int] | Integers,
        weights: Sequence[float] | Floats | None = None,
        times: Sequence[float] | NDArray[np.float64] | None = None,
        *,
        user_count: int,
        item_count: int,
    ) -> "Interactions":
        """Check and sort events; events of one user at one time keep their order.

        Without ``weights`` every event weighs 1; without ``times`` the order given is the order.

        Raises:
            ValueError: Lengths differ, a row number is out of range, or a number is not finite
                or a weight not above zero.
        """
        u, i = np.asarray(users, np.int64), np.asarray(items, np.int64)
        w = np.ones(len(u), np.float32) if weights is None else np.asarray(weights, np.float32)
        t = np.arange(len(u), dtype=np.float64) if times is None else np.asarray(times, np.float64)
        if not len(u) == len(i) == len(w) == len(t):
            raise ValueError(
                f"expected as many users, items, weights and times, "
                f"got {len(u)}, {len(i)}, {len(w)}, {len(t)}"
            )
        _check_range("users", u, user_count)
        _check_range("items", i, item_count)
        if not (np.isfinite(w).all() and (w > 0).all()):
            raise ValueError("expected finite weights above zero")
        if not np.isfinite(t).all():
            raise ValueError("expected finite times")
        order = np.lexsort((t, u))
        return cls(u[order], i[order], w[order], t[order], user_count, item_count)

    def __len__(self) -> int:
        return len(self.users)

    @cached_property
    def offsets(self) -> Integers:
        """Where each user's events begin, one entry more than there are users."""
        counts = np.bincount(self.users, minlength=self.user_count)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def of_user(self, user_idx: int) -> Integers:
        """The items of a user in order of time; none of a user who is not known."""
        if not 0 <= user_idx < self.user_count:
            return np.zeros(0, np.int64)
        return self.items[self.offsets[user_idx] : self.offsets[user_idx + 1]]

    def part(self, chosen: Integers) -> "Interactions":
        """Some of the events, by their places; the numbers of users and items stay."""
        return Interactions.of(
            self.users[chosen],
            self.items[chosen],
            self.weights[chosen],
            self.times[chosen],
            user_count=self.user_count,
            item_count=self.item_count,
        )

    def joined(self, other: "Interactions") -> "Interactions":
        """These events and others of the same users and items."""
        users, items, weights, times = (
            np.concatenate([getattr(self, name), getattr(other, name)])
            for name in ("users", "items", "weights", "times")
        )
        counts = {"user_count": self.user_count, "item_count": self.item_count}
        return Interactions.of(users, items, weights, times, **counts)

    def once(self) -> "Interactions":
        """Each item of a user once, where it was chosen last, with a weight of 1."""
        keys = self.users * np.int64(self.item_count) + self.items
        _, back = np.unique(keys[::-1], return_index=True)
        last = len(self) - 1 - back
        return Interactions.of(
            self.users[last],
            self.items[last],
            times=self.times[last],
            user_count=self.user_count,
            item_count=self.item_count,
        )

    def matrix(self) -> "sp.csr_array":
        """Users × items; the weights of repeated events are added up."""
        shape = (self.user_count, self.item_count)
        found = sp.csr_array((self.weights, (self.users, self.items)), shape=shape)
        found.sum_duplicates()
        return found

    def item_counts(self) -> Integers:
        """In how many events each item is."""
        return np.bincount(self.items, minlength=self.item_count)


def _check_range(name: str, values: Integers, count: int) -> None:
    if len(values) and not 0 <= values.min() <= values.max() < count:
        raise ValueError(f"expected {name} in [0, {count}), got {values.min()} to {values.max()}")
