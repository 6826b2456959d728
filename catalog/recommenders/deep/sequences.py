"""Histories as nets want them: rows of items, what came next, and who is held out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions

NOTHING = -1
"""Fills the end of a row that is shorter than the longest one."""


@dataclass(frozen=True, eq=False)
class Sequences:
    """Steps of users: after ``inputs[r, :t + 1]`` came ``targets[r, t]``.

    All are rows × steps, filled at the end with ``NOTHING``. ``weights`` are 0 where there is
    nothing to learn: beyond the end, and where the target was chosen before.
    """

    inputs: Integers
    targets: Integers
    weights: Floats

    @property
    def lengths(self) -> Integers:
        """How many steps each row has."""
        return np.asarray((self.inputs != NOTHING).sum(axis=1), np.int64)

    def rows(self, chosen: Integers) -> "Sequences":
        """Some of the rows, no wider than their longest."""
        width = max(int(self.lengths[chosen].max(initial=1)), 1)
        return Sequences(
            self.inputs[chosen, :width], self.targets[chosen, :width], self.weights[chosen, :width]
        )


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Users whose last item is to be found: what they chose before, as ``last_items`` gives it."""

    windows: Integers
    targets: Integers


def steps_of(data: Interactions, longest: int) -> Sequences:
    """Every user's last steps, at most ``longest``; users of fewer than two items have none.

    An item that directly repeats the one before is one step with it: looking at, taking and
    buying one thing is not an order of things.
    """
    kept = _without_echoes(data)
    lengths = np.diff(kept.offsets) - 1
    users = np.flatnonzero(lengths > 0)
    width = int(min(lengths.max(initial=1), longest))
    shape = (len(users), max(width, 1))
    inputs, targets = np.full(shape, NOTHING, np.int64), np.full(shape, NOTHING, np.int64)
    weights = np.zeros(shape, np.float32)
    for row, user in enumerate(users):
        part = slice(max(kept.offsets[user], kept.offsets[user + 1] - width - 1), None)
        items = kept.items[part][: kept.offsets[user + 1] - part.start]
        steps = len(items) - 1
        inputs[row, :steps], targets[row, :steps] = items[:-1], items[1:]
        fresh = np.zeros(len(items), bool)
        fresh[np.unique(items, return_index=True)[1]] = True
        said = kept.weights[part.start + 1 : part.start + len(items)]
        weights[row, :steps] = np.where(fresh[1:], said, 0.0)
    return Sequences(inputs, targets, weights)


def hold_out(data: Interactions, share: float, seed: int) -> tuple[Interactions, HeldOut | None]:
    """Keep the last item of some users back, if it is new to them.

    Args:
        data: Of everyone.
        share: Of the users with at least three events, at random.
        seed: Of the choice.

    Returns:
        The events that are left, and what was held out; None if it is nothing.
    """
    lengths = np.diff(data.offsets)
    last = data.offsets[1:] - 1
    able = [
        int(user)
        for user in np.flatnonzero(lengths >= 3)
        if data.items[last[user]] not in data.items[data.offsets[user] : last[user]]
    ]
    count = round(len(able) * share)
    if not count:
        return data, None
    users = np.sort(np.random.default_rng([seed, 7]).permutation(able)[:count])
    rest = data.part(np.setdiff1d(np.arange(len(data)), last[users]))
    return rest, held_out(rest, users, data.items[last[users]])


def held_out(seen: Interactions, users: Integers, targets: Integers) -> HeldOut:
    """The users' targets, to be found after all they did in ``seen``."""
    histories = Histories.of(seen)
    width = int(np.diff(seen.offsets)[users].max(initial=1))
    return HeldOut(last_items([histories.of_user(int(one)) for one in users], width), targets)


def last_items(rows: Sequence[Integers], longest: int) -> Integers:
    """Rows × steps of the last items of each row, filled at the end with ``NOTHING``."""
    cut = [row[max(len(row) - longest, 0) :] for row in map(_without_repeats, rows)]
    width = max((len(row) for row in cut), default=0)
    found = np.full((len(cut), max(width, 1)), NOTHING, np.int64)
    for place, row in enumerate(cut):
        found[place, : len(row)] = row
    return found


def _without_repeats(row: Integers) -> Integers:
    return row[np.concatenate([row[1:] != row[:-1], [True]])] if len(row) else row


def _without_echoes(data: Interactions) -> Interactions:
    if not len(data):
        return data
    same = (data.users[1:] == data.users[:-1]) & (data.items[1:] == data.items[:-1])
    return data.part(np.flatnonzero(np.concatenate([~same, [True]])))
