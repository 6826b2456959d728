"""Product search: what the shop sells, found by words, meaning and filters together."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Matching
from catalog.documents import PASSAGE_TOKENS, passages
from catalog.embedding import Pending, TextVectors
from catalog.encoder import TextEncoder
from catalog.files import Progress, no_progress
from catalog.index import VectorIndex
from catalog.indexes import Indexes
from catalog.query import MOST_CHARACTERS, content_tokens
from catalog.ranking import Query, Ranking, rank, rank_near, rank_similar
from catalog.reasons import query_words, reasons
from catalog.store import ProductStore
from catalog.types import (
    Language,
    Product,
    ProductFilter,
    Reason,
    ScoredProduct,
    SortKey,
    Variant,
)

NO_FILTER = ProductFilter()

_INLINE_TEXTS = 32
_BATCH_TEXTS = 128
_CHECKPOINT_TEXTS = 4_096
_KEPT_PRODUCTS = 2_048
_PROGRESS_PRODUCTS = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of products, best first.

    ``total`` is how many products are relevant and pass the filter; ``exact`` is false when there
    may be more of them. ``relevant`` is false when nothing in the catalogue fits the text: the
    products are then only the nearest, and ``total`` is 0. ``matching`` is how many pass the
    filter, whatever the text.
    """

    products: tuple[ScoredProduct, ...]
    total: int
    exact: bool = True
    relevant: bool = True
    matching: int = 0


class ProductSearch:
    """Search over a store, always as of its last change. Safe to use from several threads."""

    def __init__(self, store: ProductStore, encoder: TextEncoder, folder: Path) -> None:
        self._store = store
        self._encoder = encoder
        self._folder = folder
        self._lock = threading.RLock()
        self._products: OrderedDict[int, Product] = OrderedDict()
        self._worker: threading.Thread | None = None
        self._stop = threading.Event()
        self._indexes = self._empty()

    @classmethod
    def open(
        cls,
        store: ProductStore,
        encoder: TextEncoder,
        folder: Path,
        progress: Progress | None = None,
    ) -> "ProductSearch":
        """Load what is saved in ``folder``, bring in what changed since, and save it.

        Only texts that were never seen are embedded; every few thousand are saved at once, so a
        killed indexing goes on where it was. What cannot be read is made again from the store.

        Args:
            store: the products.
            encoder: of the texts and queries.
            folder: of the indexes.
            progress: called with the phases ``products`` and ``vectors``.
        """
        search = cls(store, encoder, folder)
        with search._lock:
            search._load()
            before = search._indexes.revision
            embedded = search._bring_in_all(progress or no_progress)
            if embedded or search._indexes.revision != before:
                search.save()
        return search

    def sync(self) -> None:
        """Bring in what changed in the store, also by other processes.

        A few new texts are embedded at once; more are left to a thread, while their products are
        already found by words.
        """
        with self._lock:
            if self._store.revision() == self._indexes.revision:
                return
            self._apply_changes(no_progress)
            if self._indexes.vectors.pending <= _INLINE_TEXTS:
                self._embed(no_progress)
            else:
                self._start_worker()

    def search(
        self,
        text: str,
        filter: ProductFilter = NO_FILTER,
        k: int = 10,
        *,
        sort: SortKey = SortKey.RELEVANCE,
        offset: int = 0,
        currency: str = "",
        language: Language = "en",
    ) -> SearchResult:
        """The best ``k`` products after the first ``offset``.

        Args:
            text: what is looked for; may be empty, then everything that passes is ranked.
            filter: what must hold; the answer holds to it exactly.
            k: how many products, 0 or more.
            sort: the order; by price, rating and so on over all products that fit the text.
            offset: for the next page.
            currency: of the prices to sort by; the filter's own when it names one.
            language: of the reasons' facts.

        Raises:
            ValueError: if ``k`` or ``offset`` is negative, or a constraint contradicts itself.
        """
        if k < 0 or offset < 0:
            raise ValueError(f"expected k and offset from 0, got {k} and {offset}")
        query = self._understand(text)
        money = filter.currency or currency
        with self._lock:
            self.sync()
            matching = self._indexes.columns.mask(filter)
            ranking = rank(self._indexes, query, matching, sort, money, offset + k)
            hits = self._hits(ranking, offset, k, matching, money)
            words = self._words_of(text, hits)
        found = tuple(
            ScoredProduct(
                hit.product,
                hit.variant,
                hit.score,
                reasons(
                    hit.product,
                    hit.variant,
                    filter,
                    words[hit.item],
                    query.vector is not None,
                    language,
                ),
            )
            for hit in hits
        )
        return SearchResult(found, ranking.total, ranking.exact, ranking.relevant, matching.count)

    def count(self, filter: ProductFilter) -> int:
        """How many products pass the filter."""
        with self._lock:
            self.sync()
            return self._indexes.columns.mask(filter).count

    def similar(
        self,
        product_id: str,
        filter: ProductFilter = NO_FILTER,
        k: int = 10,
        *,
        language: Language = "en",
    ) -> tuple[ScoredProduct, ...]:
        """The products that mean most like this one, itself left out.

        Raises:
            ValueError: if there is no such product.
        """
        with self._lock:
            self.sync()
            item = self._indexes.columns.index_of(product_id)
            if item is None:
                raise ValueError(f"expected the id of a product in the shop, got {product_id!r}")
            matching = self._indexes.columns.mask(filter)
            matching.items[item] = False
            ranking = rank_similar(self._indexes, item, matching, k)
            title = self._product(item).title.get(language)
            hits = self._hits(ranking, 0, k, matching, filter.currency)
        reason = Reason("similar_to", {"product_id": product_id, "title": title})
        return tuple(ScoredProduct(h.product, h.variant, h.score, (reason,)) for h in hits)

    def vectors_of(self, product_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The mean vector of each product's texts, of length 1; what has none is left out."""
        with self._lock:
            self.sync()
            found: dict[str, NDArray[np.float32]] = {}
            for id_ in product_ids:
                item = self._indexes.columns.index_of(id_)
                vectors = {} if item is None else self._indexes.vectors.of_item(item)
                if vectors:
                    mean = np.mean(list(vectors.values()), axis=0)
                    found[id_] = mean / np.linalg.norm(mean)
            return found

    def nearest(
        self, vector: NDArray[np.float32], filter: ProductFilter, k: int
    ) -> tuple[ScoredProduct, ...]:
        """The products whose texts are nearest to a vector of length 1, without reasons."""
        with self._lock:
            self.sync()
            matching = self._indexes.columns.mask(filter)
            ranking = rank_near(self._indexes, vector, matching, k)
            hits = self._hits(ranking, 0, k, matching, filter.currency)
        return tuple(ScoredProduct(h.product, h.variant, h.score) for h in hits)

    def save(self) -> None:
        """Write the indexes, so that the next start computes nothing again."""
        with self._lock:
            self._indexes.save(self._folder)

    def finish(self) -> None:
        """Wait until every text has its vector."""
        worker = self._worker
        if worker is not None:
            worker.join()

    def close(self) -> None:
        """Stop the thread that embeds, if it runs; what it has not done is done next time."""
        self._stop.set()
        self.finish()

    def _empty(self) -> Indexes:
        index = VectorIndex(self._encoder.dimension, self._encoder.id)
        return Indexes(TextVectors(index))

    def _load(self) -> None:
        if not self._folder.is_dir():
            return
        try:
            self._indexes.load_vectors(self._folder)
        except ValueError as error:
            _log.warning("the vectors are computed anew: %s", error)
        try:
            self._indexes.load_words(self._folder)
        except ValueError as error:
            _log.warning("the word indexes are built anew: %s", error)

    def _bring_in_all(self, progress: Progress) -> int:
        """Bring in every change and embed every text; says how many were embedded."""
        indexes = self._indexes
        if indexes.revision > self._store.revision():
            self._start_over("they are newer than the database")
        self._apply_changes(progress)
        if len(self._indexes.columns) != self._store.count():
            self._start_over("they do not hold the database's products")
            self._apply_changes(progress)
        self._want_missing()
        return self._embed(progress)

    def _start_over(self, why: str) -> None:
        """Forget all but the vectors, which are remembered by their text."""
        _log.warning("the word indexes are built anew: %s", why)
        self._indexes = Indexes(self._indexes.vectors)

    def _apply_changes(self, progress: Progress) -> None:
        total = self._store.count()
        now = self._store.revision()
        for done, change in enumerate(self._store.changes_since(self._indexes.revision), 1):
            self._indexes.apply(change)
            self._products.pop(change.item_idx, None)
            if done % _PROGRESS_PRODUCTS == 0:
                progress("products", min(done, total), total)
        self._indexes.revision = max(now, self._indexes.revision)
        self._indexes.vectors.flush()
        progress("products", total, total)

    def _want_missing(self) -> None:
        """Ask again for the vectors that a killed process left to be computed."""
        ids = self._indexes.columns.items.id
        missing = self._indexes.vectors.missing_items()
        products = self._store.get_many([ids[item] for item in missing])
        for item in missing:
            if product := products.get(ids[item]):
                self._indexes.vectors.want(item, passages(product))
        self._indexes.vectors.flush()

    def _embed(self, progress: Progress) -> int:
        vectors = self._indexes.vectors
        total, done, saved = vectors.pending, 0, 0
        while batch := vectors.take(_BATCH_TEXTS):
            vectors.put(batch, self._encode(batch))
            done += len(batch)
            progress("vectors", min(done, total), total)
            if done - saved >= _CHECKPOINT_TEXTS:
                self._indexes.save_vectors(self._folder)
                saved = done
        return done

    def _encode(self, batch: Sequence[Pending]) -> NDArray[np.float32]:
        texts = [one.text for one in batch]
        return self._encoder.encode(texts, "passage", PASSAGE_TOKENS)

    def _start_worker(self) -> None:
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="embedding", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        try:
            while not self._stop.is_set() and self._work_batch():
                pass
        except Exception:
            _log.exception("embedding stopped; products without vectors are found by words only")
        finally:
            with self._lock:
                self._worker = None

    def _work_batch(self) -> bool:
        with self._lock:
            batch = self._indexes.vectors.take(_BATCH_TEXTS)
            if not batch:
                # Under the same lock as the last look, so that no text is left behind.
                self._worker = None
                return False
        vectors = self._encode(batch)
        with self._lock:
            self._indexes.vectors.put(batch, vectors)
        return True

    def _understand(self, text: str) -> Query:
        words = text[:MOST_CHARACTERS].strip()
        if not words:
            return Query()
        vector = self._encoder.encode([words], "query")[0]
        return Query(tuple(content_tokens(words)), vector)

    def _hits(
        self, ranking: Ranking, offset: int, k: int, matching: Matching, currency: str
    ) -> list["_Hit"]:
        items = ranking.items[offset : offset + k].tolist()
        scores = ranking.scores[offset : offset + k].tolist()
        places = self._indexes.columns.best_variants(matching, items, currency)
        self._load_products(items)
        hits: list[_Hit] = []
        for item, score in zip(items, scores, strict=True):
            product = self._products.get(item)
            # One that another process deleted or changed a moment ago is left to the next search.
            if product is not None and places[item] < len(product.variants):
                hits.append(_Hit(item, product, product.variants[places[item]], score))
        return hits

    def _words_of(self, text: str, hits: Sequence["_Hit"]) -> dict[int, list[str]]:
        """The shopper's own words that stand in the record of each hit."""
        items = [hit.item for hit in hits]
        found: dict[int, list[str]] = {item: [] for item in items}
        content = set(content_tokens(text))
        for word, terms in query_words(text):
            if content.issuperset(terms):
                having = [self._indexes.lexical.containing(term, items) for term in terms]
                for item in set.intersection(*having):
                    found[item].append(word)
        return found

    def _product(self, item: int) -> Product:
        self._load_products([item])
        return self._products[item]

    def _load_products(self, items: Sequence[int]) -> None:
        missing = {self._indexes.columns.items.id[i]: i for i in items if i not in self._products}
        for id_, product in self._store.get_many(list(missing)).items():
            self._products[missing[id_]] = product
        for item in items:
            if item in self._products:
                self._products.move_to_end(item)
        while len(self._products) > max(_KEPT_PRODUCTS, len(items)):
            self._products.popitem(last=False)


@dataclass(frozen=True, slots=True)
class _Hit:
    item: int
    product: Product
    variant: Variant
    score: float
