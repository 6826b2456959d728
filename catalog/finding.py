"""Finds a vocabulary's phrases in a message: every reading, then the best that fit together."""

from collections.abc import Iterator, Sequence

from catalog.context import allowed, prefer
from catalog.matching import Token, cut_tokens
from catalog.meanings import Found, Reading
from catalog.phrases import PhraseIndex
from catalog.reading import exact_readings, merged_readings, sounding_readings
from catalog.relating import relate_types
from catalog.segments import segment

LONGEST_TEXT = 2_000
"""Characters of a message that are looked at; nobody names products further down."""


def find_senses(text: str, index: PhraseIndex) -> list[Found]:
    """The meanings in a text, in its order; longer phrases win over shorter ones."""
    text = text[:LONGEST_TEXT]
    tokens = cut_tokens(text)
    readings = [*exact_readings(text, tokens, index), *merged_readings(text, tokens, index)]
    segments = segment(tokens, [(r.first, r.last) for r in readings])
    fitting = [r for r in readings if segments.fits(r.first, r.last)]
    fitting += sounding_readings(tokens, segments, index)
    chosen = _choose(text, tokens, fitting)
    return [found for reading in relate_types(text, tokens, chosen) for found in _parts(reading, tokens)]


def _choose(text: str, tokens: Sequence[Token], readings: list[Reading]) -> list[Reading]:
    """Readings that do not overlap, the longest first, each settled on one sense."""
    heads = {r.first for r in readings if r.is_type}
    free = [True] * len(tokens)
    chosen = []
    for reading in sorted(readings, key=lambda r: (r.start - r.end, -r.score)):
        senses = allowed(reading, text, tokens, heads)
        if senses and all(free[reading.first : reading.last]):
            free[reading.first : reading.last] = [False] * (reading.last - reading.first)
            chosen.append(reading.settled(prefer(senses, reading, tokens, heads)))
    return sorted(chosen, key=lambda r: r.start)


def _parts(reading: Reading, tokens: Sequence[Token]) -> Iterator[Found]:
    """One finding for each thing that a settled reading says."""
    for part in reading.senses[0]:
        start, end = reading.start, reading.end
        if part.end:
            start = tokens[reading.first + part.start].start
            end = tokens[reading.first + part.end - 1].end
        yield Found(part.meaning, start, end, round(reading.score * part.meaning.score, 3))
