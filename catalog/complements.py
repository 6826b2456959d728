"""What goes with a product: what shoppers bought together with it, counted, not guessed."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import permutations

from catalog.store import ProductStore
from catalog.types import Interaction, Reason, ScoredProduct, Variant

PURCHASE = "purchase"
_LEAST_TIMES = 2
_LARGEST_BASKET = 50


class BoughtTogether:
    """Products that the same shoppers bought on the same day.

    The score is the number of such baskets divided by the root of the product of both products'
    own numbers (the cosine of item-based collaborative filtering, Sarwar et al., 2001), so that
    what everybody buys does not go with everything. Follows new purchases by itself.
    """

    def __init__(self, store: ProductStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._read_until = 0
        self._baskets: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
        self._together: dict[str, Counter[str]] = {}
        self._alone: Counter[str] = Counter()
        self._refresh()

    def bought_with(self, product_id: str, k: int) -> tuple[ScoredProduct, ...]:
        """The ``k`` products bought most tellingly with one; only what can be ordered now."""
        self._refresh()
        times = self._together.get(product_id, Counter())
        scores = {
            other: count / (self._alone[product_id] * self._alone[other]) ** 0.5
            for other, count in times.items()
            if count >= _LEAST_TIMES
        }
        best = sorted(scores, key=lambda other: (-scores[other], other))
        known = self._store.get_many(best)
        found = [
            ScoredProduct(
                known[other],
                _orderable(known[other].variants),
                scores[other],
                (Reason("bought_with", {"times": str(times[other])}),),
            )
            for other in best
            if other in known and known[other].available
        ]
        return tuple(found[:k])

    def _refresh(self) -> None:
        last = self._store.last_interaction()
        if last == self._read_until:
            return
        with self._lock:
            self._gather(self._store.interactions(after=self._read_until))
            self._read_until = last
            self._count()

    def _gather(self, interactions: Iterable[Interaction]) -> None:
        for one in interactions:
            if one.kind == PURCHASE:
                self._baskets[one.user_id, one.time.date()].add(one.product_id)

    def _count(self) -> None:
        together: defaultdict[str, Counter[str]] = defaultdict(Counter)
        alone: Counter[str] = Counter()
        for basket in self._baskets.values():
            alone.update(basket)
            # A basket of a reseller says nothing about what goes together.
            if len(basket) <= _LARGEST_BASKET:
                for product_id, other in permutations(sorted(basket), 2):
                    together[product_id][other] += 1
        self._together, self._alone = dict(together), alone


def _orderable(variants: tuple[Variant, ...]) -> Variant:
    return next((one for one in variants if one.available), variants[0])
