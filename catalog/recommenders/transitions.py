"""What follows what: transitions between the items of a user's history."""

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.linear import ItemToItem, without_diagonal

_FARTHEST = 50


def train_transitions(
    data: Interactions,
    *,
    backward: float = 0.5,
    gap_decay: float = 0.8,
    from_power: float = 0.5,
    to_power: float = 0.2,
    recency: float = 1.3,
) -> ItemToItem:
    """Count what came after what, near ones more than far ones.

    w(j, i) = c(j, i) / (n(j)^from_power · n(i)^to_power), where c adds ``gap_decay ** (d - 1)``
    for each time that i came d places after j, and ``backward`` times that where it came before;
    n is the number of events. It is a Markov chain of mixed order over the history (Rendle et
    al., 2010, factorised Markov chains, without the factors; the normalisation by popularity is
    that of item-based CF, Deshpande and Karypis, 2004). Pairs more than 50 places apart are not
    counted.

    Args:
        data: What to count.
        backward: In [0, 1]: 0 is the order alone, 1 forgets it.
        gap_decay: In (0, 1].
        from_power: In [0, 1]: 1 makes rows shares of what follows.
        to_power: In [0, 1]: how much being popular tells against an item.
        recency: How much the last items of a history count more; see ``Histories``.

    Raises:
        ValueError: An argument is out of its range.
    """
    for name, value in (("backward", backward), ("gap_decay", gap_decay)):
        if not 0 <= value <= 1:
            raise ValueError(f"expected {name} in [0, 1], got {value}")
    forward = _followers(data, gap_decay)
    counts = forward + backward * forward.T
    popularity = np.maximum(data.item_counts(), 1).astype(np.float64)
    weights = (
        sp.diags_array(popularity**-from_power) @ counts @ sp.diags_array(popularity**-to_power)
    )
    return ItemToItem(
        without_diagonal(weights.tocsr().astype(np.float32)), Histories.of(data, recency)
    )


def _followers(data: Interactions, gap_decay: float) -> "sp.csr_array":
    size = data.item_count
    total = sp.csr_array((size, size), dtype=np.float64)
    for gap in range(1, _FARTHEST + 1):
        same = data.users[gap:] == data.users[:-gap]
        if not same.any():
            break
        pairs = (data.items[:-gap][same], data.items[gap:][same])
        weights = np.full(len(pairs[0]), gap_decay ** (gap - 1))
        total = total + sp.csr_array((weights, pairs), shape=(size, size))
    return total
