"""What every test may ask for: the text encoder, unpacked once, and the shared data."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from catalog.encoder import TextEncoder
from catalog.weights import ENGLISH_MODEL, unpack_encoder, unpack_english

if TYPE_CHECKING:
    from assistant.engine import Assistant

PROJECT = Path(__file__).resolve().parents[1]
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
def english_folder(cache_folder: Path) -> Path:
    """The unpacked all-MiniLM-L6-v2."""
    folder = cache_folder / ENGLISH_MODEL
    unpack_english(folder)
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


@pytest.fixture(scope="session")
def kept_demo_home(cache_folder: Path, encoder_folder: Path, english_folder: Path) -> Path:
    """A home with the demo shop and its indexes, made again when the demo changes. Copy it."""
    from assistant.build import build_assistant  # only the tests of a whole shop pay for this
    from assistant.settings import Settings

    home = cache_folder / f"demo-{_demo_version()}"
    with _alone(cache_folder / "demo.lock"):
        if not (home / "ready").exists():
            shutil.rmtree(home, ignore_errors=True)
            (home / "encoder").mkdir(parents=True)
            (home / "encoder" / "multilingual-e5-small").symlink_to(encoder_folder)
            (home / "encoder" / ENGLISH_MODEL).symlink_to(english_folder)
            made = build_assistant(Settings.load(home))
            made.storage.close()
            made.services.store.close()
            (home / "ready").touch()
    return home


@pytest.fixture
def demo_home(kept_demo_home: Path, tmp_path: Path) -> Path:
    """A demo shop of the test's own, to write to."""
    return shutil.copytree(kept_demo_home, tmp_path / "home", symlinks=True)


@pytest.fixture(scope="session")
def demo_assistant(kept_demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> "Assistant":
    """The assistant of the demo shop, for tests that leave products and orders as they are."""
    from assistant.build import build_assistant
    from assistant.settings import Settings

    folder = tmp_path_factory.mktemp("demo") / "home"
    return build_assistant(Settings.load(shutil.copytree(kept_demo_home, folder, symlinks=True)))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keeps other runs of the tests waiting while one makes what all of them use."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _demo_version() -> str:
    """A name for what a home with the demo shop is made from."""
    digest = hashlib.sha256((PROJECT / "catalog" / "indexes.py").read_bytes())
    catalogue, service = ("catalog/demo", "catalog/store"), ("assistant/demo", "assistant/storage")
    for folder in (*catalogue, *service, "intents/data"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
