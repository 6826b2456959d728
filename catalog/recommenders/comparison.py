"""Is one model better than another, or was it chance?"""

from dataclasses import dataclass

import numpy as np

from catalog.recommenders.interactions import Floats


@dataclass(frozen=True, slots=True)
class Comparison:
    """The mean gain of a challenger per user, in the unit of the figures compared.

    ``low`` and ``high`` bound it with 95 % confidence; ``chance`` is the share of resamples in
    which the challenger was not better (a one-sided p value).
    """

    gain: float
    low: float
    high: float
    chance: float

    @property
    def significant(self) -> bool:
        """Whether the whole interval is above zero."""
        return self.low > 0


def compare(
    challenger: Floats, incumbent: Floats, *, resamples: int = 2000, seed: int = 0
) -> Comparison:
    """Paired bootstrap over users (Efron and Tibshirani, 1993; Sakai, 2006, for rankings).

    Args:
        challenger: One figure a user, such as nDCG@10.
        incumbent: The same users' figures, in the same order.
        resamples: How often users are drawn anew, with replacement.
        seed: Of the draws.

    Raises:
        ValueError: The lengths differ, there are no users, or a figure is not finite.
    """
    if len(challenger) != len(incumbent) or not len(challenger):
        raise ValueError(
            f"expected figures of the same users, got {len(challenger)} and {len(incumbent)}"
        )
    gains = challenger.astype(np.float64) - incumbent
    if not np.isfinite(gains).all():
        raise ValueError("expected finite figures")
    random = np.random.default_rng(seed)
    count = len(gains)
    means = np.array([gains[random.integers(0, count, count)].mean() for _ in range(resamples)])
    low, high = np.quantile(means, (0.025, 0.975))
    return Comparison(float(gains.mean()), float(low), float(high), float((means <= 0).mean()))
