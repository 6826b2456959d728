"""The order of the products: words and meaning weighed together, or a sort key."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.columns import FilterColumns, Mask, Matching
from catalog.embedding import TextVectors
from catalog.indexes import Indexes
from catalog.kinds import ACCESSORY, OTHER, UNKNOWN, WANTED, Fits
from catalog.query import Term
from catalog.types import AttributeOrder, SortKey, SortOrder
from catalog.vectors import Vectors

CANDIDATES = 400
"""How many products each of the two searches hands to the blend, at least."""

LEXICAL_WEIGHT = 0.95
READ_LEXICAL_WEIGHT, PHRASE_LEXICAL_WEIGHT = 0.9, 0.7
"""How much words count against meaning; less where the English encoder read the item.

Of a phrase still less: several words may stand in a text without what they say together, and of
one word there is nothing more to understand.
"""
READ_IN_ENGLISH, TRANSLATED = 1.0, 0.7
"""How much the English encoder counts against the other one, for English and Chinese queries."""
KIND_WEIGHTS = {WANTED: 0.0, UNKNOWN: 0.0, OTHER: -0.1, ACCESSORY: -0.4}
"""What it takes from a score of about [0, 1] that an item is of another kind than was asked for.

Nothing is said against items of unknown kind: many titles name none. These weights and those above
were chosen on graded judgments of shop queries; they are few and round, so that they hold for other
queries too.
"""

_LEAST_COVERAGE = 0.5
_COVERAGE_SHARE = 0.6
_LEAST_MEANING = 0.8
_UNAVAILABLE = 0.05
_POPULARITY = 0.02
# A rating counts as if ten more shoppers had given four stars (a Bayesian mean).
_PRIOR_REVIEWS, _PRIOR_RATING = 10.0, 4.0

Items = NDArray[np.int64]
Scores = NDArray[np.float32]

_KINDS = np.array([KIND_WEIGHTS[fit] for fit in range(len(KIND_WEIGHTS))], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A text ready for both searches. ``vector`` is ``None`` when there is no text.

    ``kinds`` are the product types that it asks for, none when it names no product. ``english``
    is the vector of the English encoder, if there is one and it could read the text; the text may
    have been ``translated`` for it. A ``phrase`` has several words.
    """

    terms: tuple[Term, ...] = ()
    vector: Vectors | None = None
    kinds: frozenset[str] = frozenset()
    english: Vectors | None = None
    translated: bool = False
    phrase: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Products in order, with their scores; ``total`` is how many are relevant.

    ``exact`` is false when there may be more relevant products than were looked at.
    ``relevant`` is false when nothing fits the text and these are only the nearest.
    """

    items: Items
    scores: Scores
    total: int
    exact: bool = True
    relevant: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What speaks for each of ``items``, the candidates of a text.

    ``words`` is the BM25 score over the best one, ``meaning`` the cosine, 0 at the catalogue's
    mean and 1 at the best, ``kinds`` how their kind fits the one asked for, ``weights`` how much
    words count against meaning. ``nearest`` is the meaning by the encoder that finds them nearest.
    """

    items: Items
    words: Scores
    meaning: Scores
    kinds: Fits
    weights: Scores
    nearest: Scores


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """What is near a query among the vectors of one encoder: cosines and items, best first.

    ``mean`` is the cosine of an ordinary text. ``cut`` tells that there may be as much beyond.
    """

    vectors: TextVectors
    vector: Vectors
    items: Items
    top: float
    mean: float
    cut: bool

    @classmethod
    def of(cls, vectors: TextVectors, vector: Vectors, most: int, allowed: Mask) -> "Near":
        """The best ``most`` of the allowed items."""
        cosines, items = vectors.search(vector, most, allowed)
        mean, _ = vectors.background(vector)
        top = float(cosines[0]) if len(cosines) else mean
        least = _LEAST_MEANING * (top - mean)
        cut = len(items) >= most and float(cosines[-1]) - mean >= least
        return cls(vectors, vector, items, top, mean, cut)

    def meaning(self, items: Items) -> Scores:
        """For each item 0 at the mean and 1 at the best; NaN where there is no vector."""
        cosines = self.vectors.scores(self.vector, items, np.nan)
        above = (cosines - self.mean) / max(self.top - self.mean, 1e-6)
        return np.asarray(np.clip(above, 0.0, 1.0), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """How the text's words are found in the items that pass the filter, by ``item_idx``.

    ``covered`` are the items that have most of the query's weight, all of them.
    """

    scores: Scores
    best_coverage: float
    covered: Items


def rank(
    catalog: Indexes, query: Query, matching: Matching, sort: SortOrder, currency: str, depth: int
) -> Ranking:
    """The matching products in order; at least ``depth`` of them, where there are so many.

    With a text and a sort key only products that are relevant to the text are sorted, all of
    them and not only the best. A product is relevant that has most of the text's weight in its
    words; where there is none, those are that mean nearly the same as the best one.
    """
    if query.vector is None:
        items = np.flatnonzero(matching.items)
        scores = _with_stock(catalog, items, popularities(catalog.columns, items))
        return _sorted(catalog, Ranking(items, scores, len(items)), matching, sort, currency)
    words = _by_words(catalog, query, matching.items)
    if len(words.covered) and sort is not SortKey.RELEVANCE:
        scores = words.scores[words.covered]
        found = Ranking(words.covered, scores, len(words.covered))
    else:
        found = _by_words_and_meaning(catalog, query, words, matching.items, depth)
    return _sorted(catalog, found, matching, sort, currency)


def with_the_rest(
    catalog: Indexes, ranking: Ranking, matching: Matching, sort: SortOrder, currency: str
) -> Ranking:
    """The ranking with everything else that matches behind it, or sorted in among it."""
    every = np.flatnonzero(matching.items)
    rest = np.setdiff1d(every, ranking.items)
    least = float(ranking.scores.min(initial=1.0)) - 1.0
    behind = _with_stock(catalog, rest, least + popularities(catalog.columns, rest))
    items = np.concatenate([ranking.items, rest])
    scores = np.asarray(np.concatenate([ranking.scores, behind]), np.float32)
    return _sorted(catalog, Ranking(items, scores, len(every)), matching, sort, currency)


def rank_near(catalog: Indexes, vector: Vectors, matching: Matching, k: int) -> Ranking:
    """The matching products nearest to a vector; scores are cosines less a little without stock."""
    best: dict[int, float] = {}
    _collect(catalog, vector, matching, k, best)
    return _nearest(catalog, best)


def rank_similar(catalog: Indexes, item: int, matching: Matching, k: int) -> Ranking:
    """The matching products nearest to any text of an item."""
    best: dict[int, float] = {}
    for vector in catalog.vectors.of_item(item).values():
        _collect(catalog, vector, matching, k, best)
    return _nearest(catalog, best)


def likeness(catalog: Indexes, item: int, items: NDArray[np.int64]) -> NDArray[np.float32]:
    """Of each item the cosine that :func:`rank_similar` ranks by; the mean of all without text."""
    own = catalog.vectors.of_item(item).values()
    means = [catalog.vectors.background(vector)[0] for vector in own]
    scores = [
        catalog.vectors.scores(vector, items, mean) for vector, mean in zip(own, means, strict=True)
    ]
    nearest = np.max(scores, axis=0) if scores else np.zeros(len(items), np.float32)
    return _with_stock(catalog, items, nearest)


def leaning(catalog: Indexes, ranking: Ranking, taste: Vectors, weight: float) -> Ranking:
    """The ranking with what is near to a shopper's taste moved up a little.

    score(i) + weight · max(0, cos(taste, i) − m) / (top − m), with m the catalogue's mean and top
    the best of the ranking; products keep their places where none is nearer than usual.
    """
    if not len(ranking.items):
        return ranking
    mean, _ = catalog.vectors.background(taste)
    cosines = catalog.vectors.scores(taste, ranking.items, mean)
    top = max(float(cosines.max()) - mean, 1e-6)
    near = np.clip((cosines - mean) / top, 0.0, 1.0)
    scores = np.asarray(ranking.scores + np.float32(weight) * near, np.float32)
    order = np.lexsort((ranking.items, -scores))
    return replace(ranking, items=ranking.items[order], scores=scores[order])


def popularities(columns: FilterColumns, items: Items) -> Scores:
    """A number in [0, 1] for each of the items, from its rating and how many gave it."""
    ratings, reviews = columns.ratings(items)
    rated = np.where(np.isnan(ratings), 0.0, reviews)
    mean = np.where(np.isnan(ratings), 0.0, ratings) * rated + _PRIOR_RATING * _PRIOR_REVIEWS
    quality = mean / (rated + _PRIOR_REVIEWS) / 5.0
    fame = np.log1p(reviews) / np.log1p(max(1, columns.most_reviews))
    return np.asarray(0.5 * quality + 0.5 * fame, np.float32)


def blend(evidence: Evidence, best_coverage: float) -> Scores:
    """One score in about [0, 1]: a convex combination of words and meaning, and the kind's part.

    Words count as much as the catalogue knows them: for a query in another language than the
    catalogue's, only the meaning is left.
    """
    weight = evidence.weights * np.float32(best_coverage)
    blended = weight * evidence.words + (1.0 - weight) * evidence.meaning + _KINDS[evidence.kinds]
    return np.asarray(blended, np.float32)


def _by_words(catalog: Indexes, query: Query, allowed: Mask) -> Words:
    found = catalog.lexical.scores(query.terms, len(allowed))
    coverage = np.where(allowed, found.coverage, 0.0)
    best = float(coverage.max(initial=0))
    covered = np.flatnonzero(coverage >= max(_LEAST_COVERAGE, _COVERAGE_SHARE * best))
    return Words(np.where(allowed, found.scores, np.float32(0)), best, covered)


def _by_words_and_meaning(
    catalog: Indexes, query: Query, words: Words, allowed: Mask, depth: int
) -> Ranking:
    most = max(CANDIDATES, 4 * depth)
    evidence, complete = _gather(catalog, query, words, allowed, most)
    popularity = popularities(catalog.columns, evidence.items)
    scores = blend(evidence, words.best_coverage) + np.float32(_POPULARITY) * popularity
    scores = _with_stock(catalog, evidence.items, scores)
    if len(words.covered):
        fits = np.isin(evidence.items, words.covered)
        return Ranking(evidence.items[fits], scores[fits], len(words.covered))
    fits = evidence.nearest >= _LEAST_MEANING
    total = int(np.count_nonzero(fits))
    return Ranking(evidence.items[fits], scores[fits], total, complete, relevant=total > 0)


def _gather(
    catalog: Indexes, query: Query, words: Words, allowed: Mask, most: int
) -> tuple[Evidence, bool]:
    """The candidates of both searches; and whether none beyond them means as much."""
    assert query.vector is not None
    general = english = None
    if catalog.english is not None and query.english is not None:
        english = Near.of(catalog.english, query.english, most, allowed)
    if not _is_read_in_english(catalog, query, words, allowed):
        general = Near.of(catalog.vectors, query.vector, most, allowed)
    near = [one for one in (general, english) if one is not None]
    items = _top(words.scores, most)
    for one in near:
        items = np.union1d(items, one.items)
    meaning, weights, nearest = _meaning(query, general, english, items)
    best = float(words.scores.max(initial=0)) or 1.0
    lexical = np.asarray(words.scores[items] / best, np.float32)
    kinds = catalog.kinds.fits(items, query.kinds)
    evidence = Evidence(items, lexical, meaning, kinds, weights, nearest)
    return evidence, not any(one.cut for one in near)


def _is_read_in_english(catalog: Indexes, query: Query, words: Words, allowed: Mask) -> bool:
    """Whether the English encoder alone decides, so that the other one need not be asked.

    It says nothing of English queries where the English one has read every item; only of what no
    word is known, either one may find it.
    """
    if catalog.english is None or query.english is None or query.translated:
        return False
    return READ_IN_ENGLISH == 1.0 and len(words.covered) > 0 and catalog.english.covers(allowed)


def _meaning(
    query: Query, general: Near | None, english: Near | None, items: Items
) -> tuple[Scores, Scores, Scores]:
    """How near the items are by all encoders, how much words count against that, and the most."""
    meaning = np.zeros(len(items), np.float32)
    if general is not None:
        meaning = np.asarray(np.nan_to_num(general.meaning(items)), np.float32)
    nearest = meaning
    weights = np.full(len(items), LEXICAL_WEIGHT, np.float32)
    if english is not None:
        read = english.meaning(items)
        share = TRANSLATED if query.translated else READ_IN_ENGLISH
        known = ~np.isnan(read)
        nearest = np.fmax(meaning, read)
        meaning = np.where(known, share * read + (1.0 - share) * meaning, meaning)
        weights[known] = PHRASE_LEXICAL_WEIGHT if query.phrase else READ_LEXICAL_WEIGHT
    return np.asarray(meaning, np.float32), weights, np.asarray(nearest, np.float32)


def _top(scores: Scores, most: int) -> Items:
    positive = np.flatnonzero(scores > 0)
    if len(positive) <= most:
        return positive
    return positive[np.argpartition(-scores[positive], most)[:most]]


def _with_stock(catalog: Indexes, items: Items, scores: Scores) -> Scores:
    missing = ~catalog.columns.available(items)
    return np.asarray(scores - _UNAVAILABLE * missing, np.float32)


def _sorted(
    catalog: Indexes, ranking: Ranking, matching: Matching, sort: SortOrder, currency: str
) -> Ranking:
    items, scores = ranking.items, ranking.scores
    key = _key(catalog.columns, items, matching, sort, currency)
    # Least important first; the number of the item makes the order the same every time.
    order = np.lexsort((items, -scores, key)) if key is not None else np.lexsort((items, -scores))
    return Ranking(items[order], scores[order], ranking.total, ranking.exact, ranking.relevant)


def _key(
    columns: FilterColumns, items: Items, matching: Matching, sort: SortOrder, currency: str
) -> NDArray[np.float64] | None:
    """A number per item that grows along the order; what is unknown comes last."""
    if sort is SortKey.RELEVANCE:
        return None
    if isinstance(sort, AttributeOrder):
        numbers = columns.extremes(matching, sort.name, sort.descending)[items]
        return np.where(np.isnan(numbers), np.inf, -numbers if sort.descending else numbers)
    if sort is SortKey.NEWEST:
        return -items.astype(np.float64)
    if sort is SortKey.POPULARITY:
        return -popularities(columns, items).astype(np.float64)
    if sort is SortKey.RATING:
        ratings, reviews = columns.ratings(items)
        # Of equal ratings the one that more shoppers gave; fewer than 10^9 have.
        value = -(ratings + reviews * 1e-10)
    else:
        prices = columns.lowest_prices(matching, currency)[items]
        value = prices if sort is SortKey.PRICE_ASCENDING else -prices
    return np.where(np.isnan(value), np.inf, value)


def _collect(
    catalog: Indexes, vector: Vectors, matching: Matching, k: int, best: dict[int, float]
) -> None:
    # A product may be found once for each language, and some without stock are moved down.
    scores, items = catalog.vectors.search(vector, 4 * k + 20, matching.items)
    for score, item in zip(scores.tolist(), items.tolist(), strict=True):
        best[item] = max(score, best.get(item, -1.0))


def _nearest(catalog: Indexes, best: dict[int, float]) -> Ranking:
    items = np.fromiter(best.keys(), np.int64, len(best))
    scores = np.fromiter(best.values(), np.float32, len(best))
    scores = _with_stock(catalog, items, scores)
    order = np.lexsort((items, -scores))
    return Ranking(items[order], scores[order], len(items), exact=False)
