"""What a joint model is trained on, how, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from intents.tags import Span

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done and how many there are."""


class TrainingError(ValueError):
    """Training that cannot go on; the message says why and what helps."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with everything it means.

    ``roles`` are parallel to ``spans``; "" stands for "include". ``hints`` are what a list of words
    takes parts of the text for, rightly or wrongly. ``weight`` scales its loss.
    """

    text: str
    intents: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    roles: tuple[str, ...] = ()
    previous_action: str = ""
    requested_slot: str = ""
    hints: tuple[Span, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model says of one text.

    ``intents`` are all intents with scores in [0, 1], best first; ``roles`` are parallel to
    ``spans``. ``familiarity`` grows with likeness to the training texts; only its order counts.
    """

    intents: tuple[tuple[str, float], ...]
    spans: tuple[Span, ...] = ()
    roles: tuple[str, ...] = ()
    familiarity: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a joint model is made.

    Attributes:
        encoder: Folder of the base model in Hugging Face layout, or an encoder that was prepared.
        frozen_layers: How many lower layers stay as they are; their output is computed once.
        lora_rank: Rank of the adapter (Hu et al., 2021) in the other layers; 0 trains them whole.
        epochs: Passes over the training texts at most.
        patience: Passes without a better validation figure after which training stops.
        batch: Texts in a step.
        rate: Peak learning rate of the encoder's layers; heads learn at ``head_rate``.
        several: Whether a text can have several intents (sigmoid) or just one (softmax).
        crf: Whether the slot head learns transitions (Lafferty et al., 2001).
        dropout: On what the heads read.
        hiding: Share of words whose vectors are hidden in training, so that context counts.
        smoothing: Of the intent labels.
        averaging: Decay of the running average of weights that is kept (Polyak, 1992).
        slot_weight: Of the slot loss beside the intent loss.
        coherent: Whether an intent may only have slots it was seen with.
        longest: Pieces of a text that are read.
        seed: Of everything random.
    """

    encoder: Path
    frozen_layers: int = 0
    lora_rank: int = 0
    epochs: int = 10
    patience: int = 3
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 1e-3
    several: bool = False
    crf: bool = True
    dropout: float = 0.1
    hiding: float = 0.05
    smoothing: float = 0.0
    averaging: float = 0.998
    slot_weight: float = 1.0
    coherent: bool = False
    longest: int = 96
    seed: int = 7
