"""What others chose around what is being chosen now, straight from the live log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p

from catalog.recommending.history import MOST_EVENTS, History

NEIGHBOURS = 100
_REACH = 3.0
_FADE = [exp(-steps / _REACH) for steps in range(MOST_EVENTS)]
_SESSION = 20
_DOUBT = 5.0
"""So many neighbours are needed before what they chose counts half."""


@dataclass(frozen=True, slots=True)
class Around:
    """What neighbours chose.

    Args:
        scores: Above 0, by product id; those of the session included.
        confidence: How far they can be trusted, in [0, 1): n / (n + 5) of those with a product in
            common. One shopper who chose the same thing proves little, a hundred do.
    """

    scores: Mapping[str, float]
    confidence: float


def around(history: History, session: Sequence[str], own: str = "") -> Around:
    """score(i) = Σ_{n ∈ N(s)} sim(s, n) · exp(−|pos(n, i) − pos(n, a)| / reach) · idf(i).

    The model of :class:`catalog.recommenders.session_neighbours.SessionNeighbours` (V-SKNN,
    Ludewig and Jannach, 2018, with the decays of STAN, Garg et al., 2019), over the newest
    shoppers of the session's products instead of a training's, so that an event counts with the
    next question.

    Args:
        history: The log.
        session: Product ids, the last chosen last; each counts once, at its last place.
        own: The shopper, who is no neighbour of themselves.
    """
    chosen = list(dict.fromkeys(reversed(session)))[:_SESSION]
    shoppers = history.shopper_count()
    idf = _rarity(history, chosen, shoppers)
    weights = {id_: idf[id_] / (1.0 + steps) for steps, id_ in enumerate(chosen)}
    near = history.neighbours_of(weights, own, NEIGHBOURS)
    scores: dict[str, float] = {}
    for shopper, alike in near.items():
        theirs = history.liked(shopper)
        if not theirs:  # refused it, or was joined to somebody else a moment ago
            continue
        anchor = _anchor(theirs, chosen)
        share = alike / len(theirs) ** 0.5
        for place, id_ in enumerate(theirs):
            scores[id_] = scores.get(id_, 0.0) + share * _FADE[abs(place - anchor)]
    idf = _rarity(history, scores, shoppers)
    weighed = {id_: score * idf[id_] for id_, score in scores.items()}
    return Around(weighed, len(near) / (len(near) + _DOUBT))


def _anchor(theirs: Sequence[str], chosen: Sequence[str]) -> int:
    """Where in a neighbour's events the product stands that the session chose last."""
    places: Mapping[str, int] = {id_: place for place, id_ in enumerate(theirs)}
    return next((places[id_] for id_ in chosen if id_ in places), len(theirs) - 1)


def _rarity(history: History, product_ids: Iterable[str], shoppers: int) -> dict[str, float]:
    """idf(i) = ln(1 + shoppers / shoppers of i)."""
    reach = history.reach(product_ids)
    return {id_: log1p(shoppers / max(count, 1)) for id_, count in reach.items()}
