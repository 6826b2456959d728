"""The words of a catalogue for the benchmark, kept in the cache of the tests."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.correction import KnownWords, own_names, surfaces
from catalog.demo import demo_products
from catalog.documents import fields
from catalog.lexical import LexicalIndex
from catalog.text import stem
from catalog.types import Product
from tests.benchmarks.kept import cache_folder, kept_home, kept_store

PROJECT = Path(__file__).resolve().parents[3]
DEMO = "demo"

_MADE_BY = ("text.py", "measures.py", "documents.py", "lexical.py", "correction/known.py")


@dataclass(frozen=True, slots=True)
class Shop:
    """A catalogue as search by words knows it; a product's number is its place in ``products``."""

    name: str
    products: list[tuple[str, Product]]
    index: LexicalIndex
    known: KnownWords

    def counts(self) -> dict[str, int]:
        """In how many products each word occurs, as it is written there."""
        found = {word: self.index.frequency(word) for word in self.known.words}
        return {w: n or self.index.frequency(stem(w)) or 1 for w, n in found.items()}


def open_shop(data: Path, name: str) -> Shop:
    """The demo shop, or a shared catalogue.

    Raises:
        ValueError: if there is no such catalogue.
    """
    products = list(_products(data, name))
    folder = cache_folder() / f"words-{name}-{_version(data, name)}"
    if not (folder / "known.txt").exists():
        _make(products, folder)
    known = KnownWords()
    for _, one in products:
        known.teach(own_names(one))
    known.add((folder / "known.txt").read_text(encoding="utf-8").split("\n"))
    return Shop(name, products, LexicalIndex.load(folder), known)


def _products(data: Path, name: str) -> Iterator[tuple[str, Product]]:
    if name == DEMO:
        yield from ((one.id, one) for one in demo_products(7))
        return
    store = kept_store(data, name)
    for batch in store.iterate():
        yield from ((one.id, one) for _, one in batch)
    store.close()


def _make(products: Iterable[tuple[str, Product]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    index, words = LexicalIndex(), set[str]()
    known = KnownWords()
    for number, (_, one) in enumerate(products):
        known.teach(own_names(one))
        texts = fields(one)
        index.add(number, texts)
        words.update(surfaces(one, texts))
    index.save(folder)
    (folder / "known.txt").write_text("\n".join(sorted(words)), encoding="utf-8")


def _version(data: Path, name: str) -> str:
    digest = hashlib.sha256(name.encode() if name == DEMO else kept_home(data, name).name.encode())
    for file in _MADE_BY:
        digest.update((PROJECT / "catalog" / file).read_bytes())
    return digest.hexdigest()[:12]
