"""Fitting, keeping and reading the measure of tone."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from assistant.faq.vectors import Encode, encode_cached
from assistant.tone.examples import ToneExample
from assistant.tone.machine import Floats, KernelMachine
from assistant.types import TONES

_log = logging.getLogger(__name__)

SHIPPED = Path(__file__).parent / "tone.safetensors"
_PROBE = "Lantern 灯笼 1234"
_SAME_ENCODER = 1e-2
_FORM = 4
_LOUD = re.compile(r"[!！?？]{2,}")
_CAPITALS = re.compile(r"[A-Z]")
_LETTERS = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class ToneReader:
    """Tells how a message sounds.

    ``mean`` is the mean vector of the examples; ``probe`` is the vector of a fixed text, by which
    another encoder is noticed.
    """

    encode: Encode
    machine: KernelMachine
    mean: Floats
    probe: Floats

    @classmethod
    def train(
        cls, examples: Sequence[ToneExample], encode: Encode, cache: Path | None = None
    ) -> "ToneReader":
        """Fit it; the vectors of the examples are kept in ``cache``."""
        texts = [one.text for one in examples]
        vectors = encode_cached(texts, encode, cache)
        mean = np.asarray(vectors, np.float64).mean(axis=0)
        labels = np.array([TONES.index(one.tone) for one in examples])
        machine = KernelMachine.fit(_features(texts, vectors, mean), labels)
        return cls(encode, machine, mean, np.asarray(encode([_PROBE])[0], np.float64))

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
                tones = file.metadata()["tones"].split()
                names = file.keys()
                kept = {name: file.get_tensor(name).astype(np.float64) for name in names}
            known = kept["probe"]
            same = known.shape == probe.shape and np.allclose(known, probe, atol=_SAME_ENCODER)
            if same and tones == list(TONES):
                return cls(encode, KernelMachine.from_tensors(kept), kept["mean"], probe)
        except (OSError, SafetensorError, KeyError, TypeError) as error:
            _log.warning("%s cannot be read (%s): tone is learned anew", path, error)
        return cls.train(examples(), encode, cache)

    def save(self, path: Path = SHIPPED) -> None:
        """Keep it, in half precision."""
        tensors = self.machine.tensors() | {"mean": self.mean, "probe": self.probe}
        halved = {name: value.astype(np.float16) for name, value in tensors.items()}
        save_file(halved, path, {"tones": " ".join(TONES)})

    def read(self, texts: Sequence[str]) -> Floats:
        """How likely each tone is, [texts, tones], in the order of ``TONES``."""
        return self.machine.chances(_features(texts, self.encode(texts), self.mean))

    def __call__(self, text: str) -> dict[str, float]:
        """How likely each tone of a message is; a pressed button has none."""
        if not text.strip() or text.startswith("/"):
            return {"none": 1.0}
        return dict(zip(TONES, self.read([text])[0].tolist(), strict=True))


def _features(texts: Sequence[str], vectors: NDArray[np.float32], mean: Floats) -> Floats:
    """The encoder's vectors, seen from the mean of the examples, with how the text is written."""
    form = np.array([_form(text) for text in texts], np.float64).reshape(len(texts), _FORM)
    seen = np.asarray(vectors, np.float64) - mean
    length = np.linalg.norm(seen, axis=1, keepdims=True).clip(1e-9)
    return np.hstack([seen / length, form])


def _form(text: str) -> tuple[float, ...]:
    letters = len(_LETTERS.findall(text))
    capitals = len(_CAPITALS.findall(text)) / letters if letters > 7 else 0.0
    loud = min(len(_LOUD.findall(text)), 2) / 2
    called = min(text.count("!") + text.count("！"), 3) / 3
    return (capitals, loud, called, min(len(text), 200) / 200)
