"""What is chosen most, in a window of time: the baseline that every other model must beat."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.contract import Because, but_itself
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, save_model

KIND = "popularity"
_DAY = 86_400.0

Counts = NDArray[np.float64]


class WindowPopularity:
    """The same score for everybody: the weight of an item's events in the window.

    The baseline that every other model must beat (Cremonesi, Koren and Turrin, 2010, TopPop).
    """

    def __init__(self, scores: Floats) -> None:
        self._scores = scores

    @classmethod
    def load(cls, folder: Path) -> "WindowPopularity":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        return cls(load_model(folder, KIND)[0]["scores"])

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return len(self._scores)

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each, all alike."""
        return np.tile(self._scores, (len(users), 1))

    def for_session(self, items: Sequence[int]) -> Floats:
        """The same scores, whatever was chosen."""
        return self._scores.copy()

    def for_item(self, item_idx: int) -> Floats:
        """The same scores; the item itself has 0."""
        return but_itself(self._scores.copy(), item_idx)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """That it is popular, if it is."""
        known = 0 <= item_idx < len(self._scores)
        if not known or k < 1 or self._scores[item_idx] <= 0:
            return ()
        return (Because("popular", -1, float(self._scores[item_idx])),)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        save_model(folder, KIND, {"scores": self._scores}, {})


def backed_off(lately: Counts, ever: Counts, least: float) -> Counts:
    """lately(i) + least · ever(i) / max ever: a window that holds little says little.

    The longer window is a prior of the shorter one, as in smoothing a model of few words by that
    of all (Zhai and Lafferty, 2004, Dirichlet prior): what was chosen most of all times counts
    as much as ``least`` does lately, so a few events cannot put all that is known aside.
    """
    most = float(ever.max(initial=0.0))
    return lately + least * ever / most if most > 0 else lately


def train_popularity(
    data: Interactions, *, window_days: float | None = None, half_life_days: float | None = None
) -> WindowPopularity:
    """score(i) = Σ weight · 0.5 ^ (age / half life), over the events of the last days.

    What is popular now says more than what ever was (Ji et al., 2020, a re-visit of the popularity
    baseline, whose RecentPop is the window, and DecayPop the fading). Ages count from the newest
    event, so the model is the same whenever it is trained.

    Args:
        data: The events.
        window_days: How far back to count; all events without it.
        half_life_days: After so long an event counts half; it does not fade without it.

    Raises:
        ValueError: A number of days is not above 0.
    """
    for name, days in (("window_days", window_days), ("half_life_days", half_life_days)):
        if days is not None and not days > 0:
            raise ValueError(f"expected {name} above 0, got {days}")
    ages = (data.times.max(initial=-np.inf) - data.times) / _DAY
    weights = data.weights.astype(np.float64)
    if half_life_days is not None:
        weights = weights * 0.5 ** (ages / half_life_days)
    if window_days is not None:
        weights = np.where(ages <= window_days, weights, 0.0)
    scores = np.bincount(data.items, weights=weights, minlength=data.item_count)
    return WindowPopularity(scores.astype(np.float32))
