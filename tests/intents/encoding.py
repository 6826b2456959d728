"""A tiny encoder for tests: words hashed into directions, so that shared words mean nearness."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DIMENSION = 32


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors [n, 32]; a text is the sum of its words' random directions."""
    rows = [sum(map(_direction, text.lower().split() or [""])) for text in texts]
    vectors = np.asarray(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _direction(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
    return np.random.default_rng(seed).normal(size=DIMENSION)
