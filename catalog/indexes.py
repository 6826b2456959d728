"""Everything search keeps of the catalogue, brought up to date change by change, and saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.columns import FilterColumns
from catalog.correction import KnownWords, own_names, surfaces
from catalog.documents import english_passages, fields, passages, words_hash
from catalog.embedding import TextVectors, read_pairs
from catalog.files import read_arrays, read_json, replace_folder, write_arrays, write_json
from catalog.kinds import ItemKinds
from catalog.lexical import LexicalIndex
from catalog.store import Change
from catalog.types import Product

FORMAT_VERSION = 5

VECTORS, ENGLISH = "vectors", "english"
_WORDS = "words"
_MANIFEST = "manifest.json"
_STATE = "state.npz"
_KNOWN = "known.json"


@dataclass(slots=True)
class Indexes:
    """The filter columns, the kinds, the words and the vectors, as of ``revision`` of the store.

    ``english`` are the vectors of the English texts by a second encoder, if there is one. Not
    safe for several threads at once.
    """

    vectors: TextVectors
    english: TextVectors | None = None
    columns: FilterColumns = field(default_factory=FilterColumns)
    lexical: LexicalIndex = field(default_factory=LexicalIndex)
    kinds: ItemKinds = field(default_factory=ItemKinds)
    known: KnownWords = field(default_factory=KnownWords)
    revision: int = 0
    _words: dict[int, int] = field(default_factory=dict)

    def apply(self, change: Change) -> None:
        """Bring in one change. A new price or stock touches only the columns."""
        product = change.product
        item = change.item_idx
        if product is None:
            self.columns.remove(item)
            self.lexical.remove(item)
            self.kinds.remove(item)
            self._forget(item)
            self._words.pop(item, None)
        else:
            self.columns.update(item, product)
            name = words_hash(product)
            if self._words.get(item) != name:
                self._words[item] = name
                self.known.teach(own_names(product))
                words = fields(product)
                self.lexical.add(item, words)
                self.known.add(surfaces(product, words))
                self.kinds.update(item, product)
                self.want(item, product)
        self.revision = max(self.revision, change.revision)

    def _forget(self, item: int) -> None:
        for vectors in self.spaces().values():
            vectors.want(item, {})

    def want(self, item: int, product: Product) -> None:
        """Ask for the vectors of an item's texts."""
        texts = passages(product)
        self.vectors.want(item, texts)
        if self.english is not None:
            self.english.want(item, english_passages(texts))

    def spaces(self) -> dict[str, TextVectors]:
        """The vectors of each encoder, by the name of the folder they are saved in."""
        english = {} if self.english is None else {ENGLISH: self.english}
        return {VECTORS: self.vectors, **english}

    def put(self, name: str, vectors: TextVectors) -> None:
        """Let other vectors take the place of those that :meth:`spaces` calls ``name``."""
        if name == ENGLISH:
            self.english = vectors
        else:
            self.vectors = vectors

    def save(self, folder: Path) -> None:
        """Write all of it; what a killed process leaves is the state before."""
        self.save_vectors(folder)
        with replace_folder(folder / _WORDS) as work:
            for name in ("lexical", "columns", "kinds"):
                (work / name).mkdir()
                getattr(self, name).save(work / name)
            known = {"words": sorted(self.known.words), "own": sorted(self.known.own)}
            write_json(work / _KNOWN, known)
            arrays = {
                f"{name}_{part}": values
                for name, vectors in self.spaces().items()
                for part, values in vectors.wanted_pairs().items()
            }
            arrays["word_ids"] = np.fromiter(self._words.keys(), np.int64)
            arrays["word_hashes"] = np.fromiter(self._words.values(), np.int64)
            write_arrays(work / _STATE, arrays)
            manifest = {"format_version": FORMAT_VERSION, "revision": self.revision}
            write_json(work / _MANIFEST, manifest)

    def save_vectors(self, folder: Path) -> None:
        """Write the vectors alone: they are what takes long to compute."""
        for name, vectors in self.spaces().items():
            vectors.save(folder / name)

    def load_words(self, folder: Path) -> None:
        """Read the columns, the words, and which texts should have vectors.

        Raises:
            ValueError: if something is missing, damaged or of another format.
        """
        words = folder / _WORDS
        manifest = read_json(words / _MANIFEST)
        revision = manifest.get("revision")
        if manifest.get("format_version") != FORMAT_VERSION or not isinstance(revision, int):
            raise ValueError(f"the indexes in {words} are of another format")
        columns = FilterColumns.load(words / "columns")
        lexical = LexicalIndex.load(words / "lexical")
        kinds = ItemKinds.load(words / "kinds")
        known = _read_known(words / _KNOWN)
        state = read_arrays(words / _STATE)
        wanted = {name: _pairs_of(name, state) for name in self.spaces()}
        for name, vectors in self.spaces().items():
            vectors.want_again(wanted[name])
        self._words = read_pairs({"ids": state["word_ids"], "hashes": state["word_hashes"]})
        self.columns, self.lexical = columns, lexical
        self.kinds, self.known = kinds, known
        self.revision = revision


def _pairs_of(name: str, state: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The texts that those vectors were wanted for; not there when the encoder is new."""
    if f"{name}_ids" not in state:
        raise ValueError(f"the indexes do not say which texts {name} should hold")
    return {part: state[f"{name}_{part}"] for part in ("ids", "hashes")}


def _read_known(path: Path) -> KnownWords:
    found = read_json(path)
    words, own = found.get("words"), found.get("own")
    if not isinstance(words, list) or not isinstance(own, list):
        raise ValueError(f"the list of words {path} is damaged")
    known = KnownWords()
    known.teach(map(str, own))
    known.add(map(str, words))
    return known
