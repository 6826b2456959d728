"""What shoppers did, as the recommendations see it: read once, and then as it comes."""

import math
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from catalog.events.types import DISMISS, PURCHASE, RATE
from catalog.events.weights import EventWeights
from catalog.recommenders.popularity import backed_off
from catalog.recommending.decay import Decayed
from catalog.store import EventReader, News, ProductStore
from catalog.types import Interaction

DEFAULT_WEIGHTS = EventWeights()

MOST_EVENTS = 50
"""Of a shopper's history so many last events count."""
LEAST_SHOPPERS = 2
"""What fewer shoppers did is chance, and tells on the one who did it."""
MOST_SHOPPERS = 500
"""Of a product's shoppers so many last ones are remembered."""
_ENOUGH, _ENOUGH_SOLD = 20.0, 4.0
"""Of weight, and of purchases: less in the last half-life says less of an item than all times."""
_FASTER = 10.0
"""How much sooner what counts as a trend fades than what counts as popular."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

Follower = Callable[[News], None]
"""Told what is new, after the history itself; under its lock."""


class History:
    """The shop's events by shopper and by product. Safe to use from several threads.

    A guest who signs in brings their events along, and a user who is erased is forgotten, both
    with the next look. Nothing is written anywhere.
    """

    def __init__(
        self,
        store: ProductStore,
        weights: EventWeights = DEFAULT_WEIGHTS,
        followers: Sequence[Follower] = (),
    ) -> None:
        self._reader = EventReader(store)
        self._weights = weights
        self._followers = tuple(followers)
        self._lock = threading.RLock()
        self._forget()

    def refresh(self) -> None:
        """Bring in what happened since the last look; everything else here is as of this."""
        with self._lock:
            news = self._reader.read()
            if news is not None:
                self._take(news)
                for follow in self._followers:
                    follow(news)

    def popularity(self) -> tuple[Sequence[str], NDArray[np.float64]]:
        """Products and the decayed weight of what was done with each, below 0 if it was refused.

        Where the log has been quiet what was chosen ever counts, see ``backed_off``.
        The list only grows, so a place in it means the same product until events are erased.
        """
        with self._lock:
            lately, ever = (one.sums(self._newest) for one in (self._slow, self._ever))
            return self._slow.ids, backed_off(lately, ever, _ENOUGH)

    def sales(self) -> dict[str, float]:
        """How often each product was bought, the last purchases counting most.

        Only what several shoppers bought: one says little of the others.
        """
        with self._lock:
            lately, ever = (one.sums(self._newest) for one in (self._sold, self._sold_ever))
            counts = backed_off(lately, ever, _ENOUGH_SOLD).tolist()
            pairs = zip(self._sold.ids, counts, strict=True)
            return {id_: sold for id_, sold in pairs if self.buyers(id_) >= LEAST_SHOPPERS}

    def buyers(self, product_id: str) -> int:
        """How many shoppers bought a product, of those remembered."""
        with self._lock:
            return len(self._buyers.get(product_id, ()))

    def trends(self) -> dict[str, float]:
        """How far each product's events of the last days exceed its usual, in deviations.

        (f − s) / √(s + 1) of the rates per half-life, as of a Poisson count; only above 0.
        """
        with self._lock:
            fast, slow = self._fast.sums(self._newest), self._slow.sums(self._newest) / _FASTER
            lifts = (fast - slow) / np.sqrt(np.maximum(slow, 0.0) + 1.0)
            ids = self._slow.ids
            return {ids[at]: float(lifts[at]) for at in np.flatnonzero(lifts > 0).tolist()}

    def of_user(self, user_id: str) -> dict[str, float]:
        """The decayed weight of the products in the shopper's last events; none of ``""``.

        In the order in which each was last thought of; only what more speaks for than against.
        """
        weights: dict[str, float] = {}
        for one in self.recent(user_id):
            before = weights.pop(one.product_id, 0.0)
            weights[one.product_id] = before + self._weights.of(one, self._newest)
        return {id_: weight for id_, weight in weights.items() if weight > 0}

    def liked(self, user_id: str) -> tuple[str, ...]:
        """The products of :meth:`of_user`: time halves all weights alike and leaves their signs."""
        with self._lock:
            found = self._liked.get(user_id)
            if found is None:
                found = self._liked[user_id] = tuple(self.of_user(user_id))
            return found

    def events(self, user_id: str) -> list[Interaction]:
        """What a shopper did, the oldest first; none of ``""``."""
        with self._lock:
            return list(self._by_user.get(user_id, ())) if user_id else []

    def recent(self, user_id: str) -> list[Interaction]:
        """The last events of a shopper, the oldest first; none of ``""``."""
        with self._lock:
            return self._by_user.get(user_id, [])[-MOST_EVENTS:] if user_id else []

    def purchases(self, user_id: str) -> dict[str, list[datetime]]:
        """The products the shopper bought, and when each time, the oldest first."""
        found: defaultdict[str, list[datetime]] = defaultdict(list)
        for one in self.events(user_id):
            if one.kind == PURCHASE:
                found[one.product_id].append(one.time)
        return dict(found)

    def rated(self, user_id: str) -> list[str]:
        """The products the shopper ever rated: they know them."""
        return list(dict.fromkeys(o.product_id for o in self.events(user_id) if o.kind == RATE))

    def refused(self, user_id: str) -> list[str]:
        """The products the shopper dismissed, or rated below the middle when they last did."""
        told = {
            one.product_id: one.kind == DISMISS or one.weight < 0
            for one in self.events(user_id)
            if one.kind in (DISMISS, RATE)
        }
        return [id_ for id_, refused in told.items() if refused]

    def reach(self, product_ids: Iterable[str]) -> dict[str, int]:
        """How many shoppers did something with each product, of those remembered."""
        with self._lock:
            return {id_: len(self._shoppers.get(id_, ())) for id_ in product_ids}

    def neighbours_of(self, weights: dict[str, float], own: str, k: int) -> dict[str, float]:
        """The ``k`` shoppers with most weight of products in common, without ``own``."""
        alike: dict[str, float] = {}
        with self._lock:
            for product_id, weight in weights.items():
                for shopper in self._shoppers.get(product_id, ()):
                    alike[shopper] = alike.get(shopper, 0.0) + weight
        alike.pop(own, None)
        if len(alike) > k:
            least = sorted(alike.values(), reverse=True)[k - 1]
            alike = {one: weight for one, weight in alike.items() if weight >= least}
        best = sorted(alike, key=lambda one: (-alike[one], one))[:k]
        return {one: alike[one] for one in best}

    def both(self, product_id: str, other: str, buyers_only: bool = False) -> int:
        """How many of the last shoppers of two products are the same."""
        with self._lock:
            kept = self._buyers if buyers_only else self._shoppers
            return len(kept.get(product_id, {}).keys() & kept.get(other, {}).keys())

    @property
    def newest(self) -> datetime:
        """The time of the newest event, as of which everything is counted."""
        with self._lock:
            return self._newest

    def shopper_count(self) -> int:
        """How many shoppers there are."""
        with self._lock:
            return len(self._by_user)

    def _forget(self) -> None:
        self._newest = _LONG_AGO
        self._by_user: defaultdict[str, list[Interaction]] = defaultdict(list)
        self._liked: dict[str, tuple[str, ...]] = {}
        self._shoppers: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._buyers: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._slow = Decayed(self._weights.half_life_days)
        self._fast = Decayed(self._weights.half_life_days / _FASTER)
        self._ever = Decayed(math.inf)
        self._sold = Decayed(self._weights.half_life_days)
        self._sold_ever = Decayed(math.inf)

    def _take(self, news: News) -> None:
        if news.start_over:
            self._forget()
        changed = set()
        for one in news.interactions:
            if one.kind in self._weights.kinds:
                self._count(one)
                changed.add(one.user_id)
        for guest, user in news.joined:
            self._join(guest, user)
            changed |= {guest, user}
        for shopper in changed:
            self._liked.pop(shopper, None)
        for shopper in changed & self._by_user.keys():
            # Events come in late and out of order.
            self._by_user[shopper].sort(key=lambda one: one.time)

    def _count(self, one: Interaction) -> None:
        self._by_user[one.user_id].append(one)
        self._newest = max(self._newest, one.time)
        weight = self._weights.kinds[one.kind] * one.weight
        self._slow.add(one.product_id, weight, one.time)
        self._fast.add(one.product_id, weight, one.time)
        self._ever.add(one.product_id, weight, one.time)
        if one.user_id and weight > 0:
            _remember(self._shoppers[one.product_id], [one.user_id])
        if one.user_id and one.kind == PURCHASE:
            _remember(self._buyers[one.product_id], [one.user_id])
            self._sold.add(one.product_id, 1.0, one.time)
            self._sold_ever.add(one.product_id, 1.0, one.time)

    def _join(self, guest: str, user: str) -> None:
        theirs = self._by_user.pop(guest, [])
        self._by_user[user] += theirs
        for product_id in {one.product_id for one in theirs}:
            for kept in (self._shoppers, self._buyers):
                if guest in kept.get(product_id, ()):
                    del kept[product_id][guest]
                    _remember(kept[product_id], [user])


def _remember(shoppers: dict[str, None], new: Iterable[str]) -> None:
    """Put shoppers at the newest end, and let the oldest go."""
    for one in new:
        shoppers.pop(one, None)
        shoppers[one] = None
        if len(shoppers) > MOST_SHOPPERS:
            del shoppers[next(iter(shoppers))]
