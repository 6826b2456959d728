"""Nearest vectors with exact filters: FAISS behind a contract that other indexes can fill."""

from pathlib import Path
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

from catalog.files import read_json, replace_folder, write_json

FORMAT_VERSION = 1
KIND = "flat"

_MANIFEST = "manifest.json"
_VECTORS = "vectors.faiss"
_CURE = "run `daogou index` to build it again"

# One query is scanned by one thread anyway; a team of them only waits for each other.
faiss.omp_set_num_threads(1)

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


class IndexFolderError(ValueError):
    """A saved index that is missing, damaged or of another encoder; says what to run."""


class VectorIndex:
    """Vectors of length 1 under ids that the caller gives; a score is a cosine, higher is better.

    Filters are applied by FAISS inside the search (``IDSelector``), so a strict filter never
    leaves fewer results than there are. The scan is exact. Not safe for writes from several
    threads at once.
    """

    def __init__(self, dimension: int, encoder_id: str) -> None:
        self.dimension = dimension
        self.encoder_id = encoder_id
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def ids(self) -> Ids:
        """Every id in the index, in the order it was added."""
        return cast(Ids, faiss.vector_to_array(self._index.id_map))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors [n, dimension] under new ids [n].

        Raises:
            ValueError: if the shapes do not fit, or an id is negative.
        """
        if vectors.shape != (len(ids), self.dimension):
            expected = (len(ids), self.dimension)
            raise ValueError(f"expected vectors of shape {expected}, got {vectors.shape}")
        if len(ids) and ids.min() < 0:
            raise ValueError(f"expected ids from 0, got {ids.min()}")
        self._index.add_with_ids(
            np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(ids, np.int64)
        )

    def remove(self, ids: Ids) -> int:
        """Take vectors out; says how many there were."""
        if not len(ids):
            return 0
        return int(self._index.remove_ids(np.ascontiguousarray(ids, np.int64)))

    def search(
        self, vectors: Vectors, k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[Vectors, Ids]:
        """The best ``k`` for each of the vectors [n, dimension], best first.

        Args:
            vectors: of length 1.
            k: how many are wanted.
            allowed: by id, which may be found; ids beyond its end are not. ``None`` allows all.

        Returns:
            Scores and ids, both [n, min(k, how many are allowed)].
        """
        k = min(k, len(self))
        if k <= 0:
            return np.zeros((len(vectors), 0), np.float32), np.zeros((len(vectors), 0), np.int64)
        parameters = None if allowed is None else _selecting(allowed)
        queries = np.ascontiguousarray(vectors, np.float32)
        scores, ids = self._index.search(queries, k, params=parameters)
        found = int(np.count_nonzero(ids[0] >= 0)) if len(ids) else 0
        return scores[:, :found], ids[:, :found]

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of ids that are there, [n, dimension].

        Raises:
            KeyError: if one of the ids is not there.
        """
        try:
            wanted = np.ascontiguousarray(ids, np.int64)
            return cast(Vectors, self._index.reconstruct_batch(wanted))
        except RuntimeError as error:
            raise KeyError(f"expected ids of the index, got others among {ids[:10]}") from error

    def save(self, folder: Path) -> None:
        """Put the index in the place of ``folder``, wholly or not at all."""
        with replace_folder(folder) as work:
            faiss.write_index(self._index, str(work / _VECTORS))
            manifest = {
                "format_version": FORMAT_VERSION,
                "kind": KIND,
                "encoder": self.encoder_id,
                "dimension": self.dimension,
                "count": len(self),
                "size": (work / _VECTORS).stat().st_size,
            }
            write_json(work / _MANIFEST, manifest)

    @classmethod
    def load(cls, folder: Path, dimension: int, encoder_id: str) -> "VectorIndex":
        """Read what :meth:`save` wrote.

        Raises:
            IndexFolderError: if it is missing or damaged, or made by another encoder.
        """
        _check_manifest(folder, dimension, encoder_id)
        try:
            stored = faiss.read_index(str(folder / _VECTORS))
        except RuntimeError as error:
            raise IndexFolderError(f"the vectors in {folder} are damaged; {_CURE}") from error
        index = cls(dimension, encoder_id)
        index._index = stored
        return index


def _selecting(allowed: NDArray[np.bool_]) -> "faiss.SearchParameters":
    # The parameters keep the selector and its bitmap alive as long as they live.
    return faiss.SearchParameters(
        sel=faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
    )


def _check_manifest(folder: Path, dimension: int, encoder_id: str) -> None:
    try:
        manifest = read_json(folder / _MANIFEST)
    except ValueError as error:
        raise IndexFolderError(f"no vector index in {folder}; {_CURE}") from error
    wanted = {
        "format_version": FORMAT_VERSION,
        "kind": KIND,
        "encoder": encoder_id,
        "dimension": dimension,
    }
    for name, value in wanted.items():
        if manifest.get(name) != value:
            raise IndexFolderError(
                f"the vector index in {folder} should have {name} {value!r}, "
                f"got {manifest.get(name)!r}; {_CURE}"
            )
    path = folder / _VECTORS
    size = path.stat().st_size if path.is_file() else 0
    if size != manifest.get("size"):
        raise IndexFolderError(
            f"{path} should have {manifest.get('size')} bytes, got {size}; {_CURE}"
        )
