"""Texts as the character pieces of their words, so that spelling counts beside meaning."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from intents.numbers import align

LONGEST = 3
_RAREST = 2


@dataclass(frozen=True, slots=True)
class NgramSpace:
    """Pieces of one to three characters, weighed by how rare they are (Salton & Buckley, 1988).

    ``grams`` are the columns; ``rarity`` (float32, one a column) their inverse document
    frequency. A piece never crosses a space, which stands in it as the edge of a word.
    """

    grams: tuple[str, ...]
    rarity: NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str]) -> "NgramSpace":
        """Keeps the pieces that at least two of the texts have."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(_pieces(text)))
        grams = tuple(sorted(gram for gram, count in seen.items() if count >= _RAREST))
        counts = np.array([seen[gram] for gram in grams], dtype=np.float32)
        return cls(grams, np.log((1 + len(texts)) / (1 + counts)) + 1)

    def vectors(self, texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """One row of unit length a text (all zero for a text without known pieces), float32."""
        columns = {gram: column for column, gram in enumerate(self.grams)}
        return self.reader(columns, texts)

    def reader(self, columns: dict[str, int], texts: Sequence[str]) -> scipy.sparse.csr_matrix:
        """:meth:`vectors` with the columns already looked up, for many calls."""
        starts, places, weights = [0], [], []
        for text in texts:
            counts = Counter(columns[gram] for gram in _pieces(text) if gram in columns)
            here = np.fromiter(counts, dtype=np.int64, count=len(counts))
            many = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
            row = (1 + np.log(many)) * self.rarity[here]
            weights.append(row / max(float(np.linalg.norm(row)), 1e-9))
            places.append(here)
            starts.append(starts[-1] + len(counts))
        data = np.concatenate(weights) if weights else np.zeros(0, np.float32)
        indices = np.concatenate(places) if places else np.zeros(0, np.int64)
        shape = (len(texts), len(self.grams))
        return scipy.sparse.csr_matrix((data.astype(np.float32), indices, starts), shape=shape)


def _pieces(text: str) -> list[str]:
    """Every piece of one to three characters of the words, a space before and after each."""
    found: list[str] = []
    for word in align(text).split():
        padded = f" {word} "
        for length in range(1, LONGEST + 1):
            found.extend(padded[i : i + length] for i in range(len(padded) - length + 1))
    return [piece for piece in found if piece != " "]
