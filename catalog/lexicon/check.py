"""Finds contradictions in the lexicon's data; the tests demand that there are none."""

from collections import defaultdict
from collections.abc import Iterator

from catalog.lexicon import Concept, Lexicon
from catalog.matching import forms
from catalog.text import has_chinese


def problems(lexicon: Lexicon) -> list[str]:
    """Everything that is wrong with the data, in words.

    That is names with two meanings, ids that do not exist, names in the wrong language, and
    things that are a kind of themselves.
    """
    return [
        *_two_meanings(lexicon),
        *(text for concept in lexicon for text in _links(concept, lexicon)),
        *(text for concept in lexicon for text in _names(concept)),
        *_words(lexicon),
    ]


def _two_meanings(lexicon: Lexicon) -> Iterator[str]:
    for kind, concepts in lexicon.concepts.items():
        meant: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        for concept in concepts.values():
            for surface in concept.surfaces():
                meant[forms(surface)][concept.id] = surface
        for named in meant.values():
            if len(named) > 1:
                yield f"{kind}: {sorted(named.values())} means {sorted(named)}"


def _links(concept: Concept, lexicon: Lexicon) -> Iterator[str]:
    linked = [(concept.kind, other) for other in (*concept.parents, *concept.near)]
    linked += [("product_type", other) for other in concept.accessory_of]
    linked += [("feature", other) for other in concept.features]
    linked += list(concept.also)
    for kind, other in linked:
        if lexicon.get(kind, other) is None:
            yield f"{concept.kind} {concept.id!r}: there is no {kind} {other!r}"
    if concept.id in lexicon.above(concept.kind, concept.id):
        yield f"{concept.kind} {concept.id!r} is a kind of itself"


def _names(concept: Concept) -> Iterator[str]:
    for surface in concept.surfaces():
        if not forms(surface):
            yield f"{concept.kind} {concept.id!r}: {surface!r} has no letters"
    for surface in concept.en:
        if has_chinese(surface):
            yield f"{concept.kind} {concept.id!r}: {surface!r} is not English"
    latin = concept.kind == "brand"
    for surface in concept.zh:
        if not has_chinese(surface) and not latin and surface not in _BORROWED:
            yield f"{concept.kind} {concept.id!r}: {surface!r} is not Chinese"
    if len(set(concept.surfaces())) != len(concept.surfaces()) and not latin:
        yield f"{concept.kind} {concept.id!r} gives a name twice"


_BORROWED = frozenset(("DV", "MP3", "520"))
"""Names that Chinese writes in Latin letters or digits."""


def _words(lexicon: Lexicon) -> Iterator[str]:
    types = lexicon.of("product_type")
    known = {forms(s) for concept in types.values() for s in concept.surfaces()}
    for surface, concept_ids in lexicon.words.ambiguous.items():
        if forms(surface) in known:
            yield f"ambiguous {surface!r} is also a name of one product type"
        yield from (f"ambiguous {surface!r}: no {i!r}" for i in concept_ids if i not in types)
    for parts in lexicon.words.compounds:
        for text, kind, concept_id in parts:
            if lexicon.get(kind, concept_id) is None:
                yield f"compound part {text!r}: there is no {kind} {concept_id!r}"
