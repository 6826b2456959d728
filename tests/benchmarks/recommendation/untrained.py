"""The nets at their served sizes with random numbers, to measure times and not what they say."""

import numpy as np

from catalog.recommenders.contract import Model
from catalog.recommenders.deep import feed_forward_training as forward
from catalog.recommenders.deep import sequential_training as sequential
from catalog.recommenders.deep.feed_forward import FeedForward
from catalog.recommenders.deep.forward import BODIES
from catalog.recommenders.deep.sequential import SequenceModel
from catalog.recommenders.histories import Histories
from catalog.recommenders.interactions import Interactions


def untrained_nets(data: Interactions) -> dict[str, Model]:
    """A model for each of ``NETS``, as it would be served after a training on the events.

    Scores cost the same sums whatever the numbers are. Features of the items are folded into
    their vectors by a training, so that a served net has none.
    """
    return {**{name: _sequence(name, data) for name in BODIES}, "feed_forward": _forward(data)}


def _sequence(name: str, data: Interactions) -> Model:
    recipe = sequential.SequenceRecipe(name)
    net = sequential.build(recipe, data.item_count)
    parameters = sequential.parameters_of(net, np.ones(data.item_count, np.int64))
    return SequenceModel(name, parameters, Histories.of(data), recipe.learning.longest, {})


def _forward(data: Interactions) -> Model:
    recipe = forward.FeedForwardRecipe()
    nothing = np.zeros((data.item_count, 0), np.float32)
    net = forward.build(recipe, nothing, np.ones(data.item_count, np.int64))
    histories = Histories.of(data, recipe.recency)
    return FeedForward(forward.parameters_of(net), histories, recipe.learning.longest, {})
