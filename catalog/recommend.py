"""The first two recommenders: what is popular, and what is like what a shopper chose before."""

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

import numpy as np

from catalog.events.types import DISMISS, PURCHASE, RATE
from catalog.events.weights import EventWeights
from catalog.search import ProductSearch
from catalog.store import EventReader, ProductStore
from catalog.types import Interaction, ProductFilter, Reason, ScoredProduct, SortKey

DEFAULT_WEIGHTS = EventWeights()
AVAILABLE = ProductFilter(available_only=True)

_MOST_EVENTS = 50
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Recommender(Protocol):
    """Products for a shopper, best first; a higher score is better.

    Nothing the shopper bought or refused is recommended, everything passes ``filter`` (by
    default: what can be ordered now), and a shopper who is not known is no error. The answer is
    ``()`` when the recommender knows nothing to go by. New events and changes of the catalogue
    count at once.
    """

    def recommend(
        self, user_id: str, k: int, filter: ProductFilter = AVAILABLE
    ) -> tuple[ScoredProduct, ...]:
        """The best ``k`` products for ``user_id``, "" for a guest."""


class Popularity:
    """What most shoppers looked at, chose and bought lately, the same for everybody.

    Score of a product: the sum of its events' weights, each halved with time. What is missing to
    ``k`` is filled by rating and number of reviews.
    """

    def __init__(
        self, store: ProductStore, search: ProductSearch, weights: EventWeights = DEFAULT_WEIGHTS
    ) -> None:
        self._history = History(store, weights)
        self._search = search

    def recommend(
        self, user_id: str, k: int, filter: ProductFilter = AVAILABLE
    ) -> tuple[ScoredProduct, ...]:
        """The ``k`` most popular products that the shopper has neither bought nor refused."""
        gone = [*self._history.bought(user_id), *self._history.refused(user_id)]
        wanted = _without(filter, gone)
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
    weight of the event's kind, halved with time (Lops, de Gemmis and Semeraro, 2011,
    content-based recommenders). Products seen before are left out with those bought.
    """

    def __init__(
        self, store: ProductStore, search: ProductSearch, weights: EventWeights = DEFAULT_WEIGHTS
    ) -> None:
        self._history = History(store, weights)
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
        gone = [*self._history.bought(user_id), *self._history.refused(user_id)]
        wanted = _without(filter, [*weights, *gone])
        found = self._search.nearest(profile, wanted, k)
        return tuple(replace(one, reasons=(Reason("like_your_history"),)) for one in found)


class History:
    """The shop's events, read once and then as they come. Safe to use from several threads.

    A guest who signs in brings their events along, and a user who is erased is forgotten, both
    with the next look.
    """

    def __init__(self, store: ProductStore, weights: EventWeights = DEFAULT_WEIGHTS) -> None:
        self._reader = EventReader(store)
        self._weights = weights
        self._lock = threading.Lock()
        self._newest = _LONG_AGO
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
            weights[one.product_id] += self._weights.of(one, self._newest)
        return {id_: weight for id_, weight in weights.items() if weight > 0}

    def bought(self, user_id: str) -> list[str]:
        """The products the shopper bought, each once."""
        events = self._events(user_id)
        return list(dict.fromkeys(one.product_id for one in events if one.kind == PURCHASE))

    def refused(self, user_id: str) -> list[str]:
        """The products the shopper dismissed, or rated below the middle when they last did."""
        told = {
            one.product_id: one.kind == DISMISS or one.weight < 0
            for one in self._events(user_id)
            if one.kind in (DISMISS, RATE)
        }
        return [id_ for id_, refused in told.items() if refused]

    def _events(self, user_id: str) -> list[Interaction]:
        """What a shopper did, the oldest first."""
        with self._lock:
            self._refresh()
            return list(self._by_user.get(user_id, ())) if user_id else []

    def _refresh(self) -> None:
        news = self._reader.read()
        if news is None:
            return
        if news.start_over:
            self._by_user.clear()
            self._newest = _LONG_AGO
        changed = {guest_or_user for pair in news.joined for guest_or_user in pair}
        for one in news.interactions:
            if one.kind in self._weights.kinds:
                self._by_user[one.user_id].append(one)
                self._newest = max(self._newest, one.time)
                changed.add(one.user_id)
        for guest, user in news.joined:
            self._by_user[user] += self._by_user.pop(guest, [])
        for shopper in changed & self._by_user.keys():
            # Events come in late and out of order.
            self._by_user[shopper].sort(key=lambda one: one.time)
        self._count()

    def _count(self) -> None:
        scores: defaultdict[str, float] = defaultdict(float)
        for events in self._by_user.values():
            for one in events:
                scores[one.product_id] += self._weights.of(one, self._newest)
        self._scores = {id_: score for id_, score in scores.items() if score > 0}


def _without(filter: ProductFilter, product_ids: Iterable[str]) -> ProductFilter:
    excluded = dict.fromkeys((*filter.excluded_products, *product_ids))
    return replace(filter, excluded_products=tuple(excluded))
