"""Graphs written again with the weights of their matrix products in eight bits.

Two ways, for two uses. One text has few pieces, and the time goes into reading weights: blocks of
weights with a scale each are a quarter to read and move the vectors least. A batch of texts has
many pieces, and the time goes into multiplying: whole columns in eight bits multiply fastest.
"""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

BLOCK = 64
"""Weights that share one scale."""

_FUSED = "com.microsoft"
_MIDDLE, _LARGEST = 128, 127
_INTEGER_PRODUCTS = 4


def in_blocks(model: "onnx.ModelProto") -> "onnx.ModelProto":
    """The graph with constant matrices in blocks, for single texts.

    A product of ONNX Runtime's ``MatMulNBits`` takes the other factor in eight bits by blocks too.
    Matrices whose rows do not come in whole blocks stay as they are.
    """
    from onnx import ModelProto, helper, numpy_helper

    small = ModelProto()
    small.CopyFrom(model)
    constants = {one.name: one for one in small.graph.initializer}
    nodes = []
    for node in small.graph.node:
        matrix = constants.get(node.input[1]) if node.op_type == "MatMul" else None
        if matrix is None or matrix.dims[0] % BLOCK:
            nodes.append(node)
            continue
        x, name = node.input
        rows, columns = matrix.dims
        steps, scales = _in_steps(numpy_helper.to_array(matrix))
        small.graph.initializer.remove(matrix)
        small.graph.initializer.append(numpy_helper.from_array(steps, f"{name}.steps"))
        small.graph.initializer.append(numpy_helper.from_array(scales, f"{name}.scales"))
        inputs = [x, f"{name}.steps", f"{name}.scales"]
        nodes.append(
            helper.make_node(
                "MatMulNBits",
                inputs,
                node.output,
                name=node.name,
                domain=_FUSED,
                K=rows,
                N=columns,
                bits=8,
                block_size=BLOCK,
                accuracy_level=_INTEGER_PRODUCTS,
            )
        )
    del small.graph.node[:]
    small.graph.node.extend(nodes)
    return small


def _in_steps(matrix: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A matrix [rows, columns] as steps [columns, blocks, 64] about 128, and flat scales."""
    rows, columns = matrix.shape
    blocks = matrix.T.reshape(columns, rows // BLOCK, BLOCK)
    scales = np.abs(blocks).max(axis=2) / np.float32(_LARGEST)
    steps = np.rint(blocks / np.where(scales == 0, 1, scales)[..., None]) + _MIDDLE
    return steps.astype(np.uint8), scales.astype(np.float32).ravel()


def in_columns(model: "onnx.ModelProto") -> "onnx.ModelProto":
    """The graph with constant matrices in eight bits by columns, for batches of texts.

    The other factor is taken in eight bits by the largest value of the batch. Weights keep to
    seven of the eight bits: processors without VNNI add two products in 16 bits, which the full
    range overflows.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    marked = onnx.ModelProto()
    marked.CopyFrom(model)
    # The graphs are fused as they are written: without this mark, a warning asks for that.
    marked.metadata_props.add(key="onnx.quant.pre_process", value="onnxruntime.quant")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "columns.onnx"
        quantize_dynamic(
            marked,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
        return onnx.load(path)
