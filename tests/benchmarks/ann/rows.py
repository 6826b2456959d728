"""Rows beyond the real ones: products between two that are alike."""

import numpy as np
from numpy.typing import NDArray

from catalog.files import Progress
from catalog.vectors import Vectors
from tests.benchmarks.ann.texts import SEED

_NEIGHBOURS = 8
_CHUNK = 2_000
_LEAST, _MOST = 0.2, 0.8


def grown(real: Vectors, size: int, progress: Progress) -> Vectors:
    """The first ``size`` real rows; where they are fewer, all of them and combinations.

    A combination lies on the way from one real row to one of its eight nearest, at 20 to 80 % of
    it, and has length 1 again.
    """
    if size <= len(real):
        return real[:size]
    random = np.random.default_rng(SEED)
    first = random.integers(0, len(real), size - len(real))
    near = _neighbours(real, progress)
    second = near[first, random.integers(0, _NEIGHBOURS, len(first))]
    share = random.uniform(_LEAST, _MOST, len(first)).astype(np.float32)
    rows = np.empty((size, real.shape[1]), np.float32)
    rows[: len(real)] = real
    for start in range(0, len(first), _CHUNK):
        part = slice(start, start + _CHUNK)
        weight = share[part, None]
        mixed = real[first[part]] * weight + real[second[part]] * (1 - weight)
        mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
        rows[len(real) + start : len(real) + start + len(mixed)] = mixed
    return rows


def exact(rows: Vectors, queries: Vectors, k: int, progress: Progress) -> NDArray[np.int64]:
    """The ``k`` rows with the largest inner products for each query, [n, k], best first."""
    best = np.full((len(queries), k), -np.inf, np.float32)
    found = np.zeros((len(queries), k), np.int64)
    for start in range(0, len(rows), 50_000):
        progress("exact", start, len(rows))
        scores = queries @ rows[start : start + 50_000].T
        some = np.argpartition(-scores, min(k, scores.shape[1] - 1), axis=1)[:, :k]
        joined = np.hstack([best, np.take_along_axis(scores, some, 1)])
        names = np.hstack([found, some + start])
        order = np.argsort(-joined, axis=1, kind="stable")[:, :k]
        best = np.take_along_axis(joined, order, 1)
        found = np.take_along_axis(names, order, 1)
    return found


def _neighbours(real: Vectors, progress: Progress) -> NDArray[np.int64]:
    near = np.empty((len(real), _NEIGHBOURS), np.int64)
    for start in range(0, len(real), _CHUNK):
        progress("neighbours", start, len(real))
        scores = real[start : start + _CHUNK] @ real.T
        scores[np.arange(len(scores)), np.arange(start, start + len(scores))] = -np.inf
        near[start : start + _CHUNK] = np.argpartition(-scores, _NEIGHBOURS, axis=1)[
            :, :_NEIGHBOURS
        ]
    return near
