"""latency: how long a recommendation takes, and how much memory, at a large shop's size."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import psutil
import scipy.sparse as sp
from threadpoolctl import threadpool_limits

from catalog.recommenders.blend import Blend, Part
from catalog.recommenders.content import train_content
from catalog.recommenders.contract import Model
from catalog.recommenders.factors import train_als
from catalog.recommenders.interactions import Integers, Interactions
from catalog.recommenders.parts import PARTS, Material
from tests.benchmarks.percentiles import percentiles
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.untrained import untrained_nets

K = 10
_EVENTS = 15
"""Of each user, on average."""
_TASTES = 200
_DIMENSION = 384
"""Of a text's vector, as the encoder makes them."""


def run(users: int, items: int, requests: int) -> dict[str, object]:
    """Time of the ten best of all items for a session, one after another on one thread.

    The events are made up: popularity as in shops (Zipf), users of a few tastes. Factors are
    trained a little, nets not at all, and the texts' vectors are random, of the encoder's length:
    that changes what they say, not how long they take. Each row with random numbers says so.
    ``blend`` is the sum of all of ``parts`` with and without torch and of content, each with a
    weight; ``blend_classical`` that of the parts a machine without torch trains. A shop reads
    content from its own index; here the model itself scores the whole catalogue. A part's own
    figures include its choice of the best ten. ``cpu_p95_ms`` is what other work on the machine
    does not lengthen.

    The peers are the library's own way from a session to the best ten; its BPR has none, so a
    user who was in training is asked for. EASE is no peer here: it inverts a dense matrix of all
    items, 10 GB for 50,000 in single precision.

    Raises:
        ValueError: A number is below 10.
    """
    if min(users, items, requests) < 10:
        raise ValueError(f"expected numbers from 10, got {users}, {items}, {requests}")
    with report_progress("latency") as progress:
        progress("events", 0, 3)
        data = made_up(users, items)
        progress("training", 1, 3)
        began, before = time.monotonic(), _rss()
        models = _models(data)
        seconds, memory = time.monotonic() - began, _rss() - before
        classical = _sum({name: one for name, one in models.items() if name in PARTS})
        blends = {"blend_classical": classical, "blend": _sum(models)}
        progress("requests", 2, 3)
        sessions = _sessions(data, requests)
        rows = {name: _measure(one, sessions) for name, one in {**models, **blends}.items()}
        for name in models.keys() - PARTS.keys():
            rows[name]["numbers"] = "random, of the served size"
        peers = _peers(data, sessions)
    return {
        "benchmark": "latency",
        "protocol": f"{users} users, {items} items, {len(data)} events, sessions of 1 to 20 items, "
        "one after another, one thread, ten best of all items; blend: the sum of "
        f"{', '.join(models)}; nets and content with random numbers of the served size",
        **rows["blend"],
        "rss_mb": round(_rss()),
        "models_mb": round(memory),
        "training_seconds": round(seconds, 1),
        "models": rows,
        "peers": peers,
    }


def made_up(users: int, items: int, seed: int = 0) -> Interactions:
    """Events of users who mostly keep to one taste, each taste a part of the items."""
    random = np.random.default_rng(seed)
    count = users * _EVENTS
    who = np.sort(random.integers(0, users, count))
    rank = np.minimum(random.zipf(1.3, count) - 1, items - 1)
    tastes = min(_TASTES, items)
    own = random.integers(0, tastes, users)[who]
    mixed = random.random(count) < 0.2
    place = np.where(mixed, random.integers(0, items, count), rank * tastes + own)
    return Interactions.of(who, place % items, user_count=users, item_count=items)


def _models(data: Interactions) -> dict[str, Model]:
    """Every part that a shop can have, the nets and the texts' vectors with random numbers."""
    material = Material(data)
    models = {name: train(material) for name, train in PARTS.items() if name != "als"}
    models["als"] = train_als(data, factors=32, iterations=1)
    vectors = np.random.default_rng(2).normal(size=(data.item_count, _DIMENSION))
    models["content"] = train_content(data, vectors.astype(np.float32))
    return models | untrained_nets(data)


def _sum(models: Mapping[str, Model]) -> Blend:
    return Blend([Part(name, model, 1.0) for name, model in models.items()])


def _sessions(data: Interactions, requests: int) -> list[list[int]]:
    random = np.random.default_rng(1)
    able = np.flatnonzero(np.diff(data.offsets) > 0)
    rows = [data.of_user(int(one)) for one in random.choice(able, requests)]
    return [row[: random.integers(1, 21)].tolist() for row in rows]


def _measure(model: Model, sessions: Sequence[Sequence[int]]) -> dict[str, float | str]:
    def ask(session: Sequence[int]) -> Integers:
        scores = model.for_session(session)
        scores[session] = -np.inf
        best = np.argpartition(-scores, K)[:K]
        return np.asarray(best[np.argsort(-scores[best])], np.int64)

    with threadpool_limits(1, "blas"):
        return _figures(_times(ask, sessions))


def _peers(
    data: Interactions, sessions: Sequence[Sequence[int]]
) -> dict[str, dict[str, float | str]]:
    """The library's own ways, each with its own choice of the best."""
    from implicit.cpu.als import AlternatingLeastSquares
    from implicit.cpu.bpr import BayesianPersonalizedRanking
    from implicit.nearest_neighbours import ItemItemRecommender

    few = {"factors": 32, "iterations": 1, "num_threads": 1, "random_state": 0}
    models: dict[str, tuple[Any, dict[str, bool]]] = {
        "implicit_als": (AlternatingLeastSquares(**few), {"recalculate_user": True}),
        "implicit_bpr": (BayesianPersonalizedRanking(**few), {}),
        "item_knn": (ItemItemRecommender(K=200, num_threads=1), {"recalculate_user": True}),
    }
    with threadpool_limits(1, "blas"):
        chosen = data.matrix().astype(np.float64)
        parts = chosen.data, chosen.indices.astype(np.int32), chosen.indptr.astype(np.int32)
        for model, _ in models.values():
            model.fit(sp.csr_matrix(parts, shape=chosen.shape), show_progress=False)

        def asker(model: Any, options: Mapping[str, bool]) -> Callable[[Sequence[int]], Integers]:
            def ask(session: Sequence[int]) -> Integers:
                ones = np.ones(len(session), np.float32)
                row = sp.csr_matrix(
                    (ones, (np.zeros(len(session), int), session)), shape=(1, data.item_count)
                )
                return np.asarray(model.recommend(0, row, N=K, **options)[0])

            return ask

        return {name: _figures(_times(asker(*one), sessions)) for name, one in models.items()}


def _times(
    ask: Callable[[Sequence[int]], Integers], sessions: Sequence[Sequence[int]]
) -> list[tuple[float, float]]:
    """Milliseconds by the clock and of the processor, of each question after a few to warm up."""
    for session in sessions[:5]:
        ask(session)
    found = []
    for session in sessions:
        began, busy = time.perf_counter(), time.process_time()
        ask(session)
        found.append((time.perf_counter() - began, time.process_time() - busy))
    return [(1000 * passed, 1000 * busy) for passed, busy in found]


def _figures(times: Sequence[tuple[float, float]]) -> dict[str, float | str]:
    passed, busy = np.array(times).T
    return {
        **percentiles(passed),
        "cpu_p95_ms": percentiles(busy)["p95_ms"],
        "recommendations_per_second": round(1000 / float(passed.mean()), 1),
    }


def _rss() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6
