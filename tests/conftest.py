"""What every test may ask for: the text encoder, unpacked once, and the shared data."""

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from catalog.encoder import TextEncoder
from catalog.weights import unpack_encoder

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def cache_folder() -> Path:
    """A folder kept between test runs, for what is slow to make and never changes."""
    chosen = os.environ.get("DAOGOU_TEST_CACHE")
    folder = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("daogou-tests"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def encoder_folder(cache_folder: Path) -> Path:
    """The unpacked multilingual-e5-small."""
    folder = cache_folder / "encoder"
    unpack_encoder(folder)
    return folder


@pytest.fixture(scope="session")
def encoder(encoder_folder: Path) -> TextEncoder:
    """The text encoder, loaded once for all tests."""
    return TextEncoder.load(encoder_folder)


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """A function from a data set's name to its folder; skips the test when it is missing."""

    def find(name: str) -> Path:
        folder = SHARED_DATA / name
        if not folder.is_dir():
            pytest.skip(f"the shared data set {name} is missing")
        return folder

    return find
