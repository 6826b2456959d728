"""The joint model at work: intents and slots of a text, on ONNX Runtime, without torch.

The lower half of the encoder is search's own; what is trained is the upper half and three heads.
What changed ships as one small file, and is merged with the encoder's weights into a graph
that is kept in a cache folder.
"""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import onnxruntime
import safetensors
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Encoding

from catalog.encoder import open_session
from catalog.files import read_json, replace_folder, write_json
from catalog.weights_eight_bits import BLOCK, in_blocks
from catalog.weights_layout import read_layout, read_weights
from intents.calibration import Thresholds, sigmoid, softmax
from intents.graph import build_joint, merge
from intents.pieces import PieceReader, Pieces
from intents.reader import Answer, Kind, Tagged
from intents.tags import Span, TagScheme, best_path
from intents.types import NOTHING_BEFORE, Intent, ParseContext, Role

Floats = NDArray[np.float32]

FORMAT = 4
SHIPPED = Path(__file__).parent / "weights"
"""Where the project keeps its own trained weights."""
MANIFEST, WEIGHTS, GRAPH = "manifest.json", "nlu.safetensors", "joint.onnx"
LONGEST = 256
"""Pieces of a text that are read, begin and end marks included."""

_TABLES = ("actions", "requested", "hints", "moves", "start")
_HEADS = tuple(
    f"heads.{head}.{part}" for head in ("intents", "tags", "roles") for part in ("weight", "bias")
)
_LISTS = ("intents", "slots", "roles", "actions", "requested")
_CURE = "run `daogou train nlu` to make it again"
_log = logging.getLogger(__name__)


class ModelError(ValueError):
    """A model that cannot be used; the message says why and which command helps."""


class Encoder(Protocol):
    """What is needed of the shared text encoder."""

    id: str
    folder: Path
    max_length: int

    def encodings(self, texts: Sequence[str], max_tokens: int) -> list[Encoding]:
        """The pieces of texts with their places."""

    def token_to_id(self, piece: str) -> int | None:
        """The id of a piece."""

    def lower_states(self, ids: Sequence[Sequence[int]]) -> tuple[Floats, NDArray[np.int32]]:
        """States of the lower layers and the mask of existing pieces."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the weights are; written as ``manifest.json`` beside them.

    Attributes:
        format: Of weights and manifest.
        encoder: The id of the encoder they belong to.
        sha256: Of the weights file.
        intents: In the order of the intent head.
        slots: In the order of the slot head.
        roles: In the order of the role head.
        actions: Previous actions that are known; the first stands for any other.
        requested: Requested slots that are known; the first stands for any other.
        scale: Of a low-rank adapter's product, where there is one.
        temperature: That calibrates the intent scores.
        thresholds: The lines of doubt.
        made: How: recipe, data, seed, libraries, figures.
    """

    format: int
    encoder: str
    sha256: str
    intents: tuple[str, ...]
    slots: tuple[str, ...]
    roles: tuple[Role, ...]
    actions: tuple[str, ...]
    requested: tuple[str, ...]
    scale: float
    temperature: float
    thresholds: Thresholds
    made: Mapping[str, Any]


class JointModel:
    """Ready to read texts. Safe to use from several threads."""

    kind: Kind = "model"

    def __init__(
        self,
        manifest: Manifest,
        encoder: Encoder,
        session: onnxruntime.InferenceSession,
        tables: Mapping[str, Floats],
    ) -> None:
        self.manifest = manifest
        self.thresholds = manifest.thresholds
        self._encoder = encoder
        self._session = session
        self._actions, self._requested = tables["actions"], tables["requested"]
        self._hints = tables["hints"]
        self._moves, self._first = tables["moves"], tables["start"]
        self._scheme = TagScheme(manifest.slots)
        longest = min(LONGEST, encoder.max_length)
        self._reader = PieceReader(
            lambda texts: encoder.encodings(texts, longest), encoder.token_to_id, longest
        )

    @classmethod
    def load(
        cls, folder: Path, encoder: Encoder, cache_folder: Path, threads: int | None = None
    ) -> "JointModel":
        """The model in ``folder`` on top of ``encoder``.

        The first time its graph is written to ``cache_folder`` (some 12 MB), which takes seconds.

        Raises:
            ModelError: The model is missing, truncated, or belongs to another encoder or format.
        """
        manifest = read_manifest(folder)
        if manifest.encoder != encoder.id:
            raise ModelError(
                f"the model in {folder} belongs to the encoder {manifest.encoder!r}, "
                f"this shop has {encoder.id!r}; {_CURE}"
            )
        weights = read_trained(folder, manifest)
        graph = _graph(manifest, encoder, weights, cache_folder)
        return cls(manifest, encoder, open_session(graph, threads), _tables(weights))

    def read(
        self, text: str, context: ParseContext = NOTHING_BEFORE, hints: Sequence[Span] = ()
    ) -> Answer:
        """What a text means. Of a long one only the first :data:`LONGEST` pieces are read."""
        (pieces,) = self._reader.read([text])
        states, mask = self._encoder.lower_states([pieces.ids])
        told = pieces.spread(self._scheme.encode_known(hints, pieces.units))
        beside = (self._context(context) + self._hints[told])[None]
        inputs = {"states": states, "attention_mask": mask, "context": beside}
        intents, tags, roles = self._session.run(["intents", "tags", "roles"], inputs)
        chances = sigmoid(intents[0], self.manifest.temperature)
        ranked = np.argsort(-chances, kind="stable")
        places = list(pieces.first)
        return Answer(
            tuple(Intent(self.manifest.intents[i], float(chances[i])) for i in ranked),
            self._spans(pieces, tags[0, places], roles[0, places]),
            whole=True,
        )

    def _context(self, context: ParseContext) -> Floats:
        action = _place(self.manifest.actions, context.previous_action)
        requested = _place(self.manifest.requested, context.requested_slot)
        said: Floats = self._actions[action] + self._requested[requested]
        return said

    def _spans(self, pieces: Pieces, tags: Floats, roles: Floats) -> tuple[Tagged, ...]:
        path = best_path(tags, self._moves, self._first)
        sure = softmax(tags, 1.0)[np.arange(len(path)), path]
        found = []
        for span in self._scheme.decode(path, pieces.units):
            inside = span.units(pieces.units)
            role = self.manifest.roles[int(roles[inside].sum(axis=0).argmax())]
            score = float(sure[inside].mean())
            found.append(Tagged(span.label, span.start, span.end, role, score))
        return tuple(found)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a model.

    Raises:
        ModelError: There is none, it is damaged, or of another format.
    """
    if not (folder / MANIFEST).exists():
        raise ModelError(f"there is no model in {folder}; {_CURE}")
    try:
        values = read_json(folder / MANIFEST)
    except ValueError as error:
        raise ModelError(f"the manifest in {folder} is damaged ({error}); {_CURE}") from error
    if values.get("format") != FORMAT:
        raise ModelError(
            f"the model in {folder} should have format {FORMAT}, got {values.get('format')!r}; "
            f"{_CURE}"
        )
    wrong = [name for name in _LISTS if not _are_names(values.get(name))]
    if wrong:
        raise ModelError(
            f"the manifest in {folder} is damaged ({wrong[0]!r} should be a list of names, got "
            f"{str(values.get(wrong[0]))[:40]}); {_CURE}"
        )
    try:
        lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
        thresholds = Thresholds(**values["thresholds"])  # type: ignore[arg-type]
        return Manifest(**{**values, **lists, "thresholds": thresholds})  # type: ignore[arg-type]
    except (KeyError, TypeError) as error:
        raise ModelError(f"the manifest in {folder} is damaged ({error}); {_CURE}") from error


def _are_names(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def read_trained(folder: Path, manifest: Manifest) -> dict[str, NDArray[Any]]:
    """What was trained, by name: packed steps as they are, everything else as float32.

    Raises:
        ModelError: The file is missing, damaged or not the manifest's; the message says the cure.
    """
    path = folder / WEIGHTS
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); {_CURE}") from error
    found = hashlib.sha256(data).hexdigest()
    if found != manifest.sha256:
        raise ModelError(
            f"{path} should have the SHA-256 {manifest.sha256[:12]}…, got {found[:12]}… in "
            f"{len(data)} bytes; {_CURE}"
        )
    try:
        loaded = load_file(path)
    except safetensors.SafetensorError as error:
        raise ModelError(f"{path} is no safetensors file ({error}); {_CURE}") from error
    missing = sorted({*_TABLES, *_HEADS} - loaded.keys())
    if missing:
        raise ModelError(f"{path} lacks {', '.join(missing)}; {_CURE}")
    for name, (tensor, count) in _sizes(manifest).items():
        if len(loaded[tensor]) != count:
            raise ModelError(
                f"{path} was not made for the {name} of its manifest ({tensor} should have "
                f"{count} rows, got {len(loaded[tensor])}); {_CURE}"
            )
    # What is packed stays so; everything else is a number of its own.
    return {n: t if t.dtype == np.uint8 else t.astype(np.float32) for n, t in loaded.items()}


def _sizes(manifest: Manifest) -> dict[str, tuple[str, int]]:
    """The tensor that each list of names belongs to, and how many rows it must have."""
    return {
        "intents": ("heads.intents.bias", len(manifest.intents)),
        "slots": ("heads.tags.bias", TagScheme(manifest.slots).size),
        "roles": ("heads.roles.bias", len(manifest.roles)),
        "actions": ("actions", len(manifest.actions)),
        "requested": ("requested", len(manifest.requested)),
    }


def _graph(
    manifest: Manifest, encoder: Encoder, weights: Mapping[str, Floats], cache_folder: Path
) -> Path:
    """The merged graph in the cache folder, written if it is not there or of other weights."""
    key = {"weights": manifest.sha256, "encoder": encoder.id, "format": FORMAT, "block": BLOCK}
    path = cache_folder / GRAPH
    if not _is_current(path, key):
        import onnx

        tensors = merge(read_weights(encoder.folder), weights, manifest.scale)
        shape = read_layout(encoder.folder).shape
        with replace_folder(cache_folder) as work:
            onnx.save(in_blocks(build_joint(tensors | dict(weights), shape)), work / GRAPH)
            key["size"] = (work / GRAPH).stat().st_size
            write_json(work / MANIFEST, key)
        _log.info("wrote the graph of the joint model to %s", path)
    return path


def _is_current(path: Path, key: Mapping[str, object]) -> bool:
    """Whether a whole graph of these weights lies there."""
    try:
        written = json.loads((path.parent / MANIFEST).read_text(encoding="utf-8"))
        return bool(written == {**key, "size": path.stat().st_size})
    except (OSError, ValueError):
        return False


def _tables(weights: Mapping[str, Floats]) -> dict[str, Floats]:
    return {name: weights[name] for name in _TABLES}


def _place(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else 0
