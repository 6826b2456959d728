"""The models of ml100k_topn: what was tried of each one, and what was taken."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from catalog.recommenders.contract import Model
from catalog.recommenders.ease import train_ease
from catalog.recommenders.factors import train_als, train_bpr
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.popularity import train_popularity
from catalog.recommenders.user_ease import train_user_ease
from catalog.recommenders.user_neighbours import train_user_neighbours

PEERS = ("popularity", "implicit_als", "implicit_bpr", "item_knn", "ease")
OWN = ("user_knn", "user_ease")

Settings = Mapping[str, Any]

_MAKE: Mapping[str, Callable[..., Model]] = {
    "popularity": train_popularity,
    "implicit_als": train_als,
    "implicit_bpr": train_bpr,
    "item_knn": train_item_neighbours,
    "ease": train_ease,
    "user_knn": train_user_neighbours,
    "user_ease": train_user_ease,
}
TRIED: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "popularity": {},
    "implicit_als": {
        "factors": (16, 24, 32, 48),
        "alpha": (1.0, 3.0, 6.0),
        "regularization": (10.0, 20.0, 30.0, 40.0),
    },
    "implicit_bpr": {
        "factors": (8, 16),
        "learning_rate": (0.001, 0.002, 0.005, 0.01),
        "regularization": (0.001, 0.01),
        "iterations": (100, 200, 400),
    },
    "item_knn": {
        "weighting": ("cosine", "tfidf"),
        "neighbours": (10, 20, 50, 100, 200, 2000),
        "shrinkage": (0.0, 10.0),
    },
    "ease": {"regularization": (100.0, 200.0, 300.0, 400.0, 500.0, 700.0), "keep": (10_000,)},
    "user_knn": {"neighbours": (40, 60, 80, 100, 150, 200), "shrinkage": (0.0, 10.0)},
    "user_ease": {"regularization": (100.0, 200.0, 300.0, 500.0, 700.0, 1000.0)},
}
"""The values of each setting, all of which were tried together on the validation cut of seed 0."""
TAKEN: Mapping[str, Settings] = {
    "popularity": {},
    "implicit_als": {"factors": 32, "alpha": 3.0, "regularization": 30.0},
    "implicit_bpr": {
        "factors": 8,
        "learning_rate": 0.001,
        "regularization": 0.001,
        "iterations": 400,
    },
    "item_knn": {"weighting": "tfidf", "neighbours": 2000, "shrinkage": 0.0},
    "ease": {"regularization": 400.0, "keep": 10_000},
    "user_knn": {"neighbours": 80, "shrinkage": 0.0},
    "user_ease": {"regularization": 500.0},
}
"""The best of what was tried."""


def trained(name: str, data: Interactions, settings: Settings | None = None) -> Model:
    """A model, with the settings that were taken unless others are given."""
    return _MAKE[name](data, **(TAKEN[name] if settings is None else settings))


def tried(name: str) -> Iterator[Settings]:
    """Every setting of a model that was tried."""
    values = TRIED[name]
    for chosen in product(*values.values()):
        yield dict(zip(values, chosen, strict=True))
