"""From scores to probabilities, and where to draw the lines of doubt.

Everything is chosen on held-out scores: those an example gets when it is left out of training.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.special
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
Flags = NDArray[np.bool_]

WANTED_PRECISION = 0.85
"""Of what counts as understood, this share must be right on the held-out examples."""
SEVERAL_PRECISION = 0.75
"""Of the second intents that are acted on, this share must be meant."""
WRONG_COST = 1.6
"""What a wrong answer costs the shopper, where not to answer costs 1."""
TIE_PRECISION = 0.5
"""Two intents are a tie while the first of them is right less often than this."""
FALSE_REJECTION = 0.01
"""At most this share of in-scope examples may be called out of scope."""

_TEMPERATURES = np.geomspace(0.02, 0.5, 40)
_HALF = 0.5
_LOGIT_TEMPERATURES = np.geomspace(0.2, 5, 65)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The lines of doubt, as probabilities in [0, 1].

    Attributes:
        understood: What the best intent needs to count.
        margin: A lead over the second up to this is a tie ("did you mean A or B").
        out_of_scope: From here on the out-of-scope class wins over a better intent.
        several: From here on an intent beside the best one is meant too; above 1 where the
            classifier knows one intent a text.
    """

    understood: float
    margin: float
    out_of_scope: float
    several: float = 2.0


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Answers given with a confidence from ``low`` up to ``high``.

    ``confidence`` is their mean confidence and ``accuracy`` the share that was right: with
    calibrated probabilities the two are the same. Both are 0 in an empty bin.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


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


def _least_line(
    best: Floats, right: NDArray[np.bool_], precision_wanted: float = WANTED_PRECISION
) -> float:
    """The lowest line above which the wanted share is right."""
    order = np.argsort(-best)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(precision >= precision_wanted)
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


def sigmoid(logits: Floats, temperature: float = 1.0) -> Floats:
    """Independent probabilities, one a class."""
    return np.asarray(scipy.special.expit(logits / temperature), dtype=np.float32)


def fit_multilabel_temperature(logits: Floats, wanted: Flags) -> float:
    """The temperature with the least binary cross-entropy of independent classes.

    Args:
        logits: One row an example, one column a class, before the sigmoid.
        wanted: Which classes each example has.
    """
    signs = np.where(wanted, -1.0, 1.0)
    losses = [np.logaddexp(0, signs * logits / t).mean() for t in _LOGIT_TEMPERATURES]
    return float(_LOGIT_TEMPERATURES[int(np.argmin(losses))])


def choose_multilabel_thresholds(scores: Floats, wanted: Flags, outside: int) -> Thresholds:
    """The lines of doubt for independent probabilities, from validation data.

    What counts as understood keeps the wanted precision, and no answer counts whose like cost
    more by being wrong than they save by being right. A second intent is meant too from where the
    wanted share of second intents is right; below that, a small lead of the first is a tie.

    Args:
        scores: Independent probabilities in [0, 1], one row an example, one column an intent.
        wanted: The intents of each example.
        outside: The column of the out-of-scope class, or -1 without one.

    Raises:
        ValueError: No examples, fewer than two intents, or shapes that differ.
    """
    if scores.shape != wanted.shape or scores.ndim != 2 or min(scores.shape) < 1:
        raise ValueError(
            f"expected scores and labels of one shape [examples, intents], got {scores.shape}"
            f" and {wanted.shape}"
        )
    if scores.shape[1] < 2:
        raise ValueError("expected scores of at least two intents, got one column")
    rows = np.arange(len(scores))
    order = np.argsort(-scores, axis=1, kind="stable")
    first, second = order[:, 0], order[:, 1]
    best, next_best, right = scores[rows, first], scores[rows, second], wanted[rows, first]
    understood = max(_least_line(best, right), _doubtful_line(best, right, WRONG_COST))
    counts = best >= understood
    beside = wanted[rows, second][counts]
    several = max(_HALF, _least_line(next_best[counts], beside, SEVERAL_PRECISION))
    alone = counts & (next_best < several)
    return Thresholds(
        understood=understood,
        margin=_doubtful_lead((best - next_best)[alone], right[alone]),
        out_of_scope=_outside_line_of(scores, wanted, outside),
        several=several,
    )


def reliability(confidence: Floats, right: Flags, bins: int = 10) -> tuple[ReliabilityBin, ...]:
    """Confidence against accuracy in bins of equal width over [0, 1]."""
    edges = np.linspace(0, 1, bins + 1)
    places = np.clip(np.digitize(confidence, edges[1:-1], right=True), 0, bins - 1)
    return tuple(
        _reliability_bin(float(edges[i]), float(edges[i + 1]), confidence, right, places == i)
        for i in range(bins)
    )


def expected_calibration_error(bins: Sequence[ReliabilityBin]) -> float:
    """The mean gap of confidence and accuracy, weighted by count (Naeini et al., 2015).

    0 for perfect calibration, and without any answers.
    """
    total = sum(one.count for one in bins)
    gaps = sum(one.count * abs(one.confidence - one.accuracy) for one in bins)
    return gaps / total if total else 0.0


def _reliability_bin(
    low: float, high: float, confidence: Floats, right: Flags, inside: Flags
) -> ReliabilityBin:
    count = int(inside.sum())
    if not count:
        return ReliabilityBin(low, high, 0, 0.0, 0.0)
    return ReliabilityBin(
        low, high, count, float(confidence[inside].mean()), float(right[inside].mean())
    )


def _doubted(values: Floats, right: Flags, cost: float = 2.0) -> tuple[Floats, int]:
    """The values in order, and how many of the lowest to doubt.

    To doubt them all saves the most: a doubt costs 1, a wrong answer ``cost``.
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    gain = np.cumsum(np.where(right[order], -1, cost - 1))
    last_of_equals = np.append(ordered[1:] > ordered[:-1], True)[: len(ordered)]
    gain = np.where(last_of_equals, gain, -1)
    return ordered, int(gain.argmax()) + 1 if len(gain) and gain.max() > 0 else 0


def _doubtful_line(best: Floats, right: Flags, cost: float) -> float:
    """The score below which the best intent costs more by being wrong than it saves."""
    ordered, count = _doubted(best, right, cost)
    if count == len(ordered):
        return 1.0
    return float(ordered[count - 1] + ordered[count]) / 2 if count else 0.0


def _doubtful_lead(lead: Floats, right: Flags) -> float:
    """The lead up to which the first intent is wrong more often than right; 0 without one."""
    ordered, count = _doubted(lead, right)
    return float(ordered[count - 1]) if count else 0.0


def _outside_line_of(scores: Floats, wanted: Flags, outside: int) -> float:
    """Rejects few enough of the in-scope examples, and no lower than what is outside asks for.

    Below the least sure example that is really outside, a lower line would only reject more.
    """
    if outside < 0 or wanted[:, outside].all():
        return 1.0
    inside = scores[~wanted[:, outside], outside]
    least = float(np.quantile(inside, 1 - FALSE_REJECTION))
    beyond = scores[wanted[:, outside], outside]
    caught = beyond[beyond > least]
    return (least + float(caught.min())) / 2 if len(caught) else least
