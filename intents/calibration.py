"""From scores to probabilities, and where to draw the lines of doubt.

Everything is chosen on held-out scores: those an example gets when it is left out of training.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]

WANTED_PRECISION = 0.85
"""Of what counts as understood, this share must be right on the held-out examples."""
TIE_PRECISION = 0.5
"""Two intents are a tie while the first of them is right less often than this."""
FALSE_REJECTION = 0.01
"""At most this share of in-scope examples may be called out of scope."""

_TEMPERATURES = np.geomspace(0.02, 0.5, 40)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The lines of doubt, as probabilities in [0, 1].

    Attributes:
        understood: What the best intent needs to count.
        margin: A lead over the second up to this is a tie ("did you mean A or B").
        out_of_scope: From here on the out-of-scope class wins over a better intent.
    """

    understood: float
    margin: float
    out_of_scope: float


def softmax(scores: Floats, temperature: float) -> Floats:
    """Probabilities along the last axis (Guo et al., 2017, temperature scaling)."""
    scaled = scores / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def fit_temperature(scores: Floats, labels: Labels) -> float:
    """The temperature with the least negative log-likelihood of the labels."""
    rows = np.arange(len(labels))
    losses = [-np.log(softmax(scores, t)[rows, labels] + 1e-9).mean() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def choose_thresholds(probabilities: Floats, labels: Labels, out_of_scope: int) -> Thresholds:
    """The loosest lines that keep their promises on held-out probabilities.

    Args:
        probabilities: One row an example, one column an intent.
        labels: The true column of each row.
        out_of_scope: The column of the out-of-scope class, or -1 without one.
    """
    ranked = np.sort(probabilities, axis=1)
    best, lead = ranked[:, -1], ranked[:, -1] - ranked[:, -2]
    right = probabilities.argmax(axis=1) == labels
    understood = _least_line(best, right)
    return Thresholds(
        understood=understood,
        margin=_tie_line(lead[best >= understood], right[best >= understood]),
        out_of_scope=_outside_line(probabilities, labels, out_of_scope),
    )


def _least_line(best: Floats, right: NDArray[np.bool_]) -> float:
    """The lowest line above which the wanted share is right."""
    order = np.argsort(-best)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(precision >= WANTED_PRECISION)
    return float(best[order[kept[-1]]]) if len(kept) else 1.0


def _tie_line(lead: Floats, right: NDArray[np.bool_]) -> float:
    """The widest lead up to which the first intent is right too seldom; 0 without one."""
    order = np.argsort(lead)
    ordered = lead[order]
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last_of_equals = np.append(ordered[1:] > ordered[:-1], True)[: len(ordered)]
    tied = np.flatnonzero((precision < TIE_PRECISION) & last_of_equals)
    return float(ordered[tied[-1]]) if len(tied) else 0.0


def _outside_line(probabilities: Floats, labels: Labels, out_of_scope: int) -> float:
    """The lowest line that rejects few enough of the in-scope examples."""
    if out_of_scope < 0 or not (labels != out_of_scope).any():
        return 1.0
    inside = probabilities[labels != out_of_scope, out_of_scope]
    return float(np.quantile(inside, 1 - FALSE_REJECTION))
