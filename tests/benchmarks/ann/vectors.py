"""The rows and queries as vectors of the shipped encoder, computed once and kept."""

import hashlib
from pathlib import Path
from typing import cast

import numpy as np

from catalog.encoder import Kind, TextEncoder
from catalog.files import Progress
from catalog.index import Vectors

_CHUNK = 2_048


def embedded(
    texts: list[str], kind: Kind, encoder: TextEncoder, cache: Path, progress: Progress
) -> Vectors:
    """Vectors [len(texts), dimension] of length 1; every few thousand are kept in ``cache``."""
    cache.mkdir(parents=True, exist_ok=True)
    parts = []
    for start in range(0, len(texts), _CHUNK):
        progress(f"{kind} vectors", start, len(texts))
        chunk = texts[start : start + _CHUNK]
        name = hashlib.sha256("\x1f".join([encoder.id, kind, *chunk]).encode()).hexdigest()[:24]
        path = cache / f"{name}.npy"
        if not path.exists():
            half = path.with_suffix(".part")
            with half.open("wb") as file:
                np.save(file, encoder.encode(chunk, kind))
            half.rename(path)
        parts.append(np.load(path))
    return cast(Vectors, np.concatenate(parts))
