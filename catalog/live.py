"""The indexes kept true to the store: loaded, brought up to date, embedded, saved."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.documents import PASSAGE_TOKENS
from catalog.embedding import Pending, TextVectors
from catalog.encoder import TextEncoder
from catalog.files import Progress, no_progress
from catalog.indexes import ENGLISH, VECTORS, Indexes
from catalog.local_index import LocalIndex
from catalog.store import ProductStore
from catalog.types import Product
from catalog.vectors import (
    AbsentIndex,
    IndexFolderError,
    IndexSource,
    IndexUnavailableError,
    VectorIndex,
)

_INLINE_TEXTS = 32
# Of many texts those of one length are encoded together: of 128 a third of the work is padding,
# of 1024 a twentieth.
BATCH_TEXTS = 1_024
_WORKER_TEXTS = 256
_CHECKPOINT_TEXTS = 4_096
_CHECKPOINT_SHARE = 8
_KEPT_PRODUCTS = 8_192
_PROGRESS_PRODUCTS = 200
_log = logging.getLogger(__name__)


class LiveIndexes:
    """One set of indexes for all threads; who reads them holds ``lock`` and calls ``sync`` first.

    Attributes:
        lock: guards everything here; taken by the methods that say so.
        indexes: as of the last :meth:`sync`.
    """

    def __init__(
        self,
        store: ProductStore,
        encoder: TextEncoder,
        folder: Path,
        source: IndexSource = LocalIndex,
        english: TextEncoder | None = None,
    ) -> None:
        self.lock = threading.RLock()
        self._store = store
        self._encoders = {VECTORS: encoder} | ({} if english is None else {ENGLISH: english})
        self._folder = folder
        self._source = source
        opened = {name: self._open_vectors(name) for name in self._encoders}
        self.indexes = Indexes(opened[VECTORS], opened.get(ENGLISH))
        self._rebuilder: threading.Thread | None = None
        self._rebuild_failed = False
        self._products: OrderedDict[int, Product] = OrderedDict()
        self._worker: threading.Thread | None = None
        self._stop = threading.Event()

    @classmethod
    def open(
        cls,
        store: ProductStore,
        encoder: TextEncoder,
        folder: Path,
        progress: Progress,
        source: IndexSource = LocalIndex,
        english: TextEncoder | None = None,
    ) -> "LiveIndexes":
        """Load what is saved in ``folder``, bring in what changed since, and save it.

        Only texts that were never seen are embedded; every few thousand are saved at once, so a
        killed indexing goes on where it was. What cannot be read is made again from the store.

        Args:
            store: the products.
            encoder: of their texts.
            folder: of the indexes.
            progress: called with the phases ``products``, ``vectors`` and ``index``.
            source: of the index of vectors. Where its server does not answer, words alone are
                searched until it does.
            english: a second encoder for the English texts.
        """
        live = cls(store, encoder, folder, source, english)
        live._load()
        before = live.indexes.revision
        embedded = live._bring_in_all(progress)
        rebuilt = live._rebuild_now(progress)
        if embedded or rebuilt or live.indexes.revision != before:
            live.save()
        return live

    def sync(self) -> None:
        """Bring in what changed in the store, also by other processes. The caller holds the lock.

        A few new texts are embedded at once; more are left to a thread, while their products are
        already found by words.
        """
        self._meet_again()
        if self._store.revision() != self.indexes.revision:
            self._apply_changes(no_progress)
            self._embed_soon()
        for vectors in self.indexes.spaces().values():
            if vectors.index.outgrown:
                self._start_rebuild(vectors)

    @property
    def problem(self) -> str:
        """Why products are found by words alone; "" when they are not."""
        return next((v.problem for v in self.indexes.spaces().values() if v.problem), "")

    def products(self, items: Sequence[int]) -> dict[int, Product]:
        """The products of those items, as the indexes know them. The caller holds the lock.

        One that another process changed or deleted since the last :meth:`sync` is left out.
        """
        columns = self.indexes.columns
        missing = {columns.items.id[item]: item for item in items if item not in self._products}
        for one in self._store.records(missing):
            item = missing[one.product_id]
            # To compare a product with the columns takes longer than to read it.
            known = one.item_idx == item and one.revision <= self.indexes.revision
            if one.product is not None and (known or columns.agrees(item, one.product)):
                self._products[item] = one.product
        found = {item: self._products[item] for item in items if item in self._products}
        for item in found:
            self._products.move_to_end(item)
        while len(self._products) > _KEPT_PRODUCTS:
            self._products.popitem(last=False)
        return found

    def save(self) -> None:
        """Write the indexes, so that the next start computes nothing again."""
        with self.lock:
            self.indexes.save(self._folder)

    def finish(self) -> None:
        """Wait until every text has its vector, and the index is of the kind it should be."""
        for thread in (self._worker, self._rebuilder):
            if thread is not None:
                thread.join()

    def close(self) -> None:
        """Stop the thread that embeds, if it runs; what it has not done is done next time."""
        self._stop.set()
        if (worker := self._worker) is not None:
            worker.join()

    def _open_vectors(self, name: str) -> TextVectors:
        """What is saved or on the server, else none; those of an absent index if it is silent."""
        encoder = self._encoders[name]
        try:
            return TextVectors(self._open_index(name, encoder.dimension, encoder.id))
        except IndexUnavailableError as error:
            return TextVectors(AbsentIndex(encoder.dimension, encoder.id, str(error)))

    def _open_index(self, name: str, dimension: int, encoder_id: str) -> VectorIndex:
        try:
            return self._source.load(self._folder / name, dimension, encoder_id)
        except IndexFolderError as error:
            if self._folder.is_dir():
                _log.warning("the vectors are computed anew: %s", error)
            return self._source(dimension, encoder_id)

    def _load(self) -> None:
        if not self._folder.is_dir():
            return
        try:
            self.indexes.load_words(self._folder)
        except ValueError as error:
            _log.warning("the word indexes are built anew: %s", error)

    def _present(self) -> dict[str, TextVectors]:
        """The vectors whose server has answered; of an absent one nobody knows what it has."""
        return {n: v for n, v in self.indexes.spaces().items() if not _absent(v)}

    def _meet_again(self) -> None:
        """Go on with a server that did not answer before, if it does now."""
        met = False
        for name, vectors in self.indexes.spaces().items():
            if not _absent(vectors):
                if vectors.unwritten:
                    vectors.flush()
            elif not _absent(opened := self._open_vectors(name)):
                self.indexes.put(name, opened)
                opened.want_again(vectors.wanted_pairs())
                met = True
        if met:
            self._want_missing()
            self._embed_soon()

    def _bring_in_all(self, progress: Progress) -> int:
        """Bring in every change and embed every text; says how many were embedded."""
        indexes = self.indexes
        if indexes.revision > self._store.revision():
            self._start_over("they are newer than the database")
        self._apply_changes(progress)
        if len(self.indexes.columns) != self._store.count():
            self._start_over("they do not hold the database's products")
            self._apply_changes(progress)
        self._want_missing()
        return self._embed(progress)

    def _start_over(self, why: str) -> None:
        """Forget all but the vectors, which are remembered by their text."""
        _log.warning("the word indexes are built anew: %s", why)
        self.indexes = Indexes(self.indexes.vectors, self.indexes.english)

    def _apply_changes(self, progress: Progress) -> None:
        total = self._store.count()
        now = self._store.revision()
        for done, change in enumerate(self._store.changes_since(self.indexes.revision), 1):
            self.indexes.apply(change)
            self._products.pop(change.item_idx, None)
            if done % _PROGRESS_PRODUCTS == 0:
                progress("products", min(done, total), total)
        self.indexes.revision = max(now, self.indexes.revision)
        for vectors in self.indexes.spaces().values():
            vectors.flush()
        progress("products", total, total)

    def _want_missing(self) -> None:
        """Ask again for vectors that a killed process did not compute; drop those of nothing."""
        ids = self.indexes.columns.items.id
        present = self._present().values()
        missing = {item for vectors in present for item in vectors.missing_items()}
        products = self._store.get_many([ids[item] for item in sorted(missing)])
        for item in sorted(missing):
            if product := products.get(ids[item]):
                self.indexes.want(item, product)
        for vectors in present:
            vectors.forget_unwanted()

    def _embed(self, progress: Progress) -> int:
        """Embed every text that waits; says how many."""
        present = self._present()
        total, done, saved = sum(v.pending for v in present.values()), 0, 0
        for name, vectors in present.items():
            while batch := vectors.take(BATCH_TEXTS):
                vectors.put(batch, self._encode(name, batch))
                done += len(batch)
                progress("vectors", min(done, total), total)
                if done - saved >= max(_CHECKPOINT_TEXTS, len(vectors) // _CHECKPOINT_SHARE):
                    vectors.save(self._folder / name)
                    saved = done
        return done

    def _encode(self, name: str, batch: Sequence[Pending]) -> NDArray[np.float32]:
        texts = [one.text for one in batch]
        return self._encoders[name].encode_stock(texts, PASSAGE_TOKENS)

    def _embed_soon(self) -> None:
        """Embed a few texts at once, or start the thread that embeds many."""
        waiting = sum(vectors.pending for vectors in self._present().values())
        if not waiting:
            return
        if waiting <= _INLINE_TEXTS:
            self._embed(no_progress)
        else:
            self._start_worker()

    def _rebuild_now(self, progress: Progress) -> bool:
        """Rebuild outgrown indexes while nobody searches yet; says whether there was one."""
        outgrown = [v for v in self.indexes.spaces().values() if v.index.outgrown]
        for vectors in outgrown:
            progress("index", 0, len(vectors))
            vectors.end_rebuild(vectors.begin_rebuild()())
            progress("index", len(vectors), len(vectors))
        return bool(outgrown)

    def _start_rebuild(self, vectors: TextVectors) -> None:
        if self._rebuilder is None and not self._rebuild_failed and self._worker is None:
            build = vectors.begin_rebuild()
            self._rebuilder = threading.Thread(
                target=self._rebuild, args=(vectors, build), name="rebuild", daemon=True
            )
            self._rebuilder.start()

    def _rebuild(self, vectors: TextVectors, build: Callable[[], VectorIndex]) -> None:
        """Build beside the index that serves, then let the new one serve, all changes included."""
        index = None
        try:
            index = build()
        except Exception as error:  # the index that serves goes on; the next start tries again
            _log.exception("the index could not be rebuilt: %s", error)
        with self.lock:
            self._rebuild_failed = index is None
            vectors.end_rebuild(index)
            self._rebuilder = None
            if index is not None and not self._stop.is_set():
                self.indexes.save(self._folder)

    def _start_worker(self) -> None:
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="embedding", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        try:
            while not self._stop.is_set() and self._work_batch():
                pass
        except Exception as error:  # search by words goes on, and the next change tries again
            _log.exception(
                "embedding stopped; products without vectors are found by words only: %s", error
            )
        finally:
            with self.lock:
                self._worker = None

    def _work_batch(self) -> bool:
        with self.lock:
            waiting = ((n, v) for n, v in self._present().items() if v.pending)
            name, vectors = next(waiting, (VECTORS, None))
            if vectors is None:
                # Under the same lock as the last look, so that no text is left behind.
                self._worker = None
                return False
            batch = vectors.take(_WORKER_TEXTS)
        encoded = self._encode(name, batch)
        with self.lock:
            vectors.put(batch, encoded)
        return True


def _absent(vectors: TextVectors) -> bool:
    return isinstance(vectors.index, AbsentIndex)
