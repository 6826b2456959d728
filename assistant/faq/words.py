"""How much of a message's wording an entry knows, whatever the vectors say."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.text import fold, has_chinese, tokens

_SEPARATORS = re.compile(r"[\W_]+")
_GRAM = 4


@dataclass(frozen=True, slots=True)
class WordOverlap:
    """Which entries know a term, and how telling the term is (inverse entry frequency)."""

    count: int
    entries: Mapping[str, NDArray[np.intp]]

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> "WordOverlap":
        """Index the texts of each entry."""
        found: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(texts):
            for text in entry:
                for term in terms(text):
                    found[term].add(number)
        entries = {term: np.array(sorted(known), np.intp) for term, known in found.items()}
        return cls(len(texts), entries)

    def coverage(self, text: str) -> NDArray[np.float64]:
        """Per entry, the share of the message's terms it knows, weighted by how telling they are.

        Terms that no entry knows count fully, so a message about something else covers little.
        """
        known = np.zeros(self.count)
        total = 0.0
        for term in terms(text):
            entries = self.entries.get(term)
            weight = math.log1p(self.count / (1 if entries is None else len(entries)))
            total += weight
            if entries is not None:
                known[entries] += weight
        return known / total if total else known


def terms(text: str) -> set[str]:
    """Words, and pieces of words that survive a typo or another way of cutting Chinese."""
    return {f"w{word}" for word in tokens(text)} | {f"g{piece}" for piece in _pieces(text)}


def _pieces(text: str) -> Iterator[str]:
    letters = _SEPARATORS.sub(" ", fold(text)).strip()
    if has_chinese(letters):
        letters = letters.replace(" ", "")
        yield from letters
        yield from (letters[i : i + 2] for i in range(len(letters) - 1))
    else:
        letters = f" {letters} "
        yield from (letters[i : i + _GRAM] for i in range(len(letters) - _GRAM + 1))
