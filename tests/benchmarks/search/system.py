"""The project's own search over the catalogue, imported and indexed once and kept."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from catalog.columns import Matching
from catalog.encoder import TextEncoder
from catalog.feeds import load_mapping
from catalog.files import Progress
from catalog.importer import import_feed
from catalog.indexes import Indexes
from catalog.ranking import Query, Words, _gather, rank
from catalog.search import ProductSearch
from catalog.store import ProductStore
from catalog.types import SortKey
from tests.benchmarks.search.data import FEED, SET
from tests.benchmarks.understanding.encoders import base_folder, cache_folder

_MAPPING = "icecat"
_MAPPINGS = Path(__file__).resolve().parents[3] / "catalog" / "mappings"


class System:
    """Search as a shop has it: the feed imported with its mapping, the indexes, the encoders."""

    def __init__(self, search: ProductSearch) -> None:
        self._search = search

    @classmethod
    def open(cls, data: Path, progress: Progress, threads: int = 1) -> "System":
        """Import and index the catalogue, or open what an earlier run has kept.

        Raises:
            ValueError: The catalogue is missing.
        """
        home = _home(data)
        if not (home / "imported").exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            _import(data, home)
        encoder = TextEncoder.load(base_folder("e5", progress), threads=threads)
        english = TextEncoder.load(base_folder("minilm", progress), threads=threads)
        store = ProductStore.open(f"sqlite:///{home / 'daogou.db'}")
        index = home / "index"
        return cls(ProductSearch.open(store, encoder, index, progress, english=english))

    def order(self, query: str, most: int) -> list[str]:
        """The ids a shopper is shown for a query, from the whole catalogue."""
        found = self._search.search(query, k=most)
        return [scored.product.id for scored in found.products]

    def order_judged(self, query: str, judged: Sequence[str]) -> list[str]:
        """The judged products alone, as if a filter let nothing else through.

        Those that search would not show at all come last, the nearest in meaning first.
        """
        live = self._search._live  # no shopper can filter by judgments
        with live.lock:
            indexes = live.indexes
            items = [item for id_ in judged if (item := indexes.columns.index_of(id_)) is not None]
            asked = self._search._understand(query)
            shown = rank(
                indexes, asked, _only(indexes, items), SortKey.RELEVANCE, "", len(items)
            ).items.tolist()
            rest = sorted(set(items).difference(shown))
            if rest:
                rest = _by_meaning(indexes, asked, _only(indexes, rest))
            return [indexes.columns.items.id[item] for item in [*shown, *rest]]


def _by_meaning(indexes: Indexes, query: Query, matching: Matching) -> list[int]:
    """The matching items by meaning alone, which no shopper is shown."""
    nothing = Words(np.zeros(len(matching.items), np.float32), 0.0, np.zeros(0, np.int64))
    most = int(np.count_nonzero(matching.items))
    evidence, _ = _gather(indexes, query, nothing, matching.items, most)
    found: list[int] = evidence.items[np.lexsort((evidence.items, -evidence.meaning))].tolist()
    return found


def _only(indexes: Indexes, items: Sequence[int]) -> Matching:
    """A filter that lets these items through and no other."""
    allowed = np.zeros(indexes.columns.size, np.bool_)
    allowed[list(items)] = True
    return Matching(allowed, np.ones(0, np.bool_))


def _home(data: Path) -> Path:
    """The folder of the catalogue, named by what it is made from."""
    feed = data / SET / FEED
    if not feed.exists():
        raise ValueError(f"expected a catalogue at {feed}")
    digest = hashlib.sha256((_MAPPINGS / f"{_MAPPING}.toml").read_bytes())
    digest.update(feed.read_bytes())
    return cache_folder() / f"search-{SET}-{digest.hexdigest()[:12]}"


def _import(data: Path, home: Path) -> None:
    store = ProductStore.open(f"sqlite:///{home / 'daogou.db'}")
    rejects = home / "rejected.jsonl"
    import_feed(data / SET / FEED, store, mapping=load_mapping(_MAPPING), rejects_path=rejects)
    store.close()
    (home / "imported").touch()
