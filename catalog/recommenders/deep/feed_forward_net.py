"""The feed-forward net: does this user, of whom features are known, want this item?"""

import torch
from torch import Tensor, nn


class FeedForwardNet(nn.Module):
    """W2 · relu(W1 · x + b1) + b2 with x = [p; q; p ⊙ q], the argument of r̂'s logistic.

    q is an item's vector: its features projected, and a vector of its own that only items with
    events have. p is the user's: the sum of what was chosen, near things more, turned by a
    matrix and a bias. Both have length 1. relu is the inner function and no logistic: it does not
    saturate, so gradients pass (Glorot, Bordes and Bengio, 2011; He et al., 2017, neural
    collaborative filtering, found it best for such nets), and two of it make the plain product
    that the net begins with. Left to itself a net learns products of p and q slowly (Rendle et
    al., 2020, neural collaborative filtering vs matrix factorisation), so they are given to it.

    Args:
        features: Items × features, fixed; no columns where nothing is known of the items.
        known: Which items have a vector of their own.
        size: Dimensions of p and q.
        hidden: Rows of W1.
        recency: How much near things count more, as in ``Histories``.
        forgetting: How often an item's own vector is left out while learning, so that features
            alone can stand for it (Volkovs et al., 2017, DropoutNet).
    """

    def __init__(
        self,
        features: Tensor,
        known: Tensor,
        *,
        size: int,
        hidden: int,
        recency: float,
        forgetting: float,
    ) -> None:
        super().__init__()
        self.features = nn.Buffer(features, persistent=False)
        self.known = nn.Buffer(known.float()[:, None], persistent=False)
        self.project = nn.Linear(features.shape[1], size, bias=False) if features.numel() else None
        self.own = nn.Embedding(len(features), size)
        nn.init.normal_(self.own.weight, std=size**-0.5)
        self.turn = nn.Linear(size, size)
        nn.init.eye_(self.turn.weight)
        self.first = nn.Linear(3 * size, hidden)
        self.second = nn.Linear(hidden, 1)
        # It begins as relu(x) − relu(−x) of the product of p and q, from which it learns the rest.
        signs = torch.where(torch.arange(hidden) % 2 == 0, 1.0, -1.0)
        with torch.no_grad():
            self.first.weight[:, 2 * size :] += 3.0 * signs[:, None]
            self.second.weight.copy_(6.0 / hidden * signs[None, :])
        self.recency, self.forgetting = recency, forgetting

    def vectors(self, items: Tensor) -> Tensor:
        """The vector q of each item."""
        own = self.own(items) * self.known[items]
        if self.project is None:
            return nn.functional.normalize(own, dim=-1)
        if self.training:
            own = own * (torch.rand(*items.shape, 1) >= self.forgetting)
        return nn.functional.normalize(self.project(self.features[items]) + own, dim=-1)

    def forward(self, rows: Tensor) -> Tensor:
        """The vector p after each step of rows of items; what is below 0 only fills up."""
        items, places = torch.unique(rows.clamp(min=0), return_inverse=True)
        vectors = self.vectors(items)[places] * (rows >= 0)[..., None]
        steps = rows.shape[1]
        ago = torch.arange(steps)[:, None] - torch.arange(steps)[None, :]
        shares = (1.0 + ago.clamp(min=0)).float() ** -self.recency * (ago >= 0)
        return nn.functional.normalize(self.turn(shares @ vectors), dim=-1)

    def scores(self, states: Tensor, items: Tensor) -> Tensor:
        """The logit of each item for each state: states × items."""
        unique, places = torch.unique(items, return_inverse=True)
        vectors = self.vectors(unique)[places]
        user, item, both = self.first.weight.chunk(3, dim=1)
        inner = (states[:, None, :] * both + item) @ vectors.T
        inner = inner + (states @ user.T + self.first.bias)[:, :, None]
        return (self.second.weight[0][:, None] * torch.relu(inner)).sum(dim=1) + self.second.bias

    def score_each(self, states: Tensor, items: Tensor) -> Tensor:
        """The logit of one item for each state."""
        vectors = self.vectors(items)
        inner = self.first(torch.cat([states, vectors, states * vectors], dim=-1))
        return torch.as_tensor(self.second(torch.relu(inner))[:, 0])
