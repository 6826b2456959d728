import pytest
import torch
from torch import nn

from intents.learning.net import ROLE_NAMES, JointNet, Labels, Scale
from intents.names import ROLES
from tests.intents.learning.builders import LABELS


class Neighbours(nn.Module):
    """A layer in which every piece sees all existing ones."""

    def forward(self, x, mask):
        seen = mask[:, 0, 0, :, None].float()
        return x + (x * seen).sum(dim=1, keepdim=True)


@pytest.fixture
def net():
    torch.manual_seed(0)
    return JointNet([Neighbours()], 6, LABELS, dropout=0.5, crf=True).eval()


STATES = torch.randn(2, 5, 6, generator=torch.Generator().manual_seed(1))
MASK = torch.tensor([[True] * 5, [True] * 3 + [False] * 2])
FIRST = torch.tensor([[1, 2, 3], [1, 0, 0]])


def run(net, states=STATES, mask=MASK, first=FIRST, context=((0, 0), (0, 0)), hints=None):
    told = torch.zeros(mask.shape, dtype=torch.long) if hints is None else torch.tensor(hints)
    with torch.no_grad():
        return net(states, mask, first, torch.tensor(context), told)


def test_every_head_has_its_shape(net):
    out = run(net)
    assert out.intents.shape == (2, 3)
    assert out.tags.shape == (2, 3, 5)
    assert out.roles.shape == (2, 3, len(ROLE_NAMES))
    assert out.pooled.shape == (2, 12)


def test_what_is_masked_changes_nothing(net):
    other = STATES.clone()
    other[1, 3:] = 100
    one, two = run(net), run(net, other)
    assert torch.equal(one.intents, two.intents)
    assert torch.equal(one.tags[1, 0], two.tags[1, 0])
    short = run(net, STATES[1:, :3], MASK[1:, :3], FIRST[1:, :1], ((0, 0),))
    assert torch.allclose(short.intents, one.intents[1:], atol=1e-5)


def test_intents_are_read_from_the_first_piece_and_the_mean(net):
    net.layers = nn.ModuleList()
    pooled = run(net).pooled
    said = net.actions.weight[0] + net.requested.weight[0] + net.hints.weight[0]
    assert torch.allclose(pooled[1, :6], STATES[1, 0] + said, atol=1e-6)
    assert torch.allclose(pooled[1, 6:], STATES[1, :3].mean(dim=0) + said, atol=1e-6)


def test_a_units_tag_is_read_from_its_first_piece(net):
    net.layers = nn.ModuleList()
    out = run(net)
    said = net.actions.weight[0] + net.requested.weight[0] + net.hints.weight[0]
    assert torch.allclose(out.tags[0, 2], net.tags(STATES[0, 3] + said), atol=1e-5)
    assert torch.allclose(out.roles[0, 0], net.roles(STATES[0, 1] + said), atol=1e-5)


@pytest.mark.parametrize("context", [(1, 0), (0, 1), (1, 1)])
def test_what_came_before_changes_intents_and_tags(net, context):
    plain, told = run(net), run(net, context=(context, (0, 0)))
    assert (plain.intents[0] - told.intents[0]).abs().max() > 1e-4
    assert (plain.tags[0] - told.tags[0]).abs().max() > 1e-4
    assert torch.equal(plain.intents[1], told.intents[1])


def test_a_hint_is_added_to_the_piece_it_is_about(net):
    net.layers = nn.ModuleList()
    plain = run(net)
    told = run(net, hints=[[0, 0, 3, 0, 0], [0] * 5])
    change = net.hints.weight[3] - net.hints.weight[0]
    assert torch.allclose(told.tags[0, 1] - plain.tags[0, 1], net.tags.weight @ change, atol=1e-5)
    assert torch.equal(told.tags[0, [0, 2]], plain.tags[0, [0, 2]])
    assert torch.equal(told.intents[1], plain.intents[1])
    assert not torch.equal(told.intents[0], plain.intents[0])


def test_without_a_crf_there_are_no_transitions_to_learn():
    net = JointNet([], 6, LABELS, dropout=0.0, crf=False)
    assert net.crf is None
    assert not [name for name, _ in net.named_parameters() if "moves" in name]


def test_a_network_for_intents_alone_has_one_tag():
    out = run(JointNet([], 6, Labels(("a", "b"), ()), dropout=0.0, crf=True))
    assert out.tags.shape == (2, 3, 1)
    assert out.intents.shape == (2, 2)


def test_the_roles_are_the_projects_and_include_comes_first():
    assert set(ROLE_NAMES) == ROLES
    assert ROLE_NAMES[0] == "include"


def test_a_scale_brings_features_to_mean_0_and_deviation_1():
    features = torch.tensor([[1.0, 10.0], [3.0, 10.2], [5.0, 10.4]])
    scale = Scale(2)
    assert torch.equal(scale(features), features)
    scale.measure(features)
    assert torch.allclose(scale(features).mean(dim=0), torch.zeros(2), atol=1e-4)
    assert torch.allclose(scale(features).std(dim=0), torch.ones(2), atol=1e-4)


def test_a_scale_does_not_blow_up_what_never_changes():
    scale = Scale(1)
    scale.measure(torch.full((4, 1), 2.0))
    assert scale(torch.tensor([[2.0]])).tolist() == [[0.0]]
    assert scale(torch.tensor([[2.1]])).isfinite().all()


def test_a_folded_head_reads_what_is_not_scaled():
    features = torch.randn(9, 4, generator=torch.Generator().manual_seed(2)) * 0.1 + 3
    scale, head = Scale(4), nn.Linear(4, 2)
    scale.measure(features)
    weight, bias = scale.folded(head)
    assert torch.allclose(features @ weight.T + bias, head(scale(features)), atol=1e-4)


def test_a_net_measures_what_its_heads_will_read(net):
    units = torch.tensor([[True] * 3, [True, False, False]])
    net.measure(STATES, MASK, FIRST, units)
    inside = Neighbours()(STATES, MASK[:, None, None, :])
    read = torch.stack([inside[0, 1], inside[0, 2], inside[0, 3], inside[1, 1]])
    assert torch.allclose(net.unit_scale.get_buffer("mean"), read.mean(dim=0), atol=1e-5)
    assert net.pooled_scale.get_buffer("mean").shape == (12,)
