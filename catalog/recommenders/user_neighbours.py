"""User-based collaborative filtering for implicit feedback."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.contract import Because, but_itself, only_row, strongest
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.linear import keep_largest_sparse
from catalog.recommenders.saving import load_model, save_model

KIND = "user_neighbours"


class UserNeighbours:
    """r̂(u, i) = Σ_{v ∈ N(u)} s(u, v) · r(v, i) / Σ_{v ∈ N(u)} s(u, v).

    N(u) are the ``neighbours`` most similar users (Resnick et al., 1994), s is the cosine of the
    profiles, in which an item counts by its rarity ln(1 + users / users of the item) (Breese,
    Heckerman and Kadie, 1998, inverse user frequency), over ``1 + shrinkage / common items``.
    r(v, i) is 1 for what v chose. New events of a session count at once: s is computed when asked.
    """

    def __init__(self, histories: Histories, neighbours: int, shrinkage: float) -> None:
        self._histories = histories
        self._neighbours = neighbours
        self._shrinkage = shrinkage
        everyone = np.arange(histories.user_count)
        chosen = histories.profiles(everyone)
        chosen.data[:] = 1.0
        self._chosen = chosen
        per_item = np.bincount(chosen.indices, minlength=histories.item_count)
        self._rarity = np.log1p(histories.user_count / np.maximum(per_item, 1)).astype(np.float32)
        # By item, so that what a shopper chose touches only the rows of those things.
        self._by_item = self._unit(chosen).T.tocsr()

    @classmethod
    def load(cls, folder: Path) -> "UserNeighbours":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        recency, items = float(settings["recency"]), int(settings["item_count"])
        histories = Histories.from_arrays(arrays, items, recency)
        return cls(histories, int(settings["neighbours"]), float(settings["shrinkage"]))

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return self._histories.item_count

    def for_users(self, users: Integers) -> Floats:
        """Scores in [0, 1] for several users, one row each."""
        return self._scores(self._near(self._histories.profiles(users), users))

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known, the last chosen last."""
        nobody = np.array([-1])
        return only_row(self._scores(self._near(self._histories.session(items), nobody)))

    def for_item(self, item_idx: int) -> Floats:
        """What those chose who chose this item; the item itself has 0."""
        return but_itself(self.for_session([item_idx]), item_idx)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` most similar users who chose the item, and their parts of the score."""
        users = np.array([user_idx])
        near = self._near(self._histories.profiles(users), users)
        if not near.nnz or not 0 <= item_idx < self.item_count:
            return ()
        chose = np.asarray(self._chosen[near.indices, :][:, [item_idx]].toarray())[:, 0]
        terms = near.data * chose
        return strongest("neighbour", near.indices, terms, k)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        settings = {
            "item_count": self.item_count,
            "neighbours": self._neighbours,
            "shrinkage": self._shrinkage,
            "recency": self._histories.recency,
        }
        save_model(folder, KIND, self._histories.arrays(), settings)

    def _near(self, profiles: "sp.csr_array", users: Integers) -> "sp.csr_array":
        """The nearest others of each row, with similarities that add up to 1."""
        alike = (self._unit(profiles) @ self._by_item).tocsr()
        if self._shrinkage and alike.nnz:
            common = ((profiles > 0).astype(np.float32) @ self._chosen.T).tocsr()
            common.sort_indices()
            alike.sort_indices()
            # Both have the same entries: a similarity is above 0 where something is in common.
            alike.data = alike.data / (1.0 + self._shrinkage / common.data)
        rows = np.repeat(np.arange(len(users)), np.diff(alike.indptr))
        alike.data[alike.indices == users[rows]] = 0.0
        alike.eliminate_zeros()
        near = keep_largest_sparse(alike, self._neighbours)
        totals = np.asarray(near.sum(axis=1), np.float32)
        near.data = near.data / np.repeat(totals, np.diff(near.indptr))
        return near

    def _scores(self, near: "sp.csr_array") -> Floats:
        return np.asarray((near @ self._chosen).toarray(), np.float32)

    def _unit(self, profiles: "sp.csr_array") -> "sp.csr_array":
        """Rows of length 1, items by rarity."""
        found = profiles.copy()
        found.data = found.data * self._rarity[found.indices]
        lengths = np.sqrt(np.asarray(found.power(2).sum(axis=1)))
        found.data = found.data / np.repeat(np.maximum(lengths, 1e-12), np.diff(found.indptr))
        return found.astype(np.float32)


def train_user_neighbours(
    data: Interactions, *, neighbours: int = 100, shrinkage: float = 0.0, recency: float = 0.0
) -> UserNeighbours:
    """Remember what everyone chose; see ``UserNeighbours``.

    Raises:
        ValueError: A number is out of range.
    """
    if neighbours < 1 or not 0 <= shrinkage < np.inf:
        raise ValueError(
            f"expected neighbours from 1 and shrinkage from 0, got {neighbours}, {shrinkage}"
        )
    return UserNeighbours(Histories.of(data, recency), neighbours, shrinkage)
