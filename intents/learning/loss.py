"""What the joint network is punished for."""

import torch
from torch import Tensor
from torch.nn import functional

from intents.learning.data import Batch
from intents.learning.net import JointNet, Outputs
from intents.learning.types import Recipe


def joint_loss(net: JointNet, out: Outputs, batch: Batch, recipe: Recipe) -> Tensor:
    """The mean loss of a batch: intents, slots and roles."""
    total = intent_loss(out.intents, batch.intents, recipe)
    if net.tags.out_features > 1:
        total = total + recipe.slot_weight * _slot_loss(net, out, batch)
        total = total + recipe.slot_weight * _role_loss(out.roles, batch.roles)
    return (total * batch.weight).sum() / batch.weight.sum()


def intent_loss(scores: Tensor, wanted: Tensor, recipe: Recipe) -> Tensor:
    """Cross-entropy for each text [b].

    Where a text can have several intents, the loss of independent ones is added: cross-entropy
    learns which intents come first, the independent loss how many are meant.
    """
    if scores.shape[1] == 0:
        return torch.zeros(len(scores))
    shares = wanted / wanted.sum(dim=1, keepdim=True).clamp_min(1)
    ordered = functional.cross_entropy(
        scores, shares, reduction="none", label_smoothing=recipe.smoothing
    )
    if not recipe.several:
        return ordered
    each = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
    return ordered + each.sum(dim=1)


def _slot_loss(net: JointNet, out: Outputs, batch: Batch) -> Tensor:
    counts = batch.units.sum(dim=1).clamp_min(1)
    if net.crf is not None:
        whole: Tensor = net.crf(out.tags, batch.tags, batch.units)
        return whole / counts.sqrt()
    each = functional.cross_entropy(out.tags.transpose(1, 2), batch.tags, reduction="none")
    return (each * batch.units).sum(dim=1) / counts.sqrt()


def _role_loss(scores: Tensor, wanted: Tensor) -> Tensor:
    each = functional.cross_entropy(
        scores.transpose(1, 2), wanted, reduction="none", ignore_index=-1
    )
    return each.sum(dim=1) / (wanted >= 0).sum(dim=1).clamp_min(1)
