"""One state of a shop's FAQ, ready to be searched."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.faq.calibration import Calibration, Evidence
from assistant.faq.space import FaqSpace, entry_means
from assistant.faq.vectors import Encode, Vectors, encode_cached
from assistant.faq.words import WordOverlap
from assistant.types import FaqEntry
from catalog.types import LANGUAGES, Language, LocalText

_NEAREST_QUESTION = 0.5
_WORDS = 0.5
"""Weights beside the similarity with the centre of an entry; chosen on the calibration data."""

_NEAR_QUESTIONS = 2
_NEAR_BACKGROUND = 3
_CHARACTERS = 500
_LETTER = re.compile(r"[^\W_]")
_LONG, _FEW = 100, 2
"""From how many characters on a text of so few words or signs is no question."""

CALIBRATION = Calibration(
    bias=-33.41,
    weights=Evidence(
        near=40.66, rank=6.87, background_near=-17.85, background_rank=-7.24, length=2.72
    ),
    threshold=0.524,
)
"""Fitted by :func:`assistant.faq.calibration.fit_calibration` to the paraphrases and the
unanswerable messages under ``tests/assistant/data``, at 2 % false answers; a test there fits
again and compares. Holds for the encoder that comes with Daogou."""

PASSAGE_CALIBRATION: Mapping[Language, Calibration] = MappingProxyType(
    {
        "en": Calibration(
            bias=-9.62,
            weights=Evidence(
                near=19.21, rank=6.24, background_near=-11.28, background_rank=-4.42, length=0.257
            ),
            threshold=0.7,
        ),
        "zh": Calibration(
            bias=-14.81,
            weights=Evidence(
                near=12.45, rank=4.10, background_near=-2.55, background_rank=-4.72, length=1.488
            ),
            threshold=0.7,
        ),
    }
)
"""The same for the passages of pages, by the language of the page; fitted to the same messages.
The right passage of a paraphrase is the one that shares most words with its entry's answer."""


@dataclass(frozen=True, slots=True)
class FaqMatch:
    """An entry that may answer.

    Attributes:
        entry: the shop's own words.
        score: the probability in [0, 1] that it answers the message.
        language: the language the answer exists in, the one asked for where possible.
    """

    entry: FaqEntry
    score: float
    language: Language


@dataclass(frozen=True, slots=True)
class _Questions:
    """Every way of asking, row by row, the rows of an entry together."""

    owners: NDArray[np.intp]
    starts: NDArray[np.intp]
    raw: Vectors
    placed: Vectors
    centres: Vectors


@dataclass(frozen=True, slots=True)
class _Background:
    """Messages that no entry should answer."""

    raw: Vectors
    placed: Vectors


@dataclass(frozen=True, slots=True)
class FaqIndex:
    """Searches entries by meaning and words. Entries are ranked by three things together.

    The whitened cosine with the centre of the entry, that with its nearest question, and the
    share of the message's words that the entry knows. Never changes; safe to share.
    """

    entries: tuple[FaqEntry, ...]
    encode: Encode
    calibration: Calibration
    words: WordOverlap
    space: FaqSpace
    questions: _Questions
    background: _Background

    @classmethod
    def build(
        cls,
        entries: Sequence[FaqEntry],
        encode: Encode,
        cache_folder: Path | None = None,
        calibration: Calibration = CALIBRATION,
    ) -> "FaqIndex":
        """Index the entries.

        Args:
            entries: What can be answered; may be empty.
            encode: The text encoder, for questions.
            cache_folder: Where computed vectors are kept; ``None`` keeps none.
            calibration: How scores become probabilities.
        """
        asked = [(n, *pair) for n, entry in enumerate(entries) for pair in _asked(entry)]
        unasked = background_messages()
        texts = [text for _, text, _ in asked] + [text for text, _ in unasked]
        vectors = encode_cached(texts, encode, cache_folder)
        raw, plain = vectors[: len(asked)], vectors[len(asked) :]
        owners = np.array([number for number, _, _ in asked], np.intp)
        languages = [language for _, _, language in asked]
        plain_languages = [language for _, language in unasked]
        space = FaqSpace.fit(raw, languages, owners, plain, plain_languages)
        return cls(
            entries=tuple(entries),
            encode=encode,
            calibration=calibration,
            words=WordOverlap.build([_texts(entry) for entry in entries]),
            space=space,
            questions=_place_questions(space, raw, languages, owners),
            background=_Background(plain, space.place(plain, plain_languages)),
        )

    def search(self, text: str, language: Language, k: int = 3) -> tuple[FaqMatch, ...]:
        """The ``k`` best entries, best first, whatever their score.

        Args:
            text: The message; beyond 500 characters it is not read.
            language: What the shopper speaks.
            k: How many at most.
        """
        found = self.evidence(text, language, k)
        chances = [self.calibration.probability(evidence) for _, evidence in found]
        # The ranking stands: a lower place never shows a higher probability.
        scores = accumulate(chances, min)
        return tuple(
            FaqMatch(self.entries[n], score, _answer_language(self.entries[n], language))
            for (n, _), score in zip(found, scores, strict=True)
        )

    def best(self, matches: Sequence[FaqMatch]) -> FaqMatch | None:
        """The first match if it is sure enough to be given as the answer."""
        if matches and matches[0].score >= self.calibration.threshold:
            return matches[0]
        return None

    def evidence(self, text: str, language: Language, k: int) -> list[tuple[int, Evidence]]:
        """The numbers of the ``k`` best entries and what speaks for each, best first."""
        text = text[:_CHARACTERS]
        if not self.entries or not _LETTER.search(text) or says_nothing(text):
            return []
        message = self.encode([text])
        placed = self.space.place(message, [language])[0]
        rank = self._rank(text, placed)
        near = self.questions.raw @ message[0]
        common = Evidence(
            near=0.0,
            rank=0.0,
            background_near=_mean_of_best(self.background.raw @ message[0], _NEAR_BACKGROUND),
            background_rank=float((self.background.placed @ placed).max()),
            length=math.log(len(text.encode())),
        )
        best = np.argsort(-rank, kind="stable")[:k]
        return [
            (int(n), replace(common, near=self._near(near, int(n)), rank=float(rank[n])))
            for n in best
        ]

    def _rank(self, text: str, placed: Vectors) -> NDArray[np.float64]:
        nearest = np.maximum.reduceat(self.questions.placed @ placed, self.questions.starts)
        centre = self.questions.centres @ placed
        return centre + _NEAREST_QUESTION * nearest + _WORDS * self.words.coverage(text)

    def _near(self, cosines: Vectors, number: int) -> float:
        return _mean_of_best(cosines[self.questions.owners == number], _NEAR_QUESTIONS)


@cache
def background_messages() -> tuple[tuple[str, Language], ...]:
    """Messages that no policy page answers, with their language."""
    content = yaml.safe_load(Path(__file__).with_name("background.yml").read_text("utf-8"))
    return tuple((text, name) for name in LANGUAGES for text in content[name])


def _place_questions(
    space: FaqSpace, raw: Vectors, languages: Sequence[Language], owners: NDArray[np.intp]
) -> _Questions:
    centred = space.centre(raw, languages)
    return _Questions(
        owners=owners,
        starts=np.flatnonzero(np.diff(owners, prepend=-1)),
        raw=raw,
        placed=space.whiten(centred),
        centres=space.whiten(entry_means(centred, owners)),
    )


def _asked(entry: FaqEntry) -> list[tuple[str, Language]]:
    """Every way of asking, with its language."""
    return [
        (text, name)
        for local in (entry.question, *entry.variants)
        for name in LANGUAGES
        if (text := _exactly(local, name))
    ]


def _texts(entry: FaqEntry) -> list[str]:
    return [*(text for text, _ in _asked(entry)), *entry.answer.all()]


def _exactly(local: LocalText, language: Language) -> str:
    return local.zh if language == "zh" else local.en


def _answer_language(entry: FaqEntry, language: Language) -> Language:
    if _exactly(entry.answer, language):
        return language
    return "en" if language == "zh" else "zh"


def _mean_of_best(values: Vectors, count: int) -> float:
    return float(np.sort(values)[-count:].mean())


def says_nothing(text: str) -> bool:
    """Whether a long text is one or two words, or signs, over and over."""
    words = text.lower().split()
    return len(text) >= _LONG and (len(set(words)) <= _FEW < len(words) or len({*text}) <= _FEW)
