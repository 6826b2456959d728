"""Matrix products in eight bits: by blocks for one text, by columns for many."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from catalog.weights_eight_bits import BLOCK, in_blocks, in_columns

CHANCE = np.random.default_rng(5)


def product(rows, columns):
    """A graph of one product, and its matrix [rows, columns] with a column of zeros."""
    matrix = CHANCE.normal(0, 0.05, (rows, columns)).astype(np.float32)
    matrix[:, 0] = 0
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "matrix"], ["y"], name="product")],
        "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["b", rows])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["b", columns])],
        [numpy_helper.from_array(matrix, "matrix")],
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9), matrix


def run(model, x):
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(["y"], {"x": x})[0]


def distance(found, expected):
    return np.linalg.norm(found - expected) / np.linalg.norm(expected)


@pytest.mark.parametrize(
    ("rewrite", "operator", "most"),
    [(in_blocks, "MatMulNBits", 0.012), (in_columns, "MatMulInteger", 0.03)],
)
def test_products_in_eight_bits_are_near_the_exact_ones(rewrite, operator, most):
    model, matrix = product(6 * BLOCK, 48)
    x = CHANCE.normal(size=(9, 6 * BLOCK)).astype(np.float32)
    small = rewrite(model)
    assert operator in {node.op_type for node in small.graph.node}
    assert distance(run(small, x), x @ matrix) < most
    assert small.ByteSize() < model.ByteSize() / 3
    np.testing.assert_array_equal(run(small, x)[:, 0], 0)


def test_a_factor_of_one_block_does_not_coarsen_another():
    model, matrix = product(2 * BLOCK, 16)
    x = CHANCE.normal(size=(1, 2 * BLOCK)).astype(np.float32)
    x[:, :BLOCK] *= 1000
    small = np.concatenate([np.zeros((1, BLOCK), np.float32), x[:, BLOCK:]], axis=1)
    moved = run(in_blocks(model), x) - run(in_blocks(model), x - small)
    assert distance(moved, small @ matrix) < 0.05


def test_the_graph_that_was_given_is_left_alone():
    model, _ = product(BLOCK, 8)
    before = model.SerializeToString()
    in_blocks(model)
    in_columns(model)
    assert model.SerializeToString() == before


def test_matrices_without_whole_blocks_stay_exact():
    model, matrix = product(BLOCK + 8, 8)
    x = CHANCE.normal(size=(3, BLOCK + 8)).astype(np.float32)
    np.testing.assert_allclose(run(in_blocks(model), x), x @ matrix, atol=1e-5)
    assert isinstance(in_blocks(model), onnx.ModelProto)
