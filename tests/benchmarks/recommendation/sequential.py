"""beauty, sports, toys: the next item of every user, among all items."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from catalog.recommenders.content import attribute_vectors
from catalog.recommenders.contract import Model
from catalog.recommenders.deep.feed_forward_training import FeedForwardRecipe, train_feed_forward
from catalog.recommenders.deep.sequences import HeldOut, held_out
from catalog.recommenders.deep.sequential_training import SequenceRecipe, train_sequence
from catalog.recommenders.ease import train_ease
from catalog.recommenders.factors import train_als, train_bpr
from catalog.recommenders.features import compressed
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.popularity import train_popularity
from catalog.recommenders.session_neighbours import train_session_neighbours
from catalog.recommenders.transitions import train_transitions
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.data import read_attributes, read_sequences
from tests.benchmarks.recommendation.ranking import figures, ranks

_VALIDATED = 3000
"""How many users' next-to-last items tell a net when to stop."""
_FEATURES = 96


@dataclass(frozen=True, eq=False)
class Split:
    """One cut of the sequences.

    Args:
        early: All before the next-to-last items.
        held: Some of the next-to-last items, to stop by.
        history: All before the targets, which users are known by.
        targets: Of each user.
        attributes: Items × features.
    """

    early: Interactions
    held: HeldOut
    history: Interactions
    targets: Integers
    attributes: Floats


Train = Callable[[Split], Model]

POPULARITY = "popularity"
PEERS: Mapping[str, Train] = {
    POPULARITY: lambda split: train_popularity(split.history),
    "item_knn": lambda split: train_item_neighbours(split.history, weighting="tfidf"),
    "implicit_als": lambda split: train_als(
        split.history, factors=64, regularization=1.0, alpha=10.0
    ),
    "implicit_bpr": lambda split: train_bpr(split.history, factors=64, iterations=100),
    "ease": lambda split: train_ease(split.history, regularization=200.0),
}


def _transitions(learned: Interactions, split: Split) -> Model:
    model = train_transitions(
        learned, backward=0.3, gap_decay=0.9, from_power=0.5, to_power=0.2, recency=1.3
    )
    return model.with_histories(split.history)


def _sequence(net: str) -> Train:
    def train(split: Split) -> Model:
        model = train_sequence(split.early, SequenceRecipe(net), held=split.held)
        return model.with_histories(split.history)

    return train


def _feed_forward(split: Split) -> Model:
    model = train_feed_forward(
        split.early, FeedForwardRecipe(), features=split.attributes, held=split.held
    )
    return model.with_histories(split.history)


OWN: Mapping[str, Train] = {
    "transitions": lambda split: _transitions(split.history, split),
    "transitions_early": lambda split: _transitions(split.early, split),
    "session_knn": lambda split: train_session_neighbours(split.history),
    "gru": _sequence("gru"),
    "cnn": _sequence("cnn"),
    "attention": _sequence("attention"),
    "dnn": _feed_forward,
}


def run(
    data: Path, name: str, models: Sequence[str] = (), *, validation: bool = False
) -> dict[str, object]:
    """The figures of every model on the last item of each user.

    The next-to-last item is the validation item: settings were chosen on it (``validation``
    reports it). For the test it belongs to the history of its user. The nets and
    ``transitions_early`` learn from what stands before it alone, as is published of nets; the
    others, which have no stopping to be told, learn from it as well.

    Args:
        data: The folder of the data sets.
        name: Which set.
        models: Only these and popularity, all of them when empty.
        validation: Report the next-to-last item instead.

    Raises:
        ValueError: A model is not known.
    """
    known = PEERS | OWN
    chosen = list(dict.fromkeys([POPULARITY, *models])) if models else list(known)
    if unknown := sorted(set(chosen) - set(known)):
        raise ValueError(f"expected models of {sorted(known)}, got {unknown}")
    sequences = read_sequences(data, name)
    split = split_of(sequences, 2 if validation else 1, read_attributes(data, name))
    rows: dict[str, dict[str, float]] = {}
    with report_progress(name) as progress:
        for number, one in enumerate(chosen):
            progress(one, number, len(chosen))
            rows[one] = evaluate(known[one](split), split.history, split.targets)
    best = max(models or rows, key=lambda one: rows[one]["ndcg@10"])
    return {
        "benchmark": name,
        "protocol": "leave one out, "
        + ("next-to-last" if validation else "last")
        + " item, full ranking, items of the history left out, ties at their mean rank; "
        "gru, cnn, attention, dnn and transitions_early learn from what stands before the "
        "next-to-last item, the others from it too; dnn knows the items' attributes",
        "users": len(split.targets),
        "items": split.history.item_count,
        **rows[best],
        "best": best,
        "models": {one: rows[one] for one in OWN if one in rows},
        "peers": {one: rows[one] for one in PEERS if one in rows},
    }


def split_of(
    sequences: Sequence[Sequence[int]], back: int, attributes: Sequence[Sequence[int]]
) -> Split:
    """The cut before the ``back``-th item from the end; nets learn from before the second."""
    early, held_items = cut(sequences, 2)
    history, targets = cut(sequences, back)
    users = np.random.default_rng(0).permutation(len(sequences))[:_VALIDATED]
    users.sort()
    held = held_out(early, users, held_items[users])
    features = item_features(attributes, history.item_count)
    return Split(early, held, history, targets, features)


def item_features(attributes: Sequence[Sequence[int]], count: int) -> Floats:
    """Items × features from the items' attributes; without any, one column that says nothing."""
    rows = [list(attributes[item]) if item < len(attributes) else [] for item in range(count)]
    if not any(rows):
        return np.zeros((count, 1), np.float32)
    return compressed(attribute_vectors(rows), _FEATURES)


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
