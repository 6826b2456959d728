"""FAISS, and nothing else of it elsewhere: an exact scan for small shops, a graph for large ones.

Both parts hold vectors of length 1 under ids of the caller's; :mod:`catalog.local_index` chooses.
"""

from pathlib import Path
from typing import Protocol, cast

import faiss
import numpy as np

from catalog.vectors import Allowed, Ids, IndexFolderError, nothing_found
from catalog.vectors import Vectors as Vectors

_FLAT = "vectors.faiss"
_GRAPH = "graph.faiss"

# Measured with `python -m tests.benchmarks ann`: see there for recall and speed.
_LINKS = 16
_BUILD_BREADTH = 200
BREADTH = 768
"""Candidates that a search of the graph keeps, at least: of a million rows 97 of 100 are found."""

_BREADTH_A_RESULT = 2
# Vectors that are compared for each that is walked past; reading one in a row costs less.
_LOOKED_AT_A_STEP = 8
# The id of what was removed: beyond every filter.
_REMOVED = 2**62

# One query is scanned by one thread anyway; a team of them only waits for each other.
faiss.omp_set_num_threads(1)


class Part(Protocol):
    """One kind of index; a search is never asked for more than there are."""

    kind: str

    def __len__(self) -> int:
        """How many vectors there are."""
        ...

    def ids(self) -> Ids:
        """Every id."""
        ...

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors under new ids."""
        ...

    def remove(self, ids: Ids) -> int:
        """Take vectors out; says how many there were."""
        ...

    def search(self, vectors: Vectors, k: int, allowed: Allowed | None) -> tuple[Vectors, Ids]:
        """See :meth:`catalog.vectors.VectorIndex.search`."""
        ...

    def vectors(self, ids: Ids) -> Vectors:
        """See :meth:`catalog.vectors.VectorIndex.vectors`."""
        ...

    def save(self, folder: Path) -> None:
        """Write the files into ``folder``."""
        ...


class FlatPart:
    """Every vector is looked at: exact, and the fastest there is for small shops."""

    kind = "flat"

    def __init__(self, dimension: int) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        self._mapped = False

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def ids(self) -> Ids:
        """Every id, in the order it was added."""
        return cast(Ids, faiss.vector_to_array(self._index.id_map))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors under new ids."""
        self._own()
        self._index.add_with_ids(
            np.ascontiguousarray(vectors, np.float32), np.ascontiguousarray(ids, np.int64)
        )

    def remove(self, ids: Ids) -> int:
        """Take vectors out; says how many there were."""
        if not len(ids):
            return 0
        self._own()
        return int(self._index.remove_ids(np.ascontiguousarray(ids, np.int64)))

    def search(self, vectors: Vectors, k: int, allowed: Allowed | None) -> tuple[Vectors, Ids]:
        """The exact best ``k``."""
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=_selector(allowed))
        scores, ids = self._index.search(
            np.ascontiguousarray(vectors, np.float32), k, params=parameters
        )
        found = int(np.count_nonzero(ids[0] >= 0)) if len(ids) else 0
        return scores[:, :found], ids[:, :found]

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors, exactly as they were added."""
        try:
            wanted = np.ascontiguousarray(ids, np.int64)
            return cast(Vectors, self._index.reconstruct_batch(wanted))
        except RuntimeError as error:
            raise KeyError(f"expected ids of the index, got others among {ids[:10]}") from error

    def save(self, folder: Path) -> None:
        """Write the vectors."""
        faiss.write_index(self._index, str(folder / _FLAT))

    @classmethod
    def load(cls, folder: Path, dimension: int) -> "FlatPart":
        """Map what :meth:`save` wrote into memory; it is copied when it first changes."""
        part = cls(dimension)
        part._index = _read(folder / _FLAT, dimension)
        part._mapped = True
        return part

    def _own(self) -> None:
        # FAISS ends the process when a mapped index is written to.
        if self._mapped:
            own = FlatPart(self._index.d)
            if len(self):
                own.add(self.ids(), self.vectors(self.ids()))
            self._index, self._mapped = own._index, False


class GraphPart:
    """A graph of near vectors, kept as half floats: quick in any size, nearly exact.

    The graph is HNSW (Malkov and Yashunin, 2018) over scalar-quantised vectors. A byte a number
    was tried: what it saves in reading it loses in breadth, for it alone mixes up 2 of 100 of the
    best ten. Lists by centroid were tried: a shopper's few words are far from all titles, and
    their best ten lay in a quarter of all lists.

    What a filter leaves is found however strict it is: where walking the graph past what is not
    allowed would cost more than reading all that is, or finds too little, all is read. A removed
    vector stays in the graph as a way to others, under an id that is never allowed.
    """

    kind = "hnsw"

    def __init__(self, index: "faiss.IndexIDMap", ids: Ids) -> None:
        self._index = index
        self._graph = faiss.downcast_index(index.index)
        self._mapped = False
        self._rows = np.zeros(0, np.int64)  # one more than the row, by id; 0 is none
        self._place(ids, 0)
        self._count = int(np.count_nonzero(ids != _REMOVED))

    @classmethod
    def built(cls, ids: Ids, vectors: Vectors) -> "GraphPart":
        """A graph of vectors [n, dimension] of length 1."""
        graph = faiss.IndexHNSWSQ(
            vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, _LINKS, faiss.METRIC_INNER_PRODUCT
        )
        graph.hnsw.efConstruction = _BUILD_BREADTH
        index = faiss.IndexIDMap(graph)
        index.own_fields = True
        graph.this.disown()
        part = cls(index, np.zeros(0, np.int64))
        part.add(ids, vectors)
        return part

    def __len__(self) -> int:
        return self._count

    def ids(self) -> Ids:
        """Every id."""
        return np.flatnonzero(self._rows)

    @property
    def removed_share(self) -> float:
        """How much of the graph is only a way to the rest."""
        return 1.0 - self._count / max(1, int(self._index.ntotal))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Link vectors in under new ids."""
        if not len(ids):
            return
        self._own()
        start = int(self._index.ntotal)
        ids = np.ascontiguousarray(ids, np.int64)
        self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), ids)
        self._place(ids, start)
        self._count += len(ids)

    def remove(self, ids: Ids) -> int:
        """Take vectors out of all answers; says how many there were."""
        known = np.unique(ids[(ids >= 0) & (ids < len(self._rows))])
        known = known[self._rows[known] > 0]
        names = faiss.rev_swig_ptr(self._index.id_map.data(), int(self._index.ntotal))
        names[self._rows[known] - 1] = _REMOVED
        self._rows[known] = 0
        self._count -= len(known)
        return len(known)

    def search(self, vectors: Vectors, k: int, allowed: Allowed | None) -> tuple[Vectors, Ids]:
        """The best ``k``, nearly always; every one of them is allowed."""
        count = self._count
        if allowed is not None:
            shared = min(len(allowed), len(self._rows))
            count = int(np.count_nonzero(allowed[:shared] & (self._rows[:shared] > 0)))
        k = min(k, count)
        if not k:
            return nothing_found(len(vectors))
        queries = np.ascontiguousarray(vectors, np.float32)
        if count == self._index.ntotal:
            selector = None
        else:
            some = np.ones(len(self._rows), np.bool_) if allowed is None else allowed
            selector = _selector(some)
        breadth = max(BREADTH, _BREADTH_A_RESULT * k)
        if breadth * self._index.ntotal / count * _LOOKED_AT_A_STEP >= count:
            return self._read_all(queries, k, selector)
        parameters = faiss.SearchParametersHNSW(sel=selector, efSearch=breadth)
        scores, ids = self._index.search(queries, k, params=parameters)
        short = np.flatnonzero((ids < 0).any(axis=1))
        if len(short):
            scores[short], ids[short] = self._read_all(queries[short], k, selector)
        return scores, ids

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors as half floats keep them, within 0.0005 of what was added."""
        inside = (ids >= 0) & (ids < len(self._rows))
        if not inside.all() or not self._rows[ids].all():
            raise KeyError(f"expected ids of the index, got others among {ids[:10]}")
        rows = np.ascontiguousarray(self._rows[ids] - 1)
        return cast(Vectors, self._graph.storage.reconstruct_batch(rows))

    def save(self, folder: Path) -> None:
        """Write the graph with its vectors."""
        faiss.write_index(self._index, str(folder / _GRAPH))

    @classmethod
    def load(cls, folder: Path, dimension: int) -> "GraphPart":
        """Map what :meth:`save` wrote into memory; it is copied when something is added."""
        index = _read(folder / _GRAPH, dimension)
        if not isinstance(index, faiss.IndexIDMap):
            raise IndexFolderError(f"the vectors in {folder} are not a graph")
        part = cls(index, faiss.vector_to_array(index.id_map))
        part._mapped = True
        return part

    def _read_all(
        self, queries: Vectors, k: int, selector: "faiss.IDSelector | None"
    ) -> tuple[Vectors, Ids]:
        """The exact best of all that is allowed."""
        names = faiss.vector_to_array(self._index.id_map)
        parameters = None
        if selector is not None:
            parameters = faiss.SearchParameters(
                sel=faiss.IDSelectorTranslated(self._index.id_map, selector)
            )
        scores, rows = self._graph.storage.search(queries, k, params=parameters)
        return scores, names[rows]

    def _place(self, ids: Ids, start: int) -> None:
        kept = np.flatnonzero(ids != _REMOVED)
        if len(kept) and ids[kept].max() >= len(self._rows):
            longer = np.zeros(int(ids[kept].max()) * 5 // 4 + 1, np.int64)
            longer[: len(self._rows)] = self._rows
            self._rows = longer
        self._rows[ids[kept]] = kept + start + 1

    def _own(self) -> None:
        # FAISS ends the process when a mapped index is written to.
        if self._mapped:
            self._index = faiss.deserialize_index(faiss.serialize_index(self._index))
            self._graph = faiss.downcast_index(self._index.index)
            self._mapped = False


def _selector(allowed: Allowed) -> "faiss.IDSelectorBitmap":
    # The parameters that take it keep the selector and its bitmap alive.
    return faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))


def _read(path: Path, dimension: int) -> "faiss.Index":
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise IndexFolderError(f"the vectors in {path.parent} are damaged: {error}") from error
    if index.d != dimension:
        raise IndexFolderError(f"{path} should have dimension {dimension}, got {index.d}")
    return index
