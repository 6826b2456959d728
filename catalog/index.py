"""FAISS, and nothing else of it elsewhere: an exact scan for small shops, lists for large ones.

Both parts hold vectors of length 1 under ids of the caller's; :mod:`catalog.local_index` chooses.
"""

from pathlib import Path
from typing import Protocol, cast

import faiss
import numpy as np

from catalog.codes import CodeStore
from catalog.vectors import Allowed, Ids, IndexFolderError, nothing_found
from catalog.vectors import Vectors as Vectors

_FLAT = "vectors.faiss"
_LISTS = "lists.faiss"

# Lists for n vectors, and vectors to learn each from: FAISS's own guide asks for 4 to 16 times
# the root, and for 30 to 256.
_LISTS_OF_ROOT = 4
_LEARNED_FROM = 48
_ROUNDS = 10
_SEED = 7
_CODED_AT_ONCE = 16_384

# Measured with `python -m tests.benchmarks ann`: see there for recall and speed.
_PROBED = 40
_CANDIDATES = 120
_CANDIDATES_A_RESULT = 4
# So many vectors are read from their codes as fast as the lists are walked.
_SCAN_WHOLE = 8_000

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


class ListPart:
    """Vectors in lists by their nearest centroid, found by one bit a number and then weighed.

    The lists hold 1-bit codes (RaBitQ: Gao and Long, 2024) that are scanned in registers; the
    best of them are weighed again with :class:`CodeStore`. What a filter leaves is found however
    strict it is: more lists are opened the fewer may be found, and few are read one by one.
    """

    kind = "ivf"

    def __init__(self, lists: "faiss.IndexIVF", codes: CodeStore) -> None:
        self._lists = lists
        self._codes = codes

    @classmethod
    def built(cls, codes: CodeStore) -> "ListPart":
        """Lists learned from the vectors in ``codes``, which this part then owns."""
        ids, dimension = codes.ids, codes.dimension
        number = max(1, min(int(_LISTS_OF_ROOT * len(ids) ** 0.5), len(ids) // _LEARNED_FROM))
        random = np.random.default_rng(_SEED)
        learned = codes.vectors(random.permutation(ids)[: number * _LEARNED_FROM])
        means = faiss.Kmeans(dimension, number, niter=_ROUNDS, seed=_SEED)
        means.train(learned)
        quantiser = faiss.IndexFlatL2(dimension)
        quantiser.add(means.centroids)
        lists = faiss.IndexIVFRaBitQFastScan(quantiser, dimension, number, faiss.METRIC_L2)
        lists.own_fields = True
        quantiser.this.disown()
        lists.train(learned)
        for start in range(0, len(ids), _CODED_AT_ONCE):
            some = np.ascontiguousarray(ids[start : start + _CODED_AT_ONCE])
            lists.add_with_ids(codes.vectors(some), some)
        return cls(lists, codes)

    def __len__(self) -> int:
        return len(self._codes)

    def ids(self) -> Ids:
        """Every id."""
        return self._codes.ids.copy()

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add vectors to the lists they are nearest to."""
        vectors = np.ascontiguousarray(vectors, np.float32)
        self._lists.add_with_ids(vectors, np.ascontiguousarray(ids, np.int64))
        self._codes.add(ids, vectors)

    def remove(self, ids: Ids) -> int:
        """Take vectors out; says how many there were."""
        if not len(ids):
            return 0
        self._lists.remove_ids(np.ascontiguousarray(ids, np.int64))
        return self._codes.remove(ids)

    def search(self, vectors: Vectors, k: int, allowed: Allowed | None) -> tuple[Vectors, Ids]:
        """The best ``k``, nearly always; every one of them is allowed."""
        count = len(self) if allowed is None else self._codes.allowed(allowed)
        k = min(k, count)
        if not k:
            return nothing_found(len(vectors))
        queries = np.ascontiguousarray(vectors, np.float32)
        if count <= max(_SCAN_WHOLE, k):
            ids = self._codes.allowed_ids(allowed)
            rows = [self._codes.best(query, ids, k) for query in queries]
        else:
            found = self._candidates(queries, k, allowed, count)
            rows = [
                self._weighed(query, near, k, allowed)
                for query, near in zip(queries, found, strict=True)
            ]
        return np.stack([scores for scores, _ in rows]), np.stack([ids for _, ids in rows])

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors as the codes keep them."""
        return self._codes.vectors(ids)

    def codes(self) -> CodeStore:
        """A copy of the vectors' codes."""
        return self._codes.copy()

    def save(self, folder: Path) -> None:
        """Write lists and codes."""
        faiss.write_index(self._lists, str(folder / _LISTS))
        self._codes.save(folder)

    @classmethod
    def load(cls, folder: Path, dimension: int) -> "ListPart":
        """Read the lists; the codes, most of it, stay on disk until they are needed."""
        codes = CodeStore.load(folder)
        lists = _read(folder / _LISTS, dimension, mapped=False)
        if lists.ntotal != len(codes):
            raise IndexFolderError(f"the lists in {folder} do not fit their codes")
        return cls(lists, codes)

    def _candidates(self, queries: Vectors, k: int, allowed: Allowed | None, count: int) -> Ids:
        """For each query ids that may be among the best, [n, m]; -1 where there are fewer."""
        wanted = min(count, max(_CANDIDATES, _CANDIDATES_A_RESULT * k))
        lists = self._lists.nlist
        # As many allowed vectors are passed by as without a filter, and enough for the result.
        probed = max(_PROBED * len(self) / count, 4 * wanted * lists / count)
        parameters = faiss.SearchParametersIVF(
            sel=None if allowed is None else _selector(allowed),
            nprobe=min(lists, int(probed) + 1),
        )
        return cast(Ids, self._lists.search(queries, wanted, params=parameters)[1])

    def _weighed(
        self, query: Vectors, near: Ids, k: int, allowed: Allowed | None
    ) -> tuple[Vectors, Ids]:
        near = near[near >= 0]
        if len(near) < k:
            near = self._codes.allowed_ids(allowed)
        return self._codes.best(query, near, k)


def _selector(allowed: Allowed) -> "faiss.IDSelectorBitmap":
    # The parameters that take it keep the selector and its bitmap alive.
    return faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))


def _read(path: Path, dimension: int, mapped: bool = True) -> "faiss.Index":
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
    except RuntimeError as error:
        raise IndexFolderError(f"the vectors in {path.parent} are damaged: {error}") from error
    if index.d != dimension:
        raise IndexFolderError(f"{path} should have dimension {dimension}, got {index.d}")
    return index
