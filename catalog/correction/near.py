"""Latin words near to a misspelt one, out of many thousands, in well under a millisecond.

Words one edit apart are found by symmetric deletion (Garbe, 2012, SymSpell; the idea is Mor and
Fraenkel, 1982): two words within one edit (a swap of neighbours included) become equal when at
most one letter is left out of each, so it is enough to look up every such shortening. Long words
may be two edits away; those are compared with the words that begin alike.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST, LONG, LONGEST = 4, 8, 24
_MOST_RECENT = 2_000
_BEGINNING = 1


class NearWords:
    """Words by their shortenings: sorted hashes in arrays, and a dictionary of recent ones."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._hashes = np.zeros(0, np.int64)
        self._owners = np.zeros(0, np.int32)
        self._recent: defaultdict[int, list[int]] = defaultdict(list)
        self._beginning: defaultdict[tuple[str, int], list[str]] = defaultdict(list)

    def add(self, word: str) -> None:
        """Let a word be found; it must not have been added before."""
        if not SHORTEST <= len(word) <= LONGEST:
            return
        number = len(self._words)
        self._words.append(word)
        for short in _shortenings(word):
            self._recent[hash(short)].append(number)
        if len(word) >= LONG - 2:
            self._beginning[word[:_BEGINNING], len(word)].append(word)

    def compact(self) -> None:
        """Merge the recent words into the arrays, once they are many."""
        if len(self._recent) <= _MOST_RECENT:
            return
        sizes = [len(owners) for owners in self._recent.values()]
        hashes = np.repeat(np.fromiter(self._recent, np.int64, len(sizes)), sizes)
        owners = np.fromiter((n for some in self._recent.values() for n in some), np.int32)
        all_hashes = np.concatenate([self._hashes, hashes])
        order = np.argsort(all_hashes, kind="stable")
        self._hashes = all_hashes[order]
        self._owners = np.concatenate([self._owners, owners])[order]
        self._recent = defaultdict(list)

    def near(self, word: str) -> dict[str, int]:
        """The words one edit away, or two from a long one, with the number of edits."""
        self.compact()
        if not SHORTEST <= len(word) <= LONGEST + 1:
            return {}
        found = {other: OSA.distance(word, other) for other in self._one_edit(word)}
        found = {other: edits for other, edits in found.items() if edits == 1}
        if len(word) >= LONG:
            for other in self._two_edits(word):
                found.setdefault(other, 2)
        return found

    def _one_edit(self, word: str) -> set[str]:
        wanted = np.fromiter((hash(short) for short in _shortenings(word)), np.int64)
        starts = np.searchsorted(self._hashes, wanted, "left")
        ends = np.searchsorted(self._hashes, wanted, "right")
        owners = [self._owners[start:end] for start, end in zip(starts, ends, strict=True)]
        found = {self._words[number] for some in owners for number in _listed(some)}
        for short in wanted.tolist():
            found.update(self._words[number] for number in self._recent.get(short, ()))
        return found

    def _two_edits(self, word: str) -> Iterator[str]:
        for length in range(max(LONG - 2, len(word) - 2), len(word) + 3):
            same = self._beginning.get((word[:_BEGINNING], length), ())
            for other, edits, _ in process.extract(
                word, same, scorer=OSA.distance, score_cutoff=2, limit=8
            ):
                if edits == 2:
                    yield other


def _listed(owners: NDArray[np.int32]) -> list[int]:
    return [int(owner) for owner in owners]


def _shortenings(word: str) -> set[str]:
    """The word itself, and the word without each one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
