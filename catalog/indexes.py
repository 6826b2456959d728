"""Everything search keeps of the catalogue, brought up to date change by change, and saved."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from catalog.columns import FilterColumns
from catalog.correction import KnownWords, own_names, surfaces
from catalog.documents import fields, passages, words_hash
from catalog.embedding import TextVectors, read_pairs
from catalog.files import read_arrays, read_json, replace_folder, write_arrays, write_json
from catalog.kinds import ItemKinds
from catalog.lexical import LexicalIndex
from catalog.store import Change

FORMAT_VERSION = 4

VECTORS = "vectors"
_WORDS = "words"
_MANIFEST = "manifest.json"
_STATE = "state.npz"
_KNOWN = "known.json"


@dataclass(slots=True)
class Indexes:
    """The filter columns, the kinds, the words and the vectors, as of ``revision`` of the store.

    Not safe for several threads at once.
    """

    vectors: TextVectors
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
            self.vectors.want(item, {})
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
                self.vectors.want(item, passages(product))
        self.revision = max(self.revision, change.revision)

    def save(self, folder: Path) -> None:
        """Write all of it; what a killed process leaves is the state before."""
        self.save_vectors(folder)
        with replace_folder(folder / _WORDS) as work:
            for name in ("lexical", "columns", "kinds"):
                (work / name).mkdir()
                getattr(self, name).save(work / name)
            known = {"words": sorted(self.known.words), "own": sorted(self.known.own)}
            write_json(work / _KNOWN, known)
            wanted = self.vectors.wanted_pairs()
            arrays = {"wanted_ids": wanted["ids"], "wanted_hashes": wanted["hashes"]}
            arrays["word_ids"] = np.fromiter(self._words.keys(), np.int64)
            arrays["word_hashes"] = np.fromiter(self._words.values(), np.int64)
            write_arrays(work / _STATE, arrays)
            manifest = {"format_version": FORMAT_VERSION, "revision": self.revision}
            write_json(work / _MANIFEST, manifest)

    def save_vectors(self, folder: Path) -> None:
        """Write the vectors alone: they are what takes long to compute."""
        self.vectors.save(folder / VECTORS)

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
        pairs = {"ids": state["wanted_ids"], "hashes": state["wanted_hashes"]}
        self.vectors.want_again(pairs)
        self._words = read_pairs({"ids": state["word_ids"], "hashes": state["word_hashes"]})
        self.columns, self.lexical = columns, lexical
        self.kinds, self.known = kinds, known
        self.revision = revision


def _read_known(path: Path) -> KnownWords:
    found = read_json(path)
    words, own = found.get("words"), found.get("own")
    if not isinstance(words, list) or not isinstance(own, list):
        raise ValueError(f"the list of words {path} is damaged")
    known = KnownWords()
    known.teach(map(str, own))
    known.add(map(str, words))
    return known
