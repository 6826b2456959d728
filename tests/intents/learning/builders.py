"""Batches, items and labelled texts for tests of the training, small enough to be counted out."""

import torch

from intents.learning.data import Item
from intents.learning.net import Labels
from intents.learning.types import Labelled, Recipe
from intents.pieces import Pieces
from intents.tags import Span
from tests.intents.tiny import INTENTS, SLOTS

LABELS = Labels(INTENTS, SLOTS, ("", "ask_size"), ("", "city"))


def span(text, label, words):
    start = text.index(words)
    return Span(start, start + len(words), label)


def labelled(text, intent, *spans, roles=(), **fields):
    """A labelled text; ``spans`` are (slot, words) found in it."""
    found = tuple(span(text, *one) for one in spans)
    return Labelled(text, tuple(intent.split("+")), found, roles, **fields)


def item(length, units=None, hidden=4, value=1.0, weight=1.0, roles=None, tags=None, hints=None):
    """An item of so many pieces, all states ``value``, with a unit for each piece in between."""
    count = length - 2 if units is None else units
    places = tuple((place, place + 1) for place in range(count))
    return Item(
        Pieces(tuple(range(length)), tuple(range(1, count + 1)), places),
        torch.full((length, hidden), value, dtype=torch.bfloat16),
        torch.tensor([1.0, 0.0, 0.0]),
        tuple(tags or (1,) * count),
        tuple(roles or (0,) * count),
        (0, 1),
        tuple(hints or (0,) * length),
        weight,
    )


def search(color, kind):
    return labelled(f"{color} {kind}", "search_product", ("color", color), ("product_type", kind))


ENGLISH = (
    labelled("hello", "greet"),
    labelled("hello good", "greet"),
    labelled("joke", "out_of_scope"),
    labelled("show me the weather", "out_of_scope"),
    *(search(c, k) for c in ("red", "blue", "black") for k in ("shoes", "dress", "socks")),
    labelled("show me the shoes", "search_product", ("product_type", "shoes")),
    labelled("not red", "search_product", ("color", "red"), roles=("exclude",)),
    labelled("not blue", "search_product", ("color", "blue"), roles=("exclude",)),
)
CHINESE = (
    labelled("你好", "greet"),
    labelled("red你好", "greet"),
    labelled("笑话", "out_of_scope"),
    labelled("天气", "out_of_scope"),
    labelled("黑色耳机", "search_product", ("color", "黑色"), ("product_type", "耳机")),
    labelled("红色跑鞋", "search_product", ("color", "红色"), ("product_type", "跑鞋")),
    labelled("有没有耳机", "search_product", ("product_type", "耳机")),
    labelled("有没有黑色的", "search_product", ("color", "黑色")),
)
TASK = ENGLISH + CHINESE


def recipe(encoder, **changes):
    """A recipe that learns :data:`TASK` in a second or two."""
    quick = {
        "frozen_layers": 1,
        "lora_rank": 4,
        "epochs": 40,
        "patience": 40,
        "batch": 8,
        "rate": 3e-3,
        "head_rate": 2e-2,
        "dropout": 0.0,
        "hiding": 0.0,
        "averaging": 0.8,
    }
    return Recipe(encoder, **{**quick, **changes})
