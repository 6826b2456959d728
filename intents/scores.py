"""Precision, recall and F1 from counts, the same for intents and for slots."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Score:
    """How many things were wanted, how many were found, and how many of those were right.

    Ratios are fractions in [0, 1]; without a denominator they are 0, as in seqeval.
    """

    wanted: int = 0
    got: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.got if self.got else 0.0

    @property
    def recall(self) -> float:
        """The share of what was wanted that was found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.wanted + self.got) if self.wanted + self.got else 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.wanted + other.wanted, self.got + other.got, self.right + other.right)


def score_by_name(
    pairs: Iterable[tuple[Collection[Item], Collection[Item]]], name: Callable[[Item], str]
) -> dict[str, Score]:
    """Scores of sets of things, by name, in alphabetical order.

    Args:
        pairs: What was wanted and what was found, for each example.
        name: The name a thing is counted under.
    """
    wanted, got, right = Counter[str](), Counter[str](), Counter[str]()
    for truth, found in pairs:
        wanted.update(map(name, set(truth)))
        got.update(map(name, set(found)))
        right.update(map(name, set(truth) & set(found)))
    names = sorted(wanted.keys() | got.keys())
    return {one: Score(wanted[one], got[one], right[one]) for one in names}


def total(scores: Mapping[str, Score]) -> Score:
    """All names together (micro average)."""
    return sum(scores.values(), Score())
