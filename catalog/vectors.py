"""The contract of every index of vectors, wherever its vectors lie."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
Allowed = NDArray[np.bool_]
"""By id, which may be found; ids beyond its end are not."""


class IndexFolderError(ValueError):
    """A saved index that is missing, damaged or of another encoder; says what to run."""


class IndexUnavailableError(RuntimeError):
    """The index lies on a server that does not answer; what was asked may be asked again."""


class VectorIndex(Protocol):
    """Vectors of length 1 under ids that the caller gives; a score is a cosine, higher is better.

    Filters are applied inside the search and are exact: nothing is found that is not allowed, and
    a strict filter never leaves fewer results than there are. Not safe for several threads at
    once. Every method may raise :class:`IndexUnavailableError` where the index is on a server.
    """

    dimension: int
    encoder_id: str

    def __len__(self) -> int:
        """How many vectors there are."""
        ...

    @property
    def kind(self) -> str:
        """How it searches, for people who look after the shop: "flat", "hnsw", …."""
        ...

    @property
    def outgrown(self) -> bool:
        """Whether a rebuild would give an index of another kind, or a better one."""
        ...

    def ids(self) -> Ids:
        """Every id in the index, in no particular order."""
        ...

    def hashes(self) -> dict[int, int]:
        """The number that was added with each id."""
        ...

    def add(self, ids: Ids, vectors: Vectors, hashes: Ids) -> None:
        """Add vectors [n, dimension] under new ids [n], each with a number of the caller's own.

        Raises:
            ValueError: if the shapes do not fit, or an id is negative.
        """
        ...

    def remove(self, ids: Ids) -> int:
        """Take vectors out; says how many there were."""
        ...

    def search(
        self, vectors: Vectors, k: int, allowed: Allowed | None = None
    ) -> tuple[Vectors, Ids]:
        """The best ``k`` for each of the vectors [n, dimension], best first.

        Args:
            vectors: of length 1.
            k: how many are wanted.
            allowed: which may be found. ``None`` allows all.

        Returns:
            Scores and ids, both [n, min(k, how many are allowed)].
        """
        ...

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of ids that are there, [n, dimension].

        Raises:
            KeyError: if one of the ids is not there.
        """
        ...

    def prepare_rebuild(self) -> Callable[[], "VectorIndex"]:
        """Copy what a rebuild needs, and return what makes of it an index fit for its size.

        The function takes long, and may run in another thread while this index goes on changing.
        """
        ...

    def save(self, folder: Path) -> None:
        """Put what must be kept on this machine in the place of ``folder``, wholly or not."""
        ...


class IndexSource(Protocol):
    """Where indexes come from: makes an empty one, or opens one that was saved."""

    def __call__(self, dimension: int, encoder_id: str) -> VectorIndex:
        """An empty index."""
        ...

    def load(self, folder: Path, dimension: int, encoder_id: str) -> VectorIndex:
        """What :meth:`VectorIndex.save` kept.

        Raises:
            IndexFolderError: if it is missing or damaged, or made by another encoder.
            IndexUnavailableError: if its server does not answer.
        """
        ...


class AbsentIndex:
    """Stands for an index whose server has not answered yet: empty, and it says why."""

    kind = "absent"
    outgrown = False

    def __init__(self, dimension: int, encoder_id: str, why: str) -> None:
        self.dimension = dimension
        self.encoder_id = encoder_id
        self._why = why

    def __len__(self) -> int:
        raise IndexUnavailableError(self._why)

    def ids(self) -> Ids:
        """None."""
        return np.zeros(0, np.int64)

    def hashes(self) -> dict[int, int]:
        """None."""
        return {}

    def add(self, ids: Ids, vectors: Vectors, hashes: Ids) -> None:
        """Refuse, if there is something to add."""
        if len(ids):
            raise IndexUnavailableError(self._why)

    def remove(self, ids: Ids) -> int:
        """Refuse, if there is something to remove."""
        if len(ids):
            raise IndexUnavailableError(self._why)
        return 0

    def search(
        self, vectors: Vectors, k: int, allowed: Allowed | None = None
    ) -> tuple[Vectors, Ids]:
        """Refuse."""
        raise IndexUnavailableError(self._why)

    def vectors(self, ids: Ids) -> Vectors:
        """Refuse."""
        raise IndexUnavailableError(self._why)

    def prepare_rebuild(self) -> Callable[[], VectorIndex]:
        """Refuse."""
        raise IndexUnavailableError(self._why)

    def save(self, folder: Path) -> None:
        """Leave what is there."""


def check_new(ids: Ids, vectors: Vectors, hashes: Ids, dimension: int) -> None:
    """Refuse what :meth:`VectorIndex.add` cannot take."""
    expected = (len(ids), dimension)
    if vectors.shape != expected or hashes.shape != ids.shape:
        raise ValueError(f"expected vectors of shape {expected}, got {vectors.shape}")
    if len(ids) and ids.min() < 0:
        raise ValueError(f"expected ids from 0, got {ids.min()}")


def nothing_found(queries: int) -> tuple[Vectors, Ids]:
    """The answer of an index that has nothing to find."""
    return np.zeros((queries, 0), np.float32), np.zeros((queries, 0), np.int64)
