"""Figures of answers against labels, in percent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.understanding.sets import Utterance, first_half
from tests.benchmarks.understanding.tags import tags_of

Figures = dict[str, float]
Scores = NDArray[np.float64]

MOST_REJECTED = 0.025
"""The share of validation's in-scope queries that a threshold may reject, so that of others it
rejects no more than 3 %."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model said of each utterance; empty where it says nothing of the kind.

    ``scopes`` are scores that are higher the more surely a text is in scope, by name, the one to
    go by first.
    """

    intents: Sequence[str] = ()
    tags: Sequence[Sequence[str]] = ()
    scopes: Mapping[str, Scores] = field(default_factory=dict)


def score(utterances: Sequence[Utterance], answers: Answers, domains: bool = False) -> Figures:
    """Intent accuracy (in scope), slot F1 by seqeval, and exact frames, as far as answered.

    Args:
        utterances: the labels.
        answers: what was said of them.
        domains: whether intents are written ``domain/intent``, to be scored apart too.
    """
    figures: Figures = {}
    if answers.intents:
        figures |= _intent_figures(utterances, answers.intents, domains)
    gold = [tags_of(u.mentions, u.units) for u in utterances]
    if answers.tags:
        figures |= _slot_figures(gold, answers.tags)
    if answers.tags and answers.intents:
        rows = zip(utterances, answers.intents, gold, answers.tags, strict=True)
        right = [u.intent == intent and wanted == list(tags) for u, intent, wanted, tags in rows]
        figures["exact_frame"] = percent(np.mean(right))
    return figures


def _intent_figures(
    utterances: Sequence[Utterance], intents: Sequence[str], domains: bool
) -> Figures:
    inside = [(u.intent, said) for u, said in zip(utterances, intents, strict=True) if u.intent]
    figures = {"intent_accuracy": percent(np.mean([wanted == said for wanted, said in inside]))}
    if domains:
        for place, name in enumerate(("domain_accuracy", "intent_alone_accuracy")):
            same = [w.split("/")[place] == s.split("/")[place] for w, s in inside]
            figures[name] = percent(np.mean(same))
    return figures


def _slot_figures(gold: Sequence[Sequence[str]], tags: Sequence[Sequence[str]]) -> Figures:
    from seqeval.metrics import f1_score, precision_score, recall_score

    wanted, said = [list(row) for row in gold], [list(row) for row in tags]
    return {
        "slot_f1": percent(f1_score(wanted, said, zero_division=0)),
        "slot_precision": percent(precision_score(wanted, said, zero_division=0)),
        "slot_recall": percent(recall_score(wanted, said, zero_division=0)),
    }


def scope_figures(utterances: Sequence[Utterance], scope: Scores, threshold: float) -> Figures:
    """What a threshold and the scores make of queries in and out of scope.

    FPR95 is the share of out-of-scope queries accepted where 95 % of those in scope are.
    """
    return _ranking(utterances, scope) | _decisions(utterances, scope >= threshold)


def cross_fitted_figures(utterances: Sequence[Utterance], scope: Scores) -> Figures:
    """The same where one part serves both: each half is judged by the threshold of the other."""
    first = np.array(first_half(utterances))
    accepted = np.empty(len(utterances), bool)
    for half in (first, ~first):
        others = [u for u, chosen in zip(utterances, half, strict=True) if not chosen]
        accepted[half] = scope[half] >= choose_threshold(others, scope[~half])
    return _ranking(utterances, scope) | _decisions(utterances, accepted)


def choose_threshold(utterances: Sequence[Utterance], scope: Scores) -> float:
    """The highest threshold that rejects few enough of what is in scope."""
    inside = np.sort(scope[~_outside(utterances)])
    return float(inside[int(MOST_REJECTED * len(inside))])


def _ranking(utterances: Sequence[Utterance], scope: Scores) -> Figures:
    from sklearn.metrics import roc_auc_score

    outside = _outside(utterances)
    floor = np.sort(scope[~outside])[int(0.05 * (~outside).sum())]
    return {
        "oos_auroc": percent(roc_auc_score(~outside, scope)),
        "oos_fpr95": percent(np.mean(scope[outside] >= floor)),
    }


def _decisions(utterances: Sequence[Utterance], accepted: NDArray[np.bool_]) -> Figures:
    outside = _outside(utterances)
    return {
        "oos_recall": percent(np.mean(~accepted[outside])),
        "false_rejection": percent(np.mean(~accepted[~outside])),
    }


def _outside(utterances: Sequence[Utterance]) -> NDArray[np.bool_]:
    return np.array([u.outside for u in utterances])


def average(figures: Sequence[Figures]) -> Figures:
    """The mean of each figure over runs."""
    return {name: round(float(np.mean([f[name] for f in figures])), 2) for name in figures[0]}


def percent(share: float | np.floating) -> float:
    """A share in percent, to two places."""
    return round(100 * float(share), 2)
