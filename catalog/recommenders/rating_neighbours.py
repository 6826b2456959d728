"""User-based and item-based collaborative filtering for ratings."""

from pathlib import Path
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from catalog.recommenders.contract import Because
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.ratings import Baseline, fit_baseline
from catalog.recommenders.saving import load_model, pack_sparse, save_model, unpack_sparse

KIND = "rating_neighbours"

Side = Literal["users", "items"]
Centring = Literal["mean", "baseline"]


class RatingNeighbours:
    """r̂(u, i) = c(u, i) + Σ_{v ∈ N(u)} s(u, v) · (r(v, i) − c(v, i)) / Σ_{v ∈ N(u)} s(u, v).

    N(u) are the ``neighbours`` users most similar to u, with s above 0, among those who rated i.
    The centre c is the user's mean (Resnick et al., 1994; Herlocker et al., 1999) or the baseline
    μ + b_u + b_i (Koren, 2010; Surprise's KNNBaseline), which is also that of who has no ratings
    to take a mean of. s is the correlation of what both rated,
    shrunk by how much that is: s = n / (n + shrinkage) · ρ. With ``side`` "items" the roles
    change: N(i) are items that u rated (Sarwar et al., 2001).

    Args:
        alike: Similarities of users (or items), dense.
        rests: Users × items of r − c, and ``given``, the same with 1 for each rating.
    """

    def __init__(
        self,
        alike: Floats,
        rests: "sp.csr_array",
        given: "sp.csr_array",
        means: Floats | None,
        baseline: Baseline,
        *,
        side: Side,
        neighbours: int,
    ) -> None:
        self._alike = alike
        self._side: Side = side
        self._neighbours = neighbours
        self._means = means
        self._baseline = baseline
        self._rests = rests
        self._given = given
        # By what the neighbours have in common: an item's raters, or a user's rated items.
        self._by_target = rests.T.tocsr() if side == "users" else rests
        self._by_target.sort_indices()

    @classmethod
    def load(cls, folder: Path) -> "RatingNeighbours":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        baseline = Baseline.unpack(arrays, settings)
        rests = unpack_sparse("rests", arrays)
        return cls(
            arrays["alike"],
            rests,
            unpack_sparse("given", arrays),
            arrays.get("means"),
            baseline,
            side=settings["side"],
            neighbours=int(settings["neighbours"]),
        )

    def predict(self, users: Integers, items: Integers) -> Floats:
        """The rating of each pair, inside the range of those learned from."""
        centre = self._centre(users, items)
        wanted, given = (users, items) if self._side == "users" else (items, users)
        change = np.zeros(len(users), np.float32)
        known = (wanted >= 0) & (wanted < len(self._alike))
        known &= (given >= 0) & (given < self._by_target.shape[0])
        for target in np.unique(given[known]):
            pairs = np.flatnonzero(known & (given == target))
            change[pairs] = self._changes(int(target), wanted[pairs])
        return self._baseline.clip(centre + change)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` nearest neighbours counted, and by how much each moved the prediction."""
        one, target = (user_idx, item_idx) if self._side == "users" else (item_idx, user_idx)
        if not (0 <= one < len(self._alike) and 0 <= target < self._by_target.shape[0]):
            return ()
        near, rests = self._row(target)
        alike = np.maximum(self._alike[one, near], 0.0)
        best = np.argsort(-alike, kind="stable")[: self._neighbours]
        total = max(float(alike[best].sum()), 1e-12)
        kind = "neighbour" if self._side == "users" else "history"
        return tuple(
            Because(kind, int(near[place]), float(alike[place] * rests[place] / total))
            for place in best[:k]
            if alike[place] > 0
        )

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        arrays: dict[str, NDArray[Any]] = {
            "alike": self._alike,
            **self._baseline.arrays(),
            **pack_sparse("rests", self._rests),
            **pack_sparse("given", self._given),
        }
        if self._means is not None:
            arrays["means"] = self._means
        settings = {
            "side": self._side,
            "neighbours": self._neighbours,
            **self._baseline.settings(),
        }
        save_model(folder, KIND, arrays, settings)

    def _centre(self, users: Integers, items: Integers) -> Floats:
        if self._means is None:
            return self._baseline.predict(users, items)
        wanted = users if self._side == "users" else items
        known = (wanted >= 0) & (wanted < len(self._means))
        means = np.full(len(wanted), np.nan, np.float32)
        means[known] = self._means[wanted[known]]
        return np.where(np.isnan(means), self._baseline.predict(users, items), means)

    def _changes(self, target: int, wanted: Integers) -> Floats:
        """What the neighbours with a rating of ``target`` say for each of ``wanted``."""
        near, rests = self._row(target)
        if not len(near):
            return np.zeros(len(wanted), np.float32)
        alike = np.maximum(self._alike[wanted][:, near], 0.0)
        if len(near) > self._neighbours:
            place = len(near) - self._neighbours
            least = np.partition(alike, place, axis=1)[:, [place]]
            alike = np.where(alike >= least, alike, 0.0)
        totals = alike.sum(axis=1)
        return np.asarray(alike @ rests / np.maximum(totals, 1e-12), np.float32)

    def _row(self, target: int) -> tuple[Integers, Floats]:
        part = slice(self._by_target.indptr[target], self._by_target.indptr[target + 1])
        return self._by_target.indices[part], self._by_target.data[part]


def train_rating_neighbours(
    data: Interactions,
    *,
    side: Side = "users",
    centring: Centring = "mean",
    neighbours: int = 40,
    shrinkage: float = 25.0,
) -> RatingNeighbours:
    """Measure how alike users (or items) are in what they rated; see ``RatingNeighbours``.

    With "mean" the correlation is that of ratings less the user's (item's) mean, with "baseline"
    that of ratings less the baseline (``pearson_baseline`` of Surprise, which shrinks by n − 1
    ratings in common where this takes n, as Koren, 2008, has it).

    Raises:
        ValueError: There are no ratings, or a number is out of range.
    """
    if neighbours < 1 or not 0 <= shrinkage < np.inf:
        raise ValueError(
            f"expected neighbours from 1 and shrinkage from 0, got {neighbours}, {shrinkage}"
        )
    baseline = fit_baseline(data)
    means = _means(data, side) if centring == "mean" else None
    if means is None:
        centre = baseline.predict(data.users, data.items)
    else:
        centre = means[data.users if side == "users" else data.items]
    shape = (data.user_count, data.item_count)
    places = (data.users, data.items)
    rests = sp.csr_array((data.weights - centre, places), shape=shape)
    given = sp.csr_array((np.ones(len(data), np.float32), places), shape=shape)
    alike = _correlations(rests, given, side, shrinkage)
    return RatingNeighbours(alike, rests, given, means, baseline, side=side, neighbours=neighbours)


def _means(data: Interactions, side: Side) -> Floats:
    """The mean rating of each user (or item); NaN without ratings."""
    places = data.users if side == "users" else data.items
    count = data.user_count if side == "users" else data.item_count
    sums = np.bincount(places, weights=data.weights, minlength=count)
    counts = np.bincount(places, minlength=count)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan).astype(np.float32)


def _correlations(
    rests: "sp.csr_array", given: "sp.csr_array", side: Side, shrinkage: float
) -> Floats:
    """Of each pair over what both have: Σ x y / √(Σ x² Σ y²) · n / (n + shrinkage)."""
    if side == "items":
        rests, given = rests.T.tocsr(), given.T.tocsr()
    products = (rests @ rests.T).toarray()
    squares = (rests.power(2) @ given.T).toarray()
    common = (given @ given.T).toarray()
    sizes = np.sqrt(squares * squares.T)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = products / sizes * common / (common + shrinkage)
    found[~np.isfinite(found)] = 0.0
    np.fill_diagonal(found, 0.0)
    return np.asarray(found, np.float32)
