"""Vectors of texts, each computed once: kept in a file under the hash of its text."""

import hashlib
import logging
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
"""Texts to vectors of length 1, [texts, dimension], as questions and not as passages."""

_FILE = "vectors.npz"
_BATCH = 64
_PROBE = "Lantern 灯笼 1234"
_SAME_ENCODER = 1e-3


def encode_cached(texts: Sequence[str], encode: Encode, folder: Path | None) -> Vectors:
    """The vectors of ``texts`` in their order; only texts not in ``folder`` are computed.

    The file holds the vector of a fixed text as well: when the encoder of today gives another
    one, every vector is computed anew.
    """
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    probe = encode([_PROBE])[0]
    known = _read(folder / _FILE, probe) if folder else {}
    missing = [index for index, key in enumerate(keys) if key not in known]
    for start in range(0, len(missing), _BATCH):
        part = missing[start : start + _BATCH]
        vectors = encode([texts[index] for index in part])
        known.update(zip((keys[index] for index in part), vectors, strict=True))
    if folder and missing:
        _write(folder / _FILE, probe, {key: known[key] for key in keys})
    return np.array([known[key] for key in keys], np.float32).reshape(len(keys), len(probe))


def _read(path: Path, probe: Vectors) -> dict[str, Vectors]:
    if not path.exists():
        return {}
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            keys, vectors, old_probe = file["keys"], file["vectors"], file["probe"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        _log.warning("%s cannot be read (%s); the vectors are computed anew", path, error)
        return {}
    if old_probe.shape != probe.shape or not np.allclose(old_probe, probe, atol=_SAME_ENCODER):
        return {}
    return dict(zip(keys.tolist(), vectors, strict=True))


def _write(path: Path, probe: Vectors, vectors: dict[str, Vectors]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved: a process killed in between leaves the old file whole.
    beside = path.with_suffix(f".{os.getpid()}.npz")
    np.savez(beside, keys=np.array(list(vectors)), vectors=[*vectors.values()], probe=probe)
    beside.replace(path)
