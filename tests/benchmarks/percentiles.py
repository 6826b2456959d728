"""How long it took, as every benchmark tells it."""

from collections.abc import Sequence

import numpy as np


def percentiles(milliseconds: Sequence[float], at: Sequence[int] = (50, 95)) -> dict[str, float]:
    """``p50_ms``, ``p95_ms`` and so on; nothing where nothing was timed."""
    if not len(milliseconds):
        return {}
    found = np.percentile(np.asarray(milliseconds), at).tolist()
    return {f"p{one}_ms": round(value, 2) for one, value in zip(at, found, strict=True)}
