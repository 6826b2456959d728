"""The vectors of the products' texts: which are known, which are still to be computed."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.documents import VECTORS_PER_ITEM, text_hash, vector_id
from catalog.types import LANGUAGES, Language
from catalog.vectors import IndexUnavailableError, VectorIndex, Vectors

_SAMPLE = 1_024
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pending:
    """A text that has no vector yet."""

    id: int
    hash: int
    text: str


class TextVectors:
    """One vector per product and language, remembered by the hash of the text.

    Where the index is on a server that does not answer, nothing is found and ``problem`` says
    why; what was to be written is written once it answers. Not safe for several threads at once.
    """

    def __init__(self, index: VectorIndex) -> None:
        self._index = index
        self.problem = ""
        self._wanted: dict[int, int] = {}
        self._known: dict[int, int] = index.hashes()
        self._by_hash: dict[int, int] = {hash_: id_ for id_, hash_ in self._known.items()}
        self._marks = np.zeros((0, VECTORS_PER_ITEM), np.bool_)  # by item and place: is it known
        self._mark(np.fromiter(self._known, np.int64, len(self._known)))
        # What changed since a rebuild began; None while there is none.
        self._touched: set[int] | None = None
        self._pending: dict[int, Pending] = {}
        self._ready: dict[int, tuple[int, Vectors]] = {}
        self._doomed: set[int] = set()
        self._background: tuple[int, Vectors] = (-1, np.zeros((0, index.dimension), np.float32))

    def __len__(self) -> int:
        return len(self._known)

    @property
    def pending(self) -> int:
        """How many texts wait for their vector."""
        return len(self._pending)

    def want(self, item_idx: int, texts: Mapping[Language, str]) -> None:
        """Say what an item's texts are now; without any, the item is taken out."""
        for language in LANGUAGES:
            id_ = vector_id(item_idx, language)
            if language in texts:
                self._want(id_, texts[language])
            else:
                self._forget(id_)

    def missing_items(self) -> list[int]:
        """The items whose texts were wanted before a restart but have no vector, sorted."""
        missing = [
            id_
            for id_, hash_ in self._wanted.items()
            if self._known.get(id_) != hash_ and id_ not in self._pending
        ]
        return sorted({id_ // VECTORS_PER_ITEM for id_ in missing})

    def check(self) -> None:
        """See whether the index answers, and say so in ``problem``."""
        try:
            len(self._index)
        except IndexUnavailableError as error:
            self._failed(error)
        else:
            self.problem = ""

    def take(self, most: int) -> list[Pending]:
        """Up to ``most`` pending texts, the oldest first; they stay pending until put."""
        return list(islice(self._pending.values(), most))

    def put(self, batch: Sequence[Pending], vectors: Vectors) -> None:
        """Bring in the vectors of a batch; texts that changed meanwhile are left out."""
        for one, vector in zip(batch, vectors, strict=True):
            if self._wanted.get(one.id) == one.hash:
                self._pending.pop(one.id, None)
                self._ready[one.id] = (one.hash, vector)
        self.flush()

    def search(
        self, vector: Vectors, k: int, items: NDArray[np.bool_]
    ) -> tuple[Vectors, NDArray[np.int64]]:
        """The best ``k`` texts of allowed items: scores and ``item_idx``, best first."""
        allowed = np.repeat(items, VECTORS_PER_ITEM)
        try:
            scores, ids = self._index.search(vector.reshape(1, -1), k, allowed)
        except IndexUnavailableError as error:
            self._failed(error)
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        self.problem = ""
        return scores[0], ids[0] // VECTORS_PER_ITEM

    def scores(
        self, vector: Vectors, items: NDArray[np.int64], default: float
    ) -> NDArray[np.float32]:
        """Each item's best score over its languages; ``default`` for those without a vector."""
        best = np.full(len(items), -np.inf, np.float32)
        for place in range(VECTORS_PER_ITEM):
            ids = items * VECTORS_PER_ITEM + place
            known = np.flatnonzero(self._is_known(items, place))
            if len(known) and (found := self._read(ids[known])) is not None:
                best[known] = np.maximum(best[known], found @ vector)
        return np.where(np.isfinite(best), best, np.float32(default))

    def covers(self, items: NDArray[np.bool_]) -> bool:
        """Whether every item that the mask ``items`` (by ``item_idx``) holds has a vector."""
        size = min(len(items), len(self._marks))
        some = self._marks[:size][items[:size]].any(axis=1)
        return not items[size:].any() and bool(np.all(some))

    def of_item(self, item_idx: int) -> dict[Language, Vectors]:
        """The vectors of one item by language."""
        ids = {language: vector_id(item_idx, language) for language in LANGUAGES}
        known = {language: id_ for language, id_ in ids.items() if id_ in self._known}
        vectors = self._read(np.array(list(known.values()), np.int64)) if known else None
        return {} if vectors is None else dict(zip(known, vectors, strict=True))

    def background(self, vector: Vectors) -> tuple[float, float]:
        """Mean and standard deviation of the scores of texts taken evenly from all."""
        size = len(self._known)
        if not size:
            return 0.0, 1.0
        if abs(self._background[0] - size) > size // 10:
            ids = np.sort(np.fromiter(self._known, np.int64, size))
            vectors = self._read(ids[:: max(1, size // _SAMPLE)])
            if vectors is not None:
                self._background = (size, vectors)
        if not len(self._background[1]):
            return 0.0, 1.0
        scores = self._background[1] @ vector
        return float(scores.mean()), float(scores.std()) or 1.0

    def save(self, folder: Path) -> None:
        """Put the vectors in the place of ``folder``."""
        self.flush()
        self._index.save(folder)

    def wanted_pairs(self) -> dict[str, NDArray[np.int64]]:
        """What is wanted, as arrays for a file; see :meth:`want_again`."""
        return _pairs(self._wanted)

    def want_again(self, arrays: Mapping[str, NDArray[np.int64]]) -> None:
        """Take up what :meth:`wanted_pairs` gave.

        Vectors that nobody wanted then may be wanted by what changed since; once all of that is
        brought in, :meth:`forget_unwanted` drops the rest.
        """
        self._wanted = read_pairs(arrays)

    def forget_unwanted(self) -> None:
        """Drop vectors that nobody wants."""
        for id_ in [id_ for id_ in self._known if id_ not in self._wanted]:
            self._forget(id_)
        self.flush()

    @property
    def unwritten(self) -> int:
        """How many changes the index could not take yet."""
        return len(self._ready) + len(self._doomed)

    @property
    def index(self) -> VectorIndex:
        """The index that serves."""
        return self._index

    def flush(self) -> None:
        """Bring all that was wanted and known into the index at once; a search needs it."""
        ids = np.array(list(self._ready), np.int64)
        stale = [id_ for id_ in self._ready if id_ in self._known]
        gone = np.array([*self._doomed, *stale], np.int64)
        try:
            self._index.remove(gone)
            if len(ids):
                hashes = np.array([hash_ for hash_, _ in self._ready.values()], np.int64)
                vectors = np.stack([vector for _, vector in self._ready.values()])
                self._index.add(ids, vectors, hashes)
        except IndexUnavailableError as error:
            self._failed(error)
            return
        if self._touched is not None:
            self._touched.update(gone.tolist(), ids.tolist())
        for id_ in stale:
            self._unname(id_)
        for id_, (hash_, _) in self._ready.items():
            self._known[id_] = hash_
            self._by_hash[hash_] = id_
        self._mark(ids)
        self._ready, self._doomed = {}, set()

    def begin_rebuild(self) -> Callable[[], VectorIndex]:
        """What makes the better index, in any thread; from now on what changes is remembered."""
        self.flush()
        self._touched = set()
        return self._index.prepare_rebuild()

    def end_rebuild(self, index: VectorIndex | None) -> None:
        """Let a rebuilt index serve, with all that changed meanwhile; ``None`` gives it up."""
        self.flush()
        touched, self._touched = self._touched, None
        if index is None or touched is None:
            return
        ids = np.array(sorted(touched), np.int64)
        index.remove(ids)
        kept = np.array([id_ for id_ in ids.tolist() if id_ in self._known], np.int64)
        if len(kept):
            hashes = np.array([self._known[id_] for id_ in kept.tolist()], np.int64)
            index.add(kept, self._index.vectors(kept), hashes)
        self._index = index

    def _want(self, id_: int, text: str) -> None:
        hash_ = text_hash(text)
        self._wanted[id_] = hash_
        self._pending.pop(id_, None)
        self._ready.pop(id_, None)
        if self._known.get(id_) == hash_:
            return
        twin = self._by_hash.get(hash_)
        vectors = None if twin is None else self._read(np.array([twin], np.int64))
        if vectors is None:
            self._pending[id_] = Pending(id_, hash_, text)
        else:
            self._ready[id_] = (hash_, vectors[0])

    def _forget(self, id_: int) -> None:
        self._wanted.pop(id_, None)
        self._pending.pop(id_, None)
        self._ready.pop(id_, None)
        if id_ in self._known:
            self._unname(id_)
            self._doomed.add(id_)

    def _mark(self, ids: NDArray[np.int64]) -> None:
        """Note that the vectors of ids are known."""
        items, places = np.divmod(ids, VECTORS_PER_ITEM)
        size = int(items.max(initial=-1)) + 1
        if size > len(self._marks):
            grown = np.zeros((max(size, size * 5 // 4), VECTORS_PER_ITEM), np.bool_)
            grown[: len(self._marks)] = self._marks
            self._marks = grown
        self._marks[items, places] = True

    def _is_known(self, items: NDArray[np.int64], place: int) -> NDArray[np.bool_]:
        known = np.zeros(len(items), np.bool_)
        inside = items < len(self._marks)
        known[inside] = self._marks[items[inside], place]
        return known

    def _read(self, ids: NDArray[np.int64]) -> Vectors | None:
        """The vectors of ids that are known; None when the index does not answer."""
        try:
            return self._index.vectors(ids)
        except IndexUnavailableError as error:
            self._failed(error)
            return None

    def _failed(self, error: IndexUnavailableError) -> None:
        if not self.problem:
            _log.warning("search goes on by words alone: %s", error)
        self.problem = str(error)

    def _unname(self, id_: int) -> None:
        hash_ = self._known.pop(id_)
        self._marks[id_ // VECTORS_PER_ITEM, id_ % VECTORS_PER_ITEM] = False
        if self._by_hash.get(hash_) == id_:
            del self._by_hash[hash_]


def read_pairs(arrays: Mapping[str, NDArray[np.int64]]) -> dict[int, int]:
    """The mapping that was written as two arrays."""
    return dict(zip(arrays["ids"].tolist(), arrays["hashes"].tolist(), strict=True))


def _pairs(mapping: Mapping[int, int]) -> dict[str, NDArray[np.int64]]:
    return {
        "ids": np.fromiter(mapping.keys(), np.int64, len(mapping)),
        "hashes": np.fromiter(mapping.values(), np.int64, len(mapping)),
    }
