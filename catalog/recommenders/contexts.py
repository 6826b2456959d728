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
"""So many events of a visit stand for shoppers of whom no more is known."""
_LEAST_USERS = 20
_MOST_USERS = 400
_POOL = 20
"""The weights of all users count as much as those fitted on so many."""

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

    Of a shopper of whom little is known, it is what was done last that is known, and what they
    want is what they choose next. So known users are shown to the models by the first held-out
    event or three alone, and must be recommended those that follow (Ludewig and Jannach, 2018,
    reveal sessions so). With nothing known, popularity alone decides.

    What is fitted on few users leans towards the overall weights, and is those without any:
    partial pooling, the share n / (n + ``_POOL``) for n users (Gelman and Hill, 2007, chapter 12).

    Args:
        models: The parts, none of which has seen the held-out events.
        seen: What they learned from.
        held: What is to be found.
        overall: The weights for users with their whole history.
        seed: Of the choice of users.
    """
    found = {NONE: {POPULARITY: 1.0}, MANY: dict(overall)}
    for context, length in _LENGTHS.items():
        told, rest = _begun(seen, held, length)
        users = _some(np.unique(rest.users), seed)
        found[context] = dict(overall)
        if len(users):
            own = _fit(models, seen.joined(told), told, rest, users)
            found[context] = pooled(own, overall, len(users))
    return found


def pooled(own: Weights, overall: Weights, users: int) -> dict[str, float]:
    """Weights fitted on so many users, leaning towards the overall ones; the scale stays."""
    share = users / (users + _POOL)
    scale = sum(own.values()) / max(sum(overall.values()), 1e-9)
    names = dict.fromkeys((*own, *overall))
    both = {n: (own.get(n, 0.0), scale * overall.get(n, 0.0)) for n in names}
    return {n: round(share * one + (1 - share) * all_, 4) for n, (one, all_) in both.items()}


def _begun(
    seen: Interactions, held: Interactions, length: int
) -> tuple[Interactions, Interactions]:
    """What is told of users and what is then to be found: the held-out events in order.

    Where hardly anybody has more than ``length`` of those, the last events before are told.
    """
    places = np.arange(len(held)) - held.offsets[held.users]
    longer = np.diff(held.offsets)[held.users] > length
    told, rest = (
        held.part(np.flatnonzero(longer & one)) for one in (places < length, places >= length)
    )
    if len(np.unique(rest.users)) >= _LEAST_USERS:
        return told, rest
    left = seen.offsets[seen.users + 1] - np.arange(len(seen))
    enough = np.diff(seen.offsets) >= length
    last = seen.part(np.flatnonzero(enough[seen.users] & (left <= length)))
    return last, held.part(np.flatnonzero(enough[held.users]))


def _fit(
    models: Mapping[str, Model],
    known: Interactions,
    told: Interactions,
    rest: Interactions,
    users: Integers,
) -> dict[str, float]:
    scores = {name: _of_sessions(model, told, users) for name, model in models.items()}

    def metric(total: Floats) -> float:
        return float(rows_ndcg(total, users, known, rest).mean())

    return fit_weights(scores, metric)


def _some(users: Integers, seed: int) -> Integers:
    """Users, some of them if many."""
    if len(users) > _MOST_USERS:
        users = np.sort(np.random.default_rng(seed).choice(users, _MOST_USERS, replace=False))
    return users


def _of_sessions(model: Model, told: Interactions, users: Integers) -> Floats:
    rows = [model.for_session(told.of_user(int(one)).tolist()) for one in users]
    return scaled(np.stack(rows))
