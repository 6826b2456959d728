"""EASE: the best linear item-to-item model in the sense of least squares, in closed form."""

import numpy as np
import scipy.sparse as sp
from scipy.linalg import lapack

from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Interactions
from catalog.recommenders.linear import ItemToItem, keep_largest


def train_ease(
    data: Interactions,
    *,
    regularization: float = 200.0,
    user_power: float = 0.0,
    keep: int = 1000,
    recency: float = 0.0,
) -> ItemToItem:
    """Minimise |X − XB|² + λ|B|² with diag(B) = 0 (Steck, 2019, Embarrassingly Shallow).

    With P = (XᵀX + λI)⁻¹ the answer is B_ij = −P_ij / P_jj off the diagonal. Time grows with the
    cube of the number of items and memory with its square (600 MB at 12,000 items).

    Args:
        data: What to learn from; X holds 1 for what a user chose, whatever it weighs. Profiles
            do weigh: with ``data.once()`` scores are the product X·B that was learned.
        regularization: λ, above 0. Sparse data wants more of it relative to item counts.
        user_power: In [0, 1]: each user's row of X is divided by its number of items to this
            power while learning, so that users of long lists do not drown the others.
        keep: How many weights of each item to keep, the largest by size.
        recency: How much the last items of a history count more; see ``Histories``.

    Raises:
        ValueError: ``regularization`` is not above 0, or ``keep`` below 1.
    """
    if not 0 < regularization < np.inf or keep < 1:
        raise ValueError(
            f"expected regularization above 0 and keep from 1, got {regularization}, {keep}"
        )
    chosen = data.matrix()
    chosen.data[:] = 1.0
    per_user = np.maximum(np.diff(chosen.indptr), 1).astype(np.float32)
    scaled = (sp.diags_array(per_user**-user_power) @ chosen).tocsr()
    inverse = invert(np.asarray((scaled.T @ scaled).toarray(), np.float32), regularization)
    inverse /= -np.diag(inverse).copy()
    np.fill_diagonal(inverse, 0.0)
    return ItemToItem(keep_largest(inverse, keep), Histories.of(data, recency))


def invert(gram: Floats, regularization: float) -> Floats:
    """(G + λI)⁻¹ of a Gram matrix, which is overwritten.

    Raises:
        ValueError: ``regularization`` is so small that it cannot be inverted in single precision.
    """
    if not len(gram):
        return gram
    gram[np.diag_indices_from(gram)] += regularization
    # The matrix is its own transpose, and LAPACK works in place on columns.
    factor, failed = lapack.spotrf(gram.T, lower=1, overwrite_a=1)
    inverse, failed_too = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed or failed_too:
        raise ValueError("expected a larger regularization: the matrix cannot be inverted")
    for row in range(len(inverse)):
        inverse[row, row + 1 :] = inverse[row + 1 :, row]
    return np.asarray(inverse.T, np.float32)
