"""Sessions like this one: what others chose around what is being chosen now."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from catalog.recommenders.contract import Because, but_itself, strongest
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, save_model

KIND = "session_neighbours"


class SessionNeighbours:
    """score(i) = Σ_{n ∈ N(s)} sim(s, n) · exp(−|pos(n, i) − pos(n, a)| / reach) · idf(i).

    sim(s, n) = Σ_{j ∈ s ∩ n} (1 + steps of j before the end of s)^−recency · idf(j) / √|n|, with
    |n| the number of its items; N(s) are the ``neighbours`` most similar histories; a is the item
    of s chosen last that n holds, so that what stands near it in n counts most. V-SKNN (Ludewig
    and Jannach, 2018) with the decays of STAN (Garg et al., 2019); idf(j) = ln(1 + histories /
    histories with j), to ``rarity``.
    """

    def __init__(
        self, histories: Histories, *, neighbours: int, reach: float, rarity: float
    ) -> None:
        self._histories = histories
        self._neighbours = neighbours
        self._reach = reach
        self._rarity = rarity
        chosen = histories.profiles(np.arange(histories.user_count))
        counts = np.bincount(chosen.indices, minlength=histories.item_count)
        idf = np.log1p(histories.user_count / np.maximum(counts, 1)) ** rarity
        self._idf = idf.astype(np.float32)
        lengths = np.maximum(np.diff(chosen.indptr), 1).astype(np.float32)
        chosen.data = np.repeat(lengths**-0.5, np.diff(chosen.indptr)) * self._idf[chosen.indices]
        self._by_item = chosen.T.tocsr()

    @classmethod
    def load(cls, folder: Path) -> "SessionNeighbours":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        recency, items = float(settings["recency"]), int(settings["item_count"])
        return cls(
            Histories.from_arrays(arrays, items, recency),
            neighbours=int(settings["neighbours"]),
            reach=float(settings["reach"]),
            rarity=float(settings["rarity"]),
        )

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return self._histories.item_count

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each; a user is no neighbour of itself."""
        rows = [self._scores(self._histories.of_user(int(one)), int(one)) for one in users]
        return np.stack(rows) if rows else np.zeros((0, self.item_count), np.float32)

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known, the last chosen last."""
        known = [one for one in items if 0 <= one < self.item_count]
        return self._scores(np.array(known, np.int64), -1)

    def for_item(self, item_idx: int) -> Floats:
        """What stands near this item in others' histories; the item itself has 0."""
        return but_itself(self.for_session([item_idx]), item_idx)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` most similar histories that hold the item, and their parts of the score."""
        session = self._histories.of_user(user_idx)
        near, alike = self._near(session, user_idx)
        entries, owner = self._entries(near)
        terms = self._terms(session, entries, owner, alike)
        own = np.where(self._histories.items[entries] == item_idx, terms, 0.0)
        parts = np.bincount(owner, weights=own, minlength=len(near)).astype(np.float32)
        return strongest("neighbour", near, parts, k)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        settings = {
            "item_count": self.item_count,
            "neighbours": self._neighbours,
            "reach": self._reach,
            "rarity": self._rarity,
            "recency": self._histories.recency,
        }
        save_model(folder, KIND, self._histories.arrays(), settings)

    def _scores(self, session: Integers, own: int) -> Floats:
        near, alike = self._near(session, own)
        entries, owner = self._entries(near)
        terms = self._terms(session, entries, owner, alike)
        items = self._histories.items[entries]
        return np.bincount(items, weights=terms, minlength=self.item_count).astype(np.float32)

    def _near(self, session: Integers, own: int) -> tuple[Integers, Floats]:
        """The most similar histories and their similarities."""
        profile = self._histories.session(session.tolist())
        alike = (profile @ self._by_item).tocsr()
        alike.sort_indices()
        others = alike.indices != own
        near, values = alike.indices[others], alike.data[others]
        best = np.argsort(-values, kind="stable")[: self._neighbours]
        return near[best].astype(np.int64), values[best]

    def _entries(self, near: Integers) -> tuple[Integers, Integers]:
        """The places of all events of the histories, and which history each belongs to."""
        starts = self._histories.offsets[near]
        lengths = self._histories.offsets[near + 1] - starts
        owner = np.repeat(np.arange(len(near)), lengths)
        before = np.cumsum(lengths) - lengths
        return np.arange(lengths.sum()) - before[owner] + starts[owner], owner

    def _terms(
        self, session: Integers, entries: Integers, owner: Integers, alike: Floats
    ) -> Floats:
        """Each event's part of its item's score."""
        items = self._histories.items[entries]
        order = np.full(self.item_count, -1, np.int64)
        order[session] = np.arange(len(session))
        # Of the items that both hold, the one chosen last in the session is the anchor.
        anchor = np.zeros(len(alike), np.int64)
        shared = np.flatnonzero(order[items] >= 0)
        shared = shared[np.argsort(order[items[shared]], kind="stable")]
        anchor[owner[shared]] = entries[shared]
        distance = np.abs(entries - anchor[owner])
        terms = alike[owner] * np.exp(-distance / self._reach) * self._idf[items]
        return np.asarray(terms, np.float32)


def train_session_neighbours(
    data: Interactions,
    *,
    neighbours: int = 200,
    reach: float = 3.0,
    rarity: float = 1.0,
    recency: float = 1.0,
) -> SessionNeighbours:
    """Remember everyone's history; see ``SessionNeighbours``.

    Args:
        data: The events.
        neighbours: How many histories to listen to.
        reach: In places: how far from the shared item others still count.
        rarity: To what power an item's idf counts; 0 is not at all.
        recency: How much the last items of the session count more; see ``Histories``.

    Raises:
        ValueError: A number is out of range.
    """
    if neighbours < 1 or not reach > 0:
        raise ValueError(f"expected neighbours from 1 and reach above 0, got {neighbours}, {reach}")
    histories = Histories.of(data, recency)
    return SessionNeighbours(histories, neighbours=neighbours, reach=reach, rarity=rarity)
