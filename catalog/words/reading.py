"""Where phrases may stand in a message: as written, joined up, misspelt, or sounding alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.matching import Token, joined, word_form
from catalog.words.homophones import LONG, LONGEST, SHORTEST
from catalog.words.meanings import Reading, Sense, sense
from catalog.words.phrases import PhraseIndex
from catalog.words.segments import Segments

_SHORTEST_JOINED = 6
_JOINED_SCORE = 0.95


@dataclass(frozen=True, slots=True)
class _Word:
    """What is looked up for the tokens ``first:last``, and how near its spelling is."""

    form: str
    first: int
    last: int
    score: float = 1.0


def exact_readings(text: str, tokens: Sequence[Token], index: PhraseIndex) -> Iterator[Reading]:
    """Phrases as they are written, each misspelt word taken for the one that was meant."""
    words = []
    for at, token in enumerate(tokens):
        form, score = index.spelling.nearest(token) or (token.form, 1.0)
        words.append(_Word(form, at, at + 1, score))
    yield from _look_up(text, tokens, words, index)


def merged_readings(text: str, tokens: Sequence[Token], index: PhraseIndex) -> Iterator[Reading]:
    """Phrases with a word that was cut in two: "head phones", "power bank"."""
    words: list[_Word] = []
    at, merged = 0, False
    while at < len(tokens):
        form = _joined_form(text, tokens[at : at + 2], index)
        words.append(_Word(form or tokens[at].form, at, at + (2 if form else 1), 1.0))
        merged = merged or bool(form)
        at = words[-1].last
    if merged:
        yield from _look_up(text, tokens, words, index)


def sounding_readings(
    text: str, tokens: Sequence[Token], segments: Segments, index: PhraseIndex
) -> Iterator[Reading]:
    """Chinese phrases with a character that sounds alike, where nothing else explains them."""
    for first in range(len(tokens)):
        for last in range(first + SHORTEST, min(first + LONGEST, len(tokens)) + 1):
            window = tokens[first:last]
            if not all(token.chinese for token in window) or _parted(window):
                break
            if not segments.known(first, last):
                yield from _sounding(text, first, last, segments, index)


def _parted(window: Sequence[Token]) -> bool:
    """Whether anything stands between the characters: a name goes over no comma."""
    return window[-1].end - window[0].start > len(window)


def _sounding(
    text: str, first: int, last: int, segments: Segments, index: PhraseIndex
) -> Iterator[Reading]:
    window = segments.tokens[first:last]
    start, end = window[0].start, window[-1].end
    wished = bool(_WISHING.search(text, 0, start) and _WISHED.match(text, end))
    nearest = index.homophones.nearest("".join(token.word for token in window), wished)
    if nearest is not None and segments.misspelt(first, nearest[0]):
        name, score = nearest
        senses = tuple(index.trie.get(tuple(name)))
        if len(name) < LONG and wished:
            senses = tuple(s for s in senses if s[0].meaning.kind != "product_type")
        elif len(name) < LONG:
            senses = tuple(_as_name(s) for s in senses if s[0].meaning.kind == "brand")
        if senses:
            yield Reading(first, first + len(window), start, end, senses, score)


_WISHING = re.compile(r"(?:最好(?:是|要)?|[得须]是|[只就]要|就认)$")
_WISHED = re.compile(r"[家做]?的|\W|$")
"""What stands around a value that is wished for: 最好银瑟的, 得是北韦家的."""


def _as_name(brand: Sense) -> Sense:
    """A brand's sense that holds only in a name's place."""
    return sense(brand[0].meaning.scored(brand[0].meaning.score, "name"))


def _joined_form(text: str, pair: Sequence[Token], index: PhraseIndex) -> str | None:
    if len(pair) < 2 or pair[0].chinese or pair[1].chinese or not joined(pair, text):
        return None
    form = word_form(pair[0].word + pair[1].word)
    known = len(form) >= _SHORTEST_JOINED and form in index.spelling.words
    return form if known else None


def _look_up(
    text: str, tokens: Sequence[Token], words: Sequence[_Word], index: PhraseIndex
) -> Iterator[Reading]:
    phrase = [word.form for word in words]
    for begin in range(len(words)):
        for stop, senses in index.trie.starting_at(phrase, begin):
            first, last = words[begin].first, words[stop - 1].last
            if joined(tokens[first:last], text):
                score = min(word.score for word in words[begin:stop])
                start, end = tokens[first].start, tokens[last - 1].end
                yield Reading(first, last, start, end, tuple(senses), score)
