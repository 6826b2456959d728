"""Fitting, keeping and reading the measure of tone."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.optimize
import scipy.special
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from assistant.faq.vectors import Encode, encode_cached
from assistant.tone.examples import ToneExample
from assistant.types import TONES

_log = logging.getLogger(__name__)

Floats = NDArray[np.float64]

SHIPPED = Path(__file__).parent / "tone.safetensors"
_PROBE = "Lantern 灯笼 1234"
_SAME_ENCODER = 1e-2
_PENALTY = 3e-4
_SHARPNESS = 6.0
_FORM = 4
_LOUD = re.compile(r"[!！?？]{2,}")
_CAPITALS = re.compile(r"[A-Z]")
_LETTERS = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class ToneReader:
    """Tells how a message sounds.

    ``weights`` are [features + 1, tones], the last row the constant; ``probe`` is the vector of
    a fixed text, by which another encoder is noticed.
    """

    encode: Encode
    weights: Floats
    probe: Floats

    @classmethod
    def train(
        cls, examples: Sequence[ToneExample], encode: Encode, cache: Path | None = None
    ) -> "ToneReader":
        """Fit it; the vectors of the examples are kept in ``cache``."""
        texts = [one.text for one in examples]
        features = _features(texts, encode_cached(texts, encode, cache))
        labels = np.array([TONES.index(one.tone) for one in examples])
        probe = np.asarray(encode([_PROBE])[0], np.float64)
        return cls(encode, _fit(features, labels), probe)

    @classmethod
    def open(
        cls,
        encode: Encode,
        examples: Callable[[], Sequence[ToneExample]],
        cache: Path | None = None,
        path: Path = SHIPPED,
    ) -> "ToneReader":
        """The kept one, or, where the encoder is another, one fitted now."""
        probe = np.asarray(encode([_PROBE])[0], np.float64)
        try:
            with safe_open(path, "numpy") as file:
                if list(file.metadata()["tones"].split()) == list(TONES):
                    known = np.asarray(file.get_tensor("probe"), np.float64)
                    if known.shape == probe.shape and np.allclose(known, probe, atol=_SAME_ENCODER):
                        weights = np.asarray(file.get_tensor("weights"), np.float64)
                        return cls(encode, weights, probe)
        except (OSError, SafetensorError, KeyError, TypeError) as error:
            _log.warning("%s cannot be read (%s): tone is learned anew", path, error)
        return cls.train(examples(), encode, cache)

    def save(self, path: Path = SHIPPED) -> None:
        """Keep it, in half precision."""
        tensors = {
            "weights": self.weights.astype(np.float16),
            "probe": self.probe.astype(np.float16),
        }
        save_file(tensors, path, {"tones": " ".join(TONES)})

    def read(self, texts: Sequence[str]) -> Floats:
        """How likely each tone is, [texts, tones], in the order of ``TONES``."""
        features = _features(texts, self.encode(texts))
        scores: Floats = scipy.special.softmax(features @ self.weights, axis=1)
        return scores

    def __call__(self, text: str) -> dict[str, float]:
        """How likely each tone of a message is; a pressed button has none."""
        if not text.strip() or text.startswith("/"):
            return {"none": 1.0}
        return dict(zip(TONES, self.read([text])[0].tolist(), strict=True))


def _features(texts: Sequence[str], vectors: NDArray[np.float32]) -> Floats:
    """The encoder's vectors, spread out, with how the text is written, and a constant."""
    form = np.array([_form(text) for text in texts], np.float64).reshape(len(texts), _FORM)
    constant = np.ones((len(texts), 1))
    return np.hstack([np.asarray(vectors, np.float64) * _SHARPNESS, form, constant])


def _form(text: str) -> tuple[float, ...]:
    letters = len(_LETTERS.findall(text))
    capitals = len(_CAPITALS.findall(text)) / letters if letters > 7 else 0.0
    loud = min(len(_LOUD.findall(text)), 2) / 2
    called = min(text.count("!") + text.count("！"), 3) / 3
    return (capitals, loud, called, min(len(text), 200) / 200)


def _fit(features: Floats, labels: NDArray[np.int64]) -> Floats:
    """Multinomial logistic regression with a squared penalty; rare tones count as much."""
    classes = len(TONES)
    counts = np.bincount(labels, minlength=classes).clip(1)
    weight = np.sqrt(len(labels) / (classes * counts))[labels]
    weight /= weight.sum()
    truth = np.eye(classes)[labels]

    def loss(flat: Floats) -> tuple[float, Floats]:
        matrix = flat.reshape(-1, classes)
        logits = features @ matrix
        log_p = logits - scipy.special.logsumexp(logits, axis=1, keepdims=True)
        error = weight[:, None] * (np.exp(log_p) - truth)
        penalty = _PENALTY / 2 * float((matrix[:-1] ** 2).sum())
        gradient = features.T @ error
        gradient[:-1] += _PENALTY * matrix[:-1]
        return -float((weight * (log_p * truth).sum(axis=1)).sum()) + penalty, gradient.ravel()

    start = np.zeros(features.shape[1] * classes)
    options = {"maxiter": 400}
    found = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    fitted: Floats = found.x.reshape(-1, classes)
    return fitted
