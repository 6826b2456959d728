"""A query as it was meant: Latin words, Chinese characters, pinyin and spaces put right."""

import re

from catalog.correction.chinese import correct_chinese, join_names
from catalog.correction.known import KnownWords
from catalog.correction.latin import Latin
from catalog.correction.types import Change, Correction
from catalog.correction.words import WordIndex
from catalog.synonyms import NO_SYNONYMS, Synonyms
from catalog.text import fold, has_chinese

MOST_CHARACTERS = 200
"""Longer texts are left as they are: they are sentences, and each word counts little."""

_RUN = re.compile(r"([\u3400-\u9fff]+(?:\s+[\u3400-\u9fff]+)*)")


class Corrector:
    """Corrects queries by what one catalogue knows. Not safe for several threads at once.

    Names that the shop's synonyms have are known too.
    """

    def __init__(
        self, known: KnownWords, index: WordIndex, synonyms: Synonyms = NO_SYNONYMS
    ) -> None:
        self._known = known
        self._index = index
        self._own = [name for name in synonyms if has_chinese(name)]
        words = frozenset(word for name in synonyms for word in name.split())
        self._latin = Latin(known, index, words)

    def correct(self, text: str) -> Correction:
        """The query to search for; the text itself when there is nothing to correct."""
        if len(text) > MOST_CHARACTERS or not text.strip():
            return Correction(text)
        changes: list[Change] = []
        parts = []
        folded = fold(text)
        for run in _RUN.split(folded):
            corrected = self._chinese(run) if has_chinese(run) else self._latin.correct(run)
            parts.append(corrected.text)
            changes.extend(corrected.changes)
        joined = "".join(parts)
        if not changes and joined == folded:
            return Correction(text)
        return Correction(joined, tuple(changes))

    def _chinese(self, run: str) -> Correction:
        if any(name in run for name in self._own):
            return Correction(run)
        return correct_chinese(join_names(run, self._known.names), self._known.names, self._index)
