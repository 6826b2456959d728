"""ml100k_topn: the films that a user rated, found among all others."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from catalog.recommenders.blend import train_blend, with_models
from catalog.recommenders.comparison import compare
from catalog.recommenders.contract import Model
from catalog.recommenders.interactions import Floats, Integers, Interactions
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.data import file_order, read_choices
from tests.benchmarks.recommendation.ranking import each_ndcg, ndcg
from tests.benchmarks.recommendation.settings import OWN, PEERS, TAKEN, trained, tried

TEST_SHARE = 0.2
STRATIFIED_SHARE, STRATIFIED_SEED = 0.75, 42
"""Of the published table with a split by film: what of a film is learned from, and its seed."""
BLENDED = ("ease", "user_ease", "implicit_als")

Split = tuple[Interactions, Interactions]

_CHOSEN = (
    "settings of every model and peer: the best of a grid (--tune) by nDCG@10 on the validation "
    "cut of seed 0, a random fifth of its training part; the blend's weights: on such a cut of "
    "each split's own training part"
)


def run(data: Path, seeds: int = 5) -> dict[str, object]:
    """The figures of every model, means over the seeds of the split, and of a second split.

    Each seed holds out a random fifth of all ratings. The stars are read by no model: every rating
    is a film that was chosen, every held-out film is wanted, and the ranking is over all films the
    user did not rate in training. ``stratified`` is the other split with published figures: a
    quarter of each film's ratings held out, by the seed of the table.

    The settings (see ``settings``) were chosen on the validation cut of seed 0, so no test event of
    seed 0 took part in that; of the other splits some did.
    """
    choices = read_choices(data)
    with report_progress("ml100k_topn") as progress:
        found = []
        for seed in range(seeds):
            progress(f"split {seed + 1}", seed, seeds + 1)
            found.append(_evaluate(split(choices, seed), seed))
        progress("split by film", seeds, seeds + 1)
        by_film = stratified(choices, file_order(data))
        other = _evaluate(by_film, STRATIFIED_SEED)
    return {
        "benchmark": "ml100k_topn",
        "protocol": f"random 80/20 of ratings, all positive, no stars, seeds 0 to {seeds - 1}, "
        f"full ranking, rated items left out; {_CHOSEN}",
        **_report(found),
        "settings": {name: dict(one) for name, one in TAKEN.items()},
        "stratified": {
            "protocol": f"75/25 of each film's ratings, seed {STRATIFIED_SEED}, as in the table of "
            "recommenders-team/recommenders; all positive, no stars, full ranking, rated items "
            "left out; the same settings",
            **_report([other]),
        },
    }


def tune(data: Path, names: Iterable[str] = ()) -> dict[str, object]:
    """The nDCG@10 of every setting that was tried, on the validation cut of seed 0.

    Args:
        data: The folder of the data sets.
        names: Only these models, all of them when empty.

    Raises:
        ValueError: A model is not known.
    """
    chosen = list(names) or [*PEERS, *OWN]
    if unknown := sorted(set(chosen) - {*PEERS, *OWN}):
        raise ValueError(f"expected models of {sorted({*PEERS, *OWN})}, got {unknown}")
    train, _ = split(read_choices(data), 0)
    inner, held = _validation(train, 0)
    everyone = np.arange(train.user_count)
    rows: dict[str, list[dict[str, Any]]] = {}
    with report_progress("ml100k_topn: tune") as progress:
        for number, name in enumerate(chosen):
            progress(name, number, len(chosen))
            for settings in tried(name):
                scores = trained(name, inner, settings).for_users(everyone)
                figure = round(ndcg(scores, inner, held), 4)
                rows.setdefault(name, []).append({"ndcg@10": figure, **settings})
            rows[name].sort(key=lambda row: -row["ndcg@10"])
    return {
        "benchmark": "ml100k_topn",
        "protocol": "validation cut of seed 0: a random fifth of its training part; best first",
        "tried": rows,
        "taken": {name: dict(TAKEN[name]) for name in chosen},
    }


def split(ratings: Interactions, seed: int) -> Split:
    """A random part of the events to train with, and the rest, by ``TEST_SHARE``."""
    order = np.random.default_rng(seed).permutation(len(ratings))
    cut = round(len(ratings) * (1.0 - TEST_SHARE))
    return ratings.part(order[:cut]), ratings.part(order[cut:])


def stratified(ratings: Interactions, lines: Integers) -> Split:
    """The split of ``python_stratified_split(filter_by="item")`` of the library ``recommenders``.

    Every line of the file draws a number; of each film those of the smallest are learned from.
    A film with a single rating is held out, so nothing is known of it.

    Args:
        ratings: All of them.
        lines: For each the line it stands in, see ``file_order``.
    """
    # The generator that the library uses; another one would cut another split.
    drawn = np.random.RandomState(STRATIFIED_SEED).rand(len(ratings))[lines]
    order = np.lexsort((drawn, ratings.items))
    counts = ratings.item_counts()
    starts = np.cumsum(counts) - counts
    items = ratings.items[order]
    place = np.arange(len(ratings)) - starts[items] + 1
    known = place / counts[items] <= STRATIFIED_SHARE
    return ratings.part(order[known]), ratings.part(order[~known])


def _evaluate(cut: Split, seed: int) -> dict[str, Floats]:
    """The nDCG@10 of each user with held-out films, by each model and their blend."""
    train, test = cut
    models = {name: trained(name, train) for name in (*PEERS, *OWN)}
    models["blend"] = _blend(train, seed, models)
    everyone = np.arange(train.user_count)
    return {
        name: each_ndcg(model.for_users(everyone), train, test) for name, model in models.items()
    }


def _report(found: list[dict[str, Floats]]) -> dict[str, object]:
    figures = {}
    for name in found[0]:
        means = [float(one[name].mean()) for one in found]
        figures[name] = {
            "ndcg@10": round(float(np.mean(means)), 4),
            "std": round(float(np.std(means)), 4),
        }
    best = max((*OWN, *PEERS), key=lambda name: figures[name]["ndcg@10"])
    gain = compare(found[0]["blend"], found[0][best])
    return {
        "ndcg@10": figures["blend"]["ndcg@10"],
        "best_single": best,
        "blend_gain_first_seed": {name: round(one, 4) for name, one in asdict(gain).items()},
        "models": {name: figures[name] for name in (*OWN, "blend")},
        "peers": {name: figures[name] for name in PEERS},
    }


def _validation(train: Interactions, seed: int) -> Split:
    return split(train, seed + 1000)


def _blend(train: Interactions, seed: int, models: Mapping[str, Model]) -> Model:
    inner, held = _validation(train, seed)
    parts = {name: trained(name, inner) for name in BLENDED}
    fitted = train_blend(parts, np.arange(train.user_count), partial(_metric, inner, held))
    return with_models(fitted, {name: models[name] for name in BLENDED})


def _metric(seen: Interactions, held: Interactions, scores: Floats) -> float:
    return ndcg(scores, seen, held)
