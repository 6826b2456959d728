"""Matrix factorisation for ratings, by Gibbs sampling: many factorisations, averaged."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.contract import Because
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.ratings import Baseline, fit_baseline
from catalog.recommenders.saving import load_model, save_model

KIND = "rating_factors"
_PRIOR_WEIGHT = 2.0
"""As how many rows the prior of the factors' mean, 0, counts."""

Doubles = NDArray[np.float64]


class RatingFactors:
    """r̂(u, i) = b(u, i) + mean over samples s of x_u^s · y_i^s.

    Args:
        users: Samples × users × factors.
        items: Samples × items × factors.
        baseline: Mean and biases of the ratings.
    """

    def __init__(self, users: Floats, items: Floats, baseline: Baseline) -> None:
        self._users = users
        self._items = items
        self._baseline = baseline

    @classmethod
    def load(cls, folder: Path) -> "RatingFactors":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        baseline = Baseline.unpack(arrays, settings)
        return cls(arrays["users"], arrays["items"], baseline)

    def predict(self, users: Integers, items: Integers) -> Floats:
        """The rating of each pair, inside the range of those learned from."""
        known = (users >= 0) & (users < self._users.shape[1])
        known &= (items >= 0) & (items < self._items.shape[1])
        u, i = np.where(known, users, 0), np.where(known, items, 0)
        change = np.zeros(len(users), np.float32)
        for user_factors, item_factors in zip(self._users, self._items, strict=True):
            change += np.einsum("nf,nf->n", user_factors[u], item_factors[i])
        change = np.where(known, change / len(self._users), 0.0).astype(np.float32)
        return self._baseline.clip(self._baseline.predict(users, items) + change)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The taste that factors found, as the one ground there is: it cannot be split."""
        if k < 1 or not (
            0 <= user_idx < self._users.shape[1] and 0 <= item_idx < self._items.shape[1]
        ):
            return ()
        pair = np.array([user_idx]), np.array([item_idx])
        change = self.predict(*pair) - self._baseline.predict(*pair)
        return (Because("taste", -1, float(change[0])),)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        arrays = {
            "users": self._users,
            "items": self._items,
            **self._baseline.arrays(),
        }
        save_model(folder, KIND, arrays, self._baseline.settings())


def train_rating_factors(
    data: Interactions,
    *,
    factors: int = 20,
    precision: float = 1.5,
    burn_in: int = 20,
    samples: int = 40,
    seed: int = 0,
) -> RatingFactors:
    """Bayesian probabilistic matrix factorisation (Salakhutdinov and Mnih, 2008).

    r − b ~ N(x_u · y_i, 1 / precision), with Gaussian priors on x and y whose means and
    covariances have Gauss-Wishart priors themselves, so nothing is left to regularise by hand.
    Each round draws the priors and then every user's and item's factors in closed form; after
    ``burn_in`` rounds ``samples`` draws are kept.

    Args:
        data: Ratings as weights, each pair once.
        factors: Their number.
        precision: One over the variance of the noise, in ratings⁻².
        burn_in: Rounds before the first draw that counts.
        samples: Draws that are averaged.
        seed: Of the draws.

    Raises:
        ValueError: There are no ratings.
    """
    baseline = fit_baseline(data)
    rests = data.weights.astype(np.float64) - baseline.predict(data.users, data.items)
    random = np.random.default_rng(seed)
    x = random.normal(0, 0.1, (data.user_count, factors))
    y = random.normal(0, 0.1, (data.item_count, factors))
    kept: list[tuple[Floats, Floats]] = []
    by_user = _Groups(data.users, data.items, rests, data.user_count)
    by_item = _Groups(data.items, data.users, rests, data.item_count)
    for step in range(burn_in + samples):
        x = _draw(by_user, y, precision, _draw_prior(x, random), random)
        y = _draw(by_item, x, precision, _draw_prior(y, random), random)
        if step >= burn_in:
            kept.append((x.astype(np.float32), y.astype(np.float32)))
    users, items = (np.stack(side) for side in zip(*kept, strict=True))
    return RatingFactors(users, items, baseline)


class _Groups:
    """Ratings in the order of one side, with the other side's rows and the rests."""

    def __init__(self, own: Integers, other: Integers, rests: Doubles, count: int) -> None:
        order = np.argsort(own, kind="stable")
        self.other, self.rests = other[order], rests[order]
        counts = np.bincount(own, minlength=count)
        self.offsets = np.concatenate([[0], np.cumsum(counts)])
        self.count = count


def _draw_prior(factors: Doubles, random: np.random.Generator) -> tuple[Doubles, Doubles]:
    """A mean and a precision matrix given the factors, from their Gauss-Wishart posterior."""
    count, size = factors.shape
    mean = factors.mean(axis=0)
    centred = factors - mean
    scatter = np.eye(size) + centred.T @ centred
    total = count + _PRIOR_WEIGHT
    scatter += _PRIOR_WEIGHT * count / total * np.outer(mean, mean)
    scale = np.linalg.inv(scatter)
    half = np.linalg.cholesky((scale + scale.T) / 2)
    precision = half @ _bartlett(size, size + count, random) @ half.T
    wide = np.linalg.inv(total * precision)
    centre = count * mean / total
    drawn = centre + np.linalg.cholesky((wide + wide.T) / 2) @ random.normal(size=size)
    return drawn, precision


def _bartlett(size: int, freedom: int, random: np.random.Generator) -> Doubles:
    """A draw of the Wishart distribution around the identity (Bartlett's decomposition)."""
    lower = np.tril(random.normal(size=(size, size)), -1)
    lower[np.diag_indices(size)] = np.sqrt(random.chisquare(freedom - np.arange(size)))
    return np.asarray(lower @ lower.T)


def _draw(
    groups: _Groups,
    other: Doubles,
    noise: float,
    prior: tuple[Doubles, Doubles],
    random: np.random.Generator,
) -> Doubles:
    """Every row's factors given the other side's: a Gaussian in closed form."""
    mean, precision = prior
    size = other.shape[1]
    precisions = np.tile(precision, (groups.count, 1, 1))
    right = np.tile(precision @ mean, (groups.count, 1))
    for row in range(groups.count):
        part = slice(groups.offsets[row], groups.offsets[row + 1])
        mine = other[groups.other[part]]
        precisions[row] += noise * mine.T @ mine
        right[row] += noise * groups.rests[part] @ mine
    lower = np.linalg.cholesky(precisions)
    centre = np.linalg.solve(precisions, right[:, :, None])
    noise_part: Any = random.normal(size=(groups.count, size, 1))
    # Solving with the transposed factor gives the covariance that the precision asks for.
    return np.asarray((centre + np.linalg.solve(lower.transpose(0, 2, 1), noise_part))[:, :, 0])
