"""The joint network: the encoder's upper layers, an intent head and a slot head."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from intents.learning.crf import ChainCRF
from intents.names import ROLES
from intents.tags import TagScheme

ROLE_NAMES = ("include", *sorted(ROLES - {"include"}))


@dataclass(frozen=True, slots=True)
class Labels:
    """What a network can answer, and the contexts it knows; place 0 of a context is "none"."""

    intents: tuple[str, ...]
    slots: tuple[str, ...]
    actions: tuple[str, ...] = ("",)
    requested: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Scores before softmax or sigmoid.

    ``intents`` [b, i], ``tags`` [b, u, t], ``roles`` [b, u, r], ``pooled`` [b, 2h].
    """

    intents: Tensor
    tags: Tensor
    roles: Tensor
    pooled: Tensor


class Scale(nn.Module):
    """Brings features to mean 0 and deviation 1, by constants that are measured once.

    A sentence encoder's last layer says nearly the same of every word of a text: what tells them
    apart is small beside what they share, and heads would learn it slowly.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(size))
        self.register_buffer("factor", torch.ones(size))

    def measure(self, features: Tensor) -> None:
        """Takes the constants from features [n, size]."""
        self.get_buffer("mean").copy_(features.mean(dim=0))
        self.get_buffer("factor").copy_(1 / features.std(dim=0).clamp_min(1e-4))

    def forward(self, features: Tensor) -> Tensor:
        """The features [..., size] to scale."""
        scaled: Tensor = (features - self.get_buffer("mean")) * self.get_buffer("factor")
        return scaled

    @torch.no_grad()
    def folded(self, head: nn.Linear) -> tuple[Tensor, Tensor]:
        """Weight and bias with which a linear head reads the features as they come."""
        weight = head.weight * self.get_buffer("factor")
        return weight, head.bias - weight @ self.get_buffer("mean")


class JointNet(nn.Module):
    """Reads the state of the encoder below ``layers``; see :class:`Outputs` for what it says."""

    def __init__(
        self, layers: Sequence[nn.Module], hidden: int, labels: Labels, dropout: float, crf: bool
    ) -> None:
        super().__init__()
        scheme = TagScheme(labels.slots)
        self.layers = nn.ModuleList(layers)
        self.actions = nn.Embedding(len(labels.actions), hidden)
        self.requested = nn.Embedding(len(labels.requested), hidden)
        nn.init.normal_(self.actions.weight, std=0.02)
        nn.init.normal_(self.requested.weight, std=0.02)
        self.hints = nn.Embedding(scheme.size, hidden)
        nn.init.normal_(self.hints.weight, std=0.02)
        self.dropout = nn.Dropout(dropout)
        self.intents = nn.Linear(2 * hidden, len(labels.intents))
        self.tags = nn.Linear(hidden, scheme.size)
        self.roles = nn.Linear(hidden, len(ROLE_NAMES))
        allowed, first = scheme.transitions()
        self.crf = ChainCRF(torch.from_numpy(allowed), torch.from_numpy(first)) if crf else None
        self.pooled_scale = Scale(2 * hidden)
        self.unit_scale = Scale(hidden)

    @torch.no_grad()
    def measure(self, states: Tensor, mask: Tensor, first: Tensor, units: Tensor) -> None:
        """Sets the scale of what the heads read, from texts before any training.

        Args:
            states: of the layer below [b, s, h].
            mask: which pieces exist [b, s].
            first: the place of each unit's first piece [b, u].
            units: which units exist [b, u].
        """
        x = states
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        self.pooled_scale.measure(_pooled(x, mask))
        self.unit_scale.measure(_at(x, first)[units])

    def forward(
        self, states: Tensor, mask: Tensor, first: Tensor, context: Tensor, hints: Tensor
    ) -> Outputs:
        """One pass.

        Args:
            states: of the layer below [b, s, h].
            mask: which pieces exist [b, s], bool.
            first: the place of each unit's first piece [b, u].
            context: the places of previous action and requested slot [b, 2].
            hints: what each piece is taken for beforehand, as a tag [b, s].
        """
        said = self.actions(context[:, 0]) + self.requested(context[:, 1])
        x = states + said[:, None] + self.hints(hints)
        seen = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        x = x.float()
        pooled = self.pooled_scale(_pooled(x, mask))
        units = self.dropout(self.unit_scale(_at(x, first)))
        return Outputs(
            self.intents(self.dropout(pooled)).float(),
            self.tags(units).float(),
            self.roles(units).float(),
            pooled,
        )


def _pooled(x: Tensor, mask: Tensor) -> Tensor:
    """The opening mark beside the mean of all pieces [b, 2h]."""
    real = mask[..., None]
    mean = (x * real).sum(dim=1) / real.sum(dim=1)
    return torch.cat([x[:, 0], mean], dim=1)


def _at(x: Tensor, first: Tensor) -> Tensor:
    """The vectors of the units' first pieces [b, u, h]."""
    return x.gather(1, first[..., None].expand(-1, -1, x.shape[2]))
