"""A question for recommendations, answered. Read :meth:`Recommending.recommend` first."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

import numpy as np

from catalog.complements import BoughtTogether
from catalog.recommenders.evaluation import COLD_ITEM
from catalog.recommending.allowed import OPEN, without, without_kinds
from catalog.recommending.consumables import Consumables, due
from catalog.recommending.history import History
from catalog.recommending.looks import WEIGHT, Alike, ShopLooks, decided
from catalog.recommending.reasons import (
    LIKENESS,
    Grounds,
    bought_along,
    bought_before,
    bought_by,
    recommended_for,
    same_kind,
    shelves_of,
    taste_of,
)
from catalog.recommending.request import Kind, Recommendations, Request
from catalog.recommending.reranking import Candidates, Dials, rerank
from catalog.recommending.served import Served, ServedModels
from catalog.recommending.sources import (
    SHORTLIST,
    Scored,
    Sources,
    on_scale,
    pairs,
    shares_below,
    shortlist,
    union,
)
from catalog.search import ProductSearch
from catalog.shelf import Items, Scores, best
from catalog.store import ProductStore
from catalog.types import Product, ProductFilter, Reason, ScoredProduct

BLEND, UNTRAINED, POPULAR = "blend", "untrained", "popularity"

_CANDIDATES = 200
"""From each source."""
_ANCHORS = 8
_POPULAR_SHARE = 0.95
_NEAR_DEVIATIONS = 2.0
_ALONG = 1.0
"""In deviations of the likeness: what the most chosen along gains among what is alike."""
_TASTE_EVENTS = 3
"""Of a shopper with fewer chosen products nothing is known of their mix of categories."""

Find = Callable[[str, ProductFilter, int], Sequence[ScoredProduct]]


class Recommending:
    """Everything the shop recommends. Safe to use from several threads.

    New events, products, prices and stock count with the next request.
    """

    def __init__(
        self,
        store: ProductStore,
        search: ProductSearch,
        history: History,
        together: BoughtTogether,
        models: ServedModels | None = None,
        dials: Dials | None = None,
        consumables: Consumables | None = None,
        looks: ShopLooks | None = None,
    ) -> None:
        self._store = store
        self._search = search
        self._shelf = search.shelf
        self._history = history
        self._together = together
        self.models = models
        self._dials = dials or Dials()
        self._consumables = consumables or Consumables()
        self._looks = looks
        self._sources = Sources(history, self._shelf, looks)

    def recommend(self, request: Request) -> Recommendations:
        """The best products for a request, each with a reason; none where nothing fits.

        Unknown shoppers are no error: what is popular is shown.

        Raises:
            ValueError: The kind starts from a product, and there is no such product.
        """
        self._history.refresh()
        with self._shelf.held():
            return self._answer(request)

    def _answer(self, request: Request) -> Recommendations:
        about = self._product(request)
        request = replace(request, wanted=self._allowed(request))
        served = self.models.of(request.shopper) if self.models else None
        match request.kind:
            case Kind.COMPLEMENT:
                found = self._complements(request, about)
            case Kind.SIMILAR:
                found = self._similar(request, about, served)
            case Kind.TRENDING:
                found = self._trending(request)
            case Kind.BEST_SELLING:
                found = self._best_selling(request)
            case Kind.GIFT if request.described:
                found = self._gift(request)
            case Kind.REORDER:
                found = self._reorder(request)
            case _:
                found = self._chosen(request, about, served)
        return replace(found, version=served.name if served else "", about=about)

    def taste(self, shopper: str) -> Scores | None:
        """The vector of what a shopper chose, of length 1, to let a search lean towards it."""
        if not shopper:
            return None
        self._history.refresh()
        return self._sources.profile(self._history.of_user(shopper))

    def _product(self, request: Request) -> Product | None:
        if not request.kind.needs_product:
            return None
        product = self._store.get(request.product_id)
        if product is None:
            raise ValueError(
                f"expected the id of a product in the shop, got {request.product_id!r}"
            )
        return product

    def _allowed(self, request: Request) -> ProductFilter:
        """The filter, without what was refused, or bought and is not used up."""
        gone = [*request.left_out, *self._history.refused(request.shopper)]
        if request.product_id:
            gone.append(request.product_id)
        if request.kind is not Kind.REORDER:
            gone += self._kept(request.shopper)
        wanted = without(request.wanted, gone)
        if request.kind not in OPEN or wanted.categories or not request.in_cart:
            return wanted
        there = self._shelf.products(request.in_cart).values()
        return without_kinds(wanted, (one for one in there if not self._consumables.holds(one)))

    def _kept(self, shopper: str) -> list[str]:
        """What a shopper bought and still has."""
        bought = self._history.purchases(shopper)
        known = self._shelf.products(bought) if bought else {}
        return [
            id_
            for id_ in bought
            if id_ not in known or not self._consumables.holds(known[id_], bought[id_])
        ]

    def _chosen(
        self, request: Request, about: Product | None, served: Served | None
    ) -> Recommendations:
        """By the models: for a shopper's history, or because of one product they viewed."""
        weights = {about.id: 1.0} if about else self._history.of_user(request.shopper)
        if request.kind in (Kind.GIFT, Kind.POPULAR):
            weights = {}
        found = self._ranked(request, weights, served, hide=True)
        if not found and weights:
            found = self._ranked(request, weights, served, hide=False)
        model = POPULAR if not weights else BLEND if served else UNTRAINED
        return Recommendations(found, model, personal=bool(weights) and about is None)

    def _ranked(
        self, request: Request, weights: Mapping[str, float], served: Served | None, hide: bool
    ) -> tuple[ScoredProduct, ...]:
        """Score, shorten, apply the rules, explain. ``hide`` leaves out what was seen before."""
        # What is used up and was bought before may come again.
        known = weights.keys() | set(self._history.rated(request.shopper)) if hide else set()
        seen = known - self._history.purchases(request.shopper).keys()
        wanted = without(request.wanted, sorted(seen))
        mask = self._shelf.mask(wanted)
        if not mask.any():
            return ()
        scored = self._sources.for_session(weights, request.shopper, served, len(mask))
        items = best(scored.base, mask, _CANDIDATES)
        if scored.profile is not None:
            near, _ = self._shelf.nearest(scored.profile, wanted, _CANDIDATES)
            items = union(items.tolist(), near.tolist())
        if scored.alike is not None:
            items = union(items.tolist(), scored.alike.nearest(mask, _CANDIDATES).tolist())
        scores, plain = self._sources.add_content(scored, items)
        by_looks = decided(items, scores, plain, scored.alike, request.k)
        return self._shown(request, wanted, weights, scored, dict(pairs(items, scores)), by_looks)

    def _shown(
        self,
        request: Request,
        wanted: ProductFilter,
        weights: Mapping[str, float],
        scored: Scored,
        scores: Mapping[int, float],
        by_looks: Collection[int] = (),
    ) -> tuple[ScoredProduct, ...]:
        """The best of scored items as products: varied, fitting, each with reasons."""
        found = self._shelf.pick(shortlist(scores, request.k), wanted)
        if not found:
            return ()
        chosen = self._shelf.products(list(weights)) if weights else {}
        taste = taste_of(chosen, weights) if len(weights) >= _TASTE_EVENTS else None
        shares = shares_below(scored.popular, self._items(found))
        candidates = self._candidates(found, shares)
        if weights:  # what is popular is no newcomer
            candidates = replace(candidates, newcomers=self._newcomers(found))
        order = rerank(candidates, request.k, self._dials, taste)
        anchors = [chosen[id_] for id_ in reversed(list(weights)) if id_ in chosen][:_ANCHORS]
        popular = frozenset(
            one.product.id
            for one, share in zip(found, shares, strict=True)
            if share >= _POPULAR_SHARE
        )
        looks = self._looks_like(found, anchors, by_looks)
        picked = [found[at] for at in order]
        near = self._near_anchors(picked, anchors)
        of_own = request.kind is not Kind.VIEWED
        grounds = Grounds(
            self._history, anchors, popular, near, wanted, request.language, looks, of_own
        )
        return tuple(replace(one, reasons=recommended_for(one, grounds)) for one in picked)

    def _looks_like(
        self,
        found: Sequence[ScoredProduct],
        anchors: Sequence[Product],
        by_looks: Collection[int],
    ) -> dict[str, Product]:
        """Of products that are there for their pictures, which anchor each looks like most."""
        numbers = self._items(found).tolist()
        ids = [one.product.id for one, item in zip(found, numbers, strict=True) if item in by_looks]
        if self._looks is None or not ids:
            return {}
        known = {one.id: one for one in anchors}
        nearest = self._looks.nearest_of(ids, list(known))
        return {id_: known[anchor] for id_, anchor in nearest.items()}

    def _near_anchors(
        self, found: Sequence[ScoredProduct], anchors: Sequence[Product]
    ) -> dict[str, Product]:
        """By product, the first anchor of its kind that its texts are much nearer to than usual."""
        items = self._items(found)
        near: dict[str, Product] = {}
        vectors = self._shelf.vectors(self._shelf.numbers([one.id for one in anchors]))
        for anchor, vector in zip(anchors, vectors, strict=True):
            if not vector.any():
                continue
            cosines, mean, deviation = self._shelf.cosines(vector, items)
            usual = mean + _NEAR_DEVIATIONS * deviation
            for one, cosine in zip(found, cosines.tolist(), strict=True):
                if cosine >= usual and same_kind(one.product, anchor):
                    near.setdefault(one.product.id, anchor)
        return near

    def _candidates(self, found: Sequence[ScoredProduct], shares: Scores) -> Candidates:
        return Candidates(
            np.array([one.score for one in found], np.float32),
            self._shelf.vectors(self._items(found)),
            [shelves_of(one.product) for one in found],
            shares,
        )

    def _newcomers(self, found: Sequence[ScoredProduct]) -> set[int]:
        """The places of those that only few shoppers did something with."""
        reach = self._history.reach(one.product.id for one in found)
        return {at for at, one in enumerate(found) if reach[one.product.id] < COLD_ITEM}

    def _items(self, found: Sequence[ScoredProduct]) -> Items:
        return self._shelf.numbers([one.product.id for one in found])

    def _complements(self, request: Request, about: Product | None) -> Recommendations:
        """What was bought with a product, or with its kind, of other kinds then."""
        assert about is not None
        ask = self._together.bought_with_kind if request.of_kind else self._together.bought_with
        goes = ask(about.id)
        found = tuple(
            replace(one, reasons=(bought_along(goes, one.product, about, request.language),))
            for one in self._picked(goes.scores, request)
        )
        return Recommendations(found, goes.reason)

    def _similar(
        self, request: Request, about: Product | None, served: Served | None
    ) -> Recommendations:
        """What means the same, in the order of that and of what others chose along."""
        assert about is not None
        size = len(self._shelf.mask(request.wanted))
        chosen = {about.id: 1.0}
        along = self._sources.for_session(chosen, request.shopper, served, size)
        alike = along.alike or self._sources.alike(chosen, size)
        items, cosines = self._near(about, request, alike)
        beside = along.base[items]
        plain = on_scale(cosines) + beside * (_ALONG / max(float(beside.max(initial=0)), 1.0))
        vector = self._search.vector_of(request.described) if request.described else None
        if vector is not None:
            plain = plain + on_scale(self._shelf.cosines(vector, items)[0])
        scores = plain if alike is None else alike.rearranged(items, plain, WEIGHT)
        by_looks = decided(items, scores, plain, alike, request.k)
        likely = shortlist(dict(pairs(items, scores)), request.k)
        found = self._shelf.pick(likely, request.wanted)[: request.k]
        looks = self._looks_like(found, [about], by_looks)
        told = (replace(one, reasons=self._likeness(one, about, request, looks)) for one in found)
        return Recommendations(tuple(told), "content_similar")

    def _near(self, about: Product, request: Request, alike: Alike | None) -> tuple[Items, Scores]:
        """What reads or looks like a product, and how near the texts of each are to its own."""
        (item,) = self._shelf.numbers([about.id]).tolist()
        items, cosines = self._shelf.similar(item, request.wanted, _CANDIDATES)
        if alike is None:
            return items, cosines
        seen = alike.nearest(self._shelf.mask(request.wanted), _CANDIDATES)
        items = union(items.tolist(), seen.tolist())
        return items, self._shelf.likeness(item, items)

    def _likeness(
        self,
        one: ScoredProduct,
        about: Product,
        request: Request,
        looks: Mapping[str, Product],
    ) -> tuple[Reason, ...]:
        """What a product and one that it is like have in common."""
        none = frozenset[str]()
        grounds = Grounds(self._history, [about], none, {}, request.wanted, request.language, looks)
        found = [r for r in recommended_for(one, grounds) if r.name in LIKENESS]
        title = about.title.get(request.language)
        return tuple(found) or (Reason("similar_to", {"product_id": about.id, "title": title}),)

    def _trending(self, request: Request) -> Recommendations:
        """What more is done with now than usual; where nothing is, what is popular."""
        rising = self._picked(self._history.trends(), request)
        found = tuple(replace(one, reasons=(Reason("trending"),)) for one in rising)
        missing = request.k - len(found)
        if missing > 0:
            rest = without(request.wanted, [one.product.id for one in found])
            more = replace(request, k=missing, wanted=rest)
            found += self._ranked(more, {}, None, hide=True)
        return Recommendations(found, "trending" if rising else POPULAR)

    def _best_selling(self, request: Request) -> Recommendations:
        """What was bought most, the last purchases first; nothing where nothing was bought."""
        found = tuple(
            replace(one, reasons=(bought_by(self._history.buyers(one.product.id)),))
            for one in self._picked(self._history.sales(), request)
        )
        return Recommendations(found, "best_selling")

    def _gift(self, request: Request) -> Recommendations:
        """What fits words about a person, from different shelves; some of each interest."""
        lists = [self._fitting(one, request) for one in request.interests]
        lists = [found for found in lists if found] or [self._fitting(request.described, request)]
        mixed: dict[str, ScoredProduct] = {}
        for one in filter(None, chain.from_iterable(zip_longest(*lists))):
            mixed.setdefault(one.product.id, one)
        return Recommendations(tuple(mixed.values())[: request.k], "search")

    def _fitting(self, words: str, request: Request) -> list[ScoredProduct]:
        """What the shop has for such words, spread over its shelves; nothing if it has none."""
        result = self._search.search(words, request.wanted, SHORTLIST, language=request.language)
        found = result.products
        if not found or (words in request.interests and not result.relevant):
            return []
        size = len(self._shelf.mask(request.wanted))
        shares = shares_below(self._sources.popular(size), self._items(found))
        order = rerank(self._candidates(found, shares), request.k, self._dials)
        return [found[at] for at in order]

    def _reorder(self, request: Request) -> Recommendations:
        """What the shopper bought before: what is used up first, by when it is due."""
        bought = self._history.purchases(request.shopper)
        known = self._shelf.products(bought) if bought else {}
        newest = self._history.newest
        scores = {
            id_: due(times, newest, self._consumables.holds(known[id_], times))
            for id_, times in bought.items()
            if id_ in known
        }
        found = tuple(
            replace(one, reasons=(bought_before(bought[one.product.id], request.language),))
            for one in self._picked(scores, request)
        )
        return Recommendations(found, "reorder", personal=True)

    def _picked(self, scores: Mapping[str, float], request: Request) -> tuple[ScoredProduct, ...]:
        """The ``k`` best products scored by id that pass."""
        numbers = self._shelf.numbers(list(scores))
        values = np.fromiter(scores.values(), np.float64, len(scores))
        mask = self._shelf.mask(request.wanted)
        passing = (numbers > 0) & (numbers < len(mask))
        passing[passing] = mask[numbers[passing]]
        numbers, values = numbers[passing], values[passing]
        first = np.lexsort((numbers, -values))[: request.k]
        return self._shelf.pick(dict(pairs(numbers[first], values[first])), request.wanted)
