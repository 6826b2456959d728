"""The loss of a linear-chain conditional random field (Lafferty et al., 2001)."""

import torch
from torch import Tensor, nn


class ChainCRF(nn.Module):
    """Scores of tag sequences; ``allowed`` and ``first`` are fixed scores of what BIO forbids."""

    def __init__(self, allowed: Tensor, first: Tensor) -> None:
        super().__init__()
        size = len(first)
        self.register_buffer("allowed", allowed)
        self.register_buffer("barred", first)
        self.moves = nn.Parameter(torch.zeros(size, size))
        self.start = nn.Parameter(torch.zeros(size))

    def transitions(self) -> tuple[Tensor, Tensor]:
        """Scores from tag to tag [t, t] and of a first tag [t], what is forbidden included."""
        return self.moves + self.get_buffer("allowed"), self.start + self.get_buffer("barred")

    def forward(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The negative log likelihood of each sequence [b].

        Args:
            scores: of each tag at each unit [b, u, t], float32.
            tags: the right ones [b, u].
            mask: which units exist [b, u]; a text without any costs nothing.
        """
        moves, start = self.transitions()
        right = self._score(scores, tags, mask, moves, start)
        reached = start + scores[:, 0]
        weights = moves.exp()
        for place in range(1, scores.shape[1]):
            # log-sum-exp over a matrix product: far cheaper than a [b, t, t] tensor.
            peak = reached.max(dim=1, keepdim=True).values
            summed = ((reached - peak).exp() @ weights).clamp_min(1e-30).log() + peak
            here = summed + scores[:, place]
            reached = torch.where(mask[:, place, None], here, reached)
        return (reached.logsumexp(dim=1) - right) * mask.any(dim=1)

    @staticmethod
    def _score(scores: Tensor, tags: Tensor, mask: Tensor, moves: Tensor, start: Tensor) -> Tensor:
        said = scores.gather(2, tags[..., None]).squeeze(2) * mask
        moved = moves[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]
        return said.sum(dim=1) + moved.sum(dim=1) + start[tags[:, 0]]
