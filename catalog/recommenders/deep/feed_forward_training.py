"""Training of the feed-forward net with sampled negatives."""

from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from catalog.recommenders.deep.feed_forward import FeedForward
from catalog.recommenders.deep.feed_forward_net import FeedForwardNet
from catalog.recommenders.deep.fitting import Recipe
from catalog.recommenders.deep.learning import Learning, learn, prepare
from catalog.recommenders.deep.losses import binary_cross_entropy
from catalog.recommenders.deep.sequences import HeldOut
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Floats, Integers, Interactions


def feed_forward_learning(seed: int = 0) -> Learning:
    """What is shown to the net, and how often, unless a recipe says otherwise."""
    fit = Recipe(learning_rate=0.003, seed=seed)
    return Learning(longest=20, negatives=128, power=0.5, batch=1024, fit=fit)


@dataclass(frozen=True, slots=True)
class FeedForwardRecipe:
    """How the feed-forward net is made and fitted.

    Args:
        size: Dimensions of the vectors of users and items.
        hidden: Neurons of the hidden layer.
        recency: How much the last items of a history count more; see ``Histories``.
        forgetting: How often an item's own vector is left out while learning.
        weight: How much the not chosen count together beside the chosen one.
        learning: See there.
    """

    size: int = 64
    hidden: int = 16
    recency: float = 1.0
    forgetting: float = 0.3
    weight: float = 8.0
    learning: Learning = field(default_factory=feed_forward_learning)


def train_feed_forward(
    data: Interactions,
    recipe: FeedForwardRecipe,
    *,
    features: Floats | None = None,
    held: HeldOut | None = None,
    checkpoint: Path | None = None,
) -> FeedForward:
    """Learn which item of two a user wants: the one chosen next, or one drawn by chance.

    Args:
        data: What to learn from.
        recipe: How.
        features: Items × features: texts, category, price; none without it.
        held: What tells when to stop, if it is not to be taken from ``data``.
        checkpoint: A file to go on from after a kill.

    Raises:
        ValueError: The features are not of these items or not finite, or a loss is not.
    """
    table = np.zeros((data.item_count, 0), np.float32) if features is None else features
    if len(table) != data.item_count or not np.isfinite(table).all():
        raise ValueError(
            f"expected finite features of {data.item_count} items, got {len(table)} rows"
        )
    lesson = prepare(data, recipe.learning, held, (recipe, table.shape, float(table.sum())))
    net = build(recipe, table, lesson.counts)
    loss = partial(_loss, recipe.weight)
    figures = learn(net, net, lesson, recipe.learning, loss, checkpoint)
    facts = {**asdict(recipe), "data": lesson.mark, "figures": [round(one, 5) for one in figures]}
    histories = Histories.of(data, recipe.recency)
    return FeedForward(parameters_of(net), histories, recipe.learning.longest, facts)


def build(recipe: FeedForwardRecipe, features: Floats, counts: Integers) -> FeedForwardNet:
    """The net of a recipe, its numbers from the recipe's seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(recipe.learning.fit.seed)
        return FeedForwardNet(
            torch.from_numpy(np.ascontiguousarray(features, np.float32)),
            torch.from_numpy(counts > 0),
            size=recipe.size,
            hidden=recipe.hidden,
            recency=recipe.recency,
            forgetting=recipe.forgetting,
        )


def parameters_of(net: FeedForwardNet) -> dict[str, Floats]:
    """What ``FeedForward`` needs of a net, in numpy; features are in the items' vectors already."""
    net.eval()
    with torch.no_grad():
        items = net.vectors(torch.arange(len(net.features))).numpy()
    layers = {
        f"{name}.{part}": value.detach().numpy().copy()
        for name, layer in (("turn", net.turn), ("first", net.first), ("second", net.second))
        for part, value in layer.named_parameters()
    }
    return {"items": items, **layers}


def _loss(weight: float, own: Tensor, others: Tensor, hidden: Tensor, _: Tensor) -> Tensor:
    return binary_cross_entropy(own, others, hidden, weight)
