"""Product search: what the shop sells, found by words, meaning and filters together."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from catalog.asking import QueryReader
from catalog.column_data import currencies
from catalog.columns import Matching
from catalog.correction import Correction, Corrector
from catalog.encoder import TextEncoder
from catalog.facets import Facet, Postings, facets, value_facet
from catalog.files import Progress, no_progress
from catalog.index import Vectors
from catalog.indexes import Indexes
from catalog.live import LiveIndexes
from catalog.local_index import LocalIndex
from catalog.merchandising import Merchandising, Rule, arranged, without_hidden
from catalog.query import Term, head
from catalog.ranking import Query, Ranking, leaning, rank, with_the_rest
from catalog.reasons import reasons
from catalog.relaxing import Relaxation, relax
from catalog.results import Hit, IndexStatus, Page, SearchResult
from catalog.shelf import Shelf
from catalog.splits import Choose, choose_choices
from catalog.spreading import spread
from catalog.store import ProductStore
from catalog.synonyms import NO_SYNONYMS, Synonyms
from catalog.text import fold
from catalog.types import (
    Language,
    ProductFilter,
    ScoredProduct,
    SortKey,
    SortOrder,
)
from catalog.vectors import IndexSource

NO_FILTER = ProductFilter()
NO_RULES = Merchandising()


class ProductSearch:
    """Search over a store, always as of its last change. Safe to use from several threads."""

    def __init__(
        self,
        live: LiveIndexes,
        encoder: TextEncoder,
        synonyms: Callable[[], Synonyms] = lambda: NO_SYNONYMS,
        merchandising: Merchandising = NO_RULES,
        today: Callable[[], date] = date.today,
        english: TextEncoder | None = None,
    ) -> None:
        self._live = live
        self._synonyms = synonyms
        self._understand = QueryReader(encoder, synonyms, english)
        self._merchandising = merchandising
        self._today = today
        self._counting: tuple[tuple[int, int], Postings] | None = None

    @classmethod
    def open(
        cls,
        store: ProductStore,
        encoder: TextEncoder,
        folder: Path,
        progress: Progress | None = None,
        synonyms: Callable[[], Synonyms] = lambda: NO_SYNONYMS,
        merchandising: Merchandising = NO_RULES,
        source: IndexSource = LocalIndex,
        english: TextEncoder | None = None,
    ) -> "ProductSearch":
        """Ready search over what is saved in ``folder`` and what changed in the store since.

        See :meth:`catalog.live.LiveIndexes.open`; ``synonyms`` is asked at each query.
        """
        live = LiveIndexes.open(store, encoder, folder, progress or no_progress, source, english)
        search = cls(live, encoder, synonyms, merchandising, english=english)
        # Word lists are read at the first query; no shopper shall wait for them.
        search._understand(search.correct("shirt 衬衫 shrit 衬杉").text)
        return search

    def sync(self) -> None:
        """Bring in what changed in the store; every search does it first."""
        with self._live.lock:
            self._live.sync()

    def status(self) -> IndexStatus:
        """How the index is now."""
        with self._live.lock:
            self._live.sync()
            spaces = self._live.indexes.spaces().values()
            for one in spaces:
                one.check()
            vectors, pending = self._live.indexes.vectors, sum(one.pending for one in spaces)
            return IndexStatus(vectors.index.kind, len(vectors), pending, self._live.problem)

    def save(self) -> None:
        """Write the indexes, so that the next start computes nothing again."""
        self._live.save()

    def finish(self) -> None:
        """Wait until every text has its vector."""
        self._live.finish()

    def close(self) -> None:
        """Stop embedding; what is not done is done at the next start."""
        self._live.close()

    def search(
        self,
        text: str,
        filter: ProductFilter = NO_FILTER,
        k: int = 10,
        *,
        sort: SortOrder = SortKey.RELEVANCE,
        offset: int = 0,
        currency: str = "",
        language: Language = "en",
        taste: tuple[Vectors, float] | None = None,
        all_fit: bool = False,
        choose: Choose | None = None,
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
            taste: a vector of length 1 that results lean towards when they are sorted by
                relevance, and how much the nearest of them gains (a best match has about 1).
            all_fit: everything that passes the filter is what was asked for, as when that names
                the kind of product; the text then orders it and leaves nothing out.
            choose: picks what could be asked next from how the candidates are divided.

        Raises:
            ValueError: if ``k`` or ``offset`` is negative, or a constraint contradicts itself.
        """
        if k < 0 or offset < 0:
            raise ValueError(f"expected k and offset from 0, got {k} and {offset}")
        correction = self.correct(text)
        query = self._understand(correction.text)
        money = filter.currency or currency
        rules = self._merchandising.holding(correction.text, filter, self._today())

        def ranked(indexes: Indexes, matching: Matching) -> Ranking:
            found = rank(indexes, query, matching, sort, money, offset + k)
            if all_fit:
                found = with_the_rest(indexes, found, matching, sort, money)
            if sort is SortKey.RELEVANCE:
                found = leaning(indexes, found, *taste) if taste else found
                found = _apart(indexes, found)
            found = arranged(indexes.columns, rules, found, matching, sort)
            if len(found.items) or not matching.count:
                return found
            # Nothing that passes fits the text: an empty page would hide that something passes.
            every = rank(indexes, Query(), matching, sort, money, offset + k)
            return replace(every, total=0, relevant=False)

        with self._live.lock:
            page = self._page(ranked, filter, slice(offset, offset + k), money, rules)
            words = self._words_of(query.terms, page.hits)
            complete = query.vector is None or not self._live.problem
            columns, products = self._live.indexes.columns, self._live.products
            items, fitting = page.ranking.items[: page.ranking.total], page.matching
            asked = choose and choose_choices(
                columns, self._postings(), fitting, items, products, choose, money
            )
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
            for hit in page.hits
        )
        ranking = page.ranking
        return SearchResult(
            found,
            ranking.total,
            ranking.exact,
            ranking.relevant,
            page.matching.count,
            correction if correction.changes else None,
            complete,
            asked,
            _is_named(query.terms, words.values()),
        )

    def count(self, filter: ProductFilter) -> int:
        """How many products pass the filter."""
        with self._live.lock:
            self._live.sync()
            return self._live.indexes.columns.mask(filter).count

    def facets(
        self, text: str, filter: ProductFilter = NO_FILTER, *, currency: str = ""
    ) -> tuple[Facet, ...]:
        """What the products that fit the text and pass the filter can be narrowed by.

        Counts are over all of them, not a page; see :func:`catalog.facets.facets`.

        Args:
            text: what is looked for; may be empty.
            filter: what must hold.
            currency: of the price ranges; the filter's own when it names one.
        """
        meant = self.correct(text).text
        query = self._understand(meant)
        money = filter.currency or currency
        with self._live.lock:
            self._live.sync()
            indexes = self._live.indexes
            rules = self._merchandising.holding(meant, filter, self._today())
            matching = without_hidden(indexes.columns, rules, indexes.columns.mask(filter))
            if query.vector is not None:
                fitting = rank(indexes, query, matching, SortKey.POPULARITY, money, 0)
                matching = indexes.columns.narrowed(matching, fitting.items)
            postings = self._postings()
            return facets(indexes.columns, postings, matching, self._live.products, money)

    def values(self, filter: ProductFilter, name: str) -> Facet:
        """The values of one attribute, category or brand among what passes the filter."""
        with self._live.lock:
            self._live.sync()
            columns = self._live.indexes.columns
            matching = columns.mask(filter)
            counted = self._postings().counted(columns, matching).values.get(fold(name), [])
            return value_facet(fold(name), counted, self._live.products, matching.count)

    def _postings(self) -> Postings:
        """All facts laid out for counting, as of now. The caller holds the lock."""
        indexes = self._live.indexes
        # Saving drops the rows of what is gone and numbers the rest anew, at the same revision.
        state = indexes.revision, len(indexes.columns.rows.item)
        if self._counting is None or self._counting[0] != state:
            self._counting = state, Postings.of(indexes.columns)
        return self._counting[1]

    def most_measured(self, filter: ProductFilter, names: Sequence[str]) -> str | None:
        """Of some attributes, the one that most of what passes the filter has a number of.

        The first of equals; ``None`` when nothing has a number of any.
        """
        with self._live.lock:
            self._live.sync()
            columns = self._live.indexes.columns
            matching = columns.mask(filter)
            known = {
                name: int(np.count_nonzero(~np.isnan(columns.extremes(matching, name, False))))
                for name in names
            }
        best = max(known, key=lambda name: known[name], default=None)
        return best if best is not None and known[best] else None

    def currencies(self) -> dict[str, int]:
        """The currencies that things are sold in, with how many variants have a price in each."""
        with self._live.lock:
            self._live.sync()
            return currencies(self._live.indexes.columns.rows)

    def relaxations(self, filter: ProductFilter) -> tuple[Relaxation, ...]:
        """What can be given up of a filter that nothing passes; see :func:`relax`."""
        with self._live.lock:
            self._live.sync()
            return relax(self._live.indexes.columns, filter)

    def attribute_names(self) -> set[str]:
        """The folded names of all that a constraint can ask for, category and brand included."""
        with self._live.lock:
            self._live.sync()
            return self._live.indexes.columns.names()

    def vector_of(self, text: str) -> Vectors | None:
        """What a text means, as a vector of length 1; ``None`` for an empty one."""
        return self._understand(text).vector

    @property
    def shelf(self) -> Shelf:
        """The same products, as recommendations look at them."""
        return Shelf(self._live)

    def correct(self, text: str) -> Correction:
        """A query as it was probably meant, by the words of the catalogue."""
        with self._live.lock:
            self._live.sync()
            indexes = self._live.indexes
            return Corrector(indexes.known, indexes.lexical, self._synonyms()).correct(text)

    def _page(
        self,
        ranked: "_Ranker",
        filter: ProductFilter,
        part: slice,
        currency: str,
        rules: Sequence[Rule] = (),
    ) -> Page:
        """Rank and read the products; again when another process changed one in between."""
        for last in (False, False, True):
            self._live.sync()
            columns = self._live.indexes.columns
            matching = without_hidden(columns, rules, columns.mask(filter))
            ranking = ranked(self._live.indexes, matching)
            items = ranking.items[part].tolist()
            hits = self._hits(items, ranking.scores[part].tolist(), matching, currency)
            if last or len(hits) == len(items):
                break
        return Page(ranking, hits, matching)

    def _hits(
        self, items: list[int], scores: list[float], matching: Matching, currency: str
    ) -> list[Hit]:
        places = self._live.indexes.columns.best_variants(matching, items, currency)
        products = self._live.products(items)
        return [
            Hit(item, products[item], products[item].variants[places[item]], score)
            for item, score in zip(items, scores, strict=True)
            if item in products
        ]

    def _words_of(self, terms: Sequence[Term], hits: Sequence[Hit]) -> dict[int, list[str]]:
        """The shopper's own words that stand in the record of each hit, by some name."""
        items = [hit.item for hit in hits]
        found: dict[int, list[str]] = {item: [] for item in items}
        for term in (term for term in terms if not term.extra):
            for item in self._live.indexes.lexical.containing(term, items):
                found[item].append(term.words)
        return found


def _is_named(terms: Sequence[Term], found: Collection[Sequence[str]]) -> bool:
    """Whether one of the pages' records, of which these words are known, has the text's head."""
    named = head(terms)
    return named is None or not found or any(named.words in words for words in found)


def _apart(indexes: Indexes, ranking: Ranking) -> Ranking:
    """The ranking with near-duplicates spread."""
    order = spread(ranking.scores, indexes.columns.families(ranking.items))
    return replace(ranking, items=ranking.items[order], scores=ranking.scores[order])


_Ranker = Callable[[Indexes, Matching], Ranking]
