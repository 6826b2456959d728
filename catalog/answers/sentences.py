"""Answers from a product's texts: the sentence that holds every word asked for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.answers.phrases import question_words
from catalog.answers.question import Question
from catalog.answers.types import UNKNOWN, AnswerKind, ProductAnswer
from catalog.matching import cut_tokens
from catalog.text import cut, fold, has_chinese, stem
from catalog.types import Language, LocalText, Product

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts as unit vectors [n, dimension] in one space, whatever their language."""

_SENTENCE = re.compile(r"[^.!?;。！？；\n]+(?:\.(?=\d)[^.!?;。！？；\n]+)*[.!?;。！？；]?")
_CLAUSE = re.compile(r"[,:()，：、（）]| but | while |但|而且")
_LESS = re.compile(r"(?:-|\s)(?:free|less)\b|less\b")
_HAS_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b|[一二两三四五六七八九十]"
)
_COUNTING = re.compile(r"\bhow (?:many|much|long|often|far|big|large)\b|多少|几|多[久长大高重宽]")
_LONGEST = 400
LEAST_SIMILARITY = 0.82
"""Cosine of question and sentence below which a sentence with the right words is not quoted.

Chosen for multilingual-e5-small, whose cosines of a question and a sentence that
answers it lay at 0.85 to 0.95 over a handful, of unrelated ones at 0.77 to 0.84.
"""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence in one language with its translation where there is one."""

    text: str
    both: LocalText


def answer_from_description(
    question: Question, product: Product, encode: Encode | None = None
) -> ProductAnswer:
    """Yes or no when one sentence says it plainly, else the sentence that says something.

    Every content word of the question must stand in the sentence. Where a number was asked for,
    the sentence must have one.
    """
    wanted = _wanted(question)
    if not wanted or question.negated or question.measures:
        return UNKNOWN
    for sentence in _sentences(product.description, question.language):
        if not _holds_all(sentence.text, wanted, question.language):
            continue
        kind = _kind(question, sentence.text, wanted)
        score = _similarity(question.text, sentence.text, encode)
        if kind != "unknown" and score >= LEAST_SIMILARITY:
            return ProductAnswer(kind, sentence.both, "description", score=score)
    return UNKNOWN


def _wanted(question: Question) -> tuple[str, ...]:
    """The words that must be found: everything that is neither grammar nor the product."""
    words = [*question.content, *question.phrases] if question.content else []
    return tuple(part for word in words for part in _parts(word))


def _parts(word: str) -> list[str]:
    if has_chinese(word):
        return [part for part in cut(word) if part.strip()]
    return [stem(token.word) for token in cut_tokens(word)]


def _sentences(text: LocalText, language: Language) -> Iterator[_Sentence]:
    """The sentences in the question's language, side by side with the other where they match."""
    mine = split_sentences(text.get(language))
    others = split_sentences(text.zh if language == "en" else text.en)
    for place, one in enumerate(mine):
        other = others[place] if len(others) == len(mine) else ""
        both = LocalText(one, other) if language == "en" else LocalText(other, one)
        yield _Sentence(one, both)


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in either language, in order, without the empty ones."""
    return [one for match in _SENTENCE.finditer(text) if (one := match.group().strip())]


def _holds_all(sentence: str, wanted: Sequence[str], language: Language) -> bool:
    folded = fold(sentence)[:_LONGEST]
    stems = {stem(token.word) for token in cut_tokens(folded)}
    return all((word in folded if has_chinese(word) else word in stems) for word in wanted)


def _kind(question: Question, sentence: str, wanted: Sequence[str]) -> AnswerKind:
    folded = fold(sentence)
    if any(_says(folded, word) for word in question_words().conditions):
        return "unknown"
    if question.open:
        needs_number = _COUNTING.search(question.text) is not None
        return "quote" if not needs_number or _HAS_NUMBER.search(folded) else "unknown"
    if not question.polar:
        return "quote"
    return "no" if _denied(folded, wanted) else "yes"


def _says(folded: str, phrase: str) -> bool:
    if has_chinese(phrase):
        return phrase in folded
    return re.search(rf"\b{re.escape(phrase)}\b", folded) is not None


def _denied(folded: str, wanted: Sequence[str]) -> bool:
    """Whether a negator stands before the words in their own clause."""
    negators = question_words().negators
    for clause in _CLAUSE.split(folded):
        places = [clause.find(word[:4]) for word in wanted if word[:4] in clause]
        if not places:
            continue
        before = clause[: max(places)]
        words = {token.word for token in cut_tokens(before)}
        if words & negators["en"] or any(one in before for one in negators["zh"]):
            return True
        if _LESS.search(clause[max(places) :]):
            return True
    return False


def _similarity(question: str, sentence: str, encode: Encode | None) -> float:
    """The cosine of the two, or the least that is accepted where nothing can measure it."""
    if encode is None:
        return LEAST_SIMILARITY
    vectors = encode([question, sentence])
    return float(vectors[0] @ vectors[1])
