"""The nets over sequences as models of the contract: recurrent, convolutional, self-attention."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.recommenders.contract import Because, but_itself, only_row, strongest
from catalog.recommenders.deep.forward import BODIES, unit
from catalog.recommenders.deep.reasons import contributions
from catalog.recommenders.deep.sequences import NOTHING, last_items
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, save_model

KIND = "sequence"
_BLOCK = 512


class SequenceModel:
    """r̂(u, i) = cos(h(u), v_i) + b_i, with h what the net makes of the user's last items.

    Trained by ``train_sequence``. Whoever is asked about need not have been in training: a
    session's items are read as a history is, so a new event counts at once.

    Args:
        net: ``gru``, ``cnn`` or ``attention``.
        parameters: Of the net's body, and ``items`` (items × dimensions) and ``bias``.
        histories: What the users chose.
        longest: How many last items are read.
        facts: Of the training, kept in the manifest.
    """

    def __init__(
        self,
        net: str,
        parameters: Mapping[str, NDArray[Any]],
        histories: Histories,
        longest: int,
        facts: Mapping[str, object],
    ) -> None:
        self._net = net
        self._parameters = parameters
        self._histories = histories
        self._longest = longest
        self.facts = facts
        self._units = unit(parameters["items"])

    @classmethod
    def load(cls, folder: Path) -> "SequenceModel":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        parameters = {
            name.removeprefix("net/"): one for name, one in arrays.items() if "net/" in name
        }
        histories = Histories.from_arrays(arrays, len(parameters["items"]), 0.0)
        longest = int(settings["longest"])
        return cls(str(settings["net"]), parameters, histories, longest, settings["facts"])

    def with_histories(self, data: Interactions) -> "SequenceModel":
        """The same net for users with other histories, such as ones that went on."""
        histories = Histories.of(data)
        return SequenceModel(self._net, self._parameters, histories, self._longest, self.facts)

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return len(self._units)

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each; zeros for those without a history."""
        return self._scores([self._histories.of_user(int(one)) for one in users])

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known, the last chosen last."""
        return only_row(self._scores([self._known(items)]))

    def for_session_of(self, items: Sequence[int], among: Integers) -> Floats:
        """What :meth:`for_session` says of some items alone, in their order."""
        states = self._states([self._known(items)])
        scores = states @ self._units[among].T
        scores[states.any(axis=1)] += self._parameters["bias"][among]
        return np.asarray(only_row(scores), np.float32)

    def for_item(self, item_idx: int) -> Floats:
        """Scores after this item alone; the item itself has 0."""
        return but_itself(self.for_session([item_idx]), item_idx)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` items of the history that add most to the score; see ``contributions``."""
        row = last_items([self._histories.of_user(user_idx)], self._longest)[0]
        row = row[row != NOTHING]
        if not len(row) or not 0 <= item_idx < self.item_count:
            return ()
        items, terms = contributions(row, lambda rows: self._states(rows) @ self._units[item_idx])
        return strongest("history", items, terms, k)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        arrays = {f"net/{name}": one for name, one in self._parameters.items()}
        settings = {"net": self._net, "longest": self._longest, "facts": dict(self.facts)}
        save_model(folder, KIND, {**arrays, **self._histories.arrays()}, settings)

    def _known(self, items: Sequence[int]) -> Integers:
        return np.array([one for one in items if 0 <= one < self.item_count], np.int64)

    def _scores(self, rows: Sequence[Integers]) -> Floats:
        states = self._states(rows)
        scores = states @ self._units.T
        scores[states.any(axis=1)] += self._parameters["bias"]
        return np.asarray(scores, np.float32)

    def _states(self, rows: Sequence[Integers]) -> Floats:
        """The state after each row's last item, of length 1; zeros after no items."""
        found = np.zeros((len(rows), self._units.shape[1]), np.float32)
        for start in range(0, len(rows), _BLOCK):
            block = last_items(rows[start : start + _BLOCK], self._longest)
            lengths = (block != NOTHING).sum(axis=1)
            vectors = self._parameters["items"][np.maximum(block, 0)]
            states = unit(BODIES[self._net](self._parameters, vectors))
            last = states[np.arange(len(block)), np.maximum(lengths - 1, 0)]
            found[start : start + len(block)] = np.where(lengths[:, None] > 0, last, 0.0)
        return found
