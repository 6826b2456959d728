"""The catalogue as recommendations look at it: item numbers, what passes a filter, vectors.

Scores here are arrays over ``item_idx``, which is never given to another product, so that they
stay right whatever comes or goes in between.
"""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from catalog.columns import Mask
from catalog.live import LiveIndexes
from catalog.ranking import likeness, popularities, rank_near, rank_similar
from catalog.text import fold, has_chinese
from catalog.types import Product, ProductFilter, ScoredProduct, TextConstraint

_LONGEST_RUN = 3
_WORD = re.compile(r"\w+(?:[-']\w+)*")

Items = NDArray[np.int64]
Scores = NDArray[np.float32]


class Shelf:
    """What is in the shop now. Safe to use from several threads."""

    def __init__(self, live: LiveIndexes) -> None:
        self._live = live
        self._held = threading.local()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Look for what changed in the catalogue once, and not with each question in here.

        That is of this thread alone. What another one brings in meanwhile counts.
        """
        before = self._is_held()
        with self._now():
            self._held.now = True
        try:
            yield
        finally:
            self._held.now = before

    @property
    def revision(self) -> int:
        """A number that changes with the catalogue."""
        with self._now():
            return self._live.indexes.revision

    def mask(self, wanted: ProductFilter) -> Mask:
        """Which items pass the filter, by ``item_idx``."""
        with self._now():
            return self._live.indexes.columns.mask(wanted).items

    def numbers(self, product_ids: Sequence[str]) -> Items:
        """The ``item_idx`` of each product; 0, which no item has, for one that is not there."""
        with self._now():
            index_of = self._live.indexes.columns.index_of
            return np.array([index_of(id_) or 0 for id_ in product_ids], np.int64)

    def values_in(self, words: str) -> tuple[TextConstraint, ...]:
        """The values of attributes that words name, each attribute once.

        For words of which it is known that they wish something of a product; ordinary ones count
        too, which :meth:`catalog.vocabulary.Vocabulary.find` leaves alone.
        """
        said = fold(words)
        parts = _WORD.findall(said)
        runs = {
            " ".join(parts[start:end])
            for start in range(len(parts))
            for end in range(start + 1, min(start + _LONGEST_RUN, len(parts)) + 1)
        }
        found: dict[str, list[str]] = {}
        with self._now():
            for name, value in self._live.indexes.columns.rows.texts:
                if value in runs or (has_chinese(value) and len(value) > 1 and value in said):
                    found.setdefault(name, []).append(value)
        return tuple(TextConstraint(name, tuple(values)) for name, values in found.items())

    def pick(self, scores: Mapping[int, float], wanted: ProductFilter) -> tuple[ScoredProduct, ...]:
        """The products of scored items that pass the filter, best first, without reasons."""
        with self._now():
            columns = self._live.indexes.columns
            matching = columns.mask(wanted)
            items = [one for one in scores if one < columns.size and matching.items[one]]
            items.sort(key=lambda one: (-scores[one], one))
            places = columns.best_variants(matching, items, wanted.currency)
            products = self._live.products(items)
        return tuple(
            ScoredProduct(product, product.variants[places[one]], scores[one])
            for one in items
            if (product := products.get(one)) is not None
        )

    def products(self, product_ids: Iterable[str]) -> dict[str, Product]:
        """The products that are there among the ids."""
        with self._now():
            index_of = self._live.indexes.columns.index_of
            items = [item for id_ in product_ids if (item := index_of(id_)) is not None]
            return {one.id: one for one in self._live.products(items).values()}

    def vectors(self, items: Items) -> NDArray[np.float32]:
        """The mean vector of each item's texts, of length 1; zeros where there is none."""
        with self._now():
            vectors = self._live.indexes.vectors
            found = np.zeros((len(items), vectors.index.dimension), np.float32)
            for row, item in enumerate(items.tolist()):
                own = list(vectors.of_item(item).values())
                if own:
                    found[row] = np.mean(own, axis=0)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(lengths, 1e-12), np.float32)

    def nearest(self, vector: Scores, wanted: ProductFilter, k: int) -> tuple[Items, Scores]:
        """The ``k`` items that pass whose texts are nearest to a vector, and the cosines."""
        with self._now():
            indexes = self._live.indexes
            found = rank_near(indexes, vector, indexes.columns.mask(wanted), k)
        return found.items[:k], found.scores[:k]

    def similar(self, item: int, wanted: ProductFilter, k: int) -> tuple[Items, Scores]:
        """The ``k`` items that pass with a text nearest to any of an item's, and the cosines."""
        with self._now():
            indexes = self._live.indexes
            found = rank_similar(indexes, item, indexes.columns.mask(wanted), k)
        return found.items[:k], found.scores[:k]

    def likeness(self, item: int, items: Items) -> Scores:
        """What :meth:`similar` would give other items as their cosine with an item."""
        with self._now():
            return likeness(self._live.indexes, item, items)

    def cosines(self, vector: Scores, items: Items) -> tuple[Scores, float, float]:
        """Each item's cosine with a vector, and mean and deviation over the catalogue.

        An item without a vector has the mean.
        """
        with self._now():
            vectors = self._live.indexes.vectors
            mean, deviation = vectors.background(vector)
            return vectors.scores(vector, items, mean), mean, deviation

    def popularity(self, items: Items) -> Scores:
        """In [0, 1], from ratings and numbers of reviews: what to go by without any event."""
        with self._live.lock:
            return popularities(self._live.indexes.columns, items)

    @contextmanager
    def _now(self) -> Iterator[None]:
        """Under the lock, with the indexes up to date."""
        with self._live.lock:
            if not self._is_held():
                self._live.sync()
            yield

    def _is_held(self) -> bool:
        return bool(getattr(self._held, "now", False))


def best(scores: Scores, mask: Mask, k: int) -> Items:
    """The ``k`` items of a mask with the highest scores, in no order."""
    allowed = np.flatnonzero(mask[: len(scores)])
    if len(allowed) <= k:
        return allowed
    return allowed[np.argpartition(-scores[allowed], k)[:k]]
