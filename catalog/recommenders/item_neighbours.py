"""Item-based collaborative filtering: items chosen by the same users are alike."""

from typing import Literal, get_args

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Interactions
from catalog.recommenders.linear import ItemToItem, keep_largest_sparse, without_diagonal

Weighting = Literal["cosine", "tfidf", "bm25"]


def train_item_neighbours(
    data: Interactions,
    *,
    weighting: Weighting = "cosine",
    neighbours: int = 200,
    shrinkage: float = 0.0,
    recency: float = 0.0,
) -> ItemToItem:
    """r̂(u, i) = Σ_{j ∈ u} s(i, j), with s the cosine of the items' columns of users.

    s(i, j) = x_i · x_j / (|x_i| · |x_j| + shrinkage), of which the ``neighbours`` largest of each
    item are kept (Sarwar et al., 2001; Deshpande and Karypis, 2004). Before that, entries can be
    weighted as words are in texts, with users in the part of words. Both ways count a user by
    rarity = ln((1 + items) / (1 + items of the user)), so that one who chose everything says
    little about what belongs together: ``tfidf`` takes √x · rarity; ``bm25`` takes
    2.2 · x / (1.2 · level + x) · rarity, with level = 0.25 + 0.75 · w / mean w and w the sum of
    the item's weights (Robertson et al., 1994, k1 = 1.2, b = 0.75, a text being an item).

    Raises:
        ValueError: The weighting is not known, or a number is out of range.
    """
    if weighting not in get_args(Weighting):
        raise ValueError(f"expected a weighting of {get_args(Weighting)}, got {weighting!r}")
    if neighbours < 1 or not 0 <= shrinkage < np.inf:
        raise ValueError(
            f"expected neighbours from 1 and shrinkage from 0, got {neighbours}, {shrinkage}"
        )
    columns = _weighted(data.matrix(), weighting)
    lengths = np.sqrt(np.asarray(columns.power(2).sum(axis=0), np.float64))
    products = without_diagonal((columns.T @ columns).tocsr()).tocoo()
    row, column = products.coords
    values = products.data / (lengths[row] * lengths[column] + shrinkage)
    alike = sp.csr_array((values.astype(np.float32), (row, column)), shape=products.shape)
    return ItemToItem(keep_largest_sparse(alike, neighbours), Histories.of(data, recency))


def _weighted(matrix: "sp.csr_array", weighting: Weighting) -> "sp.csr_array":
    found = matrix.astype(np.float64)
    if weighting == "cosine":
        return found
    per_user = np.diff(found.indptr)
    rarity = np.log((1.0 + found.shape[1]) / (1.0 + per_user))
    row_rarity = np.repeat(rarity, per_user)
    if weighting == "tfidf":
        found.data = np.sqrt(found.data) * row_rarity
        return found
    lengths = np.asarray(found.sum(axis=0))
    level = 0.25 + 0.75 * lengths / max(lengths.mean(), 1e-12)
    found.data = found.data * 2.2 / (1.2 * level[found.indices] + found.data) * row_rarity
    return found
