"""The first two recommenders: what is popular, and what is like what a shopper chose before."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

import numpy as np

from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.types import Interaction, ProductFilter, Reason, ScoredProduct, SortKey

PURCHASE = "purchase"
KIND_WEIGHTS: Mapping[str, float] = {
    "view_item": 1.0,
    "select_item": 1.0,
    "add_to_wishlist": 2.0,
    "add_to_cart": 3.0,
    "begin_checkout": 3.0,
    PURCHASE: 5.0,
}
"""How much an event of each kind says of a shopper's wish; events of other kinds say nothing."""

HALF_LIFE_DAYS = 30.0
"""After so long an event counts half, as of the newest event of the shop."""

AVAILABLE = ProductFilter(available_only=True)

_MOST_EVENTS = 50


class Recommender(Protocol):
    """Products for a shopper, best first; a higher score is better.

    Nothing the shopper bought is recommended, everything passes ``filter`` (by default: what can
    be ordered now), and a shopper who is not known is no error. The answer is ``()`` when the
    recommender knows nothing to go by. New events and changes of the catalogue count at once.
    """

    def recommend(
        self, user_id: str, k: int, filter: ProductFilter = AVAILABLE
    ) -> tuple[ScoredProduct, ...]:
        """The best ``k`` products for ``user_id``, "" for a guest."""


class Popularity:
    """What most shoppers looked at, chose and bought lately, the same for everybody.

    Score of a product: the sum of its events' weights, each halved every 30 days. What is missing
    to ``k`` is filled by rating and number of reviews.
    """

    def __init__(self, store: ProductStore, search: ProductSearch) -> None:
        self._history = History(store)
        self._search = search

    def recommend(
        self, user_id: str, k: int, filter: ProductFilter = AVAILABLE
    ) -> tuple[ScoredProduct, ...]:
        """The ``k`` most popular products that the shopper has not bought."""
        wanted = _without(filter, self._history.bought(user_id))
        found = self._search.pick(self._history.scores(), wanted, k)
        popular = tuple(replace(one, reasons=(Reason("popular"),)) for one in found)
        missing = k - len(popular)
        if missing <= 0:
            return popular
        rest = _without(wanted, [one.product.id for one in popular])
        return popular + self._by_rating(missing, rest)

    def _by_rating(self, k: int, wanted: ProductFilter) -> tuple[ScoredProduct, ...]:
        # Below every product that shoppers did something with.
        found = self._search.search("", wanted, k, sort=SortKey.POPULARITY).products
        return tuple(replace(one, score=one.score - 1.0) for one in found)


class ContentBased:
    """What means most like the products a shopper chose, by the texts' vectors.

    r(u, i) = cos(p(u), v(i)) with p(u) = Σ w·v(j) over the shopper's last events, where w is the
    weight of the event's kind, halved every 30 days (Lops, de Gemmis and Semeraro, 2011,
    content-based recommenders). Products seen before are left out with those bought.
    """

    def __init__(self, store: ProductStore, search: ProductSearch) -> None:
        self._history = History(store)
        self._search = search

    def recommend(
        self, user_id: str, k: int, filter: ProductFilter = AVAILABLE
    ) -> tuple[ScoredProduct, ...]:
        """The ``k`` products nearest to what the shopper chose; ``()`` without such events."""
        weights = self._history.of_user(user_id)
        vectors = self._search.vectors_of(list(weights))
        if not vectors:
            return ()
        profile = np.sum([weights[id_] * vector for id_, vector in vectors.items()], axis=0)
        profile = (profile / np.linalg.norm(profile)).astype(np.float32)
        wanted = _without(filter, [*weights, *self._history.bought(user_id)])
        found = self._search.nearest(profile, wanted, k)
        return tuple(replace(one, reasons=(Reason("like_your_history"),)) for one in found)


class History:
    """The shop's events, read once and then as they come. Safe to use from several threads."""

    def __init__(self, store: ProductStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._read_until = 0
        self._newest = datetime(1970, 1, 1, tzinfo=UTC)
        self._by_user: defaultdict[str, list[Interaction]] = defaultdict(list)
        self._scores: dict[str, float] = {}

    def scores(self) -> dict[str, float]:
        """The decayed weight of every product that shoppers did something with."""
        with self._lock:
            self._refresh()
            return self._scores

    def of_user(self, user_id: str) -> dict[str, float]:
        """The decayed weight of the products in the shopper's last events; none of a guest."""
        weights: defaultdict[str, float] = defaultdict(float)
        for one in self._events(user_id)[-_MOST_EVENTS:]:
            weights[one.product_id] += self._weight(one)
        return {id_: weight for id_, weight in weights.items() if weight > 0}

    def bought(self, user_id: str) -> list[str]:
        """The products the shopper bought, each once."""
        events = self._events(user_id)
        return list(dict.fromkeys(one.product_id for one in events if one.kind == PURCHASE))

    def _events(self, user_id: str) -> list[Interaction]:
        with self._lock:
            self._refresh()
            return list(self._by_user.get(user_id, ())) if user_id else []

    def _refresh(self) -> None:
        if self._store.last_interaction() == self._read_until:
            return
        for one in self._new_events():
            if one.kind in KIND_WEIGHTS:
                self._by_user[one.user_id].append(one)
                self._newest = max(self._newest, one.time)
        scores: defaultdict[str, float] = defaultdict(float)
        for events in self._by_user.values():
            for one in events:
                scores[one.product_id] += self._weight(one)
        self._scores = {id_: score for id_, score in scores.items() if score > 0}

    def _new_events(self) -> list[Interaction]:
        while True:
            last = self._store.last_interaction()
            found = list(self._store.interactions(after=self._read_until))
            # What was added between the two looks would else be read twice.
            if self._store.last_interaction() == last:
                self._read_until = last
                return found

    def _weight(self, one: Interaction) -> float:
        days = (self._newest - one.time).total_seconds() / 86_400
        return KIND_WEIGHTS[one.kind] * one.weight * float(0.5 ** (days / HALF_LIFE_DAYS))


def _without(filter: ProductFilter, product_ids: Iterable[str]) -> ProductFilter:
    excluded = dict.fromkeys((*filter.excluded_products, *product_ids))
    return replace(filter, excluded_products=tuple(excluded))
