"""Latin words put right: slips of the fingers, spaces left out or put in, pinyin."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.correction.edits import similar_end, slip_cost
from catalog.correction.known import KnownWords
from catalog.correction.near import LONG, SHORTEST
from catalog.correction.pinyin import read_pinyin
from catalog.correction.types import Change, Correction
from catalog.correction.words import WordIndex
from catalog.query import STOP_WORDS
from catalog.text import stem
from catalog.words.spelling import real_words

_CHUNK = re.compile(r"\s*\S+\s*")
_WORDS = re.compile(r"[a-z]+(?:'[a-z]+)?(?:-[a-z]+)*")
_FREQUENT = 0.12
"""What ten times as many products are worth, in edits."""
_MOST_COST, _MOST_COST_SHORT = 2.0, 1.5
_SPLIT_COST, _PIECE_LETTERS, _JOIN_LEAST = 1.0, 3, 5
_JOIN_SHARE = 2
_MOST_PINYIN_WORDS = 8


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a text, or something between words; ``word`` is "" for what is left alone."""

    text: str
    word: str
    known: bool


class Latin:
    """Corrects the parts of a query that are not Chinese; ``own`` words are known besides."""

    def __init__(
        self, known: KnownWords, index: WordIndex, own: frozenset[str] = frozenset()
    ) -> None:
        self._known = known
        self._index = index
        self._own = own

    def correct(self, text: str) -> Correction:
        """The text as it was meant; folded, as it must come."""
        words = [self._read(chunk) for chunk in _CHUNK.findall(text)]
        if not any(word.word for word in words):
            return Correction(text)
        changes: list[Change] = []
        parts, at = [], 0
        while at < len(words):
            taken, meant = self._best(words, at)
            written = "".join(word.text for word in words[at : at + taken])
            if meant:
                changes.append(Change(_bare(written), meant))
                written = written.replace(_bare(written), meant)
            parts.append(written)
            at += taken
        return Correction("".join(parts), tuple(changes))

    def _read(self, chunk: str) -> _Word:
        bare = _bare(chunk)
        word = bare if _WORDS.fullmatch(bare) else ""
        return _Word(chunk, word, bool(word) and self._is_known(word))

    def _is_known(self, word: str) -> bool:
        frequency = self._index.frequency
        if word in self._own or stem(word) in STOP_WORDS or self._known.knows(word, frequency):
            return True
        return "-" in word and all(self._is_known(part) for part in word.split("-"))

    def _best(self, words: Sequence[_Word], at: int) -> tuple[int, str]:
        """How many words from ``at`` are taken together, and what for; "" for as they are."""
        if not words[at].word:
            return 1, ""
        count, meant = self._as_pinyin(words[at : at + _MOST_PINYIN_WORDS])
        if meant:
            return count, meant
        if at + 1 < len(words) and (joined := self._as_one(words[at], words[at + 1])):
            return 2, joined
        return 1, "" if words[at].known else self._nearest(words[at].word)

    def _as_pinyin(self, words: Sequence[_Word]) -> tuple[int, str]:
        """The longest start of the words that is Chinese in Latin letters."""
        for count in range(len(words), 0, -1):
            some = words[:count]
            if all(map(_may_be_pinyin, some)) and any(map(_is_strange, some)):
                meant = read_pinyin([w.word for w in some], self._known.names, self._index)
                if meant:
                    return count, meant
        return 0, ""

    def _as_one(self, first: _Word, second: _Word) -> str:
        """Two words that are one with a space too many: "head phones"."""
        joined = first.word + second.word
        if not second.word or len(joined) < _JOIN_LEAST or not self._known.has(joined):
            return ""
        if _bare(first.text) != first.text.strip() or {first.word, second.word} & STOP_WORDS:
            return ""
        if not (first.known and second.known):
            return joined
        apart = self._index.together((stem(first.word), stem(second.word)))
        return joined if self._count(joined) > _JOIN_SHARE * apart else ""

    def _nearest(self, word: str) -> str:
        """The known word, or the two words, that a strange one was most likely meant to be."""
        if len(word) < SHORTEST or word in real_words() or not word.isalpha():
            return ""
        most = _MOST_COST if len(word) >= LONG else _MOST_COST_SHORT
        choices = [
            (slip_cost(word, other, edits), other)
            for other, edits in self._near(word)
            if edits == 1 or (similar_end(word, other) or word[:3] == other[:3])
        ]
        choices = [(cost, other) for cost, other in choices if cost <= most]
        choices += [(_SPLIT_COST, split) for split in self._splits(word)]
        ranked = [(cost - self._worth(other), other) for cost, other in choices]
        return min(ranked)[1] if ranked else ""

    def _near(self, word: str) -> Iterator[tuple[str, int]]:
        for other, edits in self._known.near.near(word).items():
            # A word of four letters has too many neighbours: only its letters may be swapped.
            if len(word) > SHORTEST or sorted(word) == sorted(other) or len(other) > SHORTEST:
                yield other, edits

    def _splits(self, word: str) -> Iterator[str]:
        """The likeliest two words that stand together here without their space."""
        found = []
        for at in range(_PIECE_LETTERS, len(word) - _PIECE_LETTERS + 1):
            first, second = word[:at], word[at:]
            if self._known.has(first) and self._known.has(second):
                apart = self._index.together((stem(first), stem(second)))
                famous = self._known.is_famous(first) and self._known.is_famous(second)
                found.append((apart + famous, f"{first} {second}"))
        best = max(found, default=(0, ""))
        if best[0]:
            yield best[1]

    def _worth(self, words: str) -> float:
        terms = [stem(word) for word in words.split()]
        count = self._index.together(terms) if len(terms) > 1 else self._count(words)
        return _FREQUENT * math.log10(1 + count)

    def _count(self, word: str) -> int:
        return self._index.frequency(stem(word))


def _bare(chunk: str) -> str:
    return chunk.strip().strip(".,;:!?()[]\"'")


def _may_be_pinyin(word: _Word) -> bool:
    """Strange words, and short ones, which a catalogue has by chance ("ke", "bao")."""
    return word.word.isalpha() and (not word.known or len(word.word) <= 4)


def _is_strange(word: _Word) -> bool:
    return not word.known and word.word not in real_words()
