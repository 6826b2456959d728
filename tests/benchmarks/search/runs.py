"""Product search against graded judgments.

Protocol: chorus_icecat, every product of the feed. Queries with no relevant product are left out.
``ndcg@10`` is over the whole catalogue, where what is not judged counts as 0; ``ndcg@10_judged``
ranks the judged products alone. Gain 2^grade - 1, discount log2(rank + 1); recall and mrr count
every grade above 0. ``reciprocal_rank_ndcg@10`` is the formula of softwaredoug/cheat-at-search and
only for comparison with its tables. The peers read title, brand and short description as one
text; the system reads the records as its importer made them. ``against`` is the system's figure
less the peer's with the p of a paired bootstrap over the queries. ``zh`` asks the system the same
queries translated by hand; ``share`` is its ndcg@10 over the English one of the same queries.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from catalog.files import Progress
from tests.benchmarks.progress import report_progress
from tests.benchmarks.search.data import read_judgments, read_texts, read_translations
from tests.benchmarks.search.metrics import (
    NDCG,
    NDCG_JUDGED,
    Judgments,
    PerQuery,
    means,
    paired_bootstrap,
    score_rankings,
)
from tests.benchmarks.search.peers import order_judged, order_of, peer_scores
from tests.benchmarks.search.system import System

Figures = Mapping[str, PerQuery]

_DEPTH = 100
_COMPARED = (NDCG, NDCG_JUDGED)


def run(data: Path, test: Path | None, out: Path | None) -> dict[str, object]:
    """The figures of the system and of every peer.

    Raises:
        ValueError: The data cannot be read.
    """
    judgments, empty = read_judgments(data, test)
    with report_progress("search") as progress:
        system = System.open(data, progress)
        ours = _of_system(system, judgments, lambda query: query)
        peers = _of_peers(data, judgments, progress)
        chinese, translated = _in_chinese(system, judgments, ours)
    if out is not None:
        _write_rows(out, judgments, {"system": ours, **peers, "zh": translated})
    return {
        "benchmark": "search",
        "protocol": __doc__,
        "queries": len(judgments),
        "queries_without_relevant": empty,
        **means(ours),
        "peers": {name: means(figures) for name, figures in peers.items()},
        "against": {name: _difference(ours, figures) for name, figures in peers.items()},
        "zh": chinese,
    }


def _of_system(system: System, judgments: Judgments, say: Callable[[str], str]) -> Figures:
    whole = {query: system.order(say(query), _DEPTH) for query in judgments}
    judged = {query: system.order_judged(say(query), list(judgments[query])) for query in judgments}
    return score_rankings(judgments, whole, judged)


def _of_peers(data: Path, judgments: Judgments, progress: Progress) -> dict[str, Figures]:
    read = read_texts(data)
    rows = {id_: row for row, id_ in enumerate(read.ids)}
    if unknown := {id_ for grades in judgments.values() for id_ in grades}.difference(rows):
        raise ValueError(f"expected judged products of the catalogue, got {sorted(unknown)[:5]}")
    found = {}
    for name, scores in peer_scores(list(judgments), read.texts, progress).items():
        by_query = dict(zip(judgments, scores, strict=True))
        whole = {query: order_of(row, read.ids, _DEPTH) for query, row in by_query.items()}
        judged = {q: order_judged(row, rows, list(judgments[q])) for q, row in by_query.items()}
        found[name] = score_rankings(judgments, whole, judged)
    return found


def _in_chinese(
    system: System, judgments: Judgments, ours: Figures
) -> tuple[dict[str, object], Figures]:
    """The figures of the translated queries, and the same for each query."""
    names = read_translations()
    asked = {query: grades for query, grades in judgments.items() if query in names}
    result: dict[str, object] = {"queries": len(asked), "skipped": len(judgments) - len(asked)}
    if not asked:
        return result, {}
    figures = _of_system(system, asked, names.__getitem__)
    kept = [place for place, query in enumerate(judgments) if query in asked]
    share = float(figures[NDCG].mean() / ours[NDCG][kept].mean())
    return result | means(figures) | {"share": round(share, 4)}, figures


def _difference(ours: Figures, theirs: Figures) -> dict[str, dict[str, float]]:
    return {name: paired_bootstrap(ours[name], theirs[name]) for name in _COMPARED}


def _write_rows(out: Path, judgments: Judgments, systems: Mapping[str, Figures]) -> None:
    """A line for each query and system; Chinese rows only of queries that are translated."""
    names = list(systems["system"])
    asked = [query for query in judgments if query in read_translations()]
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["system", "query", *names])
        for system, figures in systems.items():
            queries: Sequence[str] = asked if system == "zh" else list(judgments)
            for place, query in enumerate(queries if figures else ()):
                values = (round(float(figures[name][place]), 4) for name in names)
                writer.writerow([system, query, *values])
