"""Learning what comes next, step by step, for any net that scores items after a row of items."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn

from catalog.recommenders.deep.checkpoints import Checkpoint
from catalog.recommenders.deep.fitting import Recipe, fit
from catalog.recommenders.deep.losses import weighted_mean
from catalog.recommenders.deep.sampling import Negatives, batches
from catalog.recommenders.deep.sequences import (
    NOTHING,
    HeldOut,
    Sequences,
    hold_out,
    last_items,
    steps_of,
)
from catalog.recommenders.interactions import Floats, Integers, Interactions

_SCORES = 4_000_000
"""How many scores at once a validation holds in memory."""

Loss = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]
"""As ``losses.cross_entropy``."""


class StepNet(Protocol):
    """States after each step of rows of items, and scores of items in states."""

    def __call__(self, rows: Tensor) -> Tensor:
        """Rows × steps × dimensions."""
        ...

    def scores(self, states: Tensor, items: Tensor) -> Tensor:
        """Scores of each of the items in each of the states: states × items."""
        ...

    def score_each(self, states: Tensor, items: Tensor) -> Tensor:
        """The score of one item in each state."""
        ...


@dataclass(frozen=True, slots=True)
class Learning:
    """What is shown to a net, and how often.

    Args:
        longest: How many last items of a history are read.
        negatives: How many items are drawn for a batch; all items take part where they are not
            more than these.
        power: With what power of its popularity an item is drawn.
        batch: How many steps at once.
        held: The share of users whose last item tells when to stop; 0 runs all epochs.
        fit: See ``fitting.Recipe``.
    """

    longest: int = 50
    negatives: int = 1024
    power: float = 0.0
    batch: int = 2048
    held: float = 0.1
    fit: Recipe = field(default_factory=Recipe)

    def __post_init__(self) -> None:
        if min(self.longest, self.negatives, self.batch) < 1:
            raise ValueError(
                f"expected a length, negatives and a batch from 1, "
                f"got {self.longest}, {self.negatives}, {self.batch}"
            )
        if not 0 <= self.held < 1:
            raise ValueError(f"expected held in [0, 1), got {self.held}")


@dataclass(frozen=True, eq=False)
class Lesson:
    """What is learned from, and what tells when to stop."""

    steps: Sequences
    counts: Integers
    held: HeldOut | None
    mark: str


def prepare(data: Interactions, learning: Learning, held: HeldOut | None, recipe: object) -> Lesson:
    """The steps of ``data``, less what is held out of it if nothing else is."""
    seen, own = (data, held) if held else hold_out(data, learning.held, learning.fit.seed)
    mark = fingerprint(recipe, seen, own)
    return Lesson(steps_of(seen, learning.longest), seen.item_counts(), own, mark)


def learn(
    net: nn.Module,
    score: StepNet,
    lesson: Lesson,
    learning: Learning,
    loss: Loss,
    checkpoint: Path | None,
) -> list[float]:
    """Fit a net to a lesson, in place.

    Args:
        net: What has the parameters.
        score: The same net, as what scores.
        lesson: See ``prepare``.
        learning: How.
        loss: Of each step.
        checkpoint: A file to go on from after a kill.

    Returns:
        nDCG of what is held out after each epoch; empty when nothing is.

    Raises:
        ValueError: A loss is not finite.
    """
    if not len(lesson.steps.inputs):
        return []
    validate = None
    if lesson.held:
        validate = _Validation(score, lesson.held, learning.longest, len(lesson.counts))
    kept = Checkpoint(checkpoint, lesson.mark) if checkpoint else None
    losses = _Losses(score, lesson, learning, loss)
    return fit(net, losses, validate, learning.fit, kept)


class _Losses:
    """The losses of an epoch's batches; what they draw depends on seed and epoch alone."""

    def __init__(self, net: StepNet, lesson: Lesson, learning: Learning, loss: Loss) -> None:
        self._net, self._steps, self._learning, self._loss = net, lesson.steps, learning, loss
        self._negatives = Negatives(lesson.counts, learning.power)
        self._known = np.flatnonzero(lesson.counts > 0)

    def __call__(self, epoch: int) -> Iterator[Tensor]:
        random = np.random.default_rng([self._learning.fit.seed, epoch])
        for rows, _ in batches(self._steps, self._learning.batch, random):
            if (rows.weights > 0).any():
                yield self._of(rows, random)

    def _of(self, rows: Sequences, random: np.random.Generator) -> Tensor:
        learned = torch.from_numpy(rows.weights > 0)
        states = self._net(torch.from_numpy(rows.inputs))[learned]
        targets = torch.from_numpy(rows.targets)[learned]
        drawn, correction = self._others(random)
        losses = self._loss(
            self._net.score_each(states, targets),
            self._net.scores(states, drawn),
            targets[:, None] == drawn[None, :],
            correction,
        )
        return weighted_mean(losses, torch.from_numpy(rows.weights)[learned])

    def _others(self, random: np.random.Generator) -> tuple[Tensor, Tensor]:
        """The items that stand against the target, and ln of how often each is drawn."""
        count = self._learning.negatives
        if len(self._known) <= count:
            return torch.from_numpy(self._known), torch.zeros(len(self._known))
        drawn = self._negatives.draw(count, random)
        return torch.from_numpy(drawn), torch.from_numpy(self._negatives.log_expected(count)[drawn])


class _Validation:
    """nDCG of what is held out, among all items that are not in the history.

    It has no cut at ten: with few users or a net that begins to learn, none is among the first
    ten, and a figure of zeros tells nothing.
    """

    def __init__(self, net: StepNet, held: HeldOut, longest: int, items: int) -> None:
        self._net, self._seen, self._targets, self._items = net, held.windows, held.targets, items
        self._rows = last_items([row[row != NOTHING] for row in held.windows], longest)

    def __call__(self) -> float:
        pieces = max(1, -(-len(self._rows) * self._items // _SCORES))
        parts = np.array_split(np.arange(len(self._rows)), pieces)
        return float(np.concatenate([self._gains(part) for part in parts]).mean())

    def _gains(self, part: Integers) -> Floats:
        rows, seen, targets = self._rows[part], self._seen[part], self._targets[part]
        states = self._net(torch.from_numpy(rows))
        ends = torch.from_numpy((rows != NOTHING).sum(axis=1) - 1)
        last = states[torch.arange(len(rows)), ends]
        scores = self._net.scores(last, torch.arange(self._items)).numpy()
        own = scores[np.arange(len(rows)), targets][:, None].copy()
        row, place = np.nonzero(seen != NOTHING)
        scores[row, seen[row, place]] = -np.inf
        places = (scores > own).sum(axis=1)
        return np.asarray(1.0 / np.log2(places + 2.0), np.float32)


def fingerprint(recipe: object, data: Interactions, held: HeldOut | None) -> str:
    """What a training depends on, as one short word."""
    found = hashlib.sha256(repr(recipe).encode())
    for one in (data.users, data.items, data.weights, data.times):
        found.update(np.ascontiguousarray(one).tobytes())
    if held:
        found.update(held.windows.tobytes() + held.targets.tobytes())
    return found.hexdigest()[:16]
