"""The shop's events as models want them: row numbers, weights, seconds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from catalog.events.weights import EventWeights
from catalog.recommenders.ids import IdMap
from catalog.recommenders.interactions import Interactions
from catalog.types import Interaction

_LEAST_WEIGHT = 1e-4


@dataclass(frozen=True, eq=False)
class ShopEvents:
    """Events over row numbers, and the ids that the row numbers stand for."""

    data: Interactions
    users: IdMap
    items: IdMap


def gather_events(
    events: Iterable[Interaction], product_ids: Iterable[str], weights: EventWeights
) -> ShopEvents:
    """The events of users and guests with products that are still sold.

    Events without a shopper's id, kinds without a weight, products that are gone and weights that
    are not above zero are left out. Weights are halved with time, as of the newest event, but not
    to nothing: that somebody chose something once goes on saying so.

    Args:
        events: In any order.
        product_ids: What is sold; their order is that of the row numbers.
        weights: How much an event says, by its kind and age.
    """
    items = IdMap(product_ids)
    kept = [
        one
        for one in events
        if one.user_id
        and items.idx(one.product_id) >= 0
        and one.weight * weights.kinds.get(one.kind, 0.0) > 0
    ]
    newest = max((one.time for one in kept), default=datetime.now(UTC))
    users = IdMap(dict.fromkeys(one.user_id for one in kept))
    data = Interactions.of(
        [users.idx(one.user_id) for one in kept],
        [items.idx(one.product_id) for one in kept],
        [max(weights.of(one, newest), _LEAST_WEIGHT) for one in kept],
        [one.time.timestamp() for one in kept],
        user_count=len(users),
        item_count=len(items),
    )
    return ShopEvents(data, users, items)


def cut_by_time(data: Interactions, share: float) -> tuple[Interactions, Interactions]:
    """The earliest ``share`` of the events, and what came later that was new to its user.

    A later event with an item that the user had before the cut, and a repeated later one, is
    nothing to predict and is left out of the second part.
    """
    order = np.argsort(data.times, kind="stable")
    cut = int(len(order) * share)
    early, late = np.sort(order[:cut]), np.sort(order[cut:])
    keys = data.users * np.int64(data.item_count) + data.items
    fresh = late[~np.isin(keys[late], keys[early])]
    fresh = fresh[np.unique(keys[fresh], return_index=True)[1]]
    return data.part(early), data.part(fresh)


def tell_newcomers(seen: Interactions, held: Interactions) -> tuple[Interactions, Interactions]:
    """What is known of each user when they are asked about, and what is then to be found.

    Whoever came after the cut is served by what they have just done. So the earlier half of it is
    told, though no model has learned from it, and the rest is to be found (fold-in of unseen
    users: Marlin, 2004; Liang et al., 2018). One event of a newcomer stays to be found.

    Returns:
        ``seen`` with what is told, and the rest of ``held``.
    """
    lengths = np.diff(held.offsets)
    newcomer = np.diff(seen.offsets) == 0
    places = np.arange(len(held)) - held.offsets[held.users]
    told = newcomer[held.users] & (places < lengths[held.users] // 2)
    return seen.joined(held.part(np.flatnonzero(told))), held.part(np.flatnonzero(~told))
