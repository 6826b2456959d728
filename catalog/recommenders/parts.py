"""What a blend is made of: how each part is trained, opened, and kept through a kill."""

import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.content import Content, train_content
from catalog.recommenders.contexts import POPULARITY, SESSIONS
from catalog.recommenders.contract import Model
from catalog.recommenders.deep.feed_forward import FeedForward
from catalog.recommenders.deep.sequential import SequenceModel
from catalog.recommenders.ease import train_ease
from catalog.recommenders.factors import Factors, train_als
from catalog.recommenders.features import compressed
from catalog.recommenders.interactions import Floats, Interactions
from catalog.recommenders.item_neighbours import train_item_neighbours
from catalog.recommenders.linear import ItemToItem
from catalog.recommenders.popularity import WindowPopularity, train_popularity
from catalog.recommenders.saving import FORMAT_VERSION, kind_of, pack_sparse
from catalog.recommenders.session_neighbours import SessionNeighbours, train_session_neighbours
from catalog.recommenders.transitions import train_transitions
from catalog.recommenders.user_neighbours import UserNeighbours, train_user_neighbours

_TEXTS, _FACTS = 96, 48
"""Numbers of each product that nets get of its text and of its record."""


@dataclass(frozen=True, eq=False)
class Material:
    """What a part is made from.

    Args:
        data: The events to learn from.
        vectors: Items × dimensions, what the products' texts mean.
        facts: Items × facts, what else the catalogue says of the products; see ``product_facts``.
        seed: Of everything random.
        checkpoint: A file that lets a long training go on after a kill.
    """

    data: Interactions
    vectors: Floats | None = None
    facts: "sp.csr_array | None" = None
    seed: int = 0
    checkpoint: Path | None = None


Train = Callable[[Material], Model]


def _net(name: str) -> Train:
    def train(one: Material) -> Model:
        # torch is slow to import, and is not there where models are only served.
        from catalog.recommenders.deep.fitting import Recipe
        from catalog.recommenders.deep.learning import Learning
        from catalog.recommenders.deep.sequential_training import SequenceRecipe, train_sequence

        learning = Learning(fit=Recipe(seed=one.seed))
        recipe = SequenceRecipe(name, learning=learning)
        return train_sequence(one.data, recipe, checkpoint=one.checkpoint)

    return train


def _feed_forward(one: Material) -> Model:
    from catalog.recommenders.deep.feed_forward_training import (
        FeedForwardRecipe,
        feed_forward_learning,
        train_feed_forward,
    )

    known = [] if one.vectors is None else [compressed(one.vectors, _TEXTS)]
    known += [] if one.facts is None else [compressed(one.facts, _FACTS)]
    features = np.concatenate(known, axis=1) if known else None
    recipe = FeedForwardRecipe(learning=feed_forward_learning(one.seed))
    return train_feed_forward(one.data, recipe, features=features, checkpoint=one.checkpoint)


def _attributes(one: Material) -> Model:
    """What a record shares with those that were chosen; a fact of one product alone is left out."""
    facts = sp.csr_array((one.data.item_count, 0)) if one.facts is None else one.facts
    shared = np.flatnonzero(np.bincount(facts.indices, minlength=facts.shape[1]) > 1)
    return train_content(one.data, facts[:, shared])


PARTS: Mapping[str, Train] = {
    # The events' weights are halved with time already.
    POPULARITY: lambda one: train_popularity(one.data),
    "item_neighbours": lambda one: train_item_neighbours(one.data, weighting="bm25"),
    "transitions": lambda one: train_transitions(one.data),
    "user_neighbours": lambda one: train_user_neighbours(one.data),
    "als": lambda one: train_als(one.data, factors=32, regularization=1.0, seed=one.seed),
    SESSIONS: lambda one: train_session_neighbours(one.data),
    "attributes": _attributes,
}
FEW_ITEMS = 5_000
"""So many products at most for ``SMALL``: the inverse of a matrix of products × products takes 100
MB and four seconds there, three times in a training, and 8 times the seconds with twice as many."""
SMALL: Mapping[str, Train] = {
    # A shopper's events count alike, as they do while it learns.
    "ease": lambda one: train_ease(one.data.once(), keep=200),
}
"""Parts of shops with few products."""
NETS: Mapping[str, Train] = {
    "gru": _net("gru"),
    "cnn": _net("cnn"),
    "attention": _net("attention"),
    "feed_forward": _feed_forward,
}
"""Parts that only torch can train; without it the others make the blend."""

LOADERS: Mapping[str, Callable[[Path], Model]] = {
    "popularity": WindowPopularity.load,
    "item_to_item": ItemToItem.load,
    "user_neighbours": UserNeighbours.load,
    "factors": Factors.load,
    "session_neighbours": SessionNeighbours.load,
    "content": Content.load,
    "sequence": SequenceModel.load,
    "feed_forward": FeedForward.load,
}


def parts_here(item_count: int) -> Mapping[str, Train]:
    """The parts that can be trained on this machine for a shop of so many products."""
    small = SMALL if item_count <= FEW_ITEMS else {}
    return {**PARTS, **small, **(NETS if find_spec("torch") else {})}


class Workshop:
    """Makes parts, and finds those that a killed training had made.

    A part is written when it is whole, and only one that is whole is found again; a net in the
    making goes on from its last epoch. What is kept belongs to one set of events, features, seed
    and parts: others start anew, and what is left of them is removed.

    Args:
        folder: Where parts are kept until the training ends; nothing is kept without it.
        everything: All that the training will see.
        parts: By name, how each is trained.
    """

    def __init__(
        self, folder: Path | None, everything: Material, parts: Mapping[str, Train]
    ) -> None:
        self._parts = parts
        self._all = everything
        self._folder = folder / _mark(everything, parts) if folder else None
        if folder and folder.is_dir():
            for one in folder.iterdir():
                if one != self._folder:
                    shutil.rmtree(one, ignore_errors=True)

    def make(
        self, phase: str, data: Interactions, made: Callable[[int], None] = lambda _: None
    ) -> dict[str, Model]:
        """All parts for a phase of the training, which always has the same data.

        ``made`` is told after each part how many there are.
        """
        found: dict[str, Model] = {}
        for name in self._parts:
            found[name] = self._one(phase, name, data)
            made(len(found))
        return found

    def _one(self, phase: str, name: str, data: Interactions) -> Model:
        material = replace(self._all, data=data)
        if self._folder is None:
            return self._parts[name](material)
        folder = self._folder / phase / name
        if not folder.exists():
            checkpoint = folder.with_name(f"{name}.epoch")
            made = self._parts[name](replace(material, checkpoint=checkpoint))
            made.save(folder)
            checkpoint.unlink(missing_ok=True)
        # What was just made is opened as well, so that a kill changes nothing at all.
        return LOADERS[kind_of(folder)](folder)


def _mark(everything: Material, parts: Mapping[str, Train]) -> str:
    data = everything.data
    found = hashlib.sha256(repr((FORMAT_VERSION, everything.seed, sorted(parts))).encode())
    facts = everything.facts
    packed = {} if facts is None else pack_sparse("facts", facts)
    for one in (data.users, data.items, data.weights, data.times, everything.vectors):
        if one is not None:
            found.update(np.ascontiguousarray(one).tobytes())
    for one in packed.values():
        found.update(np.ascontiguousarray(one).tobytes())
    return found.hexdigest()[:16]
