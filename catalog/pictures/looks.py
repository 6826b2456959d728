"""What products look like: a vector of each picture, small enough to compare all at once."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.files import read_arrays, write_arrays

Scores = NDArray[np.float32]
Vectors = NDArray[np.float32]

LOOKS = "looks.npz"
WIDTH = 128
_FORMAT = 1


class Looks:
    """Vectors of length 1 by product id. What is made is ready; nothing in it changes.

    Args:
        ids: Of products, each once.
        vectors: A row each, of length 1.
    """

    def __init__(self, ids: Sequence[str], vectors: Vectors) -> None:
        self.ids = tuple(ids)
        self.vectors = vectors
        self._rows = {id_: row for row, id_ in enumerate(self.ids)}

    @classmethod
    def of(cls, ids: Sequence[str], vectors: Vectors) -> "Looks":
        """From the network's vectors [n, 1280].

        Their first 128 principal directions keep nearly all of what tells pictures apart (Jégou
        and Chum, 2012), and a tenth of the work.
        """
        return cls(ids, _reduced(np.asarray(vectors, np.float32)))

    @classmethod
    def load(cls, folder: Path) -> "Looks":
        """What :meth:`save` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another format.
        """
        arrays = read_arrays(folder / LOOKS)
        if int(arrays.get("format", np.array(0))) != _FORMAT:
            raise ValueError(f"{folder / LOOKS} is of another format: run daogou index")
        return cls(arrays["ids"].tolist(), arrays["vectors"])

    def save(self, folder: Path) -> None:
        """Write them; the file appears whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        work = folder / f".{os.getpid()}-{LOOKS}"
        ids = np.array(self.ids, np.str_)
        write_arrays(work, {"format": np.array(_FORMAT), "ids": ids, "vectors": self.vectors})
        work.replace(folder / LOOKS)

    def rows(self, ids: Sequence[str]) -> Vectors:
        """The vectors of products, a row each; zeros for one without a picture."""
        found = np.zeros((len(ids), self.vectors.shape[1]), np.float32)
        for row, id_ in enumerate(ids):
            if id_ in self._rows:
                found[row] = self.vectors[self._rows[id_]]
        return found

    def likeness(self, weights: Mapping[str, float]) -> Scores | None:
        """How much each product looks like some, in deviations above the mean of all.

        Args:
            weights: How much each of the products says, by id.

        Returns:
            A score for each of ``ids``; ``None`` where none of the products has a picture.
        """
        own = np.array(list(weights.values()), np.float32) @ self.rows(list(weights))
        length = float(np.linalg.norm(own))
        if length <= 0:
            return None
        cosines = self.vectors @ (own / np.float32(length))
        deviation = max(float(cosines.std()), 1e-6)
        return np.asarray((cosines - cosines.mean()) / deviation, np.float32)


def _reduced(vectors: Vectors) -> Vectors:
    """[n, 1280] → [n, at most 128] of length 1."""
    if len(vectors):
        vectors = vectors - vectors.mean(axis=0)
        _, directions = np.linalg.eigh(vectors.T @ vectors)
        vectors = vectors @ directions[:, ::-1][:, :WIDTH]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
