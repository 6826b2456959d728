"""What every model promises, and the reasons it gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from catalog.recommenders.interactions import Floats, Integers


@dataclass(frozen=True, slots=True)
class Because:
    """One ground of a score, strongest first in a list of them.

    Args:
        kind: ``history`` (an item the user chose), ``neighbour`` (a user or session like this
            one), ``popular`` (events of the window), or ``taste`` (what factors cannot split).
        idx: The row number of the item or the user; -1 where the kind has none.
        weight: Its part of the score, in the score's unit.
    """

    kind: str
    idx: int
    weight: float


def strongest(kind: str, rows: Integers, terms: Floats, k: int) -> tuple[Because, ...]:
    """The ``k`` largest terms of a sum that are above 0, as grounds.

    Args:
        kind: Of each, see :class:`Because`.
        rows: The row number behind each term.
        terms: Parts of a score.
        k: How many at most.
    """
    best = np.argsort(-terms, kind="stable")[:k]
    return tuple(Because(kind, int(rows[one]), float(terms[one])) for one in best if terms[one] > 0)


class Model(Protocol):
    """A trained model over row numbers. A higher score is better; scores have no fixed unit.

    Scores are arrays of ``item_count`` finite numbers; 0 means "nothing speaks for it". What the
    user chose already is scored like the rest: leaving it out is the caller's decision. Users and
    items that are not known are no error: their scores are those of nobody (all zero, or the
    model's default for everyone). Models are made ready, by a ``train_…`` function or ``load``;
    training twice with one seed gives the same scores.
    """

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        ...

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each."""
        ...

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known, the last chosen last."""
        ...

    def for_item(self, item_idx: int) -> Floats:
        """How well each item follows or resembles one; the item itself has 0."""
        ...

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` strongest grounds for recommending an item to a user; () without any."""
        ...

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        ...


@runtime_checkable
class ScoresSome(Protocol):
    """A model that scores items one by one, so that a few cost less than all."""

    def for_session_of(self, items: Sequence[int], among: Integers) -> Floats:
        """What ``for_session`` says of some items alone, in their order."""
        ...


def only_row(scores: Floats) -> Floats:
    """The scores of the one user there are scores of."""
    row: Floats = scores[0]
    return row


def but_itself(scores: Floats, item_idx: int) -> Floats:
    """The scores with that of the item itself at 0; changed in place."""
    if 0 <= item_idx < len(scores):
        scores[item_idx] = 0.0
    return scores
