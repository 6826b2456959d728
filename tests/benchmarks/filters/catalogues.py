"""The shared catalogues, imported once by the project's own readers and kept in the test cache."""

import gzip
import hashlib
import itertools
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.feeds import load_mapping
from catalog.importer import import_feed
from catalog.live import LiveIndexes
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.text import tokens
from catalog.types import Product
from tests.benchmarks.kept import CATALOGUES
from tests.benchmarks.understanding.encoders import cache_folder

Progress = Callable[[str, int, int], None]

FEEDS = CATALOGUES | {"shopify_import_samples": ("*.csv", "")}
"""Each catalogue's files and the mapping that reads them; "" is a format that is recognised."""

_PROJECT = Path(__file__).resolve().parents[3]
_DIMENSIONS = 32


class WordVectors:
    """Texts that share words are near: vectors in a moment, for what no vector can change.

    A filter holds whatever the vectors say, so the benchmark needs some, but not good ones.
    """

    id = "word-directions-1"
    dimension = _DIMENSIONS

    def encode(
        self, texts: Sequence[str], kind: str, max_tokens: int | None = None
    ) -> NDArray[np.float32]:
        """One vector of length 1 a text."""
        sums = [0.1 + sum(map(_direction, tokens(text)), np.zeros(_DIMENSIONS)) for text in texts]
        stacked = np.array(sums, np.float32).reshape(-1, _DIMENSIONS)
        return stacked / np.linalg.norm(stacked, axis=1, keepdims=True)

    def encode_stock(self, texts: Sequence[str], max_tokens: int) -> NDArray[np.float32]:
        """The same for texts to be indexed."""
        return self.encode(texts, "passage", max_tokens)


@dataclass(frozen=True, slots=True)
class Opened:
    """A catalogue ready to be asked: the products as records, the columns, and the search."""

    products: list[Product]
    live: LiveIndexes
    search: ProductSearch


def open_catalogue(data: Path, name: str, limit: int | None, progress: Progress) -> Opened:
    """The catalogue called ``name``, imported and indexed where the cache does not have it.

    Raises:
        ValueError: its files are not in ``data``.
    """
    pattern, mapping = FEEDS[name]
    feeds = sorted((data / name).glob(pattern))
    if not feeds:
        raise ValueError(f"expected a catalogue at {data / name / pattern}")
    part = "" if limit is None else f"-first-{limit}"
    home = cache_folder() / f"filters-{name}{part}-{_version(feeds)}"
    if not (home / "imported").exists():
        _import(feeds, mapping, home, limit, progress)
    store = ProductStore.open(f"sqlite:///{home / 'daogou.db'}")
    products = [product for batch in store.iterate() for _, product in batch]
    vectors = WordVectors()
    live = LiveIndexes.open(store, vectors, home / "index", progress)  # type: ignore[arg-type]
    return Opened(products, live, ProductSearch(live, vectors))  # type: ignore[arg-type]


def _import(
    feeds: list[Path], mapping: str, home: Path, limit: int | None, progress: Progress
) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    with closing(ProductStore.open(f"sqlite:///{home / 'daogou.db'}")) as store:
        for number, feed in enumerate(feeds):
            progress(f"import {feed.parent.name}", number, len(feeds))
            read = load_mapping(mapping) if mapping else None
            rejects = home / f"{feed.name}.rejected"
            import_feed(_first(feed, limit, home), store, mapping=read, rejects_path=rejects)
    (home / "imported").touch()


def _first(feed: Path, limit: int | None, home: Path) -> Path:
    """The feed, or a copy of its first lines with the files that stand beside it."""
    if limit is None or feed.suffix != ".gz":
        return feed
    short = home / feed.name
    with gzip.open(feed, "rt", encoding="utf-8") as full, gzip.open(short, "wt") as cut:
        cut.writelines(itertools.islice(full, limit + 1))
    for side_file in feed.parent.glob("*_text.csv.gz"):
        shutil.copy(side_file, home)
    return short


def _version(feeds: list[Path]) -> str:
    """A name for what an import is made from: the feeds, the readers and the store."""
    digest = hashlib.sha256()
    for feed in feeds:
        digest.update(f"{feed.name} {feed.stat().st_size}".encode())
    for folder in ("catalog/feeds", "catalog/store"):
        for path in sorted((_PROJECT / folder).rglob("*")):
            if path.suffix in (".py", ".toml", ".yml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _direction(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(blake2b(word.encode(), digest_size=4).digest())
    return np.random.default_rng(seed).standard_normal(_DIMENSIONS)
