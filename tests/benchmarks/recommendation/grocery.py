"""grocery: what users take next, and what goes with what, after a cut in time."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from catalog.recommenders.contract import Model
from catalog.recommenders.ease import train_ease
from catalog.recommenders.events import cut_by_time
from catalog.recommenders.factors import train_als, train_bpr
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.parts import Material, Train
from catalog.recommenders.popularity import train_popularity
from catalog.recommenders.ranking import rows_ndcg
from catalog.recommenders.smoothed import alike_by_lists, train_smoothed
from catalog.recommenders.transitions import train_transitions
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.ranking import checked
from tests.benchmarks.understanding.files import find_file, read_lines

K = 10
SHARE = 0.9
"""Of the events, the earliest, to learn from."""
_FOLDER = "amazon_grocery_rechorus"
_MOST_USERS = 2000

PEERS: Mapping[str, Train] = {
    "popularity": lambda one: train_popularity(one.data, window_days=365.0),
    "item_knn": lambda one: train_item_neighbours(one.data),
    "item_knn_tfidf": lambda one: train_item_neighbours(one.data, weighting="tfidf"),
    "implicit_als": lambda one: train_als(one.data, factors=64, regularization=1.0, alpha=10.0),
    "implicit_bpr": lambda one: train_bpr(one.data, factors=64, iterations=100),
    "ease": lambda one: train_ease(one.data, regularization=200.0),
}


@dataclass(frozen=True, eq=False)
class Grocery:
    """Events over row numbers, and what the shop knows to be bought and looked at together."""

    data: Interactions
    bought: Sequence[Sequence[int]]
    viewed: Sequence[Sequence[int]]


def run(data: Path) -> dict[str, object]:
    """The figures of every model.

    ``next`` is nDCG@10 of what users took after the cut that was new to them. ``complements`` asks
    each model for the ten best that go with an item, for every item with an also-bought list,
    which no model sees: ``hit@10`` is the share of items for which one of the ten is in the list,
    ``precision@10`` the mean share of the ten. ``unlike`` leaves out of the lists what is also
    looked at instead. ``smoothed`` knows the also-viewed lists, the others the events alone.

    Raises:
        ValueError: Files are missing.
    """
    shop = read_grocery(data)
    early, late = cut_by_time(shop.data, SHARE)
    own: dict[str, Train] = {
        "transitions": lambda one: train_transitions(one.data, backward=1.0, gap_decay=0.9),
        "smoothed": lambda one: train_smoothed(one.data, alike_by_lists(shop.viewed)),
    }
    unlike = [
        sorted(set(bought) - set(viewed))
        for bought, viewed in zip(shop.bought, shop.viewed, strict=True)
    ]
    rows: dict[str, dict[str, float]] = {}
    with report_progress("grocery") as progress:
        for number, (name, train) in enumerate({**PEERS, **own}.items()):
            progress(name, number, len(PEERS) + len(own))
            model = train(Material(early))
            rows[name] = {
                "ndcg@10": _next(model, early, late),
                **goes_with(model, shop.bought),
                **{f"{key}_unlike": one for key, one in goes_with(model, unlike).items()},
            }
    best = max(own, key=lambda name: rows[name]["hit@10"])
    return {
        "benchmark": "grocery",
        "protocol": f"the earliest {SHARE:.0%} of the events to learn from; complements: ten best "
        "with each item against its also-bought list",
        "items": shop.data.item_count,
        "hit@10": rows[best]["hit@10"],
        "best": best,
        "hit_against_item_knn": round(rows[best]["hit@10"] / rows["item_knn"]["hit@10"], 2),
        "models": {name: rows[name] for name in own},
        "peers": {name: rows[name] for name in PEERS},
    }


def goes_with(model: Model, lists: Sequence[Sequence[int]]) -> dict[str, float]:
    """``hit@10`` and ``precision@10`` over the items that have a list."""
    hits, shares = [], []
    for item, wanted in enumerate(lists):
        if not wanted:
            continue
        scores = checked(model.for_item(item))
        best = np.argpartition(-scores, min(K, len(scores) - 1))[:K]
        found = sum(int(one) in set(wanted) for one in best if scores[one] > 0)
        hits.append(found > 0)
        shares.append(found / K)
    return {
        "hit@10": round(float(np.mean(hits)), 4),
        "precision@10": round(float(np.mean(shares)), 4),
    }


def _next(model: Model, early: Interactions, late: Interactions) -> float:
    users = np.unique(late.users)
    if len(users) > _MOST_USERS:
        users = np.sort(np.random.default_rng(0).choice(users, _MOST_USERS, replace=False))
    return round(float(rows_ndcg(checked(model.for_users(users)), users, early, late).mean()), 4)


def read_grocery(data: Path) -> Grocery:
    """The files of the set."""
    header, *lines = read_lines(find_file([data / _FOLDER], ["item_meta.csv"]))
    names = header.split("\t")
    items = [dict(zip(names, line.split("\t"), strict=True)) for line in lines]
    row_of = {one["item_id"]: row for row, one in enumerate(items)}
    events = [line.split("\t") for line in read_lines(find_file([data / _FOLDER], ["train.csv"]))]
    users, chosen, times = zip(*events[1:], strict=True)
    user_ids, user_idx = np.unique(users, return_inverse=True)
    return Grocery(
        Interactions.of(
            user_idx,
            [row_of[item] for item in chosen],
            times=[float(one) for one in times],
            user_count=len(user_ids),
            item_count=len(items),
        ),
        [_known(one["r_complement"], row_of) for one in items],
        [_known(one["r_substitute"], row_of) for one in items],
    )


def _known(text: str, row_of: Mapping[str, int]) -> list[int]:
    return [row_of[str(one)] for one in ast.literal_eval(text) if str(one) in row_of]
