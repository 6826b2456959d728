"""Folders that appear whole or not at all, and the manifests that say what lies in them."""

import json
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Progress = Callable[[str, int, int], None]
"""Called with the name of a phase, how much of it is done, and how much there is."""

_STALE_SECONDS = 24 * 3600


def no_progress(phase: str, done: int, total: int) -> None:
    """Report to nobody."""


@contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of ``folder`` when the block succeeds.

    Until then ``folder`` stays as it was; a killed process leaves only a hidden folder beside
    it, which a later call removes.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(folder)
    work = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    try:
        yield work
        work.chmod(0o755)
        _swap(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_json(path: Path, value: object) -> None:
    """Write ``value`` as readable JSON in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path) -> dict[str, object]:
    """The JSON object in ``path``.

    Raises:
        ValueError: if the file is missing or holds no JSON object.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"expected a JSON object in {path}, got: {error}") from error
    if not isinstance(value, dict):
        raise ValueError(f"expected a JSON object in {path}, got {type(value).__name__}")
    return value


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write named arrays as one npz file."""
    with path.open("wb") as file:
        np.savez(file, **cast(Any, arrays))


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of an npz file.

    Raises:
        ValueError: if it is missing or damaged.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return dict(arrays)
    except (OSError, EOFError, ValueError, BadZipFile, zlib.error) as error:
        raise ValueError(f"{path} is missing or damaged: {error}") from error


def _prefix(folder: Path) -> str:
    return f".{folder.name}-"


def _remove_leftovers(folder: Path) -> None:
    for leftover in folder.parent.glob(f"{_prefix(folder)}*"):
        if time.time() - leftover.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)


def _swap(work: Path, folder: Path) -> None:
    if not folder.exists():
        work.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    folder.rename(old / folder.name)
    work.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
