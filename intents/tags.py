"""Spans as BIO tags and back (Ramshaw & Marcus, 1995), and the best sequence that BIO allows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

OUTSIDE = 0
_FORBIDDEN = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a text, and what they are."""

    start: int
    end: int
    label: str

    def units(self, units: Sequence[tuple[int, int]]) -> list[int]:
        """The places of the units (start, end) that begin inside."""
        return [i for i, (start, _) in enumerate(units) if self.start <= start < self.end]


@dataclass(frozen=True, slots=True)
class TagScheme:
    """The tags of some labels: O is 0, ``B-labels[i]`` is 2i + 1, ``I-labels[i]`` is 2i + 2."""

    labels: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many tags there are."""
        return 2 * len(self.labels) + 1

    def encode(self, spans: Sequence[Span], units: Sequence[tuple[int, int]]) -> list[int]:
        """A tag for each unit (start, end); its first character decides the span it is in."""
        places = {label: place for place, label in enumerate(self.labels)}
        tags, last = [], None
        for start, _ in units:
            span = next((s for s in spans if s.start <= start < s.end), None)
            if span is None:
                tags.append(OUTSIDE)
            else:
                tags.append(2 * places[span.label] + (2 if span is last else 1))
            last = span
        return tags

    def encode_known(self, spans: Sequence[Span], units: Sequence[tuple[int, int]]) -> list[int]:
        """The same without the spans whose label is none of the scheme's."""
        return self.encode([span for span in spans if span.label in self.labels], units)

    def decode(self, tags: Sequence[int], units: Sequence[tuple[int, int]]) -> list[Span]:
        """The spans of a tag sequence; an I without its B begins a span."""
        spans: list[Span] = []
        open_label = ""
        for tag, (start, end) in zip(tags, units, strict=True):
            label = self.labels[(tag - 1) // 2] if tag else ""
            if label and label == open_label and tag % 2 == 0:
                spans[-1] = Span(spans[-1].start, end, label)
            elif label:
                spans.append(Span(start, end, label))
            open_label = label
        return spans

    def transitions(self) -> tuple[Floats, Floats]:
        """What BIO forbids as scores: from tag to tag [size, size], and as the first tag [size]."""
        allowed = np.zeros((self.size, self.size), np.float32)
        first = np.zeros(self.size, np.float32)
        for inside in range(2, self.size, 2):
            allowed[:, inside] = _FORBIDDEN
            allowed[inside - 1, inside] = allowed[inside, inside] = 0
            first[inside] = _FORBIDDEN
        return allowed, first


def best_path(scores: Floats, moves: Floats, first: Floats) -> list[int]:
    """The tag sequence of the highest total score (Viterbi, 1967).

    Args:
        scores: of each tag at each unit [units, tags].
        moves: of going from a tag to a tag [tags, tags].
        first: of beginning with a tag [tags].
    """
    if not len(scores):
        return []
    total = scores[0] + first
    back = []
    for row in scores[1:]:
        reached = total[:, None] + moves
        back.append(reached.argmax(axis=0))
        total = reached.max(axis=0) + row
    path = [int(total.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    return path[::-1]
