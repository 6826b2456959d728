"""Where the product stands that was clicked, in the Best Buy search sessions.

Protocol: a seeded sample of the clicks in the sessions (they look simulated: no real users). For
each click the session's query is searched over the whole catalogue; mrr is the mean of 1/rank of
the clicked product, 0 beyond the first 1,000. mrr_shown ranks only the products that the session
showed. There are few queries and many clicks, so every query is searched once. Peers: bm25s over
name, maker and descriptions (English stemmer), dense multilingual-e5-small alone. ours_words is
the project's search without vectors.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from catalog.query import query_terms
from catalog.search import ProductSearch
from catalog.types import Product, ProductFilter
from tests.benchmarks.kept import kept_encoder, kept_search
from tests.benchmarks.progress import report_progress
from tests.benchmarks.typos.shops import Shop, open_shop

CATALOG = "retrotech_bestbuy"
_DEPTH = 1_000

Search = Callable[[str], list[str]]
"""From a query to product ids without leading zeros, best first."""


@dataclass(frozen=True, slots=True)
class Click:
    """A clicked product, and everything that was shown with it."""

    query: str
    clicked: str
    shown: frozenset[str]


def run(
    data: Path, test: Path | None, most: int, seed: int, *, words_only: bool
) -> dict[str, object]:
    """MRR of the clicked product for every way to search.

    Raises:
        ValueError: there are no sessions.
    """
    clicks = _sampled(_folder(data, test), most, Random(seed))
    shop = open_shop(data, CATALOG)
    searches: dict[str, Search] = {"ours_words": _words(shop), "bm25s": _bm25s(shop)}
    with report_progress("clicks") as progress:
        if not words_only:
            searches |= _embedding(data, progress)
        figures = {}
        for done, (name, search) in enumerate(searches.items()):
            progress(name, done, len(searches))
            figures[name] = _figures(clicks, search)
    ours = figures.pop("ours", None) or figures.pop("ours_words")
    return {
        "benchmark": "clicks",
        "protocol": __doc__,
        "clicks": len(clicks),
        "queries": sorted({click.query for click in clicks}),
        "words_only": words_only,
        **ours,
        "peers": figures,
    }


def _folder(data: Path, test: Path | None) -> Path:
    folder = (test or data) / CATALOG
    return folder if list(folder.glob("sessions_*.csv.gz")) else data / CATALOG


def _sampled(folder: Path, most: int, rng: Random) -> list[Click]:
    clicks = [click for path in sorted(folder.glob("sessions_*.csv.gz")) for click in _clicks(path)]
    if not clicks:
        raise ValueError(f"expected sessions_*.csv.gz with clicks in {folder}")
    return rng.sample(clicks, min(most, len(clicks)))


def _clicks(path: Path) -> Iterator[Click]:
    shown = defaultdict[tuple[str, str], list[str]](list)
    clicked = defaultdict[tuple[str, str], list[str]](list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            session = row["sess_id"], row["query"]
            shown[session].append(_plain(row["clicked_doc_id"]))
            if row["clicked"] == "True":
                clicked[session].append(_plain(row["clicked_doc_id"]))
    for session, ids in clicked.items():
        for id_ in ids:
            yield Click(session[1], id_, frozenset(shown[session]))


def _plain(id_: str) -> str:
    """The sessions write product codes as numbers, without leading zeros."""
    return id_.lstrip("0")


def _figures(clicks: Sequence[Click], search: Search) -> dict[str, float]:
    ranked = {query: search(query) for query in {click.query for click in clicks}}
    whole, shown = [], []
    for click in clicks:
        whole.append(_reciprocal(ranked[click.query], click.clicked))
        among = [id_ for id_ in ranked[click.query] if id_ in click.shown]
        shown.append(_reciprocal(among, click.clicked))
    return {"mrr": round(float(np.mean(whole)), 4), "mrr_shown": round(float(np.mean(shown)), 4)}


def _reciprocal(ranked: Sequence[str], wanted: str) -> float:
    return 1.0 / (ranked.index(wanted) + 1) if wanted in ranked else 0.0


def _words(shop: Shop) -> Search:
    def search(query: str) -> list[str]:
        scores = shop.index.scores(query_terms(query), len(shop.products)).scores
        best = np.argsort(-scores, kind="stable")[:_DEPTH]
        return [_plain(shop.products[n][0]) for n in best.tolist() if scores[n] > 0]

    return search


def _bm25s(shop: Shop) -> Search:
    import bm25s
    from Stemmer import Stemmer

    stemmer = Stemmer("english")
    texts = [_text(one) for _, one in shop.products]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, stemmer=stemmer, show_progress=False), show_progress=False)

    def search(query: str) -> list[str]:
        cut = bm25s.tokenize([query], stemmer=stemmer, show_progress=False)
        most = min(_DEPTH, len(texts))
        found, scores = index.retrieve(cut, k=most, show_progress=False)
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [_plain(shop.products[n][0]) for n, score in pairs if score > 0]

    return search


def _text(one: Product) -> str:
    return " ".join((*one.title.all(), *one.brand.all(), *one.description.all()))


def _embedding(data: Path, progress: Callable[[str, int, int], None]) -> dict[str, Search]:
    _, search = kept_search(data, CATALOG, progress)

    def ours(query: str) -> list[str]:
        return [_plain(one.product.id) for one in search.search(query, k=_DEPTH).products]

    return {"ours": ours, "dense_e5": _dense(search)}


def _dense(search: ProductSearch) -> Search:
    encoder = kept_encoder()

    def dense(query: str) -> list[str]:
        vector = encoder.encode([query], "query")[0]
        items, scores = search.shelf.nearest(vector, ProductFilter(), _DEPTH)
        near = dict(zip(items.tolist(), scores.tolist(), strict=True))
        return [_plain(one.product.id) for one in search.shelf.pick(near, ProductFilter())]

    return dense


def peers_of(data: Path, search: ProductSearch) -> dict[str, Search]:
    """Search by words alone and by vectors alone over the same catalogue."""
    return {"words": _bm25s(open_shop(data, CATALOG)), "dense": _dense(search)}
