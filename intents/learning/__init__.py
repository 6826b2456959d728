"""Training of joint models for intents and slots; needs torch, which serving never imports."""

from intents.learning.fitting import Fitted, fit
from intents.learning.types import Labelled, Prediction, Progress, Recipe, TrainingError
from intents.tags import Span

__all__ = [
    "Fitted",
    "Labelled",
    "Prediction",
    "Progress",
    "Recipe",
    "Span",
    "TrainingError",
    "fit",
]
