"""The searches the system is compared with: each gives every product a score for each query."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import bm25s
import numpy as np
import Stemmer
import tantivy
from numpy.typing import NDArray

from catalog.encoder import TextEncoder
from catalog.files import Progress
from tests.benchmarks.understanding.encoders import Base, base_folder, cache_folder

Scores = NDArray[np.float64]
"""[queries, products]; higher is better."""

_DENSE_TOKENS = 128
_CHUNK = 1_024
_RRF_K = 60
_BLEND = {"bm25s 0.3 + minilm 0.7": (0.3, 0.7), "bm25s 0.7 + minilm 0.3": (0.7, 0.3)}


def peer_scores(
    queries: Sequence[str], texts: Sequence[str], progress: Progress, threads: int = 1
) -> dict[str, Scores]:
    """The scores of all peers by name.

    Raises:
        ValueError: The package with all-MiniLM-L6-v2 is missing.
    """
    plain = bm25_scores(queries, texts)
    minilm = dense_scores("minilm", queries, texts, progress, threads)
    e5 = dense_scores("e5", queries, texts, progress, threads)
    found = {
        "bm25s": plain,
        "bm25s, stemmed": bm25_scores(queries, texts, stemmed=True),
        "tantivy": tantivy_scores(queries, texts),
        "minilm": minilm,
        "e5": e5,
        "rrf bm25s + minilm": fuse_ranks(plain, minilm),
        "rrf bm25s + e5": fuse_ranks(plain, e5),
    }
    return found | {name: blend_scores(plain, minilm, *part) for name, part in _BLEND.items()}


def bm25_scores(queries: Sequence[str], texts: Sequence[str], *, stemmed: bool = False) -> Scores:
    """BM25 of bm25s with its defaults; ``stemmed`` with the English Snowball stemmer."""
    stemmer = Stemmer.Stemmer("english") if stemmed else None
    index = bm25s.BM25()
    words = bm25s.tokenize(list(texts), stopwords="en", stemmer=stemmer, show_progress=False)
    index.index(words, show_progress=False)
    asked = bm25s.tokenize(
        list(queries), stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
    )
    nothing = np.zeros(len(texts))
    rows = [index.get_scores(words) if words else nothing for words in asked]
    return np.asarray(rows, np.float64)


def tantivy_scores(queries: Sequence[str], texts: Sequence[str]) -> Scores:
    """BM25 of tantivy over one field with its English stemmer."""
    schema = tantivy.SchemaBuilder()
    schema.add_integer_field("row", stored=True)
    schema.add_text_field("text", tokenizer_name="en_stem")
    index = tantivy.Index(schema.build())
    writer = index.writer(num_threads=1)
    for row, text in enumerate(texts):
        writer.add_document(tantivy.Document(row=row, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    scores = np.zeros((len(queries), len(texts)))
    for place, query in enumerate(queries):
        parsed, _ = index.parse_query_lenient(query, ["text"])
        for score, address in searcher.search(parsed, len(texts)).hits:
            scores[place, searcher.doc(address)["row"][0]] = score
    return scores


def dense_scores(
    base: Base, queries: Sequence[str], texts: Sequence[str], progress: Progress, threads: int
) -> Scores:
    """Cosines of an encoder's vectors; texts are cut to 128 tokens."""
    encoder = TextEncoder.load(base_folder(base), threads=threads)
    rows = _kept_vectors(encoder, base, texts, progress)
    return np.asarray(encoder.encode(queries, "query") @ rows.T, np.float64)


def fuse_ranks(one: Scores, other: Scores) -> Scores:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009) with k = 60."""
    return np.asarray(sum(1.0 / (_RRF_K + _ranks(scores)) for scores in (one, other)))


def blend_scores(one: Scores, other: Scores, weight: float, rest: float) -> Scores:
    """A convex combination of the scores' z-scores over all products."""
    return weight * _standardised(one) + rest * _standardised(other)


def order_of(scores: NDArray[np.float64], ids: Sequence[str], most: int | None = None) -> list[str]:
    """The ids by score, the best first; of equal ones the first in the catalogue."""
    return [ids[row] for row in np.argsort(-scores, kind="stable")[:most]]


def order_judged(
    scores: NDArray[np.float64], rows: Mapping[str, int], judged: Sequence[str]
) -> list[str]:
    """The judged products alone by score, the best first."""
    places = np.array(sorted(rows[id_] for id_ in judged))
    by_row = {row: id_ for id_, row in rows.items()}
    return [by_row[int(row)] for row in places[np.argsort(-scores[places], kind="stable")]]


def _ranks(scores: Scores) -> Scores:
    """The place of every product in each row, from 1."""
    ranks = np.empty_like(scores)
    order = np.argsort(-scores, axis=1, kind="stable")
    np.put_along_axis(ranks, order, np.arange(1.0, scores.shape[1] + 1)[None, :], axis=1)
    return ranks


def _standardised(scores: Scores) -> Scores:
    deviation = scores.std(axis=1, keepdims=True)
    return (scores - scores.mean(axis=1, keepdims=True)) / np.where(deviation > 0, deviation, 1.0)


def _kept_vectors(
    encoder: TextEncoder, base: Base, texts: Sequence[str], progress: Progress
) -> NDArray[np.float32]:
    """The vectors of the texts, kept in parts: a killed run goes on where it was."""
    folder = cache_folder() / "search-vectors"
    folder.mkdir(exist_ok=True)
    parts = []
    for start in range(0, len(texts), _CHUNK):
        chunk = list(texts[start : start + _CHUNK])
        progress(f"{base} vectors", start, len(texts))
        parts.append(_kept_part(encoder, chunk, folder))
    return np.concatenate(parts)


def _kept_part(encoder: TextEncoder, chunk: list[str], folder: Path) -> NDArray[np.float32]:
    named = "\x1f".join([encoder.id, str(_DENSE_TOKENS), *chunk])
    path = folder / f"{hashlib.sha256(named.encode()).hexdigest()[:24]}.npy"
    if not path.exists():
        half = path.with_suffix(".part")
        with half.open("wb") as file:
            np.save(file, encoder.encode(chunk, "passage", _DENSE_TOKENS))
        half.rename(path)
    return cast(NDArray[np.float32], np.load(path))
