"""Linear item-to-item models: what each chosen item says of every other, added up."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.contract import Because, only_row, strongest
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, pack_sparse, save_model, unpack_sparse

KIND = "item_to_item"
_BLOCK = 1000


class ItemToItem:
    """r̂(u, i) = Σ_j p(u, j) · w(j, i), with p the user's profile and w what was learned.

    The ways to learn w are ``train_item_neighbours``, ``train_ease`` and ``train_transitions``.
    A reason is a term of the sum, so it is exactly what was counted.

    Args:
        weights: Items × items, row j: what having chosen j says of each item. Its diagonal is 0.
        histories: What the users chose, and how it becomes profiles.
    """

    def __init__(self, weights: "sp.csr_array", histories: Histories) -> None:
        self.weights = weights
        self._histories = histories

    @classmethod
    def load(cls, folder: Path) -> "ItemToItem":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        weights = unpack_sparse("weights", arrays)
        histories = Histories.from_arrays(arrays, weights.shape[0], float(settings["recency"]))
        return cls(weights, histories)

    def with_histories(self, data: Interactions) -> "ItemToItem":
        """The same weights for users with other histories, such as ones that went on."""
        return ItemToItem(self.weights, Histories.of(data, self._histories.recency))

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return int(self.weights.shape[0])

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each."""
        return _dense(self._histories.profiles(users) @ self.weights)

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known, the last chosen last."""
        return only_row(_dense(self._histories.session(items) @ self.weights))

    def for_item(self, item_idx: int) -> Floats:
        """What having chosen this item says of each other one."""
        if not 0 <= item_idx < self.item_count:
            return np.zeros(self.item_count, np.float32)
        return only_row(_dense(self.weights[[item_idx]]))

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` largest terms of the sum: items of the user that speak for this one."""
        profile = self._histories.profiles(np.array([user_idx]))
        chosen = profile.indices
        if not len(chosen) or not 0 <= item_idx < self.item_count:
            return ()
        column = self.weights[chosen, :][:, [item_idx]]
        terms = profile.data * _dense(column)[:, 0]
        return strongest("history", chosen, terms, k)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        arrays = {**pack_sparse("weights", self.weights), **self._histories.arrays()}
        save_model(folder, KIND, arrays, {"recency": self._histories.recency})


def keep_largest(weights: Floats, keep: int) -> "sp.csr_array":
    """The ``keep`` entries of each row of a dense matrix that are largest by size, as sparse."""
    count = weights.shape[1]
    if keep >= count:
        return sp.csr_array(weights)
    parts = [
        _keep_dense(weights[start : start + _BLOCK], keep)
        for start in range(0, len(weights), _BLOCK)
    ]
    return sp.csr_array(sp.vstack(parts, format="csr"))


def _keep_dense(rows: Floats, keep: int) -> "sp.csr_array":
    columns = np.argpartition(-np.abs(rows), keep - 1, axis=1)[:, :keep]
    columns.sort(axis=1)
    values = np.take_along_axis(rows, columns, axis=1)
    ends = np.arange(len(rows) + 1) * keep
    found = sp.csr_array((values.ravel(), columns.ravel(), ends), shape=rows.shape)
    found.eliminate_zeros()
    return found


def keep_largest_sparse(weights: "sp.csr_array", keep: int) -> "sp.csr_array":
    """The ``keep`` largest entries of each row of a sparse matrix; ties by row number."""
    rows = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    order = np.lexsort((weights.indices, -weights.data, rows))
    place = np.arange(len(order)) - weights.indptr[rows[order]]
    kept = order[place < keep]
    entries = (weights.data[kept], (rows[kept], weights.indices[kept]))
    return sp.csr_array(entries, shape=weights.shape)


def without_diagonal(weights: "sp.csr_array") -> "sp.csr_array":
    """A copy in which nothing speaks for itself."""
    found = weights.tocoo()
    row, column = found.coords
    off = (row != column) & (found.data != 0)
    return sp.csr_array((found.data[off], (row[off], column[off])), shape=weights.shape)


def _dense(matrix: "sp.csr_array") -> Floats:
    return np.asarray(matrix.toarray(), np.float32)
