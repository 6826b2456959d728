"""latency: how long a recommendation takes, and how much memory, at a large shop's size."""

import time
from collections.abc import Callable, Sequence

import numpy as np
import psutil
import scipy.sparse as sp

from catalog.recommenders.blend import Blend, Part
from catalog.recommenders.contract import Model
from catalog.recommenders.deep.sequential import SequenceModel
from catalog.recommenders.deep.sequential_training import SequenceRecipe, build, parameters_of
from catalog.recommenders.factors import train_als
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Integers, Interactions
from catalog.recommenders.parts import PARTS, Material
from tests.benchmarks.percentiles import percentiles
from tests.benchmarks.progress import report_progress

K = 10
_EVENTS = 15
"""Of each user, on average."""
_TASTES = 200


def run(users: int, items: int, requests: int) -> dict[str, object]:
    """Time of the ten best of all items for a session, one after another on one thread.

    The events are made up: popularity as in shops (Zipf), users of a few tastes. Factors and the
    net are made with little or no training, which changes what they say, not how long they take.
    ``blend`` is the sum of all parts; a part's own figures include its choice of the best ten.
    ``cpu_p95_ms`` is what other work on the machine does not lengthen.

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
        blend = Blend([Part(name, model, 1.0) for name, model in models.items()])
        progress("requests", 2, 3)
        sessions = _sessions(data, requests)
        rows = {name: _measure(one, sessions) for name, one in {**models, "blend": blend}.items()}
        peers = {"implicit_als": _figures(_implicit(data, sessions))}
    return {
        "benchmark": "latency",
        "protocol": f"{users} users, {items} items, {len(data)} events, sessions of 1 to 20 items, "
        "one after another, one thread, ten best of all items",
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
    material = Material(data)
    models = {name: train(material) for name, train in PARTS.items() if name != "als"}
    models["als"] = train_als(data, factors=32, iterations=1)
    recipe = SequenceRecipe("gru")
    net = build(recipe, data.item_count)
    parameters = parameters_of(net, np.ones(data.item_count, np.int64))
    longest = recipe.learning.longest
    models["gru"] = SequenceModel("gru", parameters, Histories.of(data), longest, {})
    return models


def _sessions(data: Interactions, requests: int) -> list[list[int]]:
    random = np.random.default_rng(1)
    able = np.flatnonzero(np.diff(data.offsets) > 0)
    rows = [data.of_user(int(one)) for one in random.choice(able, requests)]
    return [row[: random.integers(1, 21)].tolist() for row in rows]


def _measure(model: Model, sessions: Sequence[Sequence[int]]) -> dict[str, float]:
    def ask(session: Sequence[int]) -> Integers:
        scores = model.for_session(session)
        scores[session] = -np.inf
        best = np.argpartition(-scores, K)[:K]
        return np.asarray(best[np.argsort(-scores[best])], np.int64)

    return _figures(_times(ask, sessions))


def _implicit(data: Interactions, sessions: Sequence[Sequence[int]]) -> list[tuple[float, float]]:
    """The library's own way: factors of the session anew, and its own choice of the best."""
    from implicit.cpu.als import AlternatingLeastSquares
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, "blas"):
        model = AlternatingLeastSquares(factors=32, iterations=1, num_threads=1, random_state=0)
        model.fit(sp.csr_matrix(data.matrix()), show_progress=False)

        def ask(session: Sequence[int]) -> Integers:
            ones = np.ones(len(session), np.float32)
            row = sp.csr_matrix(
                (ones, (np.zeros(len(session), int), session)), shape=(1, data.item_count)
            )
            return np.asarray(model.recommend(0, row, N=K, recalculate_user=True)[0])

        return _times(ask, sessions)


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


def _figures(times: Sequence[tuple[float, float]]) -> dict[str, float]:
    passed, busy = np.array(times).T
    return {
        **percentiles(passed),
        "cpu_p95_ms": percentiles(busy)["p95_ms"],
        "recommendations_per_second": round(1000 / float(passed.mean()), 1),
    }


def _rss() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6
