"""Figures of rankings against graded judgments, and whether two systems really differ.

Standard figures are computed by ir-measures; only the formula that no library has is written here.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from ir_measures import RR, Measure, Qrel, R, ScoredDoc, iter_calc, nDCG
from numpy.typing import NDArray

Judgments = Mapping[str, Mapping[str, int]]
"""Query -> product id -> grade from 0, where 0 is of no use to the shopper."""
Rankings = Mapping[str, Sequence[str]]
"""Query -> product ids, best first, each once."""
PerQuery = NDArray[np.float64]

NDCG, NDCG_JUDGED, RECALL, MRR = "ndcg@10", "ndcg@10_judged", "recall@100", "mrr"
RECIPROCAL = "reciprocal_rank_ndcg@10"
_DEPTH = 10
_TOP_GRADE = 3
_GAINS = {grade: 2**grade - 1 for grade in range(_TOP_GRADE + 1)}
_MEASURES = {NDCG: nDCG(gains=_GAINS) @ _DEPTH, RECALL: R @ 100, MRR: RR}
_SAMPLES = 10_000


def score_rankings(judgments: Judgments, whole: Rankings, judged: Rankings) -> dict[str, PerQuery]:
    """Every figure, an array with one value a query in the order of ``judgments``.

    ``ndcg`` has the gain ``2^grade - 1`` and the discount ``log2(rank + 1)`` (Burges et al.,
    2005); its ideal is the best order of all judged products of the query. Recall counts every
    grade above 0, and so does the reciprocal rank.

    Args:
        judgments: Each query with at least one grade above 0.
        whole: Of the whole catalogue, 100 products a query; what is not judged counts as 0.
        judged: Of the judged products alone.

    Raises:
        ValueError: A query has no grade above 0, or a ranking is missing.
    """
    if bad := [query for query, grades in judgments.items() if max(grades.values(), default=0) < 1]:
        raise ValueError(f"expected a relevant product for every query, got none for {bad}")
    if missing := judgments.keys() - (whole.keys() & judged.keys()):
        raise ValueError(f"expected a ranking of every query, got none for {sorted(missing)}")
    figures = _measured(judgments, whole, _MEASURES)
    figures[NDCG_JUDGED] = _measured(judgments, judged, {NDCG: _MEASURES[NDCG]})[NDCG]
    figures[RECIPROCAL] = np.array(
        [reciprocal_ndcg(grades, whole[query]) for query, grades in judgments.items()]
    )
    return figures


def reciprocal_ndcg(grades: Mapping[str, int], ranking: Sequence[str]) -> float:
    """The "NDCG" of softwaredoug/cheat-at-search, for comparison with its table.

    Gain ``2^grade - 1``, discount 1/rank, and as the ideal ten products of the top grade,
    however many there are.
    """
    discounts = 1.0 / np.arange(1, _DEPTH + 1)
    gains = np.array([2.0 ** grades.get(id_, 0) - 1.0 for id_ in ranking[:_DEPTH]])
    ideal = (2.0**_TOP_GRADE - 1.0) * discounts.sum()
    return float((gains * discounts[: len(gains)]).sum() / ideal)


def paired_bootstrap(one: PerQuery, other: PerQuery, seed: int = 0) -> dict[str, float]:
    """The mean difference of two systems on the same queries, and how likely it is chance.

    Queries are drawn anew, as many as there are, 10,000 times (Sakai, 2006); ``p`` is two-sided:
    twice the share of draws in which the difference has not its sign.

    Raises:
        ValueError: The arrays differ in length or are empty.
    """
    if one.shape != other.shape or not len(one):
        raise ValueError(f"expected two equally long arrays, got {one.shape} and {other.shape}")
    differences = one - other
    places = np.random.default_rng(seed).integers(0, len(one), (_SAMPLES, len(one)))
    means = differences[places].mean(axis=1)
    tail = min(float(np.mean(means <= 0)), float(np.mean(means >= 0)))
    return {"difference": round(float(differences.mean()), 4), "p": round(min(1.0, 2 * tail), 4)}


def means(figures: Mapping[str, PerQuery]) -> dict[str, float]:
    """The mean of each figure over the queries."""
    return {name: round(float(values.mean()), 4) for name, values in figures.items()}


def _measured(
    judgments: Judgments, rankings: Rankings, measures: Mapping[str, Measure]
) -> dict[str, PerQuery]:
    qrels = [
        Qrel(query, id_, grade)
        for query, grades in judgments.items()
        for id_, grade in grades.items()
    ]
    # A score that only says the place; a ranking without any product still is one.
    run = [
        ScoredDoc(query, id_, float(-place))
        for query in judgments
        for place, id_ in enumerate(rankings[query])
    ]
    place = {query: number for number, query in enumerate(judgments)}
    names = {measure: name for name, measure in measures.items()}
    figures = {name: np.zeros(len(judgments)) for name in measures}
    for found in iter_calc(list(names), qrels, run):
        figures[names[found.measure]][place[found.query_id]] = found.value
    return figures
