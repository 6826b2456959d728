"""What is like what was chosen, by vectors of the items: texts, attributes, pictures."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.contract import Because, only_row, strongest
from catalog.recommenders.deep.forward import unit
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, save_model

KIND = "content"


class Content:
    """r̂(u, i) = Σ_j p(u, j) · cos(v_j, v_i), with p the user's profile.

    Needs no events of the item, so new items have scores at once (Lops, de Gemmis and Semeraro,
    2011, content-based recommenders). The sum is a product with the profile's own vector, so it
    costs one matrix product whatever was chosen.

    Args:
        units: Items × dimensions, each row of length 1 or 0.
        histories: What the users chose, and how it becomes profiles.
    """

    def __init__(self, units: Floats, histories: Histories) -> None:
        self._units = units
        self._histories = histories

    @classmethod
    def load(cls, folder: Path) -> "Content":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        vectors = arrays["vectors"]
        return cls(vectors, Histories.from_arrays(arrays, len(vectors), float(settings["recency"])))

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return len(self._units)

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
        scores = np.asarray(self._units @ self._units[item_idx], np.float32)
        scores[item_idx] = 0.0
        return scores

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` largest terms of the sum: the user's items that are most like this one."""
        profile = self._histories.profiles(np.array([user_idx]))
        if not profile.nnz or not 0 <= item_idx < self.item_count:
            return ()
        terms = profile.data * (self._units[profile.indices] @ self._units[item_idx])
        return strongest("history", profile.indices, terms, k)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        arrays = {"vectors": self._units, **self._histories.arrays()}
        save_model(folder, KIND, arrays, {"recency": self._histories.recency})

    def _scores(self, profiles: "sp.csr_array") -> Floats:
        return np.asarray((profiles @ self._units) @ self._units.T, np.float32)


def train_content(data: Interactions, vectors: Floats, *, recency: float = 0.0) -> Content:
    """Take the items' vectors as they are; a row of zeros is an item of which nothing is known.

    Args:
        data: What the users chose.
        vectors: Items × dimensions, of any length.
        recency: How much the last items of a history count more; see ``Histories``.

    Raises:
        ValueError: There are not as many vectors as items, or one holds a NaN.
    """
    if len(vectors) != data.item_count:
        raise ValueError(f"expected {data.item_count} vectors, got {len(vectors)}")
    if not np.isfinite(vectors).all():
        raise ValueError("expected vectors of finite numbers")
    return Content(unit(np.asarray(vectors, np.float32)), Histories.of(data, recency))


def attribute_vectors(attributes: Sequence[Sequence[int]]) -> Floats:
    """Items × attributes, each attribute by its rarity ln(1 + items / items with it).

    Args:
        attributes: The attribute numbers of every item, from 0 on.
    """
    owner = np.repeat(np.arange(len(attributes)), [len(one) for one in attributes])
    numbers = np.array([number for one in attributes for number in one], np.int64)
    size = int(numbers.max(initial=-1)) + 1
    vectors = np.zeros((len(attributes), size), np.float32)
    vectors[owner, numbers] = 1.0
    rarity = np.log1p(len(attributes) / np.maximum(vectors.sum(axis=0), 1))
    return np.asarray(vectors * rarity, np.float32)
