"""Matrix factorisation for implicit feedback, trained by the library ``implicit``."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from implicit.cpu.als import AlternatingLeastSquares
from implicit.cpu.bpr import BayesianPersonalizedRanking
from threadpoolctl import threadpool_limits

from catalog.recommenders.contract import Because, strongest
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, save_model

KIND = "factors"


@dataclass(frozen=True, slots=True)
class FoldIn:
    """How someone who was not in training gets factors from chosen items.

    With ``alpha`` above 0 by one step of ALS, x = (YᵀY + Yᵀ(C − I)Y + λI)⁻¹ YᵀC p, C = 1 + alpha
    (Hu, Koren and Volinsky, 2008); with 0 by the mean of the items' factors, as BPR has no such
    step. There the last factor is the item's bias, and 1 for everyone who has chosen something.
    """

    alpha: float
    regularization: float

    @property
    def biased(self) -> bool:
        """Whether an item's last factor is its bias, which says nothing of likeness."""
        return not self.alpha


class Factors:
    """r̂(u, i) = x_u · y_i.

    Args:
        users: Users × factors.
        items: Items × factors.
        histories: What the users chose, for reasons.
        fold_in: How a session gets factors.
    """

    def __init__(self, users: Floats, items: Floats, histories: Histories, fold_in: FoldIn) -> None:
        self._users = users
        self._items = items
        self._histories = histories
        self._fold_in = fold_in
        self._gram = items.T @ items
        tastes = items[:, :-1] if fold_in.biased else items
        lengths = np.linalg.norm(tastes, axis=1, keepdims=True)
        self._units = tastes / np.maximum(lengths, 1e-12)

    @classmethod
    def load(cls, folder: Path) -> "Factors":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        items = arrays["item_factors"]
        histories = Histories.from_arrays(arrays, len(items), float(settings["recency"]))
        fold_in = FoldIn(float(settings["alpha"]), float(settings["regularization"]))
        return cls(arrays["user_factors"], items, histories, fold_in)

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return len(self._items)

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each; zeros for users who are not known."""
        known = (users >= 0) & (users < len(self._users))
        factors = np.zeros((len(users), self._items.shape[1]), np.float32)
        factors[known] = self._users[users[known]]
        return np.asarray(factors @ self._items.T, np.float32)

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known."""
        chosen = np.array([one for one in items if 0 <= one < self.item_count], np.int64)
        if not len(chosen):
            return np.zeros(self.item_count, np.float32)
        return np.asarray(self._items @ self._factors_of(chosen), np.float32)

    def for_item(self, item_idx: int) -> Floats:
        """Cosines of the items' factors without biases, in [-1, 1]; the item itself has 0."""
        if not 0 <= item_idx < self.item_count:
            return np.zeros(self.item_count, np.float32)
        scores = np.asarray(self._units @ self._units[item_idx], np.float32)
        scores[item_idx] = 0.0
        return scores

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The user's items that weigh most in the score.

        For ALS the score of ``for_session`` is a sum over them, y_iᵀ A⁻¹ y_j (1 + alpha) with A
        as in the fold-in (Hu, Koren and Volinsky, 2008, section 5); that of ``for_users`` is near
        it, as near as training came to its end. For BPR, which has no such sum, they are the
        items most like this one.
        """
        chosen = np.unique(self._histories.of_user(user_idx))
        if not len(chosen) or not 0 <= item_idx < self.item_count:
            return ()
        terms = self._terms(chosen, item_idx)
        return strongest("history", chosen, terms, k)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        arrays = {
            "user_factors": self._users,
            "item_factors": self._items,
            **self._histories.arrays(),
        }
        settings = {
            "alpha": self._fold_in.alpha,
            "regularization": self._fold_in.regularization,
            "recency": self._histories.recency,
        }
        save_model(folder, KIND, arrays, settings)

    def _factors_of(self, chosen: Integers) -> Floats:
        if self._fold_in.biased:
            mean = self._items[chosen].mean(axis=0)
            mean[-1] = 1.0
            return np.asarray(mean, np.float32)
        wanted = (1.0 + self._fold_in.alpha) * self._items[chosen].sum(axis=0)
        return np.asarray(np.linalg.solve(self._normal(chosen), wanted), np.float32)

    def _terms(self, chosen: Integers, item_idx: int) -> Floats:
        if self._fold_in.biased:
            return np.asarray(self._units[chosen] @ self._units[item_idx], np.float32)
        seen_as = np.linalg.solve(self._normal(chosen), self._items[item_idx])
        terms = (1.0 + self._fold_in.alpha) * (self._items[chosen] @ seen_as)
        return np.asarray(terms, np.float32)

    def _normal(self, chosen: Integers) -> Floats:
        mine = self._items[chosen]
        ridge = self._fold_in.regularization * np.eye(self._items.shape[1], dtype=np.float32)
        return np.asarray(self._gram + self._fold_in.alpha * mine.T @ mine + ridge, np.float32)


def train_als(
    data: Interactions,
    *,
    factors: int = 64,
    regularization: float = 10.0,
    alpha: float = 1.0,
    iterations: int = 15,
    seed: int = 0,
) -> Factors:
    """Weighted alternating least squares (Hu, Koren and Volinsky, 2008), by ``implicit``.

    Minimises Σ c_ui (p_ui − x_u · y_i)² + λ (Σ|x_u|² + Σ|y_i|²) over all pairs, with p = 1 and
    c = 1 + alpha for what was chosen, else p = 0 and c = 1.
    """
    chosen = data.matrix()
    # implicit reads entries as c itself, not as c - 1.
    chosen.data[:] = 1.0 + alpha
    # One thread keeps the sums in one order; implicit warns where BLAS would start more.
    with threadpool_limits(1, "blas"):
        model = AlternatingLeastSquares(
            factors=factors,
            regularization=regularization,
            alpha=1.0,
            iterations=iterations,
            num_threads=1,
            random_state=seed,
            use_cg=False,
        )
        model.fit(sp.csr_matrix(chosen), show_progress=False)
    return Factors(
        np.asarray(model.user_factors, np.float32),
        np.asarray(model.item_factors, np.float32),
        Histories.of(data),
        FoldIn(alpha, regularization),
    )


def train_bpr(
    data: Interactions,
    *,
    factors: int = 64,
    learning_rate: float = 0.05,
    regularization: float = 0.01,
    iterations: int = 100,
    seed: int = 0,
) -> Factors:
    """Bayesian personalised ranking (Rendle et al., 2009), by ``implicit``.

    Maximises Σ ln σ(x_u · (y_i − y_j)) over chosen i and sampled j, by stochastic gradients. The
    last factor is the item's bias, and 1 for every user.
    """
    chosen = data.matrix()
    chosen.data[:] = 1.0
    model = BayesianPersonalizedRanking(
        factors=factors,
        learning_rate=learning_rate,
        regularization=regularization,
        iterations=iterations,
        num_threads=1,
        random_state=seed,
    )
    model.fit(sp.csr_matrix(chosen), show_progress=False)
    return Factors(
        np.asarray(model.user_factors, np.float32),
        np.asarray(model.item_factors, np.float32),
        Histories.of(data),
        FoldIn(0.0, regularization),
    )
