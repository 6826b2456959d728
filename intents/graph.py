"""The joint model's part of the network as an ONNX graph, with what was learned merged in."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog.weights_graph import MASK, STATES, BodyShape, Graph, split
from intents.steps import from_steps

if TYPE_CHECKING:
    import onnx

Tensors = Mapping[str, NDArray[Any]]

DOWN, UP = ".lora_A", ".lora_B"
CHANGE, STEP = ".change", ".step"


def merge(encoder: Tensors, adapter: Tensors, scale: float) -> dict[str, NDArray[np.float32]]:
    """The encoder's tensors with what was learned added.

    Low-rank changes are ``scale · B·A`` (Hu et al., 2021); whole ones come in packed steps.
    """
    merged = dict(encoder)
    for name in adapter:
        layer, _, kind = name.rpartition(".")
        weight = f"{layer}.weight"
        if f".{kind}" == DOWN:
            change = np.float32(scale) * (adapter[layer + UP] @ adapter[name])
        elif f".{kind}" == CHANGE:
            change = from_steps(adapter[name], adapter[layer + STEP], encoder[weight].shape[1])
        else:
            continue
        merged[weight] = encoder[weight] + change
    return merged


def build_joint(tensors: Tensors, shape: BodyShape) -> "onnx.ModelProto":
    """The graph of the upper layers and the heads.

    ``states [b, s, h], attention_mask int32 [b, s], context [b, s, h]`` → scores before softmax
    or sigmoid: ``intents`` [b, i], ``tags`` [b, s, t], ``roles`` [b, s, r].
    """
    from onnx import TensorProto

    graph = Graph(tensors, shape)
    x = graph.add("Add", ["states", "context"], "placed")
    x = graph.layers(x, range(split(shape), shape.layers))
    axis = graph.constant("axis", np.array([1]))
    mask = graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    row = graph.add("Unsqueeze", [mask, axis], "mask_row")
    summed = graph.add("Squeeze", [graph.add("MatMul", [row, x], "summed"), axis], "sum")
    count = graph.add("ReduceSum", [mask, axis], "count", keepdims=1)
    mean = graph.add("Div", [summed, count], "mean")
    start, end = graph.constant("first", np.array([0])), graph.constant("second", np.array([1]))
    opening = graph.add("Squeeze", [graph.add("Slice", [x, start, end, axis], "cut"), axis], "cls")
    pooled = graph.add("Concat", [opening, mean], "pooled", axis=1)
    graph.linear(pooled, "heads.intents", "intents")
    graph.linear(x, "heads.tags", "tags")
    graph.linear(x, "heads.roles", "roles")
    return graph.model(
        {"states": STATES, "attention_mask": MASK, "context": STATES},
        {
            "intents": ("batch", "intent"),
            "tags": ("batch", "length", "tag"),
            "roles": ("batch", "length", "role"),
        },
    )
