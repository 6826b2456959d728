"""Counts of what reviews say of each aspect, with a sentence quoted for each.

Aspect and opinion words with negation, after Hu and Liu, 2004, Mining and summarizing customer
reviews; where a clause names an aspect and judges nothing, the stars of its review decide. Every
review counts once for an aspect and a side, so that the figures are numbers of reviewers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalog.opinions.lexicon import Aspect, Judging, Lexicon, load_lexicon
from catalog.types import Language, LocalText, Review

_SENTENCES = re.compile(r"[^.!?。！？；;\n…]+[.!?。！？；;\n…]*")
_CLAUSES = {
    "en": re.compile(r",\s*(?:but|though|although|yet|however)\b|\s(?:but|however)\s|,\s"),
    "zh": re.compile(r"[，,、]|但是?|不过|就是(?=有点|太)|可是|然而"),
}
_REACH = {"en": 14, "zh": 3}
"""How many characters before a word a negation may stand."""

_PRAISE, _BLAME = 4, 2
_LONGEST_QUOTE = 140


@dataclass(frozen=True, slots=True)
class AspectCount:
    """How many reviews praise or blame an aspect, and one sentence that does, as it was written."""

    name: str
    label: LocalText
    count: int
    quote: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What reviews say, the most frequent first; ``read`` is how many there were."""

    read: int
    pros: tuple[AspectCount, ...]
    cons: tuple[AspectCount, ...]


class _Said(NamedTuple):
    aspect: Aspect
    good: bool
    quote: str
    language: Language


def digest_reviews(reviews: Sequence[Review], language: Language = "en") -> Digest:
    """The digest of reviews; sentences in ``language`` are quoted first."""
    lexicon = load_lexicon()
    said: dict[tuple[str, bool], list[_Said]] = {}
    for review in reviews:
        once: dict[tuple[str, bool], _Said] = {}
        for one in _opinions(review, language, lexicon):
            once.setdefault((one.aspect.name, one.good), one)
        for key, one in once.items():
            said.setdefault(key, []).append(one)
    return Digest(len(reviews), _ranked(said, True, language), _ranked(said, False, language))


def _ranked(
    said: dict[tuple[str, bool], list[_Said]], good: bool, language: Language
) -> tuple[AspectCount, ...]:
    found = [
        AspectCount(name, all_[0].aspect.label, len(all_), _quote(all_, language))
        for (name, side), all_ in said.items()
        if side is good
    ]
    return tuple(sorted(found, key=lambda one: -one.count))


def _quote(said: Sequence[_Said], language: Language) -> str:
    own = [one for one in said if one.language == language]
    return min((own or said), key=lambda one: len(one.quote) > _LONGEST_QUOTE).quote


def _opinions(review: Review, language: Language, lexicon: Lexicon) -> Iterator[_Said]:
    """The opinions of a review; of one in both languages those in ``language``."""
    text = getattr(review.text, language)
    if not text:
        language, text = ("zh", review.text.zh) if language == "en" else ("en", review.text.en)
    for sentence in _SENTENCES.findall(text):
        for clause in _CLAUSES[language].split(sentence):
            yield from _judged(clause, sentence.strip(), review.rating, language, lexicon)


def _judged(
    clause: str, sentence: str, stars: int, language: Language, lexicon: Lexicon
) -> Iterator[_Said]:
    for aspect in lexicon.aspects:
        if not aspect.about[language].search(clause):
            continue
        balance = _balance(clause, aspect.judging[language], language, lexicon)
        balance = balance or _balance(clause, lexicon.judging[language], language, lexicon)
        if balance or stars >= _PRAISE or stars <= _BLAME:
            yield _Said(aspect, balance > 0 if balance else stars >= _PRAISE, sentence, language)


def _balance(clause: str, judging: Judging, language: Language, lexicon: Lexicon) -> int:
    """Above zero for praise, below for blame; a negation before a word turns it round."""
    total, blamed = 0, []
    for match in judging.bad.finditer(clause):
        blamed.append(match.span())
        total += 1 if _negated(clause, match.start(), language, lexicon) else -1
    for match in judging.good.finditer(clause):
        if not any(start < match.end() and match.start() < end for start, end in blamed):
            total += -1 if _negated(clause, match.start(), language, lexicon) else 1
    return total


def _negated(clause: str, start: int, language: Language, lexicon: Lexicon) -> bool:
    before = clause[max(0, start - _REACH[language]) : start]
    return lexicon.negation[language].search(before) is not None
