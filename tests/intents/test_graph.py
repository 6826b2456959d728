import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from catalog.weights_layout import read_layout, read_weights
from intents.graph import build_joint, merge
from intents.learning.encoders import load_base, make_trainable
from intents.learning.net import JointNet, Labels
from intents.steps import in_steps
from tests.intents.tiny import ACTIONS, INTENTS, REQUESTED, SLOTS

pytestmark = pytest.mark.usefixtures("one_thread")

LABELS = Labels(INTENTS, SLOTS, ACTIONS, REQUESTED)
FROZEN, RANK = 1, 4


def test_an_adapter_adds_its_scaled_product():
    encoder = {"a.weight": np.eye(2, dtype=np.float32), "b.weight": np.ones((2, 2), np.float32)}
    adapter = {
        "a.lora_A": np.array([[1.0, 2.0]], np.float32),
        "a.lora_B": np.array([[3.0], [0.0]], np.float32),
        "heads.x.bias": np.zeros(1, np.float32),
    }
    merged = merge(encoder, adapter, 0.5)
    assert merged["a.weight"].tolist() == [[2.5, 3.0], [0.0, 1.0]]
    assert merged["b.weight"] is encoder["b.weight"]
    assert encoder["a.weight"].tolist() == [[1, 0], [0, 1]]
    assert set(merged) == set(encoder)


def test_a_change_in_steps_is_added():
    encoder = {"a.weight": np.eye(2, dtype=np.float32)}
    packed, size = in_steps(np.array([[63.0, -2.0], [0.0, 0.5]], np.float32))
    merged = merge(encoder, {"a.change": packed, "a.step": size}, 2.0)
    assert merged["a.weight"].tolist() == [[64.0, -2.0], [0.0, 1.5]]


@pytest.fixture(scope="module")
def net(tiny_encoder):
    """A joint network whose adapter and heads are far from where they began."""
    torch.manual_seed(3)
    base = load_base(tiny_encoder, FROZEN)
    layers = make_trainable(base.upper, RANK, dropout=0.0)
    net = JointNet(list(layers), base.hidden, LABELS, dropout=0.0, crf=True).eval()
    for parameter in net.parameters():
        if parameter.requires_grad:
            parameter.data = torch.randn_like(parameter) * 0.3
    return net


def shipped(net):
    """The tensors that a shipped model has, under their names."""
    tables = {name: getattr(net, name).weight for name in ("actions", "requested", "hints")}
    heads = {
        f"heads.{head}.{part}": getattr(getattr(net, head), part)
        for head in ("intents", "tags", "roles")
        for part in ("weight", "bias")
    }
    adapter = {
        f"encoder.layer.{FROZEN}.{name.removesuffix('.default.weight')}": parameter
        for name, parameter in net.layers[0].named_parameters()
        if "lora_" in name
    }
    return {name: t.detach().numpy() for name, t in (tables | heads | adapter).items()}


def session(tensors, encoder_folder, scale):
    merged = merge(read_weights(encoder_folder), tensors, scale)
    graph = build_joint(merged | tensors, read_layout(encoder_folder).shape)
    onnx.checker.check_model(graph)
    return onnxruntime.InferenceSession(
        graph.SerializeToString(), providers=["CPUExecutionProvider"]
    )


STATES = np.random.default_rng(5).standard_normal((2, 7, 32)).astype(np.float32)
MASK = np.array([[1] * 7, [1] * 4 + [0] * 3], np.int32)

HINTS = np.array([[0, 1, 2, 0, 3, 4, 0], [0, 3, 0, 0, 0, 0, 0]])


def graph_scores(net, encoder_folder, rows, length, context, scale=2.0):
    tensors = shipped(net)
    said = tensors["actions"][context[0]] + tensors["requested"][context[1]]
    told = tensors["hints"][HINTS[rows, :length]]
    inputs = {
        "states": STATES[rows, :length],
        "attention_mask": MASK[rows, :length],
        "context": said + told,
    }
    return session(tensors, encoder_folder, scale).run(["intents", "tags", "roles"], inputs)


def net_scores(net, rows, length, context):
    states = torch.from_numpy(STATES[rows, :length])
    places = torch.arange(length).expand(len(states), -1)
    contexts = torch.tensor([context] * len(states))
    with torch.no_grad():
        mask = torch.from_numpy(MASK[rows, :length]).bool()
        out = net(states, mask, places, contexts, torch.from_numpy(HINTS[rows, :length]))
    return [out.intents.numpy(), out.tags.numpy(), out.roles.numpy()]


@pytest.mark.parametrize("context", [(0, 0), (1, 0), (1, 1)])
@pytest.mark.parametrize(
    ("rows", "length"), [(slice(0, 1), 7), (slice(1, 2), 4), (slice(0, 1), 2), (slice(0, 2), 7)]
)
def test_the_graph_says_what_the_network_says(net, tiny_encoder, rows, length, context):
    ours = graph_scores(net, tiny_encoder, rows, length, context)
    theirs = net_scores(net, rows, length, context)
    real = MASK[rows, :length].astype(bool)
    assert np.abs(ours[0] - theirs[0]).max() < 1e-4
    assert np.abs(ours[1] - theirs[1])[real].max() < 1e-4
    assert np.abs(ours[2] - theirs[2])[real].max() < 1e-4


def test_without_its_adapter_the_graph_says_something_else(net, tiny_encoder):
    rows, context = slice(0, 1), (0, 0)
    bare = graph_scores(net, tiny_encoder, rows, 7, context, scale=0.0)
    theirs = net_scores(net, rows, 7, context)
    assert np.abs(bare[0] - theirs[0]).max() > 0.1
    assert np.abs(bare[1] - theirs[1]).max() > 0.1


def test_padding_does_not_change_what_the_graph_says(net, tiny_encoder):
    padded = graph_scores(net, tiny_encoder, slice(1, 2), 7, (0, 0))
    short = graph_scores(net, tiny_encoder, slice(1, 2), 4, (0, 0))
    assert np.abs(padded[0] - short[0]).max() < 1e-4
    assert np.abs(padded[1][:, :4] - short[1]).max() < 1e-4
