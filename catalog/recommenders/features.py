"""What is known of items, as rows of numbers of a handy width."""

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds

from catalog.recommenders.interactions import Floats


def compressed(vectors: "Floats | sp.csr_array", size: int) -> Floats:
    """The same rows in at most ``size`` columns: the first left singular vectors by their values.

    Latent semantic analysis (Deerwester et al., 1990). The rows' mean square length is 1; the sign
    of each column is that of its largest entry, so that the same rows always give the same.

    Args:
        vectors: Items × anything; rows of zeros stay so.
        size: From 1.

    Raises:
        ValueError: ``size`` is below 1.
    """
    if size < 1:
        raise ValueError(f"expected a size from 1, got {size}")
    rows = sp.csr_array(vectors, dtype=np.float32)
    if min(rows.shape) <= size:
        found = np.asarray(rows.toarray(), np.float32)
    else:
        left, values, _ = svds(rows, k=size, v0=np.ones(min(rows.shape)))
        found = np.asarray((left * values)[:, ::-1], np.float32)
        largest = np.take_along_axis(found, np.abs(found).argmax(axis=0)[None], axis=0)
        found = found * np.where(largest < 0, np.float32(-1.0), np.float32(1.0))
    total = float(np.square(found).sum()) / max(len(found), 1)
    return np.asarray(found / max(total**0.5, 1e-12), np.float32)
