"""Yes/no features and the other texts of attributes, as what they demand of a product."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from catalog.lexicon import Concept, Lexicon
from catalog.matching import PhraseTrie, forms
from catalog.text import DASHES, fold, has_chinese
from catalog.types import FlagConstraint, LocalText
from catalog.words.attributes import AttributeNames
from catalog.words.census import Census, TextCensus
from catalog.words.meanings import ABSENT, ALIAS, EXACT, FAMILY, Meaning
from catalog.words.spelling import ordinary_words
from catalog.words.values import (
    LONGEST_VALUE,
    MOST_MATCHABLE,
    VALUE_KINDS,
    text_constraint,
)

_LONGEST_FLAG = 10
_LONGEST_FLAG_ZH = 8
_NOT_WORDS = re.compile(r"[\d\W_]*|[\d.,]+ ?[a-z%\"]{1,5}")
_SHORTEST_VALUE = 3
_CODE = re.compile(r"[a-z]\d")
"""Shorter texts that mean nothing else: A5 paper, an M4 screw."""
_NEVER_ALONE = ("language",)
"""Attributes whose texts say more about the conversation: "do you speak English?"."""
_TASTES = ("flavor", "scent", "ingredients")
_LONGEST_LABELLED = 60
"""Characters of a text that is found beside its attribute's name; what is longer is a sentence."""
_MOST_LABELLED = 2_000
"""Texts of an attribute that are found beside its name."""

Texts = Mapping[tuple[str, ...], list[Meaning]]
_Written = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def feature_meanings(
    attributes: AttributeNames, census: Census, texts: Texts, lexicon: Lexicon
) -> dict[str, list[Meaning]]:
    """What each feature of the lexicon demands here: a flag, or texts that say so.

    Several attributes may say it, each of other products; the most used comes first.
    """
    return {
        concept.id: _feature_meanings(concept, attributes, census, texts)
        for concept in lexicon.of("feature").values()
    }


def own_flags(
    census: Census, types: PhraseTrie[str], lexicon: Lexicon
) -> Iterator[tuple[str, Meaning]]:
    """The catalogue's own yes/no attributes, found by their names and labels.

    One that is nearly always a yes or no is known by the lexicon's names of it too: 前置摄像头. One
    that is called like a kind of thing is less sure: a remote control, a camera. An ordinary word
    is one where somebody says what a thing has.
    """
    for name, seen in census.attributes.items():
        if not seen.flags:
            continue
        labels = [text for label in seen.labels for text in label.all()]
        usual = 2 * seen.flags > seen.count
        concept = lexicon.get("attribute", name) if usual else None
        called = concept.name if concept else LocalText(en=name.replace("_", " "))
        label = next(iter(seen.labels), called)
        meaning = Meaning(
            "feature",
            name,
            label,
            "feature",
            FlagConstraint(name),
            EXACT,
            places=census.places(seen.shelves),
        )
        known = concept.name.all() if concept else ()
        for phrase in dict.fromkeys([name.replace("_", " "), *labels, *known]):
            longest = _LONGEST_FLAG_ZH if has_chinese(phrase) else _LONGEST_FLAG
            if not 0 < len(forms(phrase)) <= longest:
                continue
            score = FAMILY if types.get(forms(phrase)) else EXACT
            yield phrase, meaning.scored(score, "had" if _is_ordinary(phrase) else "free")


def _is_ordinary(phrase: str) -> bool:
    return fold(phrase) in ordinary_words()


def read_otherwise(attributes: AttributeNames) -> frozenset[str]:
    """The names of attributes whose texts are colours, materials and the like, or languages."""
    kinds = (*VALUE_KINDS, *_NEVER_ALONE)
    return frozenset(name for kind in kinds for name in attributes.names.get(kind, ()))


def text_meanings(census: Census, reserved: frozenset[str]) -> Texts:
    """What the texts of the other attributes demand, by phrase, the most used first.

    ``reserved`` are the names of attributes that are read in another way. Attributes with more
    than :data:`MOST_MATCHABLE` different texts hold titles or names, and long texts are sentences:
    neither is looked for.
    """
    few = {
        name: seen.texts
        for name, seen in census.attributes.items()
        if name not in reserved and len(seen.texts) <= MOST_MATCHABLE
    }
    return _meanings(few, census)


def labelled_meanings(census: Census, reserved: frozenset[str]) -> Texts:
    """What the texts of attributes demand where they stand beside their attribute's name.

    Of names and models, of which there are many, only those that several products share.
    """
    usual = {
        name: _shared(seen.texts)
        for name, seen in census.attributes.items()
        if name not in reserved
    }
    return _meanings(usual, census, _LONGEST_LABELLED)


def _shared(texts: Mapping[LocalText, TextCensus]) -> Mapping[LocalText, TextCensus]:
    """All texts, or of too many the most used of those that several products have."""
    if len(texts) <= _MOST_LABELLED:
        return texts
    several = [(text, seen) for text, seen in texts.items() if seen.count > 1]
    return dict(sorted(several, key=lambda item: -item[1].count)[:_MOST_LABELLED])


def _meanings(
    attributes: Mapping[str, Mapping[LocalText, TextCensus]],
    census: Census,
    longest: int = LONGEST_VALUE,
) -> Texts:
    found: dict[tuple[str, ...], list[tuple[int, Meaning]]] = {}
    for name, texts in attributes.items():
        alike = _alike(texts)
        for text, counted in texts.items():
            constraint = text_constraint(name, tuple(alike[_written(text)]))
            places = census.places(counted.shelves)
            meaning = Meaning(
                "feature", text.get("en"), text, "value", constraint, ALIAS, places=places
            )
            for given in text.all():
                if len(given) <= longest:
                    found.setdefault(forms(given), []).append((counted.count, meaning))
    return {
        phrase: [meaning for _, meaning in sorted(meanings, key=lambda item: -item[0])]
        for phrase, meanings in found.items()
    }


def _alike(texts: Iterable[LocalText]) -> Mapping[_Written, list[LocalText]]:
    """The texts that are the same but for dashes and what parts words: ISO/IEC 1 and ISO_IEC_1."""
    found: dict[_Written, list[LocalText]] = {}
    for text in texts:
        found.setdefault(_written(text), []).append(text)
    return found


def _written(text: LocalText) -> _Written:
    """The forms of a text, and the signs that say something: -5, 1/2, <5 ms, S10+, C#."""
    return tuple(
        (forms(one), tuple(_SIGNS.findall(fold(one).translate(DASHES))))
        for one in (text.en, text.zh)
    )


_SIGNS = re.compile(
    r"(?<![\w.])[+-](?=\d)|(?<=\d) ?[/x×*:.-] ?(?=\d)|(?<=\w)[+#]+(?!\w)|[<>≤≥~](?= ?\d)"
)


def value_meanings(
    texts: Texts, attributes: AttributeNames, lexicon: Lexicon
) -> Iterator[tuple[str, Meaning]]:
    """The texts that say something by themselves, with each attribute that has them."""
    flavors = frozenset(name for kind in _TASTES for name in attributes.names.get(kind, ()))
    for meanings in texts.values():
        for meaning in meanings:
            for given in meaning.label.all():
                if _distinctive(given, lexicon):
                    yield given, meaning
                elif len(given) <= LONGEST_VALUE and _is_flavor(meaning, flavors):
                    yield given, meaning.scored(meaning.score, "flavor")


def _feature_meanings(
    concept: Concept, attributes: AttributeNames, census: Census, texts: Texts
) -> list[Meaning]:
    meaning = Meaning("feature", concept.id, concept.name, "feature", None, ABSENT)
    flags = [
        replace(
            meaning,
            constraint=FlagConstraint(name),
            score=ALIAS,
            places=census.places(census.attributes[name].shelves),
        )
        for name in attributes.names.get(concept.id, ())
        if census.attributes[name].flags
    ]
    said = [
        replace(meaning, constraint=text.constraint, score=FAMILY, places=text.places)
        for surface in concept.surfaces()
        for text in texts.get(forms(surface), ())
    ]
    return [*flags, *said] or [meaning]


def _is_flavor(meaning: Meaning, flavors: frozenset[str]) -> bool:
    return meaning.constraint is not None and meaning.constraint.name in flavors


def _distinctive(text: str, lexicon: Lexicon) -> bool:
    folded = fold(text)
    return (
        (len(text.encode()) >= _SHORTEST_VALUE or _CODE.fullmatch(folded) is not None)
        and len(text) <= LONGEST_VALUE
        and not _NOT_WORDS.fullmatch(folded)
        and folded not in ordinary_words()
        and folded not in lexicon.words.ordinary
    )
