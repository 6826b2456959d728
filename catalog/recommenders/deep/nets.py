"""Nets that read a row of items and say, after each step, where in the items' space it points.

Row and state are rows × steps × dimensions. No state looks at what comes after its step, so rows
filled up at their end need no mask. ``forward`` is the same in numpy.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn


class SequenceNet(nn.Module):
    """An embedding of the items, a body that reads them in order, and cosines as scores.

    The score of an item is cos(state, vector) · e^scale + bias: vectors of length 1 keep the
    popular from winning by size (Wang et al., 2017, NormFace), and the bias says how popular
    an item is.
    """

    def __init__(self, items: int, size: int, body: nn.Module, dropout: float) -> None:
        super().__init__()
        self.items = nn.Embedding(items, size)
        nn.init.normal_(self.items.weight, std=size**-0.5)
        self.bias = nn.Parameter(torch.zeros(items))
        self.scale = nn.Parameter(torch.tensor(2.5))
        self.body = body
        self.dropout = nn.Dropout(dropout)

    def forward(self, rows: Tensor) -> Tensor:
        """States of length 1 after each step of rows of items; what is below 0 only fills up."""
        states: Tensor = self.body(self.dropout(self.items(rows.clamp(min=0))))
        return nn.functional.normalize(self.dropout(states), dim=-1)

    def scores(self, states: Tensor, items: Tensor) -> Tensor:
        """Scores of each of the items in each of the states: states × items."""
        vectors = nn.functional.normalize(self.items(items), dim=-1)
        return states @ vectors.T * self.scale.exp() + self.bias[items]

    def score_each(self, states: Tensor, items: Tensor) -> Tensor:
        """The score of one item in each state."""
        vectors = nn.functional.normalize(self.items(items), dim=-1)
        return (states * vectors).sum(dim=-1) * self.scale.exp() + self.bias[items]


class GatedRecurrence(nn.Module):
    """A layer of gated recurrent units (Cho et al., 2014): GRU4Rec (Hidasi et al., 2016)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.gru = nn.GRU(size, size, batch_first=True)
        self.out = nn.Linear(size, size)

    def forward(self, vectors: Tensor) -> Tensor:
        """States after each step."""
        states: Tensor = self.gru(vectors)[0]
        return vectors + torch.as_tensor(self.out(states))


class DilatedConvolutions(nn.Module):
    """Causal convolutions with growing gaps and residues: NextItNet (Yuan et al., 2019).

    Each block is x + W · relu(conv(norm(x))), the convolution over the step and the two that
    are one and two gaps back.
    """

    def __init__(self, size: int, gaps: Sequence[int]) -> None:
        super().__init__()
        self.gaps = tuple(gaps)
        self.norms = nn.ModuleList(nn.LayerNorm(size) for _ in gaps)
        self.convolutions = nn.ModuleList(nn.Conv1d(size, size, 3, dilation=gap) for gap in gaps)
        self.outs = nn.ModuleList(nn.Linear(size, size) for _ in gaps)

    def forward(self, vectors: Tensor) -> Tensor:
        """States after each step."""
        blocks = zip(self.gaps, self.norms, self.convolutions, self.outs, strict=True)
        for gap, norm, convolution, out in blocks:
            before = nn.functional.pad(norm(vectors).transpose(1, 2), (2 * gap, 0))
            vectors = vectors + out(torch.relu(convolution(before)).transpose(1, 2))
        return vectors


class SelfAttention(nn.Module):
    """A block of causal self-attention: SASRec (Kang and McAuley, 2018).

    In the place of vectors of positions stands a learned number for each head and distance
    (Raffel et al., 2020), so that what counts is how long ago, not how far from the start.
    """

    def __init__(self, size: int, heads: int, farthest: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.distance = nn.Parameter(torch.zeros(heads, farthest))
        self.norm = nn.LayerNorm(size)
        self.inner = nn.Linear(size, 3 * size)
        self.outer = nn.Linear(size, size)
        self.second_norm = nn.LayerNorm(size)
        self.wide = nn.Linear(size, 2 * size)
        self.narrow = nn.Linear(2 * size, size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor) -> Tensor:
        """States after each step."""
        vectors = vectors + self.dropout(self._attended(self.norm(vectors)))
        wide = torch.relu(self.wide(self.second_norm(vectors)))
        return vectors + torch.as_tensor(self.dropout(self.narrow(wide)))

    def _attended(self, vectors: Tensor) -> Tensor:
        rows, steps, size = vectors.shape
        split = self.inner(vectors).view(rows, steps, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        query, key, value = split[0], split[1], split[2]
        ago = torch.arange(steps)[:, None] - torch.arange(steps)[None, :]
        bias = self.distance[:, ago.clamp(0, self.distance.shape[1] - 1)]
        alike = query @ key.transpose(-1, -2) / (size / self.heads) ** 0.5 + bias
        shares = torch.softmax(alike.masked_fill(ago < 0, -torch.inf), dim=-1)
        mixed = (self.dropout(shares) @ value).transpose(1, 2).reshape(rows, steps, size)
        return torch.as_tensor(self.outer(mixed))
