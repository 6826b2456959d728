"""What a text wants, by the labelled examples nearest to it.

Similarity is the cosine of centred e5 vectors plus a share of the cosine of character pieces; an
example's say falls off exponentially with distance. How much say each example gets is learned by
kernel ridge regression (Saunders et al., 1998), whose leave-one-out scores come in closed form
(Rifkin & Lippert, 2007): they calibrate the probabilities and set the thresholds. It serves where
there is no joint model; it finds no slots and knows one intent a text.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import safetensors
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from intents.calibration import Thresholds, choose_thresholds, fit_temperature, softmax
from intents.examples import Example
from intents.names import OUT_OF_SCOPE
from intents.ngrams import NgramSpace
from intents.reader import Answer, Kind
from intents.tags import Span
from intents.types import NOTHING_BEFORE, Intent, ParseContext

Floats = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]
"""Texts to float32 vectors [n, d] of unit length."""

FORMAT = 1
MANIFEST, ARRAYS = "manifest.json", "examples.safetensors"

_SPELLING = 0.2
_WIDTH = 0.8
_RIDGE = 0.1
_BATCH = 256

_log = logging.getLogger(__name__)


class CacheError(ValueError):
    """A saved classifier that does not fit; the caller fits a new one."""


@dataclass(frozen=True, slots=True)
class NearestExamples:
    """Intents by nearest labelled examples. Build with :meth:`fit`, :meth:`load` or :meth:`open`.

    ``vectors`` are centred and of unit length [n, d]; ``by_piece`` [pieces, n] tells which
    examples have a piece; ``say`` [n, intents] is how much each example speaks for each intent.
    """

    names: tuple[str, ...]
    encode: Encode
    thresholds: Thresholds
    temperature: float
    accuracy: float
    spelling: NgramSpace
    columns: dict[str, int]
    by_piece: scipy.sparse.csr_matrix
    centre: Floats
    vectors: Floats
    say: Floats
    shares: Floats

    @property
    def kind(self) -> Kind:
        """What it is."""
        return "examples"

    def read(
        self, text: str, context: ParseContext = NOTHING_BEFORE, hints: Sequence[Span] = ()
    ) -> Answer:
        """The intents of a text; what came before and hints are not looked at."""
        return Answer(self.predict([text])[0])

    @classmethod
    def open(
        cls, examples: Sequence[Example], encode: Encode, folder: Path, key: str
    ) -> "NearestExamples":
        """The classifier saved in ``folder`` under ``key``, or a new one, then saved there.

        ``key`` must change with the examples and with the encoder.
        """
        try:
            return cls.load(folder, encode, key)
        except CacheError as error:
            _log.info("fitting the intent examples anew: %s", error)
        fitted = cls.fit(examples, encode)
        fitted.save(folder, key)
        return fitted

    @classmethod
    def fit(cls, examples: Sequence[Example], encode: Encode) -> "NearestExamples":
        """Learns from labelled examples: one matrix inversion, about 12 s for 8,500 examples.

        Raises:
            ValueError: Fewer than two intents.
        """
        names = tuple(sorted({example.intent for example in examples}))
        if len(names) < 2:
            raise ValueError(f"expected examples of at least two intents, got {list(names)}")
        texts = [example.text for example in examples]
        labels = np.array([names.index(example.intent) for example in examples])
        vectors = _encode_all(encode, texts)
        centre = vectors.mean(axis=0)
        vectors = _unit(vectors - centre)
        spelling = NgramSpace.fit(texts)
        pieces = spelling.vectors(texts)
        by_piece = pieces.T.tocsr()
        say, shares, held_out = _learn(_gram(vectors, pieces, by_piece), labels, len(names))
        temperature = fit_temperature(held_out, labels)
        outside = names.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in names else -1
        return cls(
            names=names,
            encode=encode,
            thresholds=choose_thresholds(softmax(held_out, temperature), labels, outside),
            temperature=temperature,
            accuracy=float((held_out.argmax(axis=1) == labels).mean()),
            spelling=spelling,
            columns={gram: column for column, gram in enumerate(spelling.grams)},
            by_piece=by_piece,
            centre=centre,
            vectors=vectors,
            say=say,
            shares=shares,
        )

    def predict(self, texts: Sequence[str]) -> list[tuple[Intent, ...]]:
        """For each text every intent, best first; probabilities sum to 1."""
        if not texts:
            return []
        vectors = _unit(self.encode(texts) - self.centre)
        pieces = self.spelling.reader(self.columns, texts)
        near = _kernel(vectors, pieces, self.vectors, self.by_piece)
        chances = softmax(near @ self.say + self.shares, self.temperature)
        return [self._ranked(row) for row in chances]

    def _ranked(self, row: Floats) -> tuple[Intent, ...]:
        return tuple(Intent(self.names[i], float(row[i])) for i in np.argsort(-row))

    def save(self, folder: Path, key: str) -> None:
        """Writes arrays and manifest; the manifest last, so that half a save is no save."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MANIFEST).unlink(missing_ok=True)
        arrays = {
            "centre": self.centre,
            "vectors": self.vectors,
            "say": self.say,
            "shares": self.shares,
            "rarity": self.spelling.rarity,
            "pieces_data": self.by_piece.data,
            "pieces_examples": self.by_piece.indices,
            "pieces_starts": self.by_piece.indptr,
        }
        save_file({name: np.ascontiguousarray(a) for name, a in arrays.items()}, folder / ARRAYS)
        manifest = {
            "format": FORMAT,
            "key": key,
            "names": self.names,
            "examples": len(self.vectors),
            "temperature": self.temperature,
            "held_out_accuracy": self.accuracy,
            "thresholds": asdict(self.thresholds),
            "grams": self.spelling.grams,
        }
        partial = folder / (MANIFEST + ".part")
        partial.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
        partial.replace(folder / MANIFEST)

    @classmethod
    def load(cls, folder: Path, encode: Encode, key: str) -> "NearestExamples":
        """The classifier saved in ``folder``.

        Raises:
            CacheError: Nothing is saved there, or for other examples, another encoder or format.
        """
        manifest = _read_manifest(folder, key)
        try:
            arrays = load_file(folder / ARRAYS)
            rarity = arrays["rarity"]
            grams = tuple(manifest["grams"])
            sparse = (arrays["pieces_data"], arrays["pieces_examples"], arrays["pieces_starts"])
            return cls(
                names=tuple(manifest["names"]),
                encode=encode,
                thresholds=Thresholds(**manifest["thresholds"]),
                temperature=float(manifest["temperature"]),
                accuracy=float(manifest["held_out_accuracy"]),
                spelling=NgramSpace(grams, rarity),
                columns={gram: column for column, gram in enumerate(grams)},
                by_piece=scipy.sparse.csr_matrix(sparse, (len(grams), len(arrays["vectors"]))),
                centre=arrays["centre"],
                vectors=arrays["vectors"],
                say=arrays["say"],
                shares=arrays["shares"],
            )
        except (OSError, KeyError, TypeError, ValueError, safetensors.SafetensorError) as error:
            raise CacheError(f"{folder / ARRAYS} is not whole: {error}") from error


def _read_manifest(folder: Path, key: str) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CacheError(f"{path} does not exist") from error
    except (OSError, ValueError) as error:
        raise CacheError(f"{path} cannot be read: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise CacheError(f"{path} is not of format {FORMAT}")
    if manifest.get("key") != key:
        raise CacheError(f"{path} was made from other examples or another encoder")
    return manifest


def _encode_all(encode: Encode, texts: Sequence[str]) -> Floats:
    """Encodes texts of like length together, so that little is padded."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place].encode()))
    ordered = [texts[place] for place in order]
    batches = [encode(ordered[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
    vectors = np.concatenate(batches).astype(np.float32)
    vectors[order] = vectors.copy()
    return vectors


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _kernel(
    vectors: Floats,
    pieces: scipy.sparse.csr_matrix,
    examples: Floats,
    by_piece: scipy.sparse.csr_matrix,
) -> Floats:
    """How much texts have to say about each other: 1 for equal ones, towards 0 with distance."""
    near: Floats = vectors @ examples.T
    near += np.float32(_SPELLING) * (pieces @ by_piece).toarray()
    near -= np.float32(1 + _SPELLING)
    near /= np.float32(_WIDTH)
    np.exp(near, out=near)
    return near


def _gram(
    vectors: Floats, pieces: scipy.sparse.csr_matrix, by_piece: scipy.sparse.csr_matrix
) -> Floats:
    """The kernel of every two examples [n, n], made in rows of blocks to spare memory."""
    count = len(vectors)
    gram = np.empty((count, count), dtype=np.float32)
    for start in range(0, count, _BATCH):
        block = slice(start, start + _BATCH)
        gram[block] = _kernel(vectors[block], pieces[block], vectors, by_piece)
    return gram


def _learn(
    kernel: Floats, labels: NDArray[np.int64], classes: int
) -> tuple[Floats, Floats, Floats]:
    """Kernel ridge regression on one-hot labels.

    Returns:
        The examples' say [n, classes], each class's share of the examples [classes], and the
        scores each example gets when it is left out [n, classes].
    """
    wanted = np.eye(classes, dtype=np.float32)[labels]
    shares = wanted.mean(axis=0)
    np.fill_diagonal(kernel, kernel.diagonal() + np.float32(_RIDGE))
    # In place on one triangle: for thousands of examples the matrix is hundreds of megabytes.
    factor, _ = scipy.linalg.cho_factor(kernel.T, lower=True, overwrite_a=True, check_finite=False)
    inverse, failed = scipy.linalg.lapack.spotri(factor, lower=True, overwrite_c=True)
    if failed:
        raise ValueError(f"the kernel of {len(labels)} examples cannot be inverted ({failed})")
    say = scipy.linalg.blas.ssymm(1.0, inverse, wanted - shares, lower=True)
    held_out = wanted - say / inverse.diagonal()[:, None]
    return say, shares, held_out
