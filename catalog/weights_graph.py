"""The body of a BERT-like encoder as two ONNX graphs, written from its tensors.

Word vectors come from outside (``inputs_embeds``), so that the word table can stay a
memory-mapped file. The lower half of the layers is a graph of its own: search and understanding
each continue from it with an upper half of their own. The graphs use ONNX Runtime's fused
operators directly: a layer is two attention nodes, four matrix products and two skip layer norms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

Pooling = Literal["mean", "cls"]
Axes = tuple[str | int, ...]
"""The axes of a tensor; a name stands for any size."""

HIDDEN = "hidden"
"""An axis as long as the encoder's vectors."""
MASK: Axes = ("batch", "length")
STATES: Axes = ("batch", "length", HIDDEN)

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


def split(shape: BodyShape) -> int:
    """How many layers the lower half has."""
    return shape.layers // 2


def build_lower(tensors: Mapping[str, NDArray[np.float32]], shape: BodyShape) -> "onnx.ModelProto":
    """``inputs_embeds [b, s, h], attention_mask int32 [b, s]`` → ``states`` [b, s, h]."""
    graph = Graph(tensors, shape)
    x = graph.layers(_embeddings(graph), range(split(shape)))
    graph.add("Identity", [x], "states")
    return graph.model({"inputs_embeds": STATES, "attention_mask": MASK}, {"states": STATES})


def build_upper(tensors: Mapping[str, NDArray[np.float32]], shape: BodyShape) -> "onnx.ModelProto":
    """``states [b, s, h], attention_mask int32 [b, s]`` → ``vectors`` [b, h] of length 1."""
    graph = Graph(tensors, shape)
    _pool(graph, graph.layers("states", range(split(shape), shape.layers)), shape.pooling)
    return graph.model({"states": STATES, "attention_mask": MASK}, {"vectors": ("batch", HIDDEN)})


class Graph:
    """Collects nodes and constants under running names."""

    def __init__(self, tensors: Mapping[str, NDArray[np.float32]], shape: BodyShape) -> None:
        self.tensors = tensors
        self.shape = shape
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def layers(self, x: str, numbers: Iterable[int]) -> str:
        """Transformer layers on top of ``x``; returns the name of the last output."""
        for number in numbers:
            x = _layer(self, x, number, self.shape)
        return x

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """A constant of the graph; returns its name."""
        from onnx import numpy_helper

        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def weight(self, name: str) -> str:
        """One of the tensors as a constant."""
        return self.constant(name, self.tensors[name])

    def add(
        self,
        kind: str,
        inputs: Sequence[str],
        output: str,
        domain: str = "",
        **attributes: object,
    ) -> str:
        """A node with one output; returns the output's name."""
        return self.add_many(kind, inputs, [output], domain, **attributes)[0]

    def add_many(
        self,
        kind: str,
        inputs: Sequence[str],
        outputs: Sequence[str],
        domain: str = "",
        **attributes: object,
    ) -> Sequence[str]:
        """A node with several outputs; returns their names."""
        from onnx import helper

        name = f"{kind}_{len(self._nodes)}"
        node = helper.make_node(kind, inputs, outputs, name=name, domain=domain)
        for key, value in attributes.items():
            node.attribute.append(helper.make_attribute(key, value))
        self._nodes.append(node)
        return outputs

    def product(self, x: str, name: str) -> str:
        """``x`` times the weight of the linear layer ``name``, without its bias."""
        weight = self.constant(f"{name}.weight", self.tensors[f"{name}.weight"].T)
        return self.add("MatMul", [x, weight], name)

    def linear(self, x: str, name: str, output: str) -> str:
        """The linear layer ``name`` of ``x``, as ``output``."""
        return self.add("Add", [self.product(x, name), self.weight(f"{name}.bias")], output)

    def model(self, inputs: Mapping[str, Axes], outputs: Mapping[str, Axes]) -> "onnx.ModelProto":
        """The finished graph; ``attention_mask`` is int32, everything else float32."""
        from onnx import TensorProto, helper

        def value(name: str, axes: Axes) -> "onnx.ValueInfoProto":
            kind = TensorProto.INT32 if name == "attention_mask" else TensorProto.FLOAT
            sizes = [self.shape.hidden if axis == HIDDEN else axis for axis in axes]
            return helper.make_tensor_value_info(name, kind, sizes)

        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [value(name, axes) for name, axes in inputs.items()],
            [value(name, axes) for name, axes in outputs.items()],
            list(self._constants.values()),
            # Of the fused operators nothing else can tell what type comes out.
            value_info=[
                helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
                for node in self._nodes
                if node.domain == _FUSED
                for name in node.output
            ],
        )
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)


def _embeddings(graph: Graph) -> str:
    shape = graph.shape
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


def _layer(graph: Graph, x: str, layer: int, shape: BodyShape) -> str:
    root = f"encoder.layer.{layer}"
    context = _attention(graph, x, root, shape)
    out = graph.product(context, f"{root}.attention.output.dense")
    x = _skip_norm(graph, x, out, f"{root}.attention.output", shape)
    inner = graph.product(x, f"{root}.intermediate.dense")
    bias = graph.weight(f"{root}.intermediate.dense.bias")
    active = graph.add("BiasGelu", [inner, bias], f"{root}.active", _FUSED)
    out = graph.product(active, f"{root}.output.dense")
    return _skip_norm(graph, x, out, f"{root}.output", shape)


def _attention(graph: Graph, x: str, root: str, shape: BodyShape) -> str:
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


def _skip_norm(graph: Graph, x: str, out: str, name: str, shape: BodyShape) -> str:
    # ONNX Runtime's fused skip layer norm goes value by value; these three use wide registers.
    biased = graph.add("Add", [out, graph.weight(f"{name}.dense.bias")], f"{name}.biased")
    summed = graph.add("Add", [biased, x], f"{name}.summed")
    weights = [graph.weight(f"{name}.LayerNorm.{part}") for part in ("weight", "bias")]
    inputs = [summed, *weights]
    return graph.add("LayerNormalization", inputs, f"{name}.normed", axis=-1, epsilon=shape.epsilon)


def _pool(graph: Graph, x: str, pooling: Pooling) -> None:
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
