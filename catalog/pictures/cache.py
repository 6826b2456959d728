"""Vectors of pictures that were looked at before, by the hash of their bytes.

A file that only grows, of records of one size: what a killed process leaves half written at its
end is cut off, and all before it counts.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from catalog.pictures.network import DIMENSION, SHA256, Vectors

_LOOK = 1
"""Raised whenever pixels are read otherwise, so that old vectors no longer count."""
_NAME = f"vectors-{SHA256[:8]}-{_LOOK}.bin"
_RECORD = np.dtype([("hash", "u1", (32,)), ("vector", "<f2", (DIMENSION,))])


class VectorCache:
    """Half-precision vectors [1280] by hash, in a folder. Several processes may add to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / _NAME
        self._path.touch()
        whole = self._path.stat().st_size // _RECORD.itemsize
        with self._path.open("r+b") as file:
            file.truncate(whole * _RECORD.itemsize)
        hashes = self._records()["hash"] if whole else ()
        self._rows = {one.tobytes(): row for row, one in enumerate(hashes)}

    def __contains__(self, key: bytes) -> bool:
        return key in self._rows

    def add(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Keep vectors under keys that are not there yet."""
        records = np.zeros(len(keys), _RECORD)
        records["hash"] = np.frombuffer(b"".join(keys), np.uint8).reshape(-1, 32)
        records["vector"] = vectors
        with self._path.open("ab") as file:
            file.write(records.tobytes())
            file.flush()
            start = file.tell() // _RECORD.itemsize - len(keys)  # others may have added meanwhile
        self._rows |= {key: start + number for number, key in enumerate(keys)}

    def vectors(self, keys: Iterable[bytes]) -> Vectors:
        """The vectors of keys that are there, a row each.

        Raises:
            KeyError: One is not there.
        """
        rows = [self._rows[key] for key in keys]
        if not rows:
            return np.zeros((0, DIMENSION), np.float32)
        return np.asarray(self._records()["vector"][rows], np.float32)

    def _records(self) -> np.ndarray:
        return np.memmap(self._path, _RECORD, mode="r")


def key_of(data: bytes) -> bytes:
    """The name of a picture: the SHA-256 of its bytes."""
    return hashlib.sha256(data).digest()
