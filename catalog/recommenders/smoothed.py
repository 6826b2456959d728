"""What follows what, carried over to things that are alike: few events say more that way.

A model of the benchmarks; a shop's training does not blend it.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.deep.forward import unit
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Interactions
from catalog.recommenders.linear import ItemToItem, keep_largest_sparse, without_diagonal
from catalog.recommenders.transitions import train_transitions

_BLOCK = 1000


def train_smoothed(
    data: Interactions,
    alike: "sp.csr_array",
    *,
    carried: float = 1.0,
    keep: int = 500,
    recency: float = 1.0,
    backward: float = 1.0,
    gap_decay: float = 0.9,
    to_power: float = 0.2,
) -> ItemToItem:
    """Learn w = (I + a·S) · A · (I + a·S), with A the transitions of ``train_transitions``.

    S is how alike items are, each row adding up to 1, from their texts or from what is looked at
    together. So what follows an item is also what follows those like it, and what is like what
    follows: smoothing of co-occurrence by neighbours (Dagan, Lee and Pereira, 1999, for words).
    Items without events get scores from those like them. S itself is not added: being alike is
    no reason to go together.

    Args:
        data: What to count.
        alike: Items × items, not below 0; what stands on its diagonal is left out.
        carried: a, from 0: how much is carried over.
        keep: How many weights of each item to keep.
        recency: How much the last items of a history count more; see ``Histories``.
        backward: As of ``train_transitions``.
        gap_decay: As of ``train_transitions``.
        to_power: As of ``train_transitions``.

    Raises:
        ValueError: ``alike`` is not of these items or not finite, or a number is out of range.
    """
    if alike.shape != (data.item_count, data.item_count):
        raise ValueError(f"expected likeness from 0 of {data.item_count} items, got {alike.shape}")
    if not (np.isfinite(alike.data).all() and (alike.data >= 0).all()):
        raise ValueError("expected likeness from 0 that is finite")
    if not 0 <= carried < np.inf or keep < 1:
        raise ValueError(f"expected carried from 0 and keep from 1, got {carried}, {keep}")
    counted = train_transitions(
        data, backward=backward, gap_decay=gap_decay, to_power=to_power
    ).weights
    spread = _shares(without_diagonal(alike)) * np.float32(carried)
    weights = (counted + counted @ spread).tocsr()
    weights = (weights + spread @ weights).tocsr()
    kept = keep_largest_sparse(without_diagonal(weights), keep)
    return ItemToItem(kept.astype(np.float32), Histories.of(data, recency))


def alike_by_vectors(vectors: Floats, k: int = 20) -> "sp.csr_array":
    """The cosines above 0 with the ``k`` items nearest to each; items × items.

    Args:
        vectors: Items × dimensions; rows of zeros are like nothing.
        k: How many.
    """
    units = unit(vectors)
    parts = []
    for start in range(0, len(units), _BLOCK):
        block = units[start : start + _BLOCK]
        cosines = block @ units.T
        cosines[np.arange(len(block)), np.arange(start, start + len(block))] = 0.0
        columns = np.argpartition(-cosines, min(k, len(units)) - 1, axis=1)[:, :k]
        values = np.maximum(np.take_along_axis(cosines, columns, axis=1), 0.0)
        ends = np.arange(len(block) + 1) * columns.shape[1]
        parts.append(
            sp.csr_array((values.ravel(), columns.ravel(), ends), shape=(len(block), len(units)))
        )
    return sp.csr_array(sp.vstack(parts, format="csr"))


def alike_by_lists(lists: Sequence[Sequence[int]]) -> "sp.csr_array":
    """1 where an item is in the other's list, such as what was looked at together."""
    rows = np.repeat(np.arange(len(lists)), [len(one) for one in lists])
    columns = np.array([item for one in lists for item in one], np.int64)
    shape = (len(lists), len(lists))
    found = sp.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    return ((found + found.T) > 0).astype(np.float32).tocsr()


def _shares(matrix: "sp.csr_array") -> "sp.csr_array":
    """Rows that add up to 1, or to 0."""
    found = matrix.tocsr().astype(np.float32)
    sums = np.asarray(found.sum(axis=1))
    found.data = found.data / np.repeat(np.maximum(sums, 1e-12), np.diff(found.indptr))
    return found.astype(np.float32)
