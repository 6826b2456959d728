"""Finding products by their words: a fielded BM25 over numpy arrays.

BM25F (Robertson, Zaragoza and Taylor, 2004): the frequencies of a term in the fields of a
document are weighted, divided by the field's length against a fixed pivot, and added up to
``x``; a document's score for a query is ``Σ idf(term) · x / (k1 + x)``. As the pivots are fixed,
a document's part of the sum depends on that document alone, so it is computed once.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.files import read_arrays, read_json, write_arrays, write_json
from catalog.query import Term, Tokens
from catalog.text import tokens

FORMAT_VERSION = 1
K1 = 1.2
_OTHER_NAME = 0.6

_MANIFEST = "manifest.json"
_TERMS = "terms.txt"
_ARRAYS = "postings.npz"
_MINIMUM_MERGE = 50_000
_MERGE_SHARE = 0.2

Texts = Sequence[Sequence[str]]
"""The tokens of one field, one sequence for each language it is written in."""


@dataclass(frozen=True, slots=True)
class Field:
    """How much a field counts, and how its length (in tokens) tells against it.

    ``pivot`` is an ordinary length; ``slope`` in [0, 1] is BM25's ``b``.
    """

    weight: float
    pivot: float
    slope: float


FIELDS: Mapping[str, Field] = {
    "title": Field(3.0, 12.0, 0.5),
    "brand": Field(2.0, 2.0, 0.3),
    "category": Field(2.0, 4.0, 0.3),
    "attributes": Field(1.0, 30.0, 0.6),
    "description": Field(1.0, 60.0, 0.75),
}


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """What every item has of a query; both arrays are indexed by ``item_idx``.

    ``scores`` are in [0, 1): the BM25 sum over the most that any document could reach.
    ``coverage`` in [0, 1] is the share of the query's weight (idf) that occurs in the item.
    """

    scores: NDArray[np.float32]
    coverage: NDArray[np.float32]


class LexicalIndex:
    """Postings in flat arrays sorted by term, and a small dictionary of recent documents.

    Recent documents are merged into the arrays once they are many. Not safe for several
    threads at once.
    """

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        self._offsets = np.zeros(1, np.int64)
        self._items = np.zeros(0, np.int32)
        self._impacts = np.zeros(0, np.float32)
        self._alive = np.zeros(0, np.bool_)
        self._recent: dict[str, dict[int, float]] = {}
        self._recent_terms: dict[int, tuple[str, ...]] = {}
        self._recent_postings = 0

    def __len__(self) -> int:
        return int(np.count_nonzero(self._alive)) + len(self._recent_terms)

    def add(self, item_idx: int, fields: Mapping[str, Texts]) -> None:
        """Add a document, or put it in the place of the one of that ``item_idx``.

        Raises:
            ValueError: if a field is none of :data:`FIELDS`.
        """
        self.remove(item_idx)
        impacts = term_impacts(fields)
        self._recent_terms[item_idx] = tuple(impacts)
        for term, impact in impacts.items():
            self._recent.setdefault(term, {})[item_idx] = impact
        self._recent_postings += len(impacts)
        if self._recent_postings > max(_MINIMUM_MERGE, _MERGE_SHARE * len(self._items)):
            self.compact()

    def remove(self, item_idx: int) -> None:
        """Take a document out; nothing happens when there is none."""
        for term in self._recent_terms.pop(item_idx, ()):
            del self._recent[term][item_idx]
            self._recent_postings -= 1
        if item_idx < len(self._alive):
            self._alive[item_idx] = False

    def scores(self, terms: Sequence[Term], size: int) -> LexicalScores:
        """Score every item below ``size`` for a query.

        A term counts as the best of its names in each item. Other names than the one that was
        written count less; where the catalogue does not know that one, its translation leads.
        """
        scores = np.zeros(size, np.float32)
        coverage = np.zeros(size, np.float32)
        total = 0.0
        for term in terms:
            if term.extra and not all(map(self.frequency, term.written)):
                continue
            names = [name for name in term.others if all(map(self.frequency, name))]
            weight = self._weight(term.written, names)
            leads = self._leads(term, names)
            found = self._name_scores(term.written, size, whole=False)
            for name in names:
                other = self._name_scores(name, size, whole=True)
                share = _OTHER_NAME if leads and name not in leads else 1.0
                np.maximum(found.scores, share * other.scores, out=found.scores)
                np.maximum(found.coverage, other.coverage, out=found.coverage)
            scores += weight * found.scores
            coverage += weight * found.coverage
            total += weight
        if total:
            scores /= total
            coverage /= total
        return LexicalScores(scores, coverage)

    def frequency(self, token: str) -> int:
        """How many documents have the token; removed ones count until they are merged away."""
        return len(self._postings(token)[0]) + len(self._recent.get(token, ()))

    def together(self, tokens: Sequence[str]) -> int:
        """How many documents have all of the tokens."""
        if not tokens or not all(map(self.frequency, tokens)):
            return 0
        recent = set.intersection(*(set(self._recent.get(token, ())) for token in tokens))
        items = self._postings(tokens[0])[0]
        for token in tokens[1:]:
            items = np.intersect1d(items, self._postings(token)[0], assume_unique=True)
        return int(np.count_nonzero(self._alive[items])) + len(recent)

    def _leads(self, term: Term, names: Sequence[Tokens]) -> Sequence[Tokens]:
        """The names that count in full: the written one where the catalogue has it.

        Else one that shares a word with it (sd卡, "sd card"), else its translations; without any
        of these all names count alike.
        """
        if all(map(self.frequency, term.written)):
            return [term.written]
        alike = [name for name in names if not set(name).isdisjoint(term.written)]
        usual = [tuple(tokens(translation)) for translation in term.translations]
        return alike[:1] or [name for name in usual if name in names]

    def _weight(self, written: Sequence[str], names: Sequence[Sequence[str]]) -> float:
        """How much a term counts: by the words that were written, or a name the catalogue knows.

        The words of one name occur together, so that several tell less than the sum of their idf.
        """
        known = [written, *names] if any(map(self.frequency, written)) else [*names, written]
        return sum(map(self._idf, known[0])) / math.sqrt(len(known[0]))

    def _name_scores(self, name: Sequence[str], size: int, *, whole: bool) -> LexicalScores:
        """The scores of one name; with ``whole`` only of items that have all of it."""
        scores = np.zeros(max(size, len(self._alive)), np.float32)
        coverage = np.zeros(len(scores), np.float32)
        weights = {token: self._idf(token) for token in name}
        for token, idf in weights.items():
            items, impacts = self._postings(token)
            scores[items] += idf * impacts
            coverage[items] += idf
        # What the arrays still say of documents that were removed or replaced is wiped, and only
        # then do the recent ones add theirs.
        dead = np.flatnonzero(~self._alive)
        scores[dead] = 0.0
        coverage[dead] = 0.0
        for token, idf in weights.items():
            for item, impact in self._recent.get(token, {}).items():
                scores[item] += idf * impact
                coverage[item] += idf
        total = sum(weights.values()) or 1.0
        if whole and len(weights) > 1:
            scores[coverage < total * 0.999] = 0.0
            coverage[coverage < total * 0.999] = 0.0
        return LexicalScores(scores[:size] / total, coverage[:size] / total)

    def containing(self, term: Term, items: Sequence[int]) -> set[int]:
        """Which of ``items`` have a name of the term anywhere."""
        found = self._having(term.written, items)
        for name in term.others:
            if all(map(self.frequency, name)):
                found |= self._having(name, items)
        return found

    def _having(self, name: Sequence[str], items: Sequence[int]) -> set[int]:
        marks = np.zeros(max([len(self._alive), *(item + 1 for item in items)]), np.int32)
        for token in name:
            marks[self._postings(token)[0]] += 1
        marks[: len(self._alive)] *= self._alive
        for token in name:
            for item in self._recent.get(token, {}).keys() & set(items):
                marks[item] += 1
        return {item for item in items if marks[item] == len(name)}

    def compact(self) -> None:
        """Merge recent documents into the arrays and drop removed ones."""
        terms = list(dict.fromkeys([*self._terms, *self._recent]))
        number = {term: index for index, term in enumerate(terms)}
        new_terms, new_items, new_impacts = _flatten(self._recent, number)
        old_terms = np.repeat(np.arange(len(self._terms), dtype=np.int32), np.diff(self._offsets))
        kept = self._alive[self._items]
        all_terms = np.concatenate([old_terms[kept], new_terms])
        order = np.argsort(all_terms, kind="stable")
        self._items = np.concatenate([self._items[kept], new_items])[order]
        self._impacts = np.concatenate([self._impacts[kept], new_impacts])[order]
        counts = np.bincount(all_terms, minlength=len(terms))
        self._drop_empty(terms, counts)
        self._alive = _with_items(self._alive, self._recent_terms)
        self._recent, self._recent_terms, self._recent_postings = {}, {}, 0

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``, which must exist."""
        self.compact()
        (folder / _TERMS).write_text("\n".join(self._terms), encoding="utf-8")
        arrays: dict[str, NDArray[Any]] = {
            "offsets": self._offsets,
            "items": self._items,
            "impacts": self._impacts,
            "alive": self._alive,
        }
        write_arrays(folder / _ARRAYS, arrays)
        fields = {name: [f.weight, f.pivot, f.slope] for name, f in FIELDS.items()}
        write_json(folder / _MANIFEST, {"format_version": FORMAT_VERSION, "fields": fields})

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what :meth:`save` wrote.

        Raises:
            ValueError: if it is missing, cut, of another format or of other field weights.
        """
        manifest = read_json(folder / _MANIFEST)
        fields = {name: [f.weight, f.pivot, f.slope] for name, f in FIELDS.items()}
        if manifest != {"format_version": FORMAT_VERSION, "fields": fields}:
            raise ValueError(f"the lexical index in {folder} is of another format; index again")
        index = cls()
        arrays = read_arrays(folder / _ARRAYS)
        try:
            terms = (folder / _TERMS).read_text(encoding="utf-8").split("\n")
            index._offsets, index._items = arrays["offsets"], arrays["items"]
            index._impacts, index._alive = arrays["impacts"], arrays["alive"]
        except (OSError, KeyError, ValueError) as error:
            raise ValueError(f"the lexical index in {folder} is damaged: {error}") from error
        index._terms = {term: number for number, term in enumerate(terms) if term}
        if len(index._offsets) != len(index._terms) + 1:
            raise ValueError(f"the lexical index in {folder} is damaged: terms and postings differ")
        return index

    def _idf(self, term: str) -> float:
        known = self.frequency(term)
        documents = max(len(self), known)
        return math.log(1.0 + (documents - known + 0.5) / (known + 0.5))

    def _postings(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        number = self._terms.get(term)
        start, end = (0, 0) if number is None else self._offsets[number : number + 2]
        return self._items[start:end], self._impacts[start:end]

    def _drop_empty(self, terms: Sequence[str], counts: NDArray[np.int64]) -> None:
        used = np.flatnonzero(counts)
        self._terms = {terms[old]: new for new, old in enumerate(used.tolist())}
        self._offsets = np.concatenate([[0], np.cumsum(counts[used])]).astype(np.int64)


def term_impacts(fields: Mapping[str, Texts]) -> dict[str, float]:
    """``x / (k1 + x)`` for every term of a document.

    A field written in two languages is two texts of their own; a term that both have (a model
    code, a brand) counts once, where it weighs most.

    Raises:
        ValueError: if a field is none of :data:`FIELDS`.
    """
    if unknown := fields.keys() - FIELDS.keys():
        raise ValueError(f"expected fields among {', '.join(FIELDS)}, got {sorted(unknown)}")
    sums: Counter[str] = Counter()
    for name, texts in fields.items():
        best: dict[str, float] = {}
        for words in texts:
            for term, x in _field_weights(FIELDS[name], words).items():
                best[term] = max(x, best.get(term, 0.0))
        sums.update(best)
    return {term: x / (K1 + x) for term, x in sums.items()}


def _field_weights(field: Field, tokens: Sequence[str]) -> dict[str, float]:
    length = 1.0 - field.slope + field.slope * len(tokens) / field.pivot
    return {term: field.weight * count / length for term, count in Counter(tokens).items()}


def _flatten(
    recent: Mapping[str, Mapping[int, float]], number: Mapping[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    sizes = [len(postings) for postings in recent.values()]
    terms = np.repeat(np.array([number[term] for term in recent], np.int32), sizes)
    items = [item for postings in recent.values() for item in postings]
    impacts = [impact for postings in recent.values() for impact in postings.values()]
    return terms, np.array(items, np.int32), np.array(impacts, np.float32)


def _with_items(alive: NDArray[np.bool_], items: Iterable[int]) -> NDArray[np.bool_]:
    new = list(items)
    grown = np.zeros(max([len(alive), *(item + 1 for item in new)]), np.bool_)
    grown[: len(alive)] = alive
    grown[new] = True
    return grown
