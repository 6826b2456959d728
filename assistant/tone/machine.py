"""The kernel machine behind the measure of tone: fitted by scikit-learn, served by numpy."""

from dataclasses import dataclass, fields
from itertools import combinations

import numpy as np
import scipy.special
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_GAMMA = 1.0
_SLACK = 10.0
_FOLDS = 5
_SEED = 11
_ROUNDS = 2000


@dataclass(frozen=True, slots=True)
class KernelMachine:
    """A support vector machine for each pair of classes, with one calibration over all pairs.

    Cortes and Vapnik, 1995, with a Gaussian kernel. What the pairs say is turned into chances by
    a multinomial logistic regression, fitted on decisions about texts that the deciding machine
    was not fitted on (after Platt, 1999).

    Attributes:
        supports: The support vectors, [vectors, features].
        duals: What each support vector counts for each pair, [vectors, pairs].
        intercepts: The constant of each pair, [pairs].
        calibration: From decisions and a constant to the logits of the classes,
            [pairs + 1, classes].
    """

    supports: Floats
    duals: Floats
    intercepts: Floats
    calibration: Floats

    @classmethod
    def fit(cls, features: Floats, labels: NDArray[np.int64]) -> "KernelMachine":
        """Fit it to labels from 0 on, each of which must occur; rare classes count more."""
        from sklearn.model_selection import StratifiedKFold

        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
        machine = cls._pairs(features, labels)
        decisions = np.empty((len(labels), len(machine.intercepts)))
        for fitted, held in folds.split(features, labels):
            decisions[held] = cls._pairs(features[fitted], labels[fitted]).decisions(features[held])
        calibration = _calibrated(decisions, labels)
        return cls(machine.supports, machine.duals, machine.intercepts, calibration)

    @classmethod
    def _pairs(cls, features: Floats, labels: NDArray[np.int64]) -> "KernelMachine":
        from sklearn.svm import SVC

        counts = np.bincount(labels)
        weights = np.sqrt(len(labels) / (len(counts) * counts))[labels]
        fitted = SVC(C=_SLACK, gamma=_GAMMA, decision_function_shape="ovo")
        fitted.fit(features, labels, sample_weight=weights)
        duals = _by_pair(fitted.dual_coef_, fitted.n_support_)
        return cls(fitted.support_vectors_, duals, fitted.intercept_, np.empty((0, 0)))

    @classmethod
    def from_tensors(cls, tensors: dict[str, Floats]) -> "KernelMachine":
        """One that was kept.

        Raises:
            KeyError: A tensor is missing.
        """
        return cls(**{one.name: tensors[one.name] for one in fields(cls)})

    def tensors(self) -> dict[str, Floats]:
        """Everything it consists of, by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def decisions(self, features: Floats) -> Floats:
        """How far each pair leans to the first of its classes, [texts, pairs]."""
        squares = (features**2).sum(1)[:, None] + (self.supports**2).sum(1)
        distances = np.maximum(squares - 2 * features @ self.supports.T, 0)
        leaning: Floats = np.exp(-_GAMMA * distances) @ self.duals + self.intercepts
        return leaning

    def chances(self, features: Floats) -> Floats:
        """How likely each class is, [texts, classes]."""
        decisions = self.decisions(features)
        logits = decisions @ self.calibration[:-1] + self.calibration[-1]
        likely: Floats = scipy.special.softmax(logits, axis=1)
        return likely


def _by_pair(coefficients: Floats, counts: NDArray[np.int32]) -> Floats:
    """LIBSVM's coefficients, [classes - 1, vectors] by class, as a column for each pair."""
    ends = np.cumsum(counts)
    of_class = [slice(end - count, end) for end, count in zip(ends, counts, strict=True)]
    pairs = list(combinations(range(len(counts)), 2))
    duals = np.zeros((coefficients.shape[1], len(pairs)))
    for column, (first, second) in enumerate(pairs):
        duals[of_class[first], column] = coefficients[second - 1, of_class[first]]
        duals[of_class[second], column] = coefficients[first, of_class[second]]
    return duals


def _calibrated(decisions: Floats, labels: NDArray[np.int64]) -> Floats:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(max_iter=_ROUNDS).fit(decisions, labels)
    return np.vstack([fitted.coef_.T, fitted.intercept_])
