"""From what is measured about a match to the probability that it is the right answer."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

_ITERATIONS = 50
_PENALTY = 1e-3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about one message and one entry.

    Attributes:
        near: mean cosine of the message with the two nearest questions of the entry.
        rank: what entries are ranked by (:class:`assistant.faq.index.FaqIndex`).
        background_near: mean cosine with the three nearest background messages.
        background_rank: greatest whitened cosine with a background message.
        length: logarithm of the message's length in UTF-8 bytes; short ones lie near everything.
    """

    near: float
    rank: float
    background_near: float
    background_rank: float
    length: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model over :class:`Evidence`, and the probability from which to answer."""

    bias: float
    weights: Evidence
    threshold: float

    def probability(self, evidence: Evidence) -> float:
        """How likely the entry answers the message, in [0, 1]."""
        inner = float(np.dot(astuple(self.weights), astuple(evidence)))
        return float(np.exp(-np.logaddexp(0, -inner - self.bias)))


def fit_calibration(
    samples: Sequence[tuple[Evidence, bool]], unanswerable: Sequence[Evidence], false_rate: float
) -> Calibration:
    """Fit the model to ``samples`` by penalised logistic regression (Newton's method).

    Args:
        samples: evidence of best matches, and whether each was the right answer.
        unanswerable: evidence of best matches of messages that nothing answers.
        false_rate: share of the unanswerable messages that may reach the threshold.

    Raises:
        ValueError: if the samples are not of both kinds or nothing is unanswerable.
    """
    right = np.array([label for _, label in samples], float)
    if not unanswerable or not 0 < right.sum() < len(right):
        raise ValueError(
            "calibration needs right and wrong matches and unanswerable messages, got "
            f"{int(right.sum())}, {int(len(right) - right.sum())} and {len(unanswerable)}"
        )
    values = np.array([astuple(evidence) for evidence, _ in samples])
    mean, spread = values.mean(0), values.std(0) + 1e-9
    scaled = np.c_[(values - mean) / spread, np.ones(len(values))]
    fitted = _newton(scaled, right)
    weights = fitted[:-1] / spread
    model = Calibration(float(fitted[-1] - weights @ mean), Evidence(*weights.tolist()), 1.0)
    false = [model.probability(evidence) for evidence in unanswerable]
    threshold = float(np.quantile(false, 1 - false_rate))
    return Calibration(model.bias, model.weights, threshold)


def _newton(values: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Coefficients [columns], the last of them the intercept, which is not penalised."""
    penalty = np.full(values.shape[1], _PENALTY * len(values))
    penalty[-1] = 0
    fitted = np.zeros(values.shape[1])
    for _ in range(_ITERATIONS):
        chance = np.exp(-np.logaddexp(0, -values @ fitted))
        slope = values.T @ (chance - right) + penalty * fitted
        curve = (values.T * (chance * (1 - chance))) @ values + np.diag(penalty + 1e-9)
        fitted -= np.linalg.solve(curve, slope)
    return fitted
