"""What a labelled set is made of, and how a part for development is cut from it."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled stretch ``text[start:end]``."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One labelled text.

    ``intent`` is "" where there is none; ``outside`` is true for what no intent covers. ``units``
    are the places of the words (or Chinese characters) that carry tags.
    """

    text: str
    intent: str = ""
    mentions: tuple[Mention, ...] = ()
    units: tuple[tuple[int, int], ...] = ()
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a set: ``valid`` chooses checkpoints and thresholds, ``test`` may be absent."""

    train: tuple[Utterance, ...]
    valid: tuple[Utterance, ...]
    test: tuple[Utterance, ...] | None = None

    @property
    def scored(self) -> tuple[Utterance, ...]:
        """The test part, or the development part where no test was supplied."""
        return self.valid if self.test is None else self.test


def cut_development(
    utterances: Sequence[Utterance], share: float
) -> tuple[tuple[Utterance, ...], tuple[Utterance, ...]]:
    """Train and development part: of each intent the ``share`` whose texts hash lowest.

    The same texts give the same parts whatever their order. An intent keeps at least one example
    for training.
    """
    strata = defaultdict(list)
    for utterance in utterances:
        strata[utterance.intent].append(utterance)
    chosen = set()
    for stratum in strata.values():
        count = min(round(len(stratum) * share), len(stratum) - 1)
        chosen |= {id(u) for u in sorted(stratum, key=_hash)[:count]}
    train = tuple(u for u in utterances if id(u) not in chosen)
    return train, tuple(u for u in utterances if id(u) in chosen)


def first_half(utterances: Sequence[Utterance]) -> list[bool]:
    """Which utterances belong to the first of two stratified halves."""
    _, half = cut_development(utterances, 0.5)
    chosen = {id(u) for u in half}
    return [id(u) in chosen for u in utterances]


def sample(utterances: Sequence[Utterance], count: int) -> tuple[Utterance, ...]:
    """At most so many utterances in scope and a third as many outside, those that hash lowest."""
    ordered = sorted(utterances, key=_hash)
    inside = [u for u in ordered if not u.outside]
    outside = [u for u in ordered if u.outside]
    return (*inside[:count], *outside[: count // 3])


def _hash(utterance: Utterance) -> bytes:
    return hashlib.sha256(f"{utterance.intent}\n{utterance.text}".encode()).digest()
