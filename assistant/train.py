"""Wiring of what is trained: from settings to a model that the next start serves."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.build import Progress, open_encoder, silent, trained_model
from assistant.settings import Settings
from intents.parser import DATA

if TYPE_CHECKING:
    from intents.training import TrainingReport

_LIBRARIES = ("torch", "peft", "transformers", "matplotlib")


def train_nlu(
    settings: Settings,
    data: Path | None = None,
    out: Path | None = None,
    seed: int | None = None,
    epochs: int | None = None,
    progress: Progress = silent,
) -> "TrainingReport":
    """Trains the joint model of intents and slots on the shop's encoder.

    Args:
        settings: Where the encoder lies, and the model by default.
        data: The training language, by default the project's own.
        out: The model's folder, by default the one that is served from then on.
        seed: Of everything random; the same seed gives the same model.
        epochs: Passes over the data at most.
        progress: Told about every phase.

    Raises:
        ValueError: A library is missing or the data cannot be used; the message says the cure.
    """
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise ValueError(f"training needs {' and '.join(missing)}: pip install -e '.[train]'")
    from intents.training import default_recipe, train

    settings.home.mkdir(parents=True, exist_ok=True)
    recipe = default_recipe(open_encoder(settings, progress).folder)
    recipe = replace(
        recipe,
        seed=recipe.seed if seed is None else seed,
        epochs=recipe.epochs if epochs is None else epochs,
    )
    return train(data or DATA, out or trained_model(settings), recipe, progress)
