"""The deep feed-forward model over features of users and items, as a model of the contract."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.special import expit

from catalog.recommenders.contract import Because, but_itself, only_row, strongest
from catalog.recommenders.deep.forward import unit
from catalog.recommenders.deep.reasons import contributions
from catalog.recommenders.deep.sequences import NOTHING, last_items
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions
from catalog.recommenders.saving import load_model, save_model

KIND = "feed_forward"


class FeedForward:
    """r̂(u, i) = σ(W2 · relu(W1 · x + b1) + b2), x = [p_u; q_i; p_u ⊙ q_i].

    The score is in (0, 1): how sure the net is that u wants i rather than an item drawn by
    chance. p_u comes from what the user chose last and q_i from the item's features, so new users
    have scores from their first event on and new items before it; see ``FeedForwardNet``.

    Args:
        parameters: ``items`` (items × dimensions, of length 1), and the net's own.
        histories: What the users chose, with the net's recency.
        longest: How many last items are read.
        facts: Of the training, kept in the manifest.
    """

    def __init__(
        self,
        parameters: Mapping[str, Floats],
        histories: Histories,
        longest: int,
        facts: Mapping[str, object],
    ) -> None:
        self._parameters = parameters
        self._histories = histories
        self._longest = longest
        self.facts = facts
        self._items = parameters["items"]
        size = self._items.shape[1]
        weight = parameters["first.weight"]
        self._user, self._item = weight[:, :size], weight[:, size : 2 * size]
        self._both = weight[:, 2 * size :]

    @classmethod
    def load(cls, folder: Path) -> "FeedForward":
        """The model that ``save`` wrote.

        Raises:
            ValueError: It is missing, damaged, or of another kind or format.
        """
        arrays, settings = load_model(folder, KIND)
        parameters = {
            name.removeprefix("net/"): one for name, one in arrays.items() if "net/" in name
        }
        count = len(parameters["items"])
        histories = Histories.from_arrays(arrays, count, float(settings["recency"]))
        return cls(parameters, histories, int(settings["longest"]), settings["facts"])

    def with_histories(self, data: Interactions) -> "FeedForward":
        """The same net for users with other histories, such as ones that went on."""
        histories = Histories.of(data, self._histories.recency)
        return FeedForward(self._parameters, histories, self._longest, self.facts)

    @property
    def item_count(self) -> int:
        """How many items the model knows."""
        return len(self._items)

    def for_users(self, users: Integers) -> Floats:
        """Scores for several users, one row each; those of nobody for who is not known."""
        return self._scores([self._histories.of_user(int(one)) for one in users])

    def for_session(self, items: Sequence[int]) -> Floats:
        """Scores for someone of whom only these items are known, the last chosen last."""
        return only_row(self._scores([self._known(items)]))

    def for_session_of(self, items: Sequence[int], among: Integers) -> Floats:
        """What :meth:`for_session` says of some items alone, in their order."""
        user = only_row(self._users([self._known(items)]))
        return np.asarray(expit(self._logits(user, self._items[among])), np.float32)

    def _known(self, items: Sequence[int]) -> Integers:
        return np.array([one for one in items if 0 <= one < self.item_count], np.int64)

    def for_item(self, item_idx: int) -> Floats:
        """Scores after this item alone; the item itself has 0."""
        return but_itself(self.for_session([item_idx]), item_idx)

    def explain(self, user_idx: int, item_idx: int, k: int = 3) -> tuple[Because, ...]:
        """The ``k`` items of the history that add most to the logit; see ``contributions``."""
        row = last_items([self._histories.of_user(user_idx)], self._longest)[0]
        row = row[row != NOTHING]
        if not len(row) or not 0 <= item_idx < self.item_count:
            return ()

        def logits(rows: Sequence[Integers]) -> Floats:
            item = self._items[[item_idx]]
            return np.concatenate([self._logits(user, item) for user in self._users(rows)])

        return strongest("history", *contributions(row, logits), k)

    def save(self, folder: Path) -> None:
        """Write the model; ``folder`` appears whole or not at all."""
        arrays = {f"net/{name}": one for name, one in self._parameters.items()}
        settings = {
            "longest": self._longest,
            "recency": self._histories.recency,
            "facts": dict(self.facts),
        }
        save_model(folder, KIND, {**arrays, **self._histories.arrays()}, settings)

    def _users(self, rows: Sequence[Integers]) -> Floats:
        """The vector p of each row of items."""
        block = last_items(rows, self._longest)
        taken = block != NOTHING
        ago = taken.sum(axis=1, keepdims=True) - 1 - np.arange(block.shape[1])
        shares = np.where(taken, (1.0 + np.maximum(ago, 0)) ** -self._histories.recency, 0.0)
        sums = np.einsum("rs,rsd->rd", shares.astype(np.float32), self._items[np.maximum(block, 0)])
        turned = sums @ self._parameters["turn.weight"].T + self._parameters["turn.bias"]
        return unit(turned)

    def _scores(self, rows: Sequence[Integers]) -> Floats:
        found = np.empty((len(rows), self.item_count), np.float32)
        for place, user in enumerate(self._users(rows)):
            found[place] = expit(self._logits(user, self._items))
        return found

    def _logits(self, user: Floats, items: Floats) -> Floats:
        inner = items @ (self._both * user + self._item).T
        inner += self._user @ user + self._parameters["first.bias"]
        np.maximum(inner, 0.0, out=inner)
        found = inner @ self._parameters["second.weight"][0] + self._parameters["second.bias"]
        return np.asarray(found, np.float32)
