"""Training of the nets over sequences: recurrent, convolutional, self-attention."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from catalog.recommenders.deep.forward import BODIES
from catalog.recommenders.deep.learning import Learning, learn, prepare
from catalog.recommenders.deep.losses import cross_entropy
from catalog.recommenders.deep.nets import (
    DilatedConvolutions,
    GatedRecurrence,
    SelfAttention,
    SequenceNet,
)
from catalog.recommenders.deep.sequences import HeldOut
from catalog.recommenders.deep.sequential import SequenceModel
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Integers, Interactions

_GAPS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class SequenceRecipe:
    """How a net over sequences is made and fitted.

    Args:
        net: ``gru``, ``cnn`` or ``attention``.
        size: Dimensions of the items' vectors and of the states.
        dropout: The share of numbers left out while learning.
        heads: Of the attention.
        learning: See there.
    """

    net: str
    size: int = 64
    dropout: float = 0.3
    heads: int = 2
    learning: Learning = field(default_factory=Learning)

    def __post_init__(self) -> None:
        if self.net not in BODIES:
            raise ValueError(f"expected a net of {sorted(BODIES)}, got {self.net!r}")
        if min(self.size, self.heads) < 1 or self.size % self.heads:
            raise ValueError(f"expected a size of whole heads, got {self.size}, {self.heads}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"expected dropout in [0, 1), got {self.dropout}")


def train_sequence(
    data: Interactions,
    recipe: SequenceRecipe,
    *,
    held: HeldOut | None = None,
    checkpoint: Path | None = None,
) -> SequenceModel:
    """Learn what comes next after each step of everyone's history.

    The loss of a step is the cross-entropy of the item that came, among all items or by sampled
    softmax (Hidasi and Karatzoglou, 2018, for GRU4Rec; Petrov and Macdonald, 2023, and Klenitskiy
    and Vasilev, 2023, for SASRec: the loss counts more than the net), weighted by the event.

    Args:
        data: What to learn from.
        recipe: How.
        held: What tells when to stop, if it is not to be taken from ``data``.
        checkpoint: A file to go on from after a kill.

    Raises:
        ValueError: A loss is not finite.
    """
    lesson = prepare(data, recipe.learning, held, recipe)
    net = build(recipe, data.item_count)
    figures = learn(net, net, lesson, recipe.learning, cross_entropy, checkpoint)
    facts = {**asdict(recipe), "data": lesson.mark, "figures": [round(one, 5) for one in figures]}
    parameters = parameters_of(net, lesson.counts)
    return SequenceModel(recipe.net, parameters, Histories.of(data), recipe.learning.longest, facts)


def build(recipe: SequenceRecipe, items: int) -> SequenceNet:
    """The net of a recipe, its numbers from the recipe's seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(recipe.learning.fit.seed)
        return SequenceNet(items, recipe.size, _body(recipe), recipe.dropout)


def _body(recipe: SequenceRecipe) -> nn.Module:
    if recipe.net == "gru":
        return GatedRecurrence(recipe.size)
    if recipe.net == "cnn":
        return DilatedConvolutions(recipe.size, _GAPS)
    return SelfAttention(recipe.size, recipe.heads, recipe.learning.longest, recipe.dropout)


def parameters_of(net: SequenceNet, counts: Integers) -> dict[str, NDArray[Any]]:
    """What ``SequenceModel`` needs of a net, in numpy.

    An item without events gets no direction and the mean bias: nothing is known of it, so it is
    neither liked nor disliked.
    """
    found: dict[str, NDArray[Any]] = {
        name: one.detach().numpy().copy() for name, one in net.body.state_dict().items()
    }
    if isinstance(net.body, DilatedConvolutions):
        found["gaps"] = np.array(net.body.gaps, np.int64)
    known = counts > 0
    bias = (net.bias / net.scale.exp()).detach().numpy()
    items = net.items.weight.detach().numpy()
    found["items"] = np.where(known[:, None], items, 0.0).astype(np.float32)
    average = bias[known].mean() if known.any() else 0.0
    found["bias"] = np.where(known, bias, average).astype(np.float32)
    return found
