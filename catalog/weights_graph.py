"""The body of a BERT-like encoder as an ONNX graph, written from its tensors.

Word vectors come from outside (``inputs_embeds``), so that the word table can stay a
memory-mapped file. The graph uses ONNX Runtime's fused operators directly: a layer is two
attention nodes, four matrix products and two skip layer norms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

Pooling = Literal["mean", "cls"]
_FUSED = "com.microsoft"
_OPSETS = {"": 18, _FUSED: 1}
_IR_VERSION = 9


@dataclass(frozen=True, slots=True)
class BodyShape:
    """What the tensors alone do not say; ``first_position`` is 0 for BERT, 2 for XLM-R."""

    layers: int
    heads: int
    hidden: int
    epsilon: float
    first_position: int
    pooling: Pooling


def build_body(tensors: Mapping[str, NDArray[np.float32]], shape: BodyShape) -> "onnx.ModelProto":
    """The graph ``inputs_embeds [b, s, h], attention_mask int32 [b, s]`` → two outputs.

    ``hidden`` [b, s, h] is the last layer, ``vectors`` [b, h] are pooled and L2-normalised.
    Only what a caller asks for is computed.
    """
    graph = _Graph(tensors)
    x = _embeddings(graph, shape)
    for layer in range(shape.layers):
        x = _layer(graph, x, layer, shape)
    graph.add("Identity", [x], "hidden")
    _pool(graph, x, shape.pooling)
    return graph.model(shape.hidden)


class _Graph:
    """Collects nodes and constants under running names."""

    def __init__(self, tensors: Mapping[str, NDArray[np.float32]]) -> None:
        self.tensors = tensors
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.tensors[name])

    def add(
        self,
        kind: str,
        inputs: Sequence[str],
        output: str,
        domain: str = "",
        **attributes: object,
    ) -> str:
        return self.add_many(kind, inputs, [output], domain, **attributes)[0]

    def add_many(
        self,
        kind: str,
        inputs: Sequence[str],
        outputs: Sequence[str],
        domain: str = "",
        **attributes: object,
    ) -> Sequence[str]:
        from onnx import helper

        name = f"{kind}_{len(self._nodes)}"
        node = helper.make_node(kind, inputs, outputs, name=name, domain=domain)
        for key, value in attributes.items():
            node.attribute.append(helper.make_attribute(key, value))
        self._nodes.append(node)
        return outputs

    def model(self, hidden: int) -> "onnx.ModelProto":
        from onnx import TensorProto, helper

        value = helper.make_tensor_value_info
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                value("inputs_embeds", TensorProto.FLOAT, ["batch", "length", hidden]),
                value("attention_mask", TensorProto.INT32, ["batch", "length"]),
            ],
            [
                value("vectors", TensorProto.FLOAT, ["batch", hidden]),
                value("hidden", TensorProto.FLOAT, ["batch", "length", hidden]),
            ],
            list(self._constants.values()),
        )
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)


def _embeddings(graph: _Graph, shape: BodyShape) -> str:
    positions = graph.tensors["embeddings.position_embeddings.weight"][shape.first_position :]
    kinds = graph.tensors["embeddings.token_type_embeddings.weight"]
    # Every text is one segment, so the type vector is the same everywhere.
    table = graph.constant("positions", positions + kinds[0])
    size = graph.add("Shape", ["inputs_embeds"], "size")
    length = graph.add("Gather", [size, graph.constant("one", np.array([1]))], "length_now")
    zero = graph.constant("zero", np.array([0]))
    place = graph.add("Slice", [table, zero, length, zero], "place")
    summed = graph.add("Add", ["inputs_embeds", place], "embeddings_sum")
    name = "embeddings.LayerNorm"
    inputs = [summed, graph.weight(f"{name}.weight"), graph.weight(f"{name}.bias")]
    return graph.add("LayerNormalization", inputs, "embeddings", axis=-1, epsilon=shape.epsilon)


def _layer(graph: _Graph, x: str, layer: int, shape: BodyShape) -> str:
    root = f"encoder.layer.{layer}"
    context = _attention(graph, x, root, shape)
    out = _product(graph, context, f"{root}.attention.output.dense")
    x = _skip_norm(graph, x, out, f"{root}.attention.output", shape)
    inner = _product(graph, x, f"{root}.intermediate.dense")
    bias = graph.weight(f"{root}.intermediate.dense.bias")
    active = graph.add("BiasGelu", [inner, bias], f"{root}.active", _FUSED)
    out = _product(graph, active, f"{root}.output.dense")
    return _skip_norm(graph, x, out, f"{root}.output", shape)


def _attention(graph: _Graph, x: str, root: str, shape: BodyShape) -> str:
    names = [f"{root}.attention.self.{part}" for part in ("query", "key", "value")]
    weights = np.concatenate([graph.tensors[f"{name}.weight"] for name in names])
    biases = np.concatenate([graph.tensors[f"{name}.bias"] for name in names])
    inputs = [
        graph.add("MatMul", [x, graph.constant(f"{root}.qkv.weight", weights.T)], f"{root}.qkv"),
    ]
    parts = graph.add_many("Split", inputs, names, axis=-1, num_outputs=3)
    bias = graph.constant(f"{root}.qkv.bias", biases)
    return graph.add(
        "MultiHeadAttention",
        [*parts, bias, "attention_mask"],
        f"{root}.context",
        _FUSED,
        num_heads=shape.heads,
    )


def _product(graph: _Graph, x: str, name: str) -> str:
    weight = graph.constant(f"{name}.weight", graph.tensors[f"{name}.weight"].T)
    return graph.add("MatMul", [x, weight], name)


def _skip_norm(graph: _Graph, x: str, out: str, name: str, shape: BodyShape) -> str:
    inputs = [
        out,
        x,
        graph.weight(f"{name}.LayerNorm.weight"),
        graph.weight(f"{name}.LayerNorm.bias"),
        graph.weight(f"{name}.dense.bias"),
    ]
    return graph.add(
        "SkipLayerNormalization", inputs, f"{name}.normed", _FUSED, epsilon=shape.epsilon
    )


def _pool(graph: _Graph, x: str, pooling: Pooling) -> None:
    axis = graph.constant("axis", np.array([1]))
    if pooling == "mean":
        from onnx import TensorProto

        # The sum has the direction of the mean, and only the direction is kept.
        mask = graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
        row = graph.add("Unsqueeze", [mask, axis], "mask_row")
        pooled = graph.add("MatMul", [row, x], "summed")
    else:
        start, end = graph.constant("first", np.array([0])), graph.constant("second", np.array([1]))
        pooled = graph.add("Slice", [x, start, end, axis], "first_token")
    flat = graph.add("Squeeze", [pooled, axis], "pooled")
    graph.add("LpNormalization", [flat], "vectors", axis=-1, p=2)
