"""Ratings: what predictors promise, and the baseline of mean and biases below all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.contract import Because
from catalog.recommenders.interactions import Floats, Integers, Interactions


class RatingModel(Protocol):
    """Predicts ratings, in the unit and range of those it learned from.

    Users and items that are not known are no error: the prediction falls back to what the other
    one's ratings say, its bias or its mean, or to the mean of all. Models are made ready, by a
    ``train_…`` function or ``load``.
    """

    def predict(self, users: Integers, items: Integers) -> Floats:
        """The rating of each pair; both arrays have one length."""
        ...

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The strongest grounds of a prediction; () without any."""
        ...

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        ...


@dataclass(frozen=True, eq=False)
class Baseline:
    """b(u, i) = μ + b_u + b_i, with the range [low, high] of the ratings (Koren, 2010)."""

    mean: float
    user_bias: Floats
    item_bias: Floats
    low: float
    high: float

    @classmethod
    def unpack(cls, arrays: Mapping[str, NDArray[Any]], settings: Mapping[str, Any]) -> "Baseline":
        """The baseline whose :meth:`arrays` and :meth:`settings` a model saved with its own."""
        return cls(
            float(settings["mean"]),
            arrays["user_bias"],
            arrays["item_bias"],
            float(settings["low"]),
            float(settings["high"]),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What a model saves of it as arrays."""
        return {"user_bias": self.user_bias, "item_bias": self.item_bias}

    def settings(self) -> dict[str, float]:
        """What a model saves of it as numbers."""
        return {"mean": self.mean, "low": self.low, "high": self.high}

    def predict(self, users: Integers, items: Integers) -> Floats:
        """The baseline of each pair; what is not known has no bias."""
        return np.asarray(
            self.mean + _at(self.user_bias, users) + _at(self.item_bias, items), np.float32
        )

    def clip(self, ratings: Floats) -> Floats:
        """Ratings inside the range."""
        return np.clip(ratings, self.low, self.high)


def fit_baseline(
    data: Interactions,
    *,
    user_regularization: float = 5.0,
    item_regularization: float = 3.0,
    rounds: int = 15,
) -> Baseline:
    """Alternate between both kinds of bias, each the shrunk mean of what the other leaves.

    b_i = Σ_u (r − μ − b_u) / (λ_i + n_i), b_u likewise (Koren, 2010, Factor in the neighbors).

    Raises:
        ValueError: There are no ratings.
    """
    if not len(data):
        raise ValueError("expected ratings, got none")
    ratings = data.weights.astype(np.float64)
    mean = float(ratings.mean())
    user_counts = np.bincount(data.users, minlength=data.user_count)
    item_counts = np.bincount(data.items, minlength=data.item_count)
    user_bias, item_bias = np.zeros(data.user_count), np.zeros(data.item_count)
    for _ in range(rounds):
        rest = ratings - mean - user_bias[data.users]
        sums = np.bincount(data.items, weights=rest, minlength=data.item_count)
        item_bias = sums / (item_regularization + item_counts)
        rest = ratings - mean - item_bias[data.items]
        sums = np.bincount(data.users, weights=rest, minlength=data.user_count)
        user_bias = sums / (user_regularization + user_counts)
    return Baseline(
        mean,
        user_bias.astype(np.float32),
        item_bias.astype(np.float32),
        float(ratings.min()),
        float(ratings.max()),
    )


def _at(values: Floats, places: Integers) -> Floats:
    known = (places >= 0) & (places < len(values))
    return np.where(known, values[np.where(known, places, 0)], 0.0).astype(np.float32)
