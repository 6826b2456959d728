"""Finds a vocabulary's phrases in a message: every reading, then the best that fit together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalog.context import allowed, surroundings
from catalog.matching import Token, cut_tokens
from catalog.meanings import ABSENT, Found, Meaning, Reading, Sense
from catalog.phrases import PhraseIndex
from catalog.reading import exact_readings, merged_readings, sounding_readings
from catalog.relating import relate_types
from catalog.segments import segment
from catalog.types import TextConstraint

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
    related = relate_types(text, tokens, _choose(text, tokens, fitting), index.trie)
    wanted = _wanted_categories(related)
    return [found for reading in related for found in _parts(reading, tokens, wanted)]


def _choose(text: str, tokens: Sequence[Token], readings: list[Reading]) -> list[Reading]:
    """Readings that do not overlap, the longest first, each with the senses it may have."""
    around = surroundings(text, tokens, readings)
    free = [True] * len(tokens)
    chosen = []
    for reading in sorted(readings, key=lambda r: (r.start - r.end, -r.score)):
        senses = allowed(reading, around) if all(free[reading.first : reading.last]) else []
        if senses:
            free[reading.first : reading.last] = [False] * (reading.last - reading.first)
            chosen.append(reading.settled(*senses))
    return sorted(chosen, key=lambda r: r.start)


def _wanted_categories(readings: Sequence[Reading]) -> frozenset[str]:
    """The folded categories of everything that is asked for."""
    constraints = [r.meaning.constraint for r in readings if r.meaning.name == "product_type"]
    return frozenset(
        value for c in constraints if isinstance(c, TextConstraint) for value in c.values
    )


def _parts(
    reading: Reading, tokens: Sequence[Token], wanted: frozenset[str]
) -> Iterator[Found]:
    """One finding for each thing that a reading says, in the sense that fits what is wanted."""
    for part in _fitting_sense(reading.senses, wanted):
        start, end = reading.start, reading.end
        if part.end:
            start = tokens[reading.first + part.start].start
            end = tokens[reading.first + part.end - 1].end
        yield Found(part.meaning, start, end, round(reading.score * part.meaning.score, 3))


def _fitting_sense(senses: Sequence[Sense], wanted: frozenset[str]) -> Sense:
    """The first sense that products of the wanted categories can have.

    A constraint on what none of them has would leave nothing, so when no sense fits, the first
    one stays as mere words.
    """
    kind = senses[0][0].meaning.kind
    for sense in senses:
        if _fits(sense[0].meaning, wanted) and (sense[0].meaning.kind == kind or kind == "value"):
            return sense
    first, *rest = senses[0]
    return (replace(first, meaning=_as_words(first.meaning)), *rest)


def _fits(meaning: Meaning, wanted: frozenset[str]) -> bool:
    if meaning.kind == "product_type" or not wanted or not meaning.places:
        return True
    return not meaning.places.isdisjoint(wanted)


def _as_words(meaning: Meaning) -> Meaning:
    return replace(meaning, constraint=None, score=min(meaning.score, ABSENT))


