"""Texts as vectors: the prepared encoder on ONNX Runtime, without torch."""

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from catalog.weights import (
    LOWER,
    LOWER_STOCK,
    UPPER,
    UPPER_STOCK,
    EncoderManifest,
    read_manifest,
)
from catalog.weights_layout import TOKENIZER, WEIGHTS

Kind = Literal["query", "passage"]
Vectors = NDArray[np.float32]
Halves = tuple[onnxruntime.InferenceSession, onnxruntime.InferenceSession]
"""The lower and the upper half of the body."""

QUERY_TOKENS = 64
PASSAGE_TOKENS = 64
"""Texts are cut to this many tokens, prefix and marks included."""

_BATCH_TEXTS = 32
_CACHED_QUERIES = 2048
# A token is seldom more than 12 characters; what lies beyond would be cut after a long walk.
_CHARACTERS_A_TOKEN = 12


class TextEncoder:
    """English and Chinese texts in one space; cosine is the dot product.

    Safe to use from several threads. The word table stays on disk: only the rows that texts
    touch come into memory.
    """

    def __init__(self, folder: Path, manifest: EncoderManifest, threads: int | None) -> None:
        self.folder = folder
        self.id = manifest.id
        self.dimension = manifest.dimension
        self.max_length = manifest.max_length
        self._manifest = manifest
        self._tokenizer = _tokenizer(folder)
        self._words = np.memmap(
            folder / WEIGHTS,
            np.float32,
            "r",
            manifest.table_offset,
            (manifest.vocabulary, manifest.dimension),
        )
        self._threads = threads
        self._lower = open_session(folder / LOWER, threads)
        self._upper = open_session(folder / UPPER, threads)
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        self._small: Halves | None = None
        self._query = lru_cache(_CACHED_QUERIES)(self._encode_query)

    @classmethod
    def load(cls, folder: Path, threads: int | None = None) -> "TextEncoder":
        """The encoder in a prepared folder; ``threads`` default to the machine's cores.

        Raises:
            EncoderFolderError: if the folder is not whole; the message says what to run.
        """
        return cls(folder, read_manifest(folder), threads)

    def encode(self, texts: Sequence[str], kind: Kind, max_tokens: int | None = None) -> Vectors:
        """Vectors [len(texts), dimension], each of length 1, in the order of the texts.

        Weights are in eight bits by blocks; cosine to the float32 network is above 0.999.

        Args:
            texts: may be empty, and may hold empty texts.
            kind: what the texts are; chooses the prefix the model was trained with.
            max_tokens: where texts are cut; by default 64.
        """
        if kind == "query" and len(texts) == 1 and max_tokens is None:
            return self._query(texts[0]).copy()
        limit = max_tokens or (QUERY_TOKENS if kind == "query" else PASSAGE_TOKENS)
        return self._encode(texts, kind, limit, self._single)

    def encode_stock(self, texts: Sequence[str], max_tokens: int = PASSAGE_TOKENS) -> Vectors:
        """Passage vectors [len(texts), dimension] for an index, many at a time.

        They lie beside those of :meth:`encode` (cosine above 0.99) and take less time; a text's
        company moves them by as little, since one scale holds for a whole batch.
        """
        return self._encode(texts, "passage", max_tokens, self._stock)

    def token_ids(self, texts: Sequence[str], max_tokens: int) -> list[list[int]]:
        """The ids the model reads for each text, begin and end marks included.

        Texts are cut to ``max_tokens``, and never longer than the model has positions for.
        """
        limit = min(max_tokens, self._manifest.max_length)
        cut = [text[: limit * _CHARACTERS_A_TOKEN] for text in texts]
        with self._lock:
            self._tokenizer.enable_truncation(limit)
            return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(cut)]

    def encodings(self, texts: Sequence[str], max_tokens: int) -> list[Encoding]:
        """The same with the place of every piece in its text."""
        with self._lock:
            self._tokenizer.enable_truncation(min(max_tokens, self._manifest.max_length))
            return self._tokenizer.encode_batch(list(texts))

    def token_to_id(self, piece: str) -> int | None:
        """The id of a piece of the vocabulary; None if it has no such piece."""
        return self._tokenizer.token_to_id(piece)

    def lower_states(self, ids: Sequence[Sequence[int]]) -> tuple[Vectors, NDArray[np.int32]]:
        """What the lower half of the layers makes of texts, for an upper half of one's own.

        Args:
            ids: of the pieces of each text, begin and end marks included.

        Returns:
            States [b, s, dimension], and the mask [b, s] of the pieces that exist.
        """
        return self._states(self._lower, ids)

    def word_vectors(self, ids: NDArray[np.int64]) -> Vectors:
        """The word table's rows for ``ids`` [b, s], as float32 [b, s, dimension]."""
        return cast(Vectors, np.asarray(self._words[ids]))

    def _encode_query(self, text: str) -> Vectors:
        return self._encode([text], "query", QUERY_TOKENS, self._single)

    def _single(self) -> Halves:
        return self._lower, self._upper

    def _stock(self) -> Halves:
        """The halves for batches, opened when the first texts are to be indexed."""
        with self._opening:
            if self._small is None:
                self._small = (
                    open_session(self.folder / LOWER_STOCK, self._threads),
                    open_session(self.folder / UPPER_STOCK, self._threads),
                )
            return self._small

    def _encode(
        self, texts: Sequence[str], kind: Kind, limit: int, open_halves: Callable[[], Halves]
    ) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        if not texts:
            return vectors
        lower, upper = open_halves()
        prefix = self._manifest.prefixes[kind]
        ids = self.token_ids([prefix + text for text in texts], limit)
        for rows in _batches(ids):
            states, mask = self._states(lower, [ids[row] for row in rows])
            inputs = {"states": states, "attention_mask": mask}
            vectors[rows] = upper.run(["vectors"], inputs)[0]
        return vectors

    def _states(
        self, lower: onnxruntime.InferenceSession, ids: Sequence[Sequence[int]]
    ) -> tuple[Vectors, NDArray[np.int32]]:
        shape = (len(ids), max(len(row) for row in ids))
        padded = np.full(shape, self._manifest.pad_id, np.int64)
        mask = np.zeros(shape, np.int32)
        for row, values in enumerate(ids):
            padded[row, : len(values)] = values
            mask[row, : len(values)] = 1
        inputs = {"inputs_embeds": self.word_vectors(padded), "attention_mask": mask}
        return cast(Vectors, lower.run(["states"], inputs)[0]), mask


def _batches(ids: Sequence[Sequence[int]]) -> Iterator[NDArray[np.int64]]:
    """Rows of similar length together, so that little is spent on padding."""
    order = np.argsort([len(row) for row in ids], kind="stable")
    for start in range(0, len(order), _BATCH_TEXTS):
        yield order[start : start + _BATCH_TEXTS]


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    # A shopper who writes "</s>" means these four characters.
    tokenizer.encode_special_tokens = True
    return tokenizer


def open_session(path: Path, threads: int | None) -> onnxruntime.InferenceSession:
    """A graph ready to run on ``threads`` threads, by default as many as the machine has cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0
    options.log_severity_level = 3
    # Threads that spin between queries take the cores from everything else in the shop.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
