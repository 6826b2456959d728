"""What words mean that are known to fill one slot: a name, an alias, or a near spelling of one.

Finding (:mod:`catalog.words.finding`) asks whether words are of the catalogue's world at all, and
so must be careful; here that is settled, and only which of a slot's values is open.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog.matching import forms, is_chinese
from catalog.text import fold
from catalog.words.finding import find_senses
from catalog.words.homophones import sound
from catalog.words.meanings import Found, Meaning
from catalog.words.phrases import PhraseIndex
from catalog.words.spelling import everyday_words, singulars

_LONGEST = 60
_SHORTEST, _LONG = 4, 8
_SOUND_SCORE, _HEAD_SCORE, _UNLABELLED_SCORE = 0.85, 0.85, 0.8
# What a tagger may take into a span although it names nothing.
_BEFORE = re.compile(
    r"^(?:(?:an?|the|some|any|my|in|made of|made from|of|from|by|for|with|colou?r(?:ed)?|brand)\b"
    r" ?|那种|这种|带|是|的)+"
)
_AFTER = re.compile(
    r"(?: (?:colou?r(?:ed|s)?|brand(?:ed)?|ones?|material|fabric|pattern(?:ed)?|style|print(?:ed)?)"
    r"|(?:品牌|牌子|牌|材质|面料|颜色|色系|系列|款式|款|图案|花纹)?的?)$"
)
_HEADED = frozenset({"product_type", "color", "material", "pattern"})
"""Slots whose last words say what the whole is: "dusty navy" is a navy."""


def name_meaning(name: str, words: str, index: PhraseIndex) -> Found | None:
    """The surest meaning of ``words`` as a value of the slot ``name``; places index ``words``.

    Tried in this order: the name or an alias as it is written; the same without words that say
    nothing; for features the value of an attribute that no other has; a near spelling; Chinese that
    sounds alike; for colours, materials, patterns and product types what the words end in.
    """
    folded = fold(words[:_LONGEST])
    for variant in _variants(name, folded):
        meaning = _best(name, forms(variant), index)
        if meaning is not None:
            return Found(meaning, 0, len(words), meaning.score)
    whole = _unlabelled(folded, index) if name == "feature" else None
    if whole is not None:
        return whole
    near = _near(name, folded, index) or _sounding(name, folded, index)
    if near is not None:
        meaning, score = near
        return Found(meaning, 0, len(words), round(meaning.score * score, 3))
    return _head(name, words[:_LONGEST], index) if name in _HEADED else None


def _unlabelled(words: str, index: PhraseIndex) -> Found | None:
    """The value of an attribute that elsewhere only counts beside the attribute's name."""
    for variant in _variants("feature", words):
        meaning = index.labelled.alone(forms(variant))
        if meaning is not None and meaning.name == "feature":
            return Found(meaning, 0, len(words), _UNLABELLED_SCORE)
    return None


def named_values(name: str, index: PhraseIndex) -> tuple[Meaning, ...]:
    """Everything a slot can mean that products of this catalogue have, each once."""
    found: dict[str, Meaning] = {}
    for phrase in index.names.get(name, {}).values():
        meaning = _best(name, phrase, index)
        if meaning is not None and meaning.constraint is not None:
            found.setdefault(meaning.value, meaning)
    return tuple(found.values())


def _variants(name: str, words: str) -> Iterator[str]:
    yield words
    bare = _AFTER.sub("", _BEFORE.sub("", words)).strip()
    if bare and bare != words:
        yield bare
    if name == "color" and bare and is_chinese(bare[-1]):
        yield bare.removesuffix("色") if bare.endswith("色") else f"{bare}色"


def _best(name: str, phrase: tuple[str, ...], index: PhraseIndex) -> Meaning | None:
    """The meaning that the catalogue can tell, then the surest."""
    meanings = [
        part.meaning
        for sense in index.trie.get(phrase)
        for part in sense
        if part.meaning.name == name and not (part.start or part.end)
    ]
    return max(meanings, key=lambda m: (m.constraint is not None, m.score), default=None)


def _near(name: str, words: str, index: PhraseIndex) -> tuple[Meaning, float] | None:
    """The nearest name by optimal string alignment: one edit, or two in eight letters and more."""
    if words in everyday_words():
        return None
    whole, form = words.replace(" ", ""), "".join(forms(words))
    for letters in dict.fromkeys((form, whole, *singulars(whole, form))):
        found = _nearest(name, letters, index)
        if found is not None:
            return found
    return None


def _nearest(name: str, letters: str, index: PhraseIndex) -> tuple[Meaning, float] | None:
    if len(letters) < _SHORTEST or not (letters.isascii() and letters.isalpha()):
        return None
    edits = 2 if len(letters) >= _LONG else 1
    names = [n for n in index.names.get(name, {}) if n[0] == letters[0]]
    best = process.extractOne(letters, names, scorer=OSA.distance, score_cutoff=edits)
    if best is None:
        return None
    meaning = _best(name, index.names[name][best[0]], index)
    return None if meaning is None else (meaning, 1.0 - 1.5 * best[1] / len(letters))


def _sounding(name: str, words: str, index: PhraseIndex) -> tuple[Meaning, float] | None:
    """The Chinese name of the same sound: 米簿荷 for 米薄荷."""
    if len(words) < 2 or not all(is_chinese(character) for character in words):
        return None
    heard = sound(words)
    for letters, phrase in index.names.get(name, {}).items():
        if len(letters) == len(words) and is_chinese(letters[0]) and sound(letters) == heard:
            meaning = _best(name, phrase, index)
            if meaning is not None:
                return meaning, _SOUND_SCORE
    return None


def _head(name: str, words: str, index: PhraseIndex) -> Found | None:
    """What the words end in, read with the care of a free text."""
    found = [item for item in find_senses(words, index) if item.meaning.name == name]
    last = found[-1] if found else None
    if last is None or words[last.end :].strip(" 的"):
        return None
    return replace(last, score=round(last.score * _HEAD_SCORE, 3))
