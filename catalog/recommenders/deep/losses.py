"""What a net is told of its scores."""

import torch
from torch import Tensor
from torch.nn import functional


def cross_entropy(own: Tensor, others: Tensor, hidden: Tensor, correction: Tensor) -> Tensor:
    """−ln of the target's share among itself and the others, of each step.

    With others drawn by chance this is the sampled softmax (Jean et al., 2015): less
    ``correction``, ln of how often each is drawn, their sum estimates the sum over all items.

    Args:
        own: Steps, the target's scores.
        others: Steps × drawn items, their scores.
        hidden: As ``others``: True where the drawn item is the target.
        correction: A number for each drawn item.
    """
    rest = (others - correction).masked_fill(hidden, -torch.inf)
    return torch.logsumexp(torch.cat([own[:, None], rest], dim=1), dim=1) - own


def binary_cross_entropy(own: Tensor, others: Tensor, hidden: Tensor, weight: float) -> Tensor:
    """−ln σ(own) − weight · mean of ln(1 − σ(others)), of each step; arguments as above.

    ``weight`` is how much the not chosen count together beside the chosen one.
    """
    right = functional.softplus(-own)
    wrong = functional.softplus(others).masked_fill(hidden, 0.0)
    return right + weight * wrong.sum(dim=1) / (~hidden).sum(dim=1).clamp(min=1)


def weighted_mean(losses: Tensor, weights: Tensor) -> Tensor:
    """The mean of the steps' losses by their weights."""
    return (losses * weights).sum() / weights.sum().clamp(min=1e-12)
