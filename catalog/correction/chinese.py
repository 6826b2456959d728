"""Chinese characters put right: same sound, same shape, or two in the wrong order.

A noisy channel (Kernighan, Church and Gale, 1990): the cheapest way to read a run of characters
as words, where a cost is the negative logarithm of how often a word is written, by the catalogue
and by jieba's dictionary, plus that of the slip that makes the characters from it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.correction.names import LONGEST, SHORTEST, ChineseNames
from catalog.correction.types import Change, Correction
from catalog.correction.words import WordIndex
from catalog.text import tokens, word_frequency

MARGIN = 3.0
"""A correction must be so much likelier than what was written: twenty times."""

_LONGEST_RUN = 40
_JIEBA_TOTAL = 60_101_967
_RAREST_WORD, _RAREST_CHARACTER = 13.0, 14.0
_FAMOUS = 20
_LEAST_TOTAL = 10_000
_ENOUGH_PRODUCTS = 500


@dataclass(frozen=True, slots=True)
class _Reading:
    """``meant`` for the characters ``start:end``; the same as written unless it is corrected."""

    start: int
    end: int
    meant: str
    cost: float


def correct_chinese(run: str, names: ChineseNames, index: WordIndex) -> Correction:
    """The run as it was meant."""
    if len(run) > _LONGEST_RUN or len(run) < SHORTEST:
        return Correction(run)
    written = list(_written(run, names, index))
    plain = _cheapest(len(run), written)
    odd = [r.start for r in plain if r.end - r.start == 1]
    corrected = list(_corrected(run, frozenset(odd), names, index)) if odd else []
    if not corrected:
        return Correction(run)
    best = _cheapest(len(run), [*written, *corrected])
    if _cost(plain) - _cost(best) < MARGIN:
        return Correction(run)
    changes = [
        Change(run[r.start : r.end], r.meant) for r in best if r.meant != run[r.start : r.end]
    ]
    return Correction("".join(reading.meant for reading in best), tuple(changes))


def join_names(run: str, names: ChineseNames) -> str:
    """The run without the spaces that stand inside of a well-known name: 蓝 牙 耳机."""
    parts = run.split()
    joined = parts[0] if parts else run
    for part in parts[1:]:
        joined += part if _spans(joined, part, names) else f" {part}"
    return joined


def _spans(before: str, after: str, names: ChineseNames) -> bool:
    for left in range(1, LONGEST):
        head = before[-left:]
        if left > len(before) or " " in head:
            return False
        ends = range(1, min(len(after), LONGEST - left) + 1)
        if any(head + after[:end] in names.famous for end in ends):
            return True
    return False


def _written(run: str, names: ChineseNames, index: WordIndex) -> Iterator[_Reading]:
    """Every word that the run may be read as, as it is written."""
    for start in range(len(run)):
        yield _Reading(start, start + 1, run[start], _character_cost(run[start]))
        for end in range(start + SHORTEST, min(len(run), start + LONGEST) + 1):
            word = run[start:end]
            cost = _word_cost(word, names, index)
            if cost is not None:
                yield _Reading(start, end, word, cost)


def _corrected(
    run: str, odd: frozenset[int], names: ChineseNames, index: WordIndex
) -> Iterator[_Reading]:
    """Names that characters standing alone may belong to; those of known words never change."""
    for start in range(len(run)):
        for end in range(start + SHORTEST, min(len(run), start + LONGEST) + 1):
            written = run[start:end]
            if odd.isdisjoint(range(start, end)):
                continue
            for name, slip in names.near(written):
                changed = {start + at for at, c in enumerate(written) if c != name[at]}
                if changed <= odd and _is_target(name, names, index):
                    cost = _word_cost(name, names, index)
                    yield _Reading(start, end, name, slip + (cost or 0.0))


def _is_target(name: str, names: ChineseNames, index: WordIndex) -> bool:
    """Whether it is a name that shoppers may mean: the cutter's own guesses are not."""
    if name in names.famous or word_frequency(name):
        return True
    return index.frequency(name) >= (2 if len(index) > _ENOUGH_PRODUCTS else 1)


def _word_cost(word: str, names: ChineseNames, index: WordIndex) -> float | None:
    count = _products(word, names, index) + (_FAMOUS if word in names.famous else 0)
    found = []
    if count:
        found.append(math.log(max(_LEAST_TOTAL, 10 * len(index)) / count))
    in_jieba = word_frequency(word)
    if in_jieba:
        found.append(min(_RAREST_WORD, math.log(_JIEBA_TOTAL / in_jieba)))
    return min(found) if found else None


def _products(word: str, names: ChineseNames, index: WordIndex) -> int:
    """How many products have a name, whole or as the words that the cutter makes of it."""
    if word not in names.all:
        return 0
    return index.frequency(word) or (index.together(_terms(word)) if word in names.famous else 0)


@lru_cache(maxsize=16_384)
def _terms(word: str) -> tuple[str, ...]:
    return tuple(tokens(word))


def _character_cost(character: str) -> float:
    count = word_frequency(character)
    return min(_RAREST_CHARACTER, math.log(_JIEBA_TOTAL / count)) if count else _RAREST_CHARACTER


def _cheapest(length: int, readings: list[_Reading]) -> list[_Reading]:
    """The cheapest way through the run, by dynamic programming (Viterbi, 1967)."""
    ending: dict[int, list[_Reading]] = {}
    for reading in readings:
        ending.setdefault(reading.end, []).append(reading)
    best: list[tuple[float, _Reading | None]] = [(0.0, None)]
    for end in range(1, length + 1):
        choices = [(best[r.start][0] + r.cost, r) for r in ending[end]]
        best.append(min(choices, key=lambda choice: choice[0]))
    found, at = [], length
    while (last := best[at][1]) is not None:
        found.append(last)
        at = last.start
    return found[::-1]


def _cost(readings: list[_Reading]) -> float:
    return sum(reading.cost for reading in readings)
