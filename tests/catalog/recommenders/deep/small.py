"""Recipes for tiny data: all epochs, nothing held out, and more users of the same kinds."""

import numpy as np

from catalog.recommenders.deep.feed_forward_training import FeedForwardRecipe, train_feed_forward
from catalog.recommenders.deep.fitting import Recipe
from catalog.recommenders.deep.learning import Learning
from catalog.recommenders.deep.sequential_training import SequenceRecipe, train_sequence
from catalog.recommenders.interactions import Interactions

LEARNING = Learning(held=0.0, batch=256, fit=Recipe(epochs=40, learning_rate=0.02))
_ORDERS = 10


def crowd(data):
    """Ten users for each one, who chose the same in other orders: no order says more than one."""
    copies = np.repeat(np.arange(_ORDERS), len(data))
    return Interactions.of(
        np.tile(data.users, _ORDERS) + copies * data.user_count,
        np.tile(data.items, _ORDERS),
        times=np.random.default_rng(1).random(len(copies)),
        user_count=data.user_count * _ORDERS,
        item_count=data.item_count,
    )


def sequence(net):
    recipe = SequenceRecipe(net, size=8, dropout=0.1, learning=LEARNING)
    return lambda data: train_sequence(crowd(data), recipe).with_histories(data)


def feed_forward(data, **more):
    recipe = FeedForwardRecipe(size=8, learning=LEARNING)
    return train_feed_forward(crowd(data), recipe, **more).with_histories(data)
