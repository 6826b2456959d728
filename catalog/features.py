"""Yes/no features and the other texts of attributes, as what they demand of a product."""

import re
from collections.abc import Iterator
from dataclasses import replace

from catalog.attributes import AttributeNames
from catalog.census import Census
from catalog.lexicon import Concept, Lexicon
from catalog.matching import forms
from catalog.meanings import ABSENT, ALIAS, EXACT, FAMILY, Meaning
from catalog.spelling import ordinary_words
from catalog.text import fold
from catalog.types import FlagConstraint, LocalText, TextConstraint
from catalog.values import LONGEST_VALUE, MOST_MATCHABLE, VALUE_KINDS, text_constraint

_LONGEST_FLAG = 4
_NOT_WORDS = re.compile(r"[\d\W_]*|[\d.,]+ ?[a-z%\"]{1,5}")
_SHORTEST_VALUE = 3


def feature_meanings(
    census: Census, attributes: AttributeNames, lexicon: Lexicon
) -> dict[str, Meaning]:
    """What each feature of the lexicon demands here: a flag, else a text that says so."""
    texts = _texts_by_phrase(census)
    return {
        concept.id: _feature_meaning(concept, census, attributes, texts)
        for concept in lexicon.of("feature").values()
    }


def own_flags(census: Census) -> Iterator[tuple[str, Meaning]]:
    """The catalogue's own yes/no attributes, found by their names and labels."""
    for name, seen in census.attributes.items():
        if not seen.flags:
            continue
        labels = [text for label in seen.labels for text in label.all()]
        label = next(iter(seen.labels), LocalText(en=name.replace("_", " ")))
        meaning = Meaning("feature", name, label, "feature", FlagConstraint(name), EXACT)
        for phrase in dict.fromkeys([name.replace("_", " "), *labels]):
            if 0 < len(forms(phrase)) <= _LONGEST_FLAG and fold(phrase) not in ordinary_words():
                yield phrase, meaning


def value_meanings(
    census: Census, attributes: AttributeNames, lexicon: Lexicon
) -> Iterator[tuple[str, Meaning]]:
    """Texts of the other attributes that say something by themselves.

    Attributes with many different texts hold titles or names, and long texts are sentences:
    neither is looked for. One text under several attributes means the one that has it most.
    """
    reserved = {name for kind in VALUE_KINDS for name in attributes.names.get(kind, ())}
    best: dict[tuple[str, ...], tuple[int, str, LocalText, str]] = {}
    for name, seen in census.attributes.items():
        if name in reserved or len(seen.texts) > MOST_MATCHABLE:
            continue
        for text, count in seen.texts.items():
            for given in text.all():
                if _distinctive(given, lexicon):
                    phrase = forms(given)
                    best[phrase] = max(
                        best.get(phrase, (0, "", LocalText(), "")),
                        (count, name, text, given),
                        key=lambda item: item[0],
                    )
    for _, name, text, given in best.values():
        constraint = text_constraint(name, (text,))
        yield given, Meaning("feature", text.get("en"), text, "value", constraint, ALIAS)


def _feature_meaning(
    concept: Concept,
    census: Census,
    attributes: AttributeNames,
    texts: dict[tuple[str, ...], TextConstraint],
) -> Meaning:
    meaning = Meaning("feature", concept.id, concept.name, "feature", None, ABSENT)
    for name in attributes.names.get(concept.id, ()):
        if census.attributes[name].flags:
            return replace(meaning, constraint=FlagConstraint(name), score=ALIAS)
    for surface in concept.surfaces():
        constraint = texts.get(forms(surface))
        if constraint is not None:
            return replace(meaning, constraint=constraint, score=FAMILY)
    return meaning


def _texts_by_phrase(census: Census) -> dict[tuple[str, ...], TextConstraint]:
    found: dict[tuple[str, ...], TextConstraint] = {}
    for name, seen in sorted(census.attributes.items(), key=lambda item: -item[1].count):
        if len(seen.texts) <= MOST_MATCHABLE:
            for text in seen.texts:
                for given in text.all():
                    found.setdefault(forms(given), text_constraint(name, (text,)))
    return found


def _distinctive(text: str, lexicon: Lexicon) -> bool:
    folded = fold(text)
    return (
        _SHORTEST_VALUE <= len(text.encode()) <= LONGEST_VALUE * 2
        and len(text) <= LONGEST_VALUE
        and not _NOT_WORDS.fullmatch(folded)
        and folded not in ordinary_words()
        and folded not in lexicon.words.ordinary
    )
