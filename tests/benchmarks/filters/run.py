"""Exactness and recall of filtered search.

Protocol: each catalogue is imported by the project's own readers. Random filters (one to four
conditions on category, brand, price, rating, availability, attributes of every kind, exclusions
and excluded products, drawn from the catalogue's own values; 7 in 10 from one product, so that
something matches) are answered by the filter columns as a whole, by search without words (total,
first page and variants shown), and every fifth also by search for words of a title, in a random
order of results.
Each answer is held against brute force over the product records. A filter is inexact when any
answer has a product or variant too many or, without words, one too few; it is empty when
products match and search shows none. Vectors are those of words, as a filter must hold whatever
they say.
"""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from catalog.results import SearchResult
from catalog.types import ProductFilter
from tests.benchmarks.filters.brute_force import BruteForce
from tests.benchmarks.filters.catalogues import FEEDS, Opened, Progress, open_catalogue
from tests.benchmarks.filters.drawing import Drawer
from tests.benchmarks.progress import report_progress

PAGE = 5
_WORDS_EVERY = 5
_EXAMPLES = 10


@dataclass(slots=True)
class Tally:
    """What came out for one catalogue."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, fault: str, wanted: ProductFilter, text: str = "") -> None:
        """Count a fault and keep the first few."""
        self.counts[fault] += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(f"{fault}: {text!r} {wanted}")


def run(
    data: Path, count: int, seed: int, limit: int | None, catalogue: str | None
) -> dict[str, object]:
    """Ask ``count`` filters of every catalogue, or of one."""
    if catalogue is not None and catalogue not in FEEDS:
        raise ValueError(f"--catalog must be one of {', '.join(FEEDS)}, got {catalogue!r}")
    results: dict[str, dict[str, object]] = {}
    with report_progress("filters") as progress:
        for name in [catalogue] if catalogue else FEEDS:
            opened = open_catalogue(data, name, limit, progress)
            results[name] = _measure(opened, name, count, seed, progress)
    faults = {key: sum(int(str(one[key])) for one in results.values()) for key in _FAULTS}
    return {"benchmark": "filters", "protocol": __doc__, **faults, "catalogues": results}


_FAULTS = (
    "filters",
    "inexact",
    "missing_products",
    "surplus_products",
    "empty_where_products_match",
)


def _measure(
    opened: Opened, name: str, count: int, seed: int, progress: Progress
) -> dict[str, object]:
    brute = BruteForce(opened.products)
    drawer = Drawer(opened.products, random.Random(f"{seed} {name}"))
    tally = Tally()
    spent = 0.0
    for number in range(count):
        if number % 100 == 0:
            progress(f"filters over {name}", number, count)
        wanted, anchor = drawer.draw()
        expected = brute.passing(wanted)
        started = time.perf_counter()
        text = drawer.text(anchor) if number % _WORDS_EVERY == 0 else ""
        _check(opened, drawer, wanted, text, expected, tally)
        spent += time.perf_counter() - started
    matched = tally.counts["matched"]
    return {
        "products": len(opened.products),
        "filters": count,
        "filters_that_match": matched,
        "exact": (count - tally.counts["inexact"]) / count,
        "recall": tally.counts["found"] / max(1, tally.counts["expected"]),
        "inexact": tally.counts["inexact"],
        "missing_products": tally.counts["missing"],
        "surplus_products": tally.counts["surplus"],
        "empty_where_products_match": tally.counts["empty"],
        "ms_per_filter": round(1_000 * spent / count, 2),
        "examples": tally.examples,
    }


def _check(
    opened: Opened,
    drawer: Drawer,
    wanted: ProductFilter,
    text: str,
    expected: dict[str, set[str]],
    tally: Tally,
) -> None:
    columns = opened.live.indexes.columns
    items = columns.mask(wanted).items.nonzero()[0].tolist()
    answered = {columns.items.id[item] for item in items}
    missing, surplus = expected.keys() - answered, answered - expected.keys()
    tally.counts.update(
        matched=bool(expected), expected=len(expected), found=len(expected) - len(missing),
        missing=len(missing), surplus=len(surplus),
    )  # fmt: skip
    plain = opened.search.search("", wanted, PAGE)
    worded = opened.search.search(text, wanted, PAGE, sort=drawer.sort()) if text else plain
    whole = plain.total == plain.matching == len(expected)
    full = len(plain.products) == min(PAGE, len(expected))
    if missing or surplus or not whole or not full or not _holds(plain, expected):
        tally.add("inexact", wanted)
    elif not _holds(worded, expected):
        tally.add("inexact", wanted, text)
    if expected and not (plain.products and worded.products):
        tally.add("empty", wanted, text)


def _holds(result: SearchResult, expected: dict[str, set[str]]) -> bool:
    """Whether every product shown passes, in the variant that is shown."""
    return all(one.variant.id in expected.get(one.product.id, ()) for one in result.products)
