"""How long a search takes on a large catalogue, its embedding included.

Protocol: the Best Buy catalogue with every text embedded. Queries are the judged English queries
of Icecat, the same in Chinese, and the first words of products' names drawn by a seed; none is
asked twice, so that no cache of vectors helps. Some names are asked first and not counted. Ours
and the peers search each query in turns, so that other load on the machine hits all alike:
``words`` is bm25s over name, maker and descriptions, ``dense`` an exact search by the vectors of
multilingual-e5-small, embedding included.
"""

import itertools
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.benchmarks.clicks import CATALOG, peers_of
from tests.benchmarks.kept import kept_search, kept_store
from tests.benchmarks.percentiles import percentiles
from tests.benchmarks.progress import report_progress
from tests.benchmarks.search.data import read_judgments, read_translations

BAR_MS = 30.0
_WORDS = 4
_WARM_UP = 30


def run(data: Path, names: int, seed: int) -> dict[str, object]:
    """The times of ours and of the peers.

    Raises:
        ValueError: A data set is missing.
    """
    warm, queries = _queries(data, names, Random(seed))
    with report_progress("pace") as progress:
        store, ours = kept_search(data, CATALOG, progress)
        searches: dict[str, Callable[[str], object]] = {"ours": ours.search}
        searches |= peers_of(data, ours)
        for search, query in itertools.product(searches.values(), warm):
            search(query)
        times: dict[str, list[float]] = {name: [] for name in searches}
        for done, query in enumerate(queries):
            progress("queries", done, len(queries))
            for name, search in searches.items():
                started = time.perf_counter()
                search(query)
                times[name].append(1_000 * (time.perf_counter() - started))
    figures = {name: percentiles(took, (50, 95, 99)) for name, took in times.items()}
    found = figures.pop("ours")
    return {
        "benchmark": "pace",
        "protocol": __doc__,
        "products": store.count(),
        "queries": len(queries),
        **found,
        "bar_p95_ms": BAR_MS,
        "reached": found["p95_ms"] <= BAR_MS,
        "peers": figures,
    }


def _queries(data: Path, names: int, rng: Random) -> tuple[list[str], list[str]]:
    """Queries to warm up with, and the other ones, in an order drawn by the seed."""
    judged = list(read_judgments(data)[0])
    known = dict.fromkeys((*judged, *read_translations().values()))
    titles = [one.title.en or one.title.zh for batch in kept_store(data, CATALOG).iterate()
              for _, one in batch]  # fmt: skip
    drawn = rng.sample(sorted(set(titles)), names + _WARM_UP)
    cut = list(dict.fromkeys(" ".join(title.split()[:_WORDS]) for title in drawn))
    queries = list(dict.fromkeys((*known, *cut[_WARM_UP:])))
    rng.shuffle(queries)
    return cut[:_WARM_UP], queries
