"""Finds a vocabulary's phrases in a message: every reading, then the best that fit together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalog.matching import Token, cut_tokens
from catalog.types import TextConstraint
from catalog.words.context import allowed, surroundings
from catalog.words.meanings import ABSENT, Found, Meaning, Reading, Sense
from catalog.words.phrases import PhraseIndex
from catalog.words.reading import exact_readings, merged_readings, sounding_readings
from catalog.words.relating import relate_types
from catalog.words.segments import Segments, segment

LONGEST_TEXT = 2_000
"""Characters of a message that are looked at; nobody names products further down."""
_PIECE_COST, _SPLIT_COST = 0.5, 0.2


_STUFFS = frozenset({"color", "material", "pattern"})
"""What one word may be as well as another: aluminium is a material, and a colour of routers."""


def find_senses(text: str, index: PhraseIndex) -> list[Found]:
    """The meanings in a text, in its order; readings that explain more of it win."""
    text = text[:LONGEST_TEXT]
    tokens = cut_tokens(text)
    readings = [*exact_readings(text, tokens, index), *merged_readings(text, tokens, index)]
    segments = segment(tokens, [(r.first, r.last) for r in readings])
    fitting = [r for r in readings if segments.fits(r.first, r.last)]
    fitting += sounding_readings(text, tokens, segments, index)
    fitting += index.labelled.readings(text, tokens)
    related = relate_types(text, tokens, _choose(text, segments, fitting), index.trie)
    wanted = _wanted_categories(related)
    return [found for reading in related for found in _parts(reading, tokens, wanted)]


def _choose(text: str, segments: Segments, readings: list[Reading]) -> list[Reading]:
    """Readings that do not overlap and together explain most of the text, in its order.

    Weighted interval scheduling by dynamic programming (Kleinberg and Tardos, 2005, ch. 6.1).
    """
    around = surroundings(text, segments.tokens, readings)
    ending: defaultdict[int, list[Reading]] = defaultdict(list)
    for reading in readings:
        senses = allowed(reading, around)
        if senses:
            ending[reading.last].append(reading.settled(*senses))
    best: list[tuple[float, Reading | None]] = [(0.0, None)]
    for end in range(1, len(segments.tokens) + 1):
        choices = [(best[r.first][0] + _weight(r, segments), r) for r in ending[end]]
        best.append(max([(best[end - 1][0], None), *choices], key=_first))
    return _followed(best)


def _weight(reading: Reading, segments: Segments) -> float:
    """How much a reading explains: its characters, less for a doubtful spelling or a split word."""
    splits = sum(not segments.edge(at) for at in (reading.first, reading.last))
    return (reading.end - reading.start) * reading.score - _PIECE_COST - _SPLIT_COST * splits


def _followed(best: list[tuple[float, Reading | None]]) -> list[Reading]:
    """The readings on the way to the best value of the whole text."""
    chosen = []
    at = len(best) - 1
    while at > 0:
        reading = best[at][1]
        if reading is not None:
            chosen.append(reading)
        at = reading.first if reading is not None else at - 1
    return chosen[::-1]


def _first(choice: tuple[float, Reading | None]) -> float:
    return choice[0]


def _wanted_categories(readings: Sequence[Reading]) -> frozenset[str]:
    """The folded categories of everything that is asked for."""
    constraints = [r.meaning.constraint for r in readings if r.meaning.name == "product_type"]
    return frozenset(
        value for c in constraints if isinstance(c, TextConstraint) for value in c.values
    )


def _parts(reading: Reading, tokens: Sequence[Token], wanted: frozenset[str]) -> Iterator[Found]:
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
    alike = _STUFFS if kind in _STUFFS else {kind}
    for sense in senses:
        if _fits(sense[0].meaning, wanted) and (sense[0].meaning.kind in alike or kind == "value"):
            return sense
    first, *rest = senses[0]
    return (replace(first, meaning=_as_words(first.meaning)), *rest)


def _fits(meaning: Meaning, wanted: frozenset[str]) -> bool:
    if meaning.kind == "product_type" or not wanted or not meaning.places:
        return True
    return not meaning.places.isdisjoint(wanted)


def _as_words(meaning: Meaning) -> Meaning:
    return replace(meaning, constraint=None, score=min(meaning.score, ABSENT))
