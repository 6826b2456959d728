"""Answers from the questions that were answered before: the same question, asked again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.answers.phrases import question_words
from catalog.answers.polarity import read_polarity
from catalog.answers.question import Question, is_open, is_polar, plain_question
from catalog.answers.sentences import Encode
from catalog.answers.types import UNKNOWN, ProductAnswer
from catalog.matching import cut_tokens
from catalog.text import cut, fold, has_chinese, stem
from catalog.types import AnsweredQuestion, Language, LocalText

LEAST_SHARED = 0.6
"""Share of common content words (Jaccard) from which two questions ask the same."""

LEAST_SIMILAR = 0.94
LEAST_SHARED_SIMILAR = 0.45
"""With an encoder, fewer common words do when the two questions mean nearly the same."""

_CODE = re.compile(r"[a-z]*\d[\w./-]*")
_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it is compared: its content words, and its codes and numbers apart."""

    words: frozenset[str]
    codes: frozenset[str]
    negated: bool
    open: bool


def answer_from_questions(
    question: Question, entries: Sequence[AnsweredQuestion], encode: Encode | None = None
) -> ProductAnswer:
    """The answer to the entry that asks the same; yes or no where the answer says so plainly.

    Of entries that ask the same and contradict each other, none is believed.
    """
    matches = _matches(question, entries, encode)
    if not matches:
        return UNKNOWN
    score, best = max(matches, key=lambda match: match[0])
    if question.open or not question.polar:
        return ProductAnswer("quote", _quoted(best.answer), "question", score=score)
    said = {p for _, one in matches for text in one.answer.all() if (p := read_polarity(text))}
    if len(said) != 1:
        return ProductAnswer("quote", _quoted(best.answer), "question", score=score)
    kind = said.pop()
    telling = next(one for _, one in matches if read_polarity(_any(one.answer)) == kind)
    return ProductAnswer(kind, _quoted(telling.answer), "question", score=score)


def _any(text: LocalText) -> str:
    return text.en or text.zh


def _matches(
    question: Question, entries: Sequence[AnsweredQuestion], encode: Encode | None
) -> list[tuple[float, AnsweredQuestion]]:
    mine = read_asking(question.text)
    found = []
    for entry in entries:
        texts = entry.question.all()
        shared = max((_shared(mine, read_asking(text)) for text in texts), default=0.0)
        if shared >= LEAST_SHARED:
            found.append((shared, entry))
        elif encode is not None and shared >= LEAST_SHARED_SIMILAR:
            score = _similar(question.text, texts, encode)
            if score >= LEAST_SIMILAR:
                found.append((score, entry))
    return found


def _shared(mine: Asking, other: Asking) -> float:
    """The share of common content words; 0 where codes, numbers or negation differ."""
    if mine.codes != other.codes or mine.negated != other.negated or mine.open != other.open:
        return 0.0
    together = mine.words | other.words
    if not together:
        return 1.0 if mine.codes else 0.0
    return len(mine.words & other.words) / len(together)


def _similar(question: str, texts: Sequence[str], encode: Encode) -> float:
    vectors = encode([question, *texts])
    return float((vectors[1:] @ vectors[0]).max())


def read_asking(text: str) -> Asking:
    """The words of a question that say what it is about."""
    plain = plain_question(text)
    language: Language = "zh" if has_chinese(plain) else "en"
    codes = frozenset(code.strip("./-") for code in _CODE.findall(plain))
    bare = _CODE.sub(" ", plain)
    words = {_canonical(word) for word in _content(bare)}
    negated = any(token.word in question_words().negators[language] for token in cut_tokens(bare))
    return Asking(frozenset(words - {""}), codes, negated, is_open(plain) and not is_polar(plain))


def _content(text: str) -> list[str]:
    """Stems and Chinese words that are no fillers."""
    fillers = question_words().fillers
    tokens, place, words = cut_tokens(text), 0, list[str]()
    forms = [token.form for token in tokens]
    run = ""
    while place < len(tokens):
        ends = [end for end, _ in fillers.starting_at(forms, place)]
        if ends:
            words.extend(cut(run) if run else ())
            run, place = "", ends[-1]
            continue
        token = tokens[place]
        if token.chinese:
            run += token.word
        else:
            words.append(stem(token.word))
        place += 1
    return words + (list(cut(run)) if run else [])


_SAME = {
    stem(word): stem(same)
    for same, words in {
        "refrigerator": "fridge refridgerator refrig frig",
        "laptop": "notebook",
        "replace": "replacement substitute",
        "compatible": "compatable compatibility",
        "install": "installation installed",
        "part": "piece",
        "model": "",
        "correct": "right",
    }.items()
    for word in words.split()
}
_EMPTY = frozenset(stem(word) for word in ("model", "number", "compatible", "thing", "unit"))


def _canonical(word: str) -> str:
    folded = fold(word)
    same = _SAME.get(folded, folded)
    return "" if same in _EMPTY else same


def _quoted(answer: LocalText) -> LocalText:
    return LocalText(*(_short(getattr(answer, language)) for language in ("en", "zh")))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
