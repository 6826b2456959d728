"""Vectors at a byte a number: a quarter of the memory, read from disk as they are needed.

Scalar quantisation of each dimension by itself, between what a sample reaches (as ``SQ8`` of
Johnson et al., 2019, Billion-scale similarity search with GPUs).
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.files import read_arrays, write_arrays
from catalog.vectors import Allowed, Ids, IndexFolderError, Vectors

_LEVELS = 255
# Vectors to come may reach a little further than the sample.
_MARGIN = 0.05
_SCANNED_AT_ONCE = 16_384
_CODES = "codes.npy"
_NAMES = "codes.npz"


class CodeStore:
    """Vectors [n, dimension] by id, each number within half a step of what was given.

    The ids are small numbers: they index a table. Not safe for several threads at once.
    """

    def __init__(self, low: Vectors, step: Vectors) -> None:
        self._low, self._step = low, step
        self._codes = np.zeros((0, len(low)), np.uint8)
        self._ids = np.zeros(0, np.int64)
        self._places = np.zeros(0, np.int32)  # one more than the row, by id; 0 is none
        self._count = 0

    @classmethod
    def trained(cls, sample: Vectors) -> "CodeStore":
        """An empty store for vectors like those of the sample [n, dimension]."""
        low, high = sample.min(axis=0), sample.max(axis=0)
        margin = np.maximum((high - low) * _MARGIN, 1e-6)
        low, high = low - margin, high + margin
        return cls(low.astype(np.float32), ((high - low) / _LEVELS).astype(np.float32))

    def __len__(self) -> int:
        return self._count

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return len(self._low)

    @property
    def ids(self) -> Ids:
        """Every id, in the order of the rows."""
        return self._ids[: self._count]

    def allowed(self, allowed: Allowed) -> int:
        """How many of the vectors are allowed."""
        shared = min(len(allowed), len(self._places))
        return int(np.count_nonzero(allowed[:shared] & (self._places[:shared] > 0)))

    def allowed_ids(self, allowed: Allowed | None) -> Ids:
        """The ids that are there and allowed."""
        if allowed is None:
            return self.ids
        shared = min(len(allowed), len(self._places))
        return np.flatnonzero(allowed[:shared] & (self._places[:shared] > 0))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors under new ids."""
        if not len(ids):
            return
        start, end = self._count, self._count + len(ids)
        if end > len(self._codes):
            self._grow(end)
        if ids.max() >= len(self._places):
            self._places = _longer(self._places, int(ids.max()) * 5 // 4 + 1)
        self._codes[start:end] = self._encoded(vectors)
        self._ids[start:end] = ids
        self._places[ids] = np.arange(start + 1, end + 1)
        self._count = end

    def remove(self, ids: Ids) -> int:
        """Take vectors out; the last rows move into the holes. Says how many there were."""
        gone = [id_ for id_ in set(ids.tolist()) if self._row(id_) >= 0]
        for id_ in gone:
            hole, last = self._row(id_), self._count - 1
            self._codes[hole] = self._codes[last]
            self._ids[hole] = self._ids[last]
            self._places[self._ids[hole]] = hole + 1
            self._places[id_] = 0
            self._count = last
        return len(gone)

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of ids that are there.

        Raises:
            KeyError: if one of the ids is not there.
        """
        inside = (ids >= 0) & (ids < len(self._places))
        if not inside.all() or not self._places[ids].all():
            raise KeyError(f"expected ids of the index, got others among {ids[:10]}")
        decoded = self._codes[self._places[ids] - 1] * self._step + self._low
        return np.asarray(decoded, np.float32)

    def scores(self, query: Vectors, ids: Ids) -> Vectors:
        """The inner products of a query [dimension] with the vectors of ids that are there."""
        weights = np.asarray(query * self._step, np.float32)
        parts = [
            self._codes[self._places[ids[start : start + _SCANNED_AT_ONCE]] - 1].astype(np.float32)
            @ weights
            for start in range(0, len(ids), _SCANNED_AT_ONCE)
        ]
        whole = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return np.asarray(whole + np.float32(self._low @ query), np.float32)

    def best(self, query: Vectors, ids: Ids, k: int) -> tuple[Vectors, Ids]:
        """The ``k`` of the ids that score best, best first; of equals the smallest id."""
        scores = self.scores(query, ids)
        if len(ids) > k:
            kept = np.argpartition(-scores, k - 1)[:k]
            scores, ids = scores[kept], ids[kept]
        order = np.lexsort((ids, -scores))
        return scores[order], ids[order]

    def copy(self) -> "CodeStore":
        """Another store with the same vectors, code by code."""
        other = CodeStore(self._low, self._step)
        other._codes = self._codes[: self._count].copy()
        other._ids = self.ids.copy()
        other._places = self._places.copy()
        other._count = self._count
        return other

    def save(self, folder: Path) -> None:
        """Write the store into ``folder``."""
        np.save(folder / _CODES, self._codes[: self._count])
        write_arrays(folder / _NAMES, {"ids": self.ids, "low": self._low, "step": self._step})

    @classmethod
    def load(cls, folder: Path) -> "CodeStore":
        """Read what :meth:`save` wrote; the codes stay on disk until they are asked for.

        Raises:
            IndexFolderError: if it is missing or damaged.
        """
        try:
            names = read_arrays(folder / _NAMES)
            # Copy on write: what changes later changes in memory only.
            codes = np.load(folder / _CODES, mmap_mode="c", allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise IndexFolderError(f"the vectors in {folder} are damaged: {error}") from error
        store = cls(names["low"], names["step"])
        if codes.shape != (len(names["ids"]), len(store._low)):
            raise IndexFolderError(f"the vectors in {folder} do not fit their ids")
        store._codes, store._ids, store._count = codes, names["ids"], len(codes)
        if len(codes):
            store._places = np.zeros(int(store._ids.max()) + 1, np.int32)
            store._places[store._ids] = np.arange(1, len(codes) + 1)
        return store

    def _encoded(self, vectors: Vectors) -> NDArray[np.uint8]:
        levels = np.rint((vectors - self._low) / self._step)
        return np.asarray(np.clip(levels, 0, _LEVELS), np.uint8)

    def _grow(self, least: int) -> None:
        size = max(least, len(self._codes) * 5 // 4)
        self._codes = np.concatenate(
            [self._codes, np.zeros((size - len(self._codes), len(self._low)), np.uint8)]
        )
        self._ids = _longer(self._ids, size)

    def _row(self, id_: int) -> int:
        return int(self._places[id_]) - 1 if 0 <= id_ < len(self._places) else -1


def _longer(array: NDArray[Any], size: int) -> NDArray[Any]:
    longer = np.zeros(max(size, len(array)), array.dtype)
    longer[: len(array)] = array
    return longer
