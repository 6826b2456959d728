"""How much is known of a shopper, and the weights of a blend for each of these contexts."""

from collections.abc import Mapping

import numpy as np

from catalog.recommenders.blend import fit_weights, scaled
from catalog.recommenders.contract import Model
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.ranking import rows_ndcg

POPULARITY, SESSIONS, CONTENT = "popularity", "session_neighbours", "content"
PICTURES = "pictures"
"""Parts of a blend that need no training: the log, the index and the pictures say the same."""

NONE, ONE, FEW, MANY = "none", "one", "few", "many"
CONTEXTS = (NONE, ONE, FEW, MANY)
"""Nothing is known; one product; up to four; more."""

_FEW, _MANY = 2, 5
_LENGTHS = {ONE: 1, FEW: 3}
"""So many last events of known users stand for shoppers of whom no more is known."""
_LEAST_USERS = 20
_MOST_USERS = 400

Weights = Mapping[str, float]


def context_of(events: int) -> str:
    """The context of a shopper who chose so many different products."""
    if events >= _MANY:
        return MANY
    return FEW if events >= _FEW else ONE if events else NONE


def fit_contexts(
    models: Mapping[str, Model],
    seen: Interactions,
    held: Interactions,
    overall: Weights,
    seed: int = 0,
) -> dict[str, dict[str, float]]:
    """The weights of each context, fitted on held-out events.

    For shoppers of whom little is known, known users are shown to the models by their last
    event or last three alone, and must be recommended what they chose later. With too few such
    users a context has the overall weights; with nothing known, popularity alone decides.

    Args:
        models: The parts, none of which has seen the held-out events.
        seen: What they learned from.
        held: What is to be found.
        overall: The weights for users with their whole history.
        seed: Of the choice of users.
    """
    found = {NONE: {POPULARITY: 1.0}, MANY: dict(overall)}
    for context, length in _LENGTHS.items():
        users = _users(seen, held, length, seed)
        if len(users) < _LEAST_USERS:
            found[context] = dict(overall)
            continue
        found[context] = _fit(models, seen, held, users, length)
    return found


def _fit(
    models: Mapping[str, Model],
    seen: Interactions,
    held: Interactions,
    users: Integers,
    length: int,
) -> dict[str, float]:
    scores = {name: _of_sessions(model, seen, users, length) for name, model in models.items()}

    def metric(total: Floats) -> float:
        return float(rows_ndcg(total, users, seen, held).mean())

    return fit_weights(scores, metric)


def _users(seen: Interactions, held: Interactions, length: int, seed: int) -> Integers:
    """Users with something to find and at least so many events before, some of them if many."""
    users = np.unique(held.users)
    users = users[np.diff(seen.offsets)[users] >= length]
    if len(users) > _MOST_USERS:
        users = np.sort(np.random.default_rng(seed).choice(users, _MOST_USERS, replace=False))
    return users


def _of_sessions(model: Model, seen: Interactions, users: Integers, length: int) -> Floats:
    rows = [model.for_session(seen.of_user(int(one))[-length:].tolist()) for one in users]
    return scaled(np.stack(rows))
