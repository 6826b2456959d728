"""beauty, sports, toys: the next item of every user, among all items."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from catalog.recommenders.contract import Model
from catalog.recommenders.ease import train_ease
from catalog.recommenders.factors import train_als, train_bpr
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.popularity import train_popularity
from catalog.recommenders.session_neighbours import train_session_neighbours
from catalog.recommenders.transitions import train_transitions
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.data import read_sequences
from tests.benchmarks.recommendation.ranking import figures, ranks

Train = Callable[[Interactions], Model]

PEERS: Mapping[str, Train] = {
    "popularity": train_popularity,
    "item_knn": lambda data: train_item_neighbours(data, weighting="tfidf"),
    "implicit_als": lambda data: train_als(data, factors=64, regularization=1.0, alpha=10.0),
    "implicit_bpr": lambda data: train_bpr(data, factors=64, iterations=100),
    "ease": lambda data: train_ease(data, regularization=200.0),
}
OWN: Mapping[str, Train] = {
    "transitions": lambda data: train_transitions(
        data, backward=0.3, gap_decay=0.9, from_power=0.5, to_power=0.2, recency=1.3
    ),
    "session_knn": train_session_neighbours,
}


def run(
    data: Path, name: str, models: Sequence[str] = (), *, validation: bool = False
) -> dict[str, object]:
    """The figures of every model on the last item of each user.

    The next-to-last item is the validation item: settings were chosen on it (``validation``
    reports it) with what stands before it, and for the test it belongs to the history.

    Args:
        data: The folder of the data sets.
        name: Which set.
        models: Only these, all of them when empty.
        validation: Report the next-to-last item instead.

    Raises:
        ValueError: A model is not known.
    """
    known = PEERS | OWN
    chosen = list(models) or list(known)
    if unknown := sorted(set(chosen) - set(known)):
        raise ValueError(f"expected models of {sorted(known)}, got {unknown}")
    sequences = read_sequences(data, name)
    history, targets = cut(sequences, 2 if validation else 1)
    rows: dict[str, dict[str, float]] = {}
    with report_progress(name) as progress:
        for number, one in enumerate(chosen):
            progress(one, number, len(chosen))
            rows[one] = evaluate(known[one](history), history, targets)
    best = max(rows, key=lambda one: rows[one]["ndcg@10"])
    return {
        "benchmark": name,
        "protocol": "leave one out, "
        + ("next-to-last" if validation else "last")
        + " item, full ranking, items of the history left out, ties at their mean rank",
        "users": len(targets),
        "items": history.item_count,
        **rows[best],
        "best": best,
        "models": {one: rows[one] for one in OWN if one in rows},
        "peers": {one: rows[one] for one in PEERS if one in rows},
    }


def cut(sequences: Sequence[Sequence[int]], back: int) -> tuple[Interactions, Integers]:
    """What stands before the ``back``-th item from the end of each sequence, and that item."""
    users = np.repeat(np.arange(len(sequences)), [len(one) - back for one in sequences])
    items = [item for one in sequences for item in one[:-back]]
    count = max(max(one) for one in sequences) + 1
    history = Interactions.of(users, items, user_count=len(sequences), item_count=count)
    return history, np.array([one[-back] for one in sequences], np.int64)


def evaluate(model: Model, history: Interactions, targets: Integers) -> dict[str, float]:
    """``hr@10`` and ``ndcg@10`` of a model."""

    def score(users: Integers) -> Floats:
        return model.for_users(users)

    return figures(ranks(score, history, targets))
