"""Changes of matrices in whole steps of seven bits, packed: what a trained layer ships as."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_BITS, _MOST = 7, 63
_PLACES = 1 << np.arange(_BITS - 1, -1, -1)


def in_steps(change: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A change [o, i] as packed steps [o, 7i/8 rounded up] and the size of a step per row [o].

    What is off is at most half a step: one part in 126 of the row's largest change.
    """
    size = np.maximum(np.abs(change).max(axis=1) / _MOST, np.finfo(np.float32).tiny)
    steps = np.rint(change / size[:, None]).astype(np.int16) + _MOST
    bits = np.unpackbits(steps.astype(np.uint8)[:, :, None], axis=2)[:, :, 8 - _BITS :]
    return np.packbits(bits.reshape(len(change), -1), axis=1), size.astype(np.float32)


def from_steps(packed: NDArray[Any], size: NDArray[Any], width: int) -> NDArray[np.float32]:
    """The change [o, width] that was packed, to half a step.

    Args:
        packed: what :func:`in_steps` gave.
        size: of a step, per row.
        width: how many columns the matrix has.
    """
    bits = np.unpackbits(packed, axis=1, count=width * _BITS).reshape(len(packed), width, _BITS)
    steps = bits @ _PLACES - _MOST
    return np.asarray(steps * size[:, None], np.float32)
