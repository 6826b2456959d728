"""A space in which the entries of one shop lie apart and ways of asking the same lie together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.faq.vectors import Vectors
from catalog.types import LANGUAGES, Language

_SHRINKAGE = 0.7


@dataclass(frozen=True, slots=True)
class FaqSpace:
    """Centring by language, then whitening by the spread within entries.

    e5 puts everything at cosines of 0.7 to 0.9 and gives each language a direction of its own;
    both vanish with the mean of ordinary messages of that language. What is left is whitened by
    the covariance of the questions around the centre of their entry, shrunk towards a multiple
    of the identity (Friedman, 1989, regularized discriminant analysis).
    """

    means: Vectors
    transform: Vectors

    @classmethod
    def fit(
        cls,
        questions: Vectors,
        languages: Sequence[Language],
        owners: NDArray[np.intp],
        background: Vectors,
        background_languages: Sequence[Language],
    ) -> "FaqSpace":
        """Learn from questions [n, d], each with its language and the number of its entry."""
        spoken = _numbers(background_languages)
        means = np.stack([background[spoken == n].mean(0) for n in range(len(LANGUAGES))])
        centred = questions - means[_numbers(languages)]
        spread = centred - entry_means(centred, owners)[owners]
        return cls(means, _whitening(spread.T @ spread / max(len(questions), 1)))

    def centre(self, vectors: Vectors, languages: Sequence[Language]) -> Vectors:
        """The vectors less the mean of their language."""
        return vectors - self.means[_numbers(languages)]

    def whiten(self, centred: Vectors) -> Vectors:
        """Centred vectors in this space, of length 1; a zero vector stays."""
        moved = centred @ self.transform
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(length, 1e-9), np.float32)

    def place(self, vectors: Vectors, languages: Sequence[Language]) -> Vectors:
        """The vectors of texts in this space, of length 1."""
        return self.whiten(self.centre(vectors, languages))


def entry_means(vectors: Vectors, owners: NDArray[np.intp]) -> Vectors:
    """The mean vector of each entry, [entries, d]; the owners of the rows ascend from 0."""
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    sums = np.add.reduceat(vectors, starts, axis=0)
    return (sums / np.bincount(owners)[:, None]).astype(np.float32)


def _numbers(languages: Sequence[Language]) -> NDArray[np.intp]:
    return np.array([LANGUAGES.index(name) for name in languages], np.intp)


def _whitening(covariance: NDArray[np.float32]) -> Vectors:
    scale = float(np.trace(covariance)) / len(covariance)
    if scale < 1e-12:  # one question an entry: nothing is known about spread
        return np.eye(len(covariance), dtype=np.float32)
    shrunk = (1 - _SHRINKAGE) * covariance + _SHRINKAGE * scale * np.eye(len(covariance))
    values, vectors = np.linalg.eigh(shrunk)
    return np.asarray(vectors / np.sqrt(values), np.float32)
