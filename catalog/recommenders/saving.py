"""Folders of models: a manifest, one file of tensors, nothing pickled."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from catalog.files import read_json, replace_folder, write_json

FORMAT_VERSION = 2
CURE = "run: daogou train recommenders"

_MANIFEST, _ARRAYS = "manifest.json", "arrays.safetensors"

Arrays = Mapping[str, NDArray[Any]]


def save_model(folder: Path, kind: str, arrays: Arrays, settings: Mapping[str, object]) -> None:
    """Write a model's arrays and settings; ``folder`` appears whole or not at all."""
    with replace_folder(folder) as work:
        # The format is that of whole arrays in one order: views are made so.
        save_file({name: np.ascontiguousarray(one) for name, one in arrays.items()}, work / _ARRAYS)
        write_manifest(work, kind, settings)


def write_manifest(folder: Path, kind: str, settings: Mapping[str, object]) -> None:
    """Write what the model is, and with which libraries it was made."""
    libraries = {name: version(name) for name in ("numpy", "scipy")}
    write_json(
        folder / _MANIFEST,
        {
            "format": FORMAT_VERSION,
            "kind": kind,
            "settings": dict(settings),
            "libraries": libraries,
        },
    )


def load_model(folder: Path, kind: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays and settings of a model.

    Raises:
        ValueError: It is missing, damaged, of another kind or of another format; the message
            says what to run.
    """
    settings = read_manifest(folder, kind)
    path = folder / _ARRAYS
    try:
        return load_file(path), settings
    except (OSError, SafetensorError) as error:
        raise ValueError(f"{path} is missing or damaged: {error}; {CURE}") from error


def read_manifest(folder: Path, kind: str) -> dict[str, Any]:
    """The settings in a model's manifest, checked.

    Raises:
        ValueError: As ``load_model``.
    """
    try:
        manifest = read_json(folder / _MANIFEST)
    except ValueError as error:
        raise ValueError(f"{error}; {CURE}") from error
    for name, expected in (("format", FORMAT_VERSION), ("kind", kind)):
        if manifest.get(name) != expected:
            raise ValueError(
                f"expected {name} {expected!r} in {folder / _MANIFEST}, "
                f"got {manifest.get(name)!r}; {CURE}"
            )
    settings = manifest.get("settings")
    if not isinstance(settings, dict):
        raise ValueError(f"expected settings in {folder / _MANIFEST}, got {settings!r}; {CURE}")
    return settings


def kind_of(folder: Path) -> str:
    """Which kind of model a folder holds.

    Raises:
        ValueError: It holds none.
    """
    try:
        return str(read_json(folder / _MANIFEST)["kind"])
    except (ValueError, KeyError) as error:
        raise ValueError(f"expected a model in {folder}, got: {error}; {CURE}") from error


def pack_sparse(name: str, matrix: "sp.csr_array") -> dict[str, NDArray[Any]]:
    """A sparse matrix as arrays to save."""
    return {
        f"{name}.data": matrix.data,
        f"{name}.indices": matrix.indices,
        f"{name}.indptr": matrix.indptr,
        f"{name}.shape": np.array(matrix.shape, np.int64),
    }


def unpack_sparse(name: str, arrays: Arrays) -> "sp.csr_array":
    """The matrix that ``pack_sparse`` packed.

    Raises:
        ValueError: Its arrays are missing.
    """
    try:
        parts = tuple(arrays[f"{name}.{part}"] for part in ("data", "indices", "indptr"))
        shape = tuple(int(one) for one in arrays[f"{name}.shape"])
    except KeyError as error:
        raise ValueError(f"expected the array {error} in the model; {CURE}") from error
    return sp.csr_array(parts, shape=shape)
