from pathlib import Path

import pytest
import torch
from torch.nn import functional

from intents.learning.data import collate
from intents.learning.loss import intent_loss, joint_loss
from intents.learning.net import JointNet, Labels, Outputs
from intents.learning.types import Recipe
from tests.intents.learning.builders import LABELS, item


def recipe(**changes):
    return Recipe(Path("nowhere"), **changes)


def numbers(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def net(crf=True, labels=LABELS):
    torch.manual_seed(0)
    return JointNet([], 4, labels, dropout=0.0, crf=crf)


def outputs(texts, units, seed=0):
    return Outputs(
        numbers(texts, 3, seed=seed),
        numbers(texts, units, 5, seed=seed + 1),
        numbers(texts, units, 3, seed=seed + 2),
        numbers(texts, 8),
    )


ONE = torch.tensor([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
TWO = torch.tensor([[0.0, 1.0, 1.0]])


def test_one_intent_is_punished_by_cross_entropy():
    scores = numbers(2, 3)
    wanted = functional.cross_entropy(scores, torch.tensor([1, 0]), reduction="none")
    assert torch.allclose(intent_loss(scores, ONE, recipe()), wanted)


def test_several_intents_share_the_cross_entropy_and_are_judged_one_by_one_too():
    scores = numbers(1, 3)
    logs = scores.log_softmax(dim=1)
    ordered = -(logs[0, 1] + logs[0, 2]) / 2
    each = -(functional.logsigmoid(-scores[0, 0]) + functional.logsigmoid(scores[0, 1:]).sum())
    loss = intent_loss(scores, TWO, recipe(several=True))
    assert loss.item() == pytest.approx((ordered + each).item(), abs=1e-5)


def test_a_task_without_intents_costs_nothing():
    assert intent_loss(torch.zeros(2, 0), torch.zeros(2, 0), recipe()).tolist() == [0, 0]


@pytest.mark.parametrize("crf", [True, False])
def test_slots_and_roles_are_weighed_against_intents(crf):
    batch, out, model = collate([item(4), item(5)]), outputs(2, 3), net(crf)
    alone = joint_loss(model, out, batch, recipe(slot_weight=0.0))
    half = joint_loss(model, out, batch, recipe(slot_weight=0.5))
    whole = joint_loss(model, out, batch, recipe(slot_weight=1.0))
    assert alone.item() == pytest.approx(
        intent_loss(out.intents, batch.intents, recipe()).mean().item(), abs=1e-5
    )
    assert (whole - alone).item() == pytest.approx(2 * (half - alone).item(), abs=1e-4)
    assert whole > alone


@pytest.mark.parametrize("crf", [True, False])
def test_padding_costs_nothing(crf):
    model, out = net(crf), outputs(2, 3)
    together = joint_loss(model, out, collate([item(3), item(5)]), recipe())
    parts = []
    for row, one in enumerate((item(3), item(5))):
        units = len(one.pieces.units)
        fields = (out.intents, out.tags[:, :units], out.roles[:, :units], out.pooled)
        alone = Outputs(*(field[row : row + 1] for field in fields))
        parts.append(joint_loss(model, alone, collate([one]), recipe()))
    assert together.item() == pytest.approx(sum(parts).item() / 2, abs=1e-5)


def test_a_text_counts_as_much_as_it_weighs():
    model, out = net(), outputs(2, 2)
    first = joint_loss(model, out, collate([item(4), item(4, weight=0.0)]), recipe())
    second = joint_loss(model, out, collate([item(4, weight=0.0), item(4)]), recipe())
    both = joint_loss(model, out, collate([item(4, weight=3.0), item(4)]), recipe())
    assert both.item() == pytest.approx((3 * first + second).item() / 4, abs=1e-5)


def test_roles_are_learned_only_inside_of_slots():
    model, batch = net(), collate([item(4, roles=(1, -1))])
    out = outputs(1, 2)
    outside = Outputs(out.intents, out.tags, out.roles.clone(), out.pooled)
    outside.roles[0, 1] = 100
    inside = Outputs(out.intents, out.tags, out.roles.clone(), out.pooled)
    inside.roles[0, 0, 0] = 100
    plain = joint_loss(model, out, batch, recipe())
    assert joint_loss(model, outside, batch, recipe()) == plain
    assert joint_loss(model, inside, batch, recipe()) > plain + 10


def test_without_slots_only_intents_cost():
    model = net(labels=Labels(("a", "b", "c"), ()))
    out, batch = outputs(1, 2), collate([item(4, tags=(0, 0))])
    wanted = intent_loss(out.intents, batch.intents, recipe()).item()
    assert joint_loss(model, out, batch, recipe()).item() == pytest.approx(wanted)


@pytest.mark.parametrize("crf", [True, False])
def test_a_text_without_units_teaches_nothing_about_slots(crf):
    model, batch = net(crf), collate([item(2)])
    out = outputs(1, 1)
    wanted = intent_loss(out.intents, batch.intents, recipe()).item()
    assert joint_loss(model, out, batch, recipe()).item() == pytest.approx(wanted, abs=1e-5)
