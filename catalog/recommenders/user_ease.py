"""User-based filtering with learned weights: EASE over users instead of items."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.contract import Because, but_itself, only_row, strongest
from catalog.recommenders.ease import invert
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, save_model

KIND = "user_ease"


class UserEase:
    """r̂(u, i) = Σ_v w(u, v) · r(v, i), with w by least squares, and w(u, u) = 0.

    With P = (XXᵀ + λI)⁻¹, w(u, v) = −P_vu / P_uu (Steck, 2019, with users in the part of items);
    someone who was not in training, of whom the row x is known, has w = P X x. For shops of few
    users: memory grows with their square and time of training with their cube.

    Args:
        inverse: P.
        histories: What the users chose.
    """

    def __init__(self, inverse: Floats, histories: Histories) -> None:
        self._inverse = inverse
        self._histories = histories
        self._chosen = _ones(histories.profiles(np.arange(histories.user_count)))

    @classmethod
    def load(cls, folder: Path) -> "UserEase":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        histories = Histories.from_arrays(arrays, int(settings["item_count"]), 0.0)
        return cls(arrays["inverse"], histories)

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return self._histories.item_count

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each; zeros for users who are not known."""
        return np.asarray(self._weights(users) @ self._chosen, np.float32)

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known."""
        profile = _ones(self._histories.session(items))
        common = np.asarray((profile @ self._chosen.T).toarray(), np.float32)
        return only_row(np.asarray((common @ self._inverse) @ self._chosen, np.float32))

    def for_item(self, item_idx: int) -> Floats:
        """The scores of someone who chose only this item; the item itself has 0."""
        return but_itself(self.for_session([item_idx]), item_idx)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` users who chose the item and weigh most."""
        if not 0 <= item_idx < self.item_count:
            return ()
        weights = self._weights(np.array([user_idx]))[0]
        terms = weights * np.asarray(self._chosen[:, [item_idx]].toarray())[:, 0]
        return strongest("neighbour", np.arange(len(terms)), terms, k)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        arrays = {"inverse": self._inverse, **self._histories.arrays()}
        save_model(folder, KIND, arrays, {"item_count": self.item_count})

    def _weights(self, users: Integers) -> Floats:
        known = np.flatnonzero((users >= 0) & (users < len(self._inverse)))
        rows = users[known]
        weights = np.zeros((len(users), len(self._inverse)), np.float32)
        weights[known] = self._inverse[rows] / -self._inverse[rows, rows][:, None]
        weights[known, rows] = 0.0
        return weights


def train_user_ease(data: Interactions, *, regularization: float = 500.0) -> UserEase:
    """Learn how much each user says of each other one; see ``UserEase``.

    Raises:
        ValueError: ``regularization`` is not above 0.
    """
    if not 0 < regularization < np.inf:
        raise ValueError(f"expected regularization above 0, got {regularization}")
    histories = Histories.of(data)
    chosen = _ones(data.matrix())
    gram = np.asarray((chosen @ chosen.T).toarray(), np.float32)
    return UserEase(invert(gram, regularization), histories)


def _ones(matrix: "sp.csr_array") -> "sp.csr_array":
    matrix.data[:] = 1.0
    return matrix
