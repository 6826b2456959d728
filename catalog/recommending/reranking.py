"""From candidates by score to a list for people: relevant, varied, not only what all know."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_SMOOTHING = 0.01


@dataclass(frozen=True, slots=True)
class Dials:
    """How much each rule may move the list; each in [0, 1], and 0 switches it off.

    Args:
        diversity: What likeness to something already in the list costs.
        novelty: What being popular costs; the dial of popularity. At 1 it decides alone.
        calibration: What a mix of categories unlike the shopper's own costs.
        newcomers: The share of the places that is kept for what few have chosen yet.
    """

    diversity: float = 0.3
    novelty: float = 0.0
    calibration: float = 0.3
    newcomers: float = 0.2


@dataclass(frozen=True, eq=False)
class Candidates:
    """What may be shown, one entry each, in any order.

    Args:
        relevance: Scores of any unit; higher is better.
        vectors: Of length 1, or of zeros where nothing is known; one row each.
        categories: The shelves each stands on; none where none is known.
        popularity: In [0, 1], a share of the catalogue that is less popular.
        newcomers: Which of them few have chosen yet.
    """

    relevance: Floats
    vectors: Floats
    categories: Sequence[tuple[str, ...]]
    popularity: Floats
    newcomers: Collection[int] = frozenset()


def rerank(
    found: Candidates, k: int, dials: Dials, taste: Mapping[str, float] | None = None
) -> list[int]:
    """The places of the ``k`` candidates to show, in their order, chosen greedily.

    Each step takes the candidate with the most

        (1 − novelty) · rel(i) − novelty · pop(i)
            − diversity · max_{j chosen} sim(i, j) − calibration · miscal(i)

    where rel is the relevance scaled to [0, 1], sim the cosine scaled so that the candidates'
    mean is 0 (MMR, Carbonell and Goldstein, 1998), and miscal is KL(taste ‖ categories of the
    list with i) (Steck, 2018, calibrated recommendations). Without ``taste`` nothing is said of
    categories.

    ⌊newcomers · k⌋ places are the newcomers': where fewer stand among the rest, the last places
    go to the best of them that are left. What nobody is shown nobody can choose, and a model of
    what was chosen would never come to know it (Pandey et al., 2005, keep such a share of a list
    for pages that are unexplored; there it is drawn by chance, here the best by score has it).

    Args:
        found: The candidates.
        k: How many to choose.
        dials: See :class:`Dials`.
        taste: The share of each category in what the shopper chose; adds up to 1.
    """
    count = len(found.relevance)
    novelty = np.float32(dials.novelty)
    base = (1 - novelty) * _scaled(found.relevance) - novelty * found.popularity
    alike = _likeness(found.vectors)
    nearest = np.zeros(count, np.float32)
    left, chosen = list(range(count)), list[int]()
    mix: dict[str, float] = {}
    kept = int(dials.newcomers * k + 1e-9)
    while left and len(chosen) < k:
        costs = _miscalibrations(found.categories, left, mix, taste) if taste else {}
        fresh = [at for at in left if at in found.newcomers]
        due = min(kept, len(fresh)) >= k - len(chosen)
        values = {
            at: float(base[at])
            - dials.diversity * float(nearest[at])
            - dials.calibration * costs.get(found.categories[at], 0.0)
            for at in (fresh if due else left)
        }
        best = max(values, key=lambda at: (values[at], -at))
        left.remove(best)
        chosen.append(best)
        kept -= best in found.newcomers
        mix = _with(mix, found.categories[best])
        nearest = np.maximum(nearest, alike[best])
    return chosen


def miscalibration(taste: Mapping[str, float], mix: Mapping[str, float]) -> float:
    """KL(p ‖ q̃) of what the shopper likes and what a list holds, in nats.

    q̃ = (1 − α) q + α p with α = 0.01, so that a category which is missing costs much but not
    everything (Steck, 2018, equation 4).
    """
    total = sum(mix.values())
    cost = 0.0
    for category, share in taste.items():
        if share > 0:
            held = mix.get(category, 0) / total if total else 0.0
            cost += share * log(share / ((1 - _SMOOTHING) * held + _SMOOTHING * share))
    return cost


def _miscalibrations(
    categories: Sequence[tuple[str, ...]],
    left: Sequence[int],
    mix: Mapping[str, float],
    taste: Mapping[str, float],
) -> dict[tuple[str, ...], float]:
    """What each kind would cost as the next, less what the cheapest would; scaled to [0, 1]."""
    costs = {
        names: miscalibration(taste, _with(mix, names)) for names in {categories[at] for at in left}
    }
    low, high = min(costs.values()), max(costs.values())
    return {names: (cost - low) / max(high - low, 1e-9) for names, cost in costs.items()}


def _with(mix: Mapping[str, float], names: tuple[str, ...]) -> dict[str, float]:
    """The mix with one more product, that counts for a part on each of its shelves."""
    found = dict(mix)
    for name in names:
        found[name] = found.get(name, 0.0) + 1 / len(names)
    return found


def _scaled(values: Floats) -> Floats:
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    if not high > low:
        return np.zeros(len(values), np.float32)
    return np.asarray((values - low) / (high - low), np.float32)


def _likeness(vectors: Floats) -> Floats:
    """Cosines with the candidates' mean at 0 and likeness at 1; what is less alike has 0."""
    cosines = vectors @ vectors.T
    known = np.linalg.norm(vectors, axis=1) > 0
    pairs = cosines[np.ix_(known, known)]
    size = len(pairs)
    if size < 2:
        return np.zeros(cosines.shape, np.float32)
    mean = float((pairs.sum() - np.trace(pairs)) / (size * (size - 1)))
    scaled = np.clip((cosines - mean) / max(1.0 - mean, 1e-6), 0.0, 1.0)
    return np.asarray(scaled * known[:, None] * known[None, :], np.float32)
