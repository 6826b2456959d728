"""The base model in torch: its lower part as a frozen feature maker, its upper part to train."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from intents.learning.types import TrainingError


@dataclass(frozen=True, slots=True)
class Base:
    """A BERT-like encoder cut in two: ``embeddings`` and ``lower`` stay, ``upper`` learns."""

    embeddings: nn.Module
    lower: tuple[nn.Module, ...]
    upper: tuple[nn.Module, ...]
    hidden: int
    pad_id: int

    @torch.inference_mode()
    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """What the frozen part makes of pieces [b, s]: [b, s, h]."""
        x: Tensor = self.embeddings(input_ids=ids)
        for layer in self.lower:
            x = layer(x, mask[:, None, None, :])
        return x


def load_base(folder: Path, frozen_layers: int) -> Base:
    """The encoder in ``folder``, with its lowest ``frozen_layers`` layers frozen.

    Raises:
        TrainingError: ``folder`` holds no such encoder, or it has too few layers.
    """
    from transformers import AutoModel

    try:
        model = AutoModel.from_pretrained(folder, local_files_only=True, dtype=torch.float32)
    except (OSError, ValueError) as error:
        raise TrainingError(f"expected an encoder in {folder}: {error}") from error
    if not hasattr(model, "encoder") or not hasattr(model.encoder, "layer"):
        raise TrainingError(
            f"expected an encoder in {folder} like BERT, got {type(model).__name__}"
        )
    layers: Sequence[nn.Module] = list(model.encoder.layer)
    if not 0 <= frozen_layers < len(layers):
        raise TrainingError(f"expected 0 to {len(layers) - 1} frozen layers, got {frozen_layers}")
    model.requires_grad_(False)
    model.eval()
    config = model.config
    return Base(
        embeddings=model.embeddings,
        lower=tuple(layers[:frozen_layers]),
        upper=tuple(layers[frozen_layers:]),
        hidden=int(config.hidden_size),
        pad_id=int(config.pad_token_id or 0),
    )


def make_trainable(layers: Sequence[nn.Module], lora_rank: int, dropout: float) -> nn.ModuleList:
    """The layers ready to learn: whole, or through a low-rank adapter beside each product."""
    stack = nn.ModuleList(layers)
    if not lora_rank:
        stack.requires_grad_(True)
        return stack
    from peft import LoraConfig, inject_adapter_in_model

    config = LoraConfig(
        r=lora_rank,
        lora_alpha=2 * lora_rank,
        lora_dropout=dropout,
        target_modules=["query", "key", "value", "dense"],
        use_rslora=False,
    )
    adapted = inject_adapter_in_model(config, stack)
    assert isinstance(adapted, nn.ModuleList)
    return adapted
