"""Makes the shipped joint model from the project's own training language.

Hand-written utterances, each also in changed spellings, and utterances made from templates; a
fixed part of the hand-written ones validates, stops the training, calibrates and sets the
thresholds. Nothing from ``data/eval`` is read.
"""

import hashlib
import importlib.metadata
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from catalog.files import replace_folder, write_json
from catalog.vocabulary import Vocabulary
from catalog.weights import read_manifest as read_encoder_manifest
from catalog.weights_layout import read_weights
from intents.calibration import (
    Thresholds,
    choose_multilabel_thresholds,
    fit_multilabel_temperature,
    sigmoid,
)
from intents.checks import contradictions
from intents.examples import Example, load_folder
from intents.gazetteer import gazetteer_digest
from intents.graph import CHANGE, STEP
from intents.learning.types import Labelled, Prediction, Recipe, TrainingError
from intents.mixture import (
    DEFAULT_MIXTURE,
    VALIDATION_SHARE,
    Hints,
    Mixture,
    compose,
    labelled,
    make,
    place,
    split_off,
)
from intents.model import FORMAT, MANIFEST, WEIGHTS
from intents.names import INTENTS, OUT_OF_SCOPE, SLOTS
from intents.steps import in_steps

if TYPE_CHECKING:
    from torch import Tensor

    from intents.learning import Fitted
    from intents.learning.net import JointNet, Labels

Progress = Callable[[str, int, int], None]
Floats = NDArray[np.float32]

_LIBRARIES = ("torch", "peft", "transformers", "tokenizers", "numpy")


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What a training did.

    Attributes:
        written: Hand-written utterances that were learned from.
        shown: Utterances an epoch, with changed and made ones.
        validation: Hand-written utterances that validated.
        history: An epoch each: "epoch", mean "loss", and fractions on the validation part:
            "intent" (accuracy), "slot_f1", "exact", and "total", their sum.
        temperature: That calibrates the intent scores.
        thresholds: The lines of doubt.
        seconds: From the first file read to the last one written.
        bytes: Of the weights.
    """

    written: int
    shown: int
    validation: int
    history: tuple[Mapping[str, float], ...]
    temperature: float
    thresholds: Thresholds
    seconds: float
    bytes: int

    @property
    def best(self) -> Mapping[str, float]:
        """The epoch whose weights were kept."""
        return max(self.history, key=lambda epoch: epoch["total"])


def default_recipe(encoder: Path, seed: int = 7) -> Recipe:
    """How the shipped model is made on the encoder in ``encoder``."""
    layers = json.loads((encoder / "config.json").read_text(encoding="utf-8"))["num_hidden_layers"]
    return Recipe(
        encoder=encoder,
        frozen_layers=int(layers) // 2,
        epochs=6,
        patience=3,
        batch=64,
        rate=3e-4,
        head_rate=1e-3,
        several=True,
        dropout=0.1,
        hiding=0.05,
        averaging=0.998,
        slot_weight=1.0,
        longest=96,
        seed=seed,
    )


def train(
    data: Path,
    out: Path,
    recipe: Recipe,
    progress: Progress,
    mixture: Mixture = DEFAULT_MIXTURE,
) -> TrainingReport:
    """Trains on ``data`` and writes the model to ``out``, which is replaced when it is whole.

    Args:
        data: Holds ``en``, ``zh``, ``templates`` and ``lexicons``.
        out: The model's folder.
        recipe: How; its encoder is a prepared folder.
        progress: Called with what is being done, how much of it is done and how much there is.
        mixture: What the model is shown.

    Raises:
        ExampleError: The data cannot be used.
        TrainingError: The data contradict themselves or are too few, or the training cannot go on;
            ``out`` stays as it was.
    """
    from intents.learning import fit

    started = time.monotonic()
    written = load_folder(data)
    kept, held_out = split_off(written)
    _check(written, held_out, data)
    rng = Random(recipe.seed)
    hints = Hints(Vocabulary.from_products(()))
    shown = [*compose(kept, mixture, rng, hints), *make(data, mixture, rng, hints)]
    shown = place(shown, mixture.placed, rng)
    rng.shuffle(shown)
    valid = [labelled(example, hints=hints.of(example)) for example in held_out]
    fitted = fit(shown, valid, recipe, progress, _labels([*shown, *valid]))
    return _write(fitted, valid, held_out, data, out, len(kept), len(shown), started)


def _check(written: Sequence[Example], held_out: Sequence[Example], data: Path) -> None:
    """Refuses, before any work, data that nothing could be learned from.

    Raises:
        TrainingError: The same words mean two things, or none validate; the message says the cure.
    """
    wrong = next((one for one in contradictions(written) if one.level == "error"), None)
    if wrong is not None:
        raise TrainingError(f"{wrong.place}: {wrong.problem}; {wrong.cure}")
    if not held_out:
        raise TrainingError(
            f"{data}: expected some examples to validate, got none of {len(written)}, as about one "
            f"in {round(1 / VALIDATION_SHARE)} is held out by its text; write more, `daogou data "
            f"check {data}` names the intents with few"
        )


def _labels(texts: Sequence[Labelled]) -> "Labels":
    """The labels of the data, in a fixed order; unknown ones are an error.

    Raises:
        TrainingError: An intent or slot of the data is none of the project's.
    """
    from intents.learning.fitting import labels_of

    labels = labels_of(texts)
    unknown = sorted({*labels.intents} - INTENTS | {*labels.slots} - SLOTS)
    if unknown:
        raise TrainingError(
            f"expected the names of intents/names.py, got {', '.join(unknown)}; mend the data"
        )
    return labels


def _write(
    fitted: "Fitted",
    valid: Sequence[Labelled],
    held_out: Sequence[Example],
    data: Path,
    out: Path,
    written: int,
    shown: int,
    started: float,
) -> TrainingReport:
    """Calibrates, writes the folder, reports."""
    temperature, thresholds = calibrate(fitted.predict(valid), valid, fitted.labels.intents)
    tensors = _tensors(fitted)
    from safetensors.numpy import save_file

    with replace_folder(out) as work:
        save_file(tensors, work / WEIGHTS)
        digest = hashlib.sha256((work / WEIGHTS).read_bytes()).hexdigest()
        size = (work / WEIGHTS).stat().st_size
        report = TrainingReport(
            written=written,
            shown=shown,
            validation=len(valid),
            history=fitted.history,
            temperature=temperature,
            thresholds=thresholds,
            seconds=round(time.monotonic() - started, 1),
            bytes=size,
        )
        write_json(work / MANIFEST, _manifest(fitted, digest, report, data))
    return report


def calibrate(
    found: Sequence[Prediction], wanted: Sequence[Labelled], intents: Sequence[str]
) -> tuple[float, Thresholds]:
    """The temperature of the intent scores and the lines of doubt, on validation texts."""
    scores = np.array([_in_order(one.intents, intents) for one in found], np.float64)
    logits = np.log(np.clip(scores, 1e-7, 1 - 1e-7) / np.clip(1 - scores, 1e-7, 1))
    truth = np.array([[name in text.intents for name in intents] for text in wanted])
    temperature = fit_multilabel_temperature(logits.astype(np.float32), truth)
    chances = sigmoid(logits.astype(np.float32), temperature)
    outside = intents.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in intents else -1
    return temperature, choose_multilabel_thresholds(chances, truth, outside)


def _in_order(scored: Sequence[tuple[str, float]], names: Sequence[str]) -> list[float]:
    chances = dict(scored)
    return [chances[name] for name in names]


def _tensors(fitted: "Fitted") -> dict[str, NDArray[Any]]:
    """What is shipped: what was learned of the encoder, heads and transitions.

    Heads and low-rank adapters are in half precision, matrices that were trained whole in steps of
    seven bits, transitions, biases and norms in single precision.

    Raises:
        TrainingError: The slot head has no transitions.
    """
    if fitted.net.crf is None:
        raise TrainingError("expected a recipe with crf=True for a model that is served")
    moves, start = fitted.net.crf.transitions()
    found: dict[str, NDArray[Any]] = {
        "moves": moves.detach().numpy(),
        "start": start.detach().numpy(),
    }
    learned = {n: p.detach() for n, p in fitted.net.named_parameters() if p.requires_grad}
    encoder = read_weights(fitted.recipe.encoder)
    for name, tensor in (learned | _folded_heads(fitted.net)).items():
        key = shipped_name(name, fitted.recipe.frozen_layers)
        if name.startswith("crf."):
            continue
        if key not in encoder:
            found[key] = tensor.numpy().astype(np.float16)
        elif tensor.ndim == 1:
            found[key] = tensor.numpy()
        else:
            place = key.removesuffix(".weight")
            steps = in_steps(tensor.numpy() - encoder[key])
            found[place + CHANGE], found[place + STEP] = steps
    return found


def _folded_heads(net: "JointNet") -> "dict[str, Tensor]":
    """The heads as they read vectors that are not scaled."""
    scaled = {
        "intents": net.pooled_scale.folded(net.intents),
        "tags": net.unit_scale.folded(net.tags),
        "roles": net.unit_scale.folded(net.roles),
    }
    weights = {f"{name}.weight": weight for name, (weight, _) in scaled.items()}
    return weights | {f"{name}.bias": bias for name, (_, bias) in scaled.items()}


def shipped_name(name: str, first: int) -> str:
    """A parameter's name in the shipped file: the encoder's own layer numbers, heads apart.

    Args:
        name: in :class:`intents.learning.net.JointNet`.
        first: the number of the lowest layer that learns.
    """
    if name.startswith("layers."):
        _, number, rest = name.split(".", 2)
        return f"encoder.layer.{int(number) + first}.{rest.removesuffix('.default.weight')}"
    if name in ("actions.weight", "requested.weight", "hints.weight"):
        return name.removesuffix(".weight")
    return f"heads.{name}"


def _manifest(
    fitted: "Fitted", digest: str, report: TrainingReport, data: Path
) -> dict[str, object]:
    from intents.learning.net import ROLE_NAMES

    recipe = asdict(replace(fitted.recipe, encoder=Path()))
    recipe.pop("encoder")
    return {
        "format": FORMAT,
        "encoder": read_encoder_manifest(fitted.recipe.encoder).id,
        "sha256": digest,
        "intents": fitted.labels.intents,
        "slots": fitted.labels.slots,
        "roles": ROLE_NAMES,
        "actions": fitted.labels.actions,
        "requested": fitted.labels.requested,
        "scale": 2.0,
        "temperature": report.temperature,
        "thresholds": asdict(report.thresholds),
        "made": {
            "recipe": recipe,
            "data": data_digest(data),
            "gazetteer": gazetteer_digest(),
            "sets": ["intents/data"],
            "examples": {
                "written": report.written,
                "shown": report.shown,
                "validation": report.validation,
            },
            "validation": report.best,
            "seconds": report.seconds,
            "libraries": {name: importlib.metadata.version(name) for name in _LIBRARIES},
        },
    }


_MEASURING = "eval"
"""The folder of the data that no training reads."""


def data_digest(data: Path) -> str:
    """What the weights learned from, as one hash, without what measures them."""
    digest = hashlib.sha256()
    for path in sorted(data.rglob("*.yml")):
        if _MEASURING not in path.relative_to(data).parts:
            digest.update(path.relative_to(data).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
