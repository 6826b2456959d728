"""What is like what was chosen, by vectors of the items: texts, attributes, pictures."""

from collections.abc import Sequence
from pathlib import Path
from typing import Union

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.contract import Because, but_itself, only_row, strongest
from catalog.recommenders.deep.forward import unit
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, pack_sparse, save_model, unpack_sparse

KIND = "content"

Vectors = Union[Floats, "sp.csr_array"]


class Content:
    """r̂(u, i) = Σ_j p(u, j) · cos(v_j, v_i), with p the user's profile.

    Needs no events of the item, so new items have scores at once (Lops, de Gemmis and Semeraro,
    2011, content-based recommenders). The sum is a product with the profile's own vector, so it
    costs one matrix product whatever was chosen.

    Args:
        units: Items × dimensions, each row of length 1 or 0; sparse where most is 0.
        histories: What the users chose, and how it becomes profiles.
    """

    def __init__(self, units: "Vectors", histories: Histories) -> None:
        self._units = units
        self._histories = histories

    @classmethod
    def load(cls, folder: Path) -> "Content":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        dense = arrays.get("vectors")
        units = unpack_sparse("vectors", arrays) if dense is None else dense
        recency = float(settings["recency"])
        return cls(units, Histories.from_arrays(arrays, units.shape[0], recency))

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return int(self._units.shape[0])

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each."""
        return self._scores(self._histories.profiles(users))

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known, the last chosen last."""
        return only_row(self._scores(self._histories.session(items)))

    def for_item(self, item_idx: int) -> Floats:
        """Cosines with this item, in [-1, 1]; the item itself has 0."""
        if not 0 <= item_idx < self.item_count:
            return np.zeros(self.item_count, np.float32)
        return but_itself(only_row(self._like(self._units[[item_idx]])), item_idx)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` largest terms of the sum: the user's items that are most like this one."""
        profile = self._histories.profiles(np.array([user_idx]))
        if not profile.nnz or not 0 <= item_idx < self.item_count:
            return ()
        item = only_row(_dense(self._units[[item_idx]]))
        terms = profile.data * (self._units[profile.indices] @ item)
        return strongest("history", profile.indices, terms, k)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        sparse = sp.issparse(self._units)
        units = pack_sparse("vectors", self._units) if sparse else {"vectors": self._units}
        arrays = {**units, **self._histories.arrays()}
        save_model(folder, KIND, arrays, {"recency": self._histories.recency})

    def _scores(self, profiles: "sp.csr_array") -> Floats:
        return self._like(profiles @ self._units)

    def _like(self, vectors: "Vectors") -> Floats:
        """The product of some vectors with those of all items."""
        return np.asarray(_dense(vectors) @ self._units.T, np.float32)


def train_content(data: Interactions, vectors: "Vectors", *, recency: float = 0.0) -> Content:
    """Take the items' vectors as they are; a row of zeros is an item of which nothing is known.

    Args:
        data: What the users chose.
        vectors: Items × dimensions, of any length, dense or sparse.
        recency: How much the last items of a history count more; see ``Histories``.

    Raises:
        ValueError: There are not as many vectors as items, or one holds a NaN.
    """
    if vectors.shape[0] != data.item_count:
        raise ValueError(f"expected {data.item_count} vectors, got {vectors.shape[0]}")
    if not np.isfinite(vectors.data if sp.issparse(vectors) else vectors).all():
        raise ValueError("expected vectors of finite numbers")
    return Content(_units(vectors), Histories.of(data, recency))


def attribute_vectors(attributes: Sequence[Sequence[int]]) -> "sp.csr_array":
    """Items × attributes, each attribute by its rarity ln(1 + items / items with it).

    Args:
        attributes: The attribute numbers of every item, from 0 on.
    """
    rows = [sorted(set(one)) for one in attributes]
    numbers = np.array([number for row in rows for number in row], np.int64)
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    counts = np.bincount(numbers)
    rarity = np.log1p(len(rows) / np.maximum(counts, 1)).astype(np.float32)
    return sp.csr_array((rarity[numbers], numbers, ends), shape=(len(rows), len(counts)))


def _units(vectors: "Vectors") -> "Vectors":
    if not sp.issparse(vectors):
        return unit(np.asarray(vectors, np.float32))
    rows = sp.csr_array(vectors, dtype=np.float32)
    lengths = np.sqrt(np.asarray(rows.power(2).sum(axis=1)))
    values = rows.data / np.repeat(np.maximum(lengths, 1e-12), np.diff(rows.indptr))
    return sp.csr_array((values.astype(np.float32), rows.indices, rows.indptr), shape=rows.shape)


def _dense(vectors: "Vectors") -> Floats:
    dense = vectors if isinstance(vectors, np.ndarray) else vectors.toarray()
    return np.asarray(dense, np.float32)
