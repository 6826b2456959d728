"""What goes with a product: what shoppers bought together with it, counted, not guessed."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from catalog.events.types import PURCHASE
from catalog.store import News, ProductStore
from catalog.types import Interaction

_LEAST_TIMES = 2
_LARGEST_BASKET = 50


@dataclass(frozen=True, slots=True)
class Complements:
    """Products that go with one: how tellingly, and in how many baskets, each above chance.

    ``reason`` is ``bought_with``, or ``bought_with_kind`` where kinds were counted: the number of
    baskets is then that of the product's kind with the kind asked about.
    """

    reason: str
    scores: Mapping[str, float]
    times: Mapping[str, int]


class BoughtTogether:
    """Products that the same shoppers bought on the same day.

    The score is the number of such baskets divided by the root of the product of both products'
    own numbers (the cosine of item-based collaborative filtering, Sarwar et al., 2001), so that
    what everybody buys does not go with everything. Where a product was bought too seldom, the
    kinds are counted instead: of each kind that goes with its kind, the product that was bought
    with such things most often. Whoever reads the events calls ``follow`` with what is new.
    """

    def __init__(self, store: ProductStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._baskets: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
        self._kinds: dict[str, str] = {}
        self._products = _Pairs()
        self._categories = _Pairs()
        self._of_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._along: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def bought_with(self, product_id: str) -> "Complements":
        """What was bought most tellingly with a product, whether it can be ordered or not."""
        with self._lock:
            times = self._products.times(product_id)
            if times:
                return Complements("bought_with", self._products.scores(product_id), times)
        return self.bought_with_kind(product_id)

    def bought_with_kind(self, product_id: str) -> "Complements":
        """Of each kind that goes with a product's kind, the product bought along most often."""
        product = self._store.get(product_id)
        if product is None or not product.category:
            return Complements("bought_with_kind", {}, {})
        kind = product.category[-1].get("en")
        scores: dict[str, float] = {}
        times: dict[str, int] = {}
        with self._lock:
            counts = self._categories.times(kind)
            for other, score in self._categories.scores(kind).items():
                favourite = self._favourite(other, kind)
                if favourite and other not in (kind, ""):
                    scores[favourite], times[favourite] = score, counts[other]
        return Complements("bought_with_kind", scores, times)

    def _favourite(self, kind: str, beside: str) -> str:
        """The product of a kind that most baskets with another kind hold; of equals, most of all.

        It was in one of them at least.
        """
        own, along = self._of_kind[kind], self._along[kind, beside]
        best = max(along, key=lambda id_: (along[id_], own[id_], id_), default="")
        return best if best and along[best] > 0 else ""

    def follow(self, news: News) -> None:
        """Bring in new purchases, and who turned out to be whom."""
        with self._lock:
            if news.start_over:
                self._baskets.clear()
                self._products, self._categories = _Pairs(), _Pairs()
                self._of_kind.clear()
                self._along.clear()
            self._gather(news.interactions)
            self._join(dict(news.joined))

    def _gather(self, interactions: Iterable[Interaction]) -> None:
        bought = [one for one in interactions if one.kind == PURCHASE]
        if not bought:
            return
        for id_, product in self._store.get_many(one.product_id for one in bought).items():
            self._kinds.setdefault(id_, product.category[-1].get("en") if product.category else "")
        added: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
        for one in bought:
            if one.user_id and one.product_id in self._kinds:
                added[one.user_id, one.time.date()].add(one.product_id)
        for key, ids in added.items():
            self._grow(key, ids)

    def _join(self, users: Mapping[str, str]) -> None:
        """What a guest bought on a day lies in one basket with what they bought as a user."""
        if not users:
            return
        for guest, day in [key for key in self._baskets if key[0] in users]:
            theirs = self._baskets.pop((guest, day))
            self._count(theirs, -1)
            self._grow((users[guest], day), theirs)

    def _grow(self, key: tuple[str, date], ids: set[str]) -> None:
        """Put products into a basket, and count the basket as it is now."""
        basket = self._baskets[key]
        if ids <= basket:
            return
        self._count(basket, -1)
        basket |= ids
        self._count(basket, 1)

    def _count(self, basket: set[str], times: int) -> None:
        kinds = {self._kinds[id_] for id_ in basket}
        self._products.count(basket, times)
        self._categories.count(kinds, times)
        for id_ in basket:
            kind = self._kinds[id_]
            self._of_kind[kind][id_] += times
            if len(basket) <= _LARGEST_BASKET:
                for other in kinds - {kind}:
                    self._along[kind, other][id_] += times


class _Pairs:
    """How often things were in one basket, and in any."""

    def __init__(self) -> None:
        self._together: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.alone: Counter[str] = Counter()

    def count(self, basket: set[str], times: int) -> None:
        """Count a basket, or with -1 take it back."""
        for one in basket:
            self.alone[one] += times
        # A basket of a reseller says nothing about what goes together.
        if len(basket) <= _LARGEST_BASKET:
            for one, other in permutations(sorted(basket), 2):
                self._together[one][other] += times

    def times(self, one: str) -> dict[str, int]:
        """In how many baskets each other thing was with this one; once is chance."""
        found = self._together.get(one, Counter())
        return {other: count for other, count in found.items() if count >= _LEAST_TIMES}

    def scores(self, one: str) -> dict[str, float]:
        """The same as cosines."""
        return {
            other: count / (self.alone[one] * self.alone[other]) ** 0.5
            for other, count in self.times(one).items()
        }
