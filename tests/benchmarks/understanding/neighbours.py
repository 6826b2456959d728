"""What the nearest training texts say of a text, by the vectors of a trained model.

Nearest neighbours beside the classifier of a fine-tuned encoder: kNN-LM's mixture (Khandelwal et
al., 2020) for the intent, the distance to what was seen (Sun et al., 2022) for the scope.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

SHARE = 0.5
"""Of the neighbours' word beside the classifier's."""
_VOTERS, _SHARPNESS = 20, 20.0
_NEAR_INSIDE, _NEAR_OUTSIDE = 10, 3


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Training texts by their vectors.

    Attributes:
        vectors: of length 1 [n, d].
        classes: the column of each text's intent [n].
        count: how many columns there are.
        outside: the column of what no intent covers, -1 without one.
    """

    vectors: Matrix
    classes: NDArray[np.int64]
    count: int
    outside: int

    @classmethod
    def of(
        cls, vectors: Matrix, intents: Sequence[str], names: Sequence[str], outside: str
    ) -> "Neighbours":
        """The neighbours that texts with these intents are; ``names`` orders the columns."""
        columns = {name: column for column, name in enumerate(names)}
        classes = np.array([columns[intent] for intent in intents], np.int64)
        return cls(_of_length_1(vectors), classes, len(names), columns.get(outside, -1))

    def chances(self, vectors: Matrix) -> Matrix:
        """The share of each class [m, count] among the nearest, nearer ones counting more."""
        likeness = _of_length_1(vectors) @ self.vectors.T
        voters = min(_VOTERS, likeness.shape[1])
        nearest = np.argpartition(-likeness, voters - 1, axis=1)[:, :voters]
        near = np.take_along_axis(likeness, nearest, axis=1)
        votes = np.exp(_SHARPNESS * (near - near.max(axis=1, keepdims=True)))
        shares = np.zeros((len(vectors), self.count), np.float32)
        np.add.at(shares, (np.arange(len(vectors))[:, None], self.classes[nearest]), votes)
        return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)

    def nearness(self, vectors: Matrix) -> Matrix:
        """How much nearer each text [m] is to texts in scope than to those outside."""
        likeness = _of_length_1(vectors) @ self.vectors.T
        inside = self.classes != self.outside
        found = _mean_of_best(likeness[:, inside], _NEAR_INSIDE)
        if inside.all():
            return found
        return found - _mean_of_best(likeness[:, ~inside], _NEAR_OUTSIDE)


def _of_length_1(vectors: Matrix) -> Matrix:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def _mean_of_best(values: Matrix, count: int) -> Matrix:
    best = -np.sort(-values, axis=1)[:, :count]
    return np.asarray(best.mean(axis=1), np.float32)
