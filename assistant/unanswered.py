"""What shoppers asked and nothing answered, gathered into groups for the shop to fill."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from catalog.text import has_chinese
from catalog.types import LANGUAGES, Language

UNANSWERED = ("report_unanswered", "report_out_of_scope", "clarify", "offer_person")
"""The actions of turns in which nothing could be said."""
MOST = 2_000
"""So many of the newest questions are grouped; the distances of all pairs are computed."""

_SAME = 0.6
"""Greatest mean cosine distance within a group, in the space of the shop's FAQ."""

Place = Callable[[Sequence[str], Language], NDArray[np.float32]]
"""Texts of a language as vectors of length 1 in which questions for the same lie together."""


class Question(Protocol):
    """A message that was not answered, and when it was written."""

    @property
    def text(self) -> str:
        """The shopper's words."""
        ...

    @property
    def time(self) -> datetime:
        """With a time zone."""
        ...


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that want much the same answer.

    Attributes:
        example: The one nearest to all others.
        language: Of the questions.
        count: How often it was asked.
        last: When it was asked last.
        texts: Every wording, the most frequent first.
    """

    example: str
    language: Language
    count: int
    last: datetime
    texts: tuple[str, ...]


def group_questions(questions: Iterable[Question], place: Place) -> tuple[QuestionGroup, ...]:
    """Groups of questions, the most frequent first, each language by itself.

    Average linkage over cosine distances (Sokal and Michener, 1958). Questions that differ in
    case and spaces only are one wording.

    Args:
        questions: What was asked; the newest 2,000 wordings of a language are grouped.
        place: The space of the shop's FAQ.
    """
    asked: dict[Language, dict[str, list[Question]]] = {name: {} for name in LANGUAGES}
    for one in sorted(questions, key=lambda one: one.time, reverse=True):
        text = " ".join(one.text.split())
        if text:
            spoken = asked["zh" if has_chinese(text) else "en"]
            spoken.setdefault(text.casefold(), []).append(one)
    found = [
        group
        for language, wordings in asked.items()
        for group in _groups(list(wordings.values())[:MOST], language, place)
    ]
    return tuple(sorted(found, key=lambda group: (-group.count, -group.last.timestamp())))


def _groups(
    wordings: Sequence[list[Question]], language: Language, place: Place
) -> list[QuestionGroup]:
    if not wordings:
        return []
    vectors = np.asarray(place([_plain(one) for one in wordings], language), np.float64)
    labels = np.ones(len(wordings), np.int64)
    if len(wordings) > 1:
        # Two equal vectors are at a distance a little below 0 otherwise.
        distances = np.clip(pdist(vectors, "cosine"), 0, 2)
        labels = fcluster(linkage(distances, "average"), _SAME, "distance")
    groups = [np.flatnonzero(labels == one) for one in np.unique(labels)]
    return [
        _group([wordings[int(n)] for n in numbers], vectors[numbers], language)
        for numbers in groups
    ]


def _group(
    wordings: Sequence[list[Question]], vectors: NDArray[np.float64], language: Language
) -> QuestionGroup:
    middle = int(np.argmax(vectors @ vectors.mean(axis=0)))
    return QuestionGroup(
        example=_plain(wordings[middle]),
        language=language,
        count=sum(len(one) for one in wordings),
        last=max(one.time for asked in wordings for one in asked),
        texts=tuple(_plain(one) for one in sorted(wordings, key=len, reverse=True)),
    )


def _plain(asked: Sequence[Question]) -> str:
    """The wording as it was written last, on one line."""
    return " ".join(asked[0].text.split())
