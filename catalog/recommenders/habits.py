"""What somebody takes again and again.

A model of the benchmarks. A shop's training recommends what is new to a shopper; what is used up
comes back by ``catalog.recommending.consumables``.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from catalog.recommenders.contract import Because
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, save_model

KIND = "habits"
_DAY = 86_400.0


class Habits:
    """r̂(u, i) = Σ weight · 0.5 ^ (age / half life) over the user's own events with the item.

    Of what the user never chose it says nothing. For what is used up and bought again it is hard
    to beat (Li et al., 2023, a next basket recommendation reality check).
    """

    def __init__(self, histories: Histories) -> None:
        self._histories = histories

    @classmethod
    def load(cls, folder: Path) -> "Habits":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        return cls(Histories.from_arrays(arrays, int(settings["item_count"]), 0.0))

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return self._histories.item_count

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each."""
        return np.asarray(self._histories.profiles(users).toarray(), np.float32)

    def for_session(self, items: Sequence[int]) -> Floats:
        """How often each of these items is among them."""
        return np.asarray(self._histories.session(items).toarray()[0], np.float32)

    def for_item(self, item_idx: int) -> Floats:
        """Nothing: to take one thing again says nothing of others."""
        return np.zeros(self.item_count, np.float32)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The item itself, if the user chose it before."""
        if not 0 <= item_idx < self.item_count or k < 1:
            return ()
        score = float(self.for_users(np.array([user_idx]))[0, item_idx])
        return (Because("history", item_idx, score),) if score > 0 else ()

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        save_model(folder, KIND, self._histories.arrays(), {"item_count": self.item_count})


def train_habits(data: Interactions, *, half_life_days: float | None = None) -> Habits:
    """Remember what everyone chose, and how long ago; ages count from the newest event.

    Args:
        data: The events.
        half_life_days: After so long an event counts half; it does not fade without it.

    Raises:
        ValueError: The half life is not above 0.
    """
    if half_life_days is not None and not half_life_days > 0:
        raise ValueError(f"expected half_life_days above 0, got {half_life_days}")
    weights = data.weights
    if half_life_days is not None and len(data):
        ages = (data.times.max() - data.times) / _DAY
        weights = np.asarray(weights * 0.5 ** (ages / half_life_days), np.float32)
    return Habits(Histories(data.items, weights, data.offsets, data.item_count))
