"""Shared catalogues, imported and indexed once and kept in the cache of the tests.

The folder is ``DAOGOU_TEST_CACHE`` or the platform's cache. A catalogue is imported again when
its feed or its mapping changes; its vectors are kept by text, so they are computed once.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.encoder import TextEncoder
from catalog.feeds import load_mapping
from catalog.importer import import_feed
from catalog.search import ProductSearch
from catalog.store import ProductStore
from tests.benchmarks.understanding.encoders import base_folder, cache_folder

CATALOGUES = {
    "retrotech_bestbuy": ("products.csv.gz", "bestbuy"),
    "chorus_icecat": ("products.jsonl.gz", "icecat"),
    "vespa_amazon_products": ("products.jsonl.gz", "amazon"),
    "fashion_myntra": ("styles.csv.gz", "myntra"),
}
"""The feed of each shared catalogue and the mapping that reads it."""

_BATCH = 256
_MAPPINGS = Path(__file__).resolve().parents[2] / "catalog" / "mappings"


def kept_encoder() -> TextEncoder:
    """The shipped encoder, unpacked once."""
    return TextEncoder.load(
        base_folder("e5"), threads=int(os.environ.get("OMP_NUM_THREADS", "0")) or None
    )


def kept_english() -> TextEncoder:
    """The shipped encoder of English, unpacked once."""
    return TextEncoder.load(
        base_folder("minilm"), threads=int(os.environ.get("OMP_NUM_THREADS", "0")) or None
    )


def kept_vectors(
    name: str, lines: Sequence[str], progress: Callable[[str, int, int], None]
) -> NDArray[np.float32]:
    """The lines' vectors as passages by the shipped encoder, computed once for a benchmark."""
    key = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    path = cache_folder() / name / f"{key}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        encoder, parts = kept_encoder(), []
        for start in range(0, len(lines), _BATCH):
            progress("texts", start, len(lines))
            parts.append(encoder.encode(lines[start : start + _BATCH], "passage"))
        np.save(path, np.concatenate(parts))
    return np.asarray(np.load(path, allow_pickle=False), np.float32)


def kept_store(data: Path, name: str) -> ProductStore:
    """The products of a shared catalogue.

    Raises:
        ValueError: if there is no such catalogue, or its feed is missing.
    """
    home = kept_home(data, name)
    file, mapping = CATALOGUES[name]
    if not (home / "imported").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        store = ProductStore.open(f"sqlite:///{home / 'daogou.db'}")
        import_feed(
            data / name / file,
            store,
            mapping=load_mapping(mapping),
            rejects_path=home / "rejected.jsonl",
        )
        (home / "imported").touch()
        return store
    return ProductStore.open(f"sqlite:///{home / 'daogou.db'}")


def kept_search(
    data: Path, name: str, progress: Callable[[str, int, int], None]
) -> tuple[ProductStore, ProductSearch]:
    """A shared catalogue and search over it, every text embedded."""
    store = kept_store(data, name)
    index = kept_home(data, name) / "index"
    encoder, english = kept_encoder(), kept_english()
    return store, ProductSearch.open(store, encoder, index, progress, english=english)


def kept_home(data: Path, name: str) -> Path:
    """The folder of one catalogue, named by what it is made from.

    Raises:
        ValueError: if there is no such catalogue, or its feed is missing.
    """
    if name not in CATALOGUES:
        raise ValueError(f"expected one of {', '.join(CATALOGUES)}, got {name!r}")
    file, mapping = CATALOGUES[name]
    feed = data / name / file
    if not feed.exists():
        raise ValueError(f"expected a catalogue at {feed}")
    digest = hashlib.sha256((_MAPPINGS / f"{mapping}.toml").read_bytes())
    digest.update(f"{feed.stat().st_size}".encode())
    return cache_folder() / f"kept-{name}-{digest.hexdigest()[:12]}"
