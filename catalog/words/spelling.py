"""Near spellings: which known word a misspelt one was meant to be."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.matching import Token, is_chinese, word_form
from catalog.text import stem

SHORTEST_WORD = 5
_EVERYDAY_RANKS, _ORDINARY_RANKS = 2_500, 12_000
_REAL_RANKS = 50_000
_LONG_WORD = 8
_STEM_SCORE = 0.93


@dataclass(frozen=True, slots=True)
class Spelling:
    """The words a vocabulary is made of, for finding the one that was meant.

    Distances are optimal string alignment (a swap of neighbours counts once): one edit for words
    of five to seven letters, two for longer ones, and the first letter must agree.
    """

    words: frozenset[str]
    _by_start: dict[str, list[str]] = field(default_factory=dict)
    _by_stem: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Iterable[str], others: Iterable[str] = ()) -> "Spelling":
        """Arranges word forms; ``others`` are known too, but are nobody's misspelling.

        Chinese characters, numbers and codes are left out.
        """
        kept = frozenset(w for w in words if w.isalpha() and not is_chinese(w))
        by_start: defaultdict[str, list[str]] = defaultdict(list)
        by_stem: dict[str, str] = {}
        for word in sorted(kept):
            if len(word) >= SHORTEST_WORD - 1:
                by_start[word[0]].append(word)
            by_stem.setdefault(stem(word), word)
        return cls(kept.union(others), dict(by_start), by_stem)

    def nearest(self, token: Token) -> tuple[str, float] | None:
        """The form of the word that was meant with a score in (0, 1], or ``None``.

        A word that is known, is a real English word or is too short is never changed, except to
        a known word of the same stem.
        """
        form, word = token.form, token.word
        if form in self.words or not form.isalpha() or token.chinese:
            return None
        same = self._by_stem.get(stem(form))
        if same is not None and len(form) > SHORTEST_WORD and word not in ordinary_words():
            return same, _STEM_SCORE
        if len(form) < SHORTEST_WORD or not real_words().isdisjoint((word, form)):
            return None
        return next(filter(None, map(self._closest, singulars(word, form))), None)

    def corrected(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """The form of each token, or of the word that was meant by it."""
        return tuple(map(self._form_meant, tokens))

    def _form_meant(self, token: Token) -> str:
        near = self.nearest(token)
        return word_form(near[0]) if near else token.form

    def _closest(self, word: str) -> tuple[str, float] | None:
        edits = 2 if len(word) >= _LONG_WORD else 1
        near = [w for w in self._by_start.get(word[0], ()) if abs(len(w) - len(word)) <= edits]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
        if not found:
            return None
        # Of two words as near, the one with the same last letter: "weigt" is "weight", not "weigh".
        best, distance, _ = min(found, key=lambda one: (one[1], one[0][-1] != word[-1]))
        if distance > 1 and len(best) < _LONG_WORD:
            return None
        return best, 1.0 - 1.5 * distance / len(word)


def singulars(word: str, form: str) -> tuple[str, ...]:
    """What a misspelt word may be without its plural ending: "wathces" is "wathce" or "wathc"."""
    cut = word.removesuffix("es")
    return (form, cut) if cut != word and len(cut) >= SHORTEST_WORD else (form,)


@cache
def _ranked() -> list[str]:
    from spellchecker import SpellChecker

    counts = SpellChecker(language="en").word_frequency.dictionary
    return sorted(counts, key=lambda word: (-counts[word], word))


@cache
def everyday_words() -> frozenset[str]:
    """The English words that everybody uses every day."""
    return frozenset(_ranked()[:_EVERYDAY_RANKS])


@cache
def ordinary_words() -> frozenset[str]:
    """The English words that are so common that alone they hardly name a brand or a value."""
    return frozenset(_ranked()[:_ORDINARY_RANKS])


@cache
def real_words() -> frozenset[str]:
    """English words that are spelt right, and so not a misspelling of something we sell."""
    return frozenset(_ranked()[:_REAL_RANKS])
