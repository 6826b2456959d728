"""Vectors in Milvus, for catalogues beyond one machine: a cluster, or a file for tests.

A path such as ``vectors.db`` opens Milvus Lite in this process; ``http://host:19530`` with a token
is a cluster. The code is the same. Install with the extra ``milvus``.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from grpc import RpcError
from pymilvus import DataType, MilvusClient, MilvusException

from catalog.vectors import (
    Allowed,
    Ids,
    IndexFolderError,
    IndexUnavailableError,
    VectorIndex,
    Vectors,
    check_new,
    nothing_found,
)

_SECONDS = 3.0
_WRITE_SECONDS = 60.0
_RETRY_AFTER = 5.0
_ROWS_AT_ONCE = 1_000
_MOST_RESULTS = 16_384
"""Milvus gives no more rows than this at once."""
_MOST_NAMED = 20_000
"""Longer lists of ids make an expression that takes longer to read than to search."""
_LEAST_FETCHED = 256

Answer = TypeVar("Answer")

# What fails is said once, by us, and with the cure.
logging.getLogger("pymilvus").setLevel(logging.CRITICAL)


class MilvusServer:
    """Where the vectors lie; see :class:`catalog.vectors.IndexSource`.

    After a failure nothing is tried for ``retry_after`` seconds, so that shoppers do not wait for
    a server that is gone.
    """

    def __init__(
        self,
        uri: str,
        token: str = "",
        *,
        seconds: float = _SECONDS,
        retry_after: float = _RETRY_AFTER,
    ) -> None:
        self.uri = uri
        self._token = token
        self._seconds = seconds
        self._retry_after = retry_after
        self._client: MilvusClient | None = None
        self._opened: set[str] = set()
        self._silent_until = 0.0
        self._why = ""

    def __call__(self, dimension: int, encoder_id: str) -> "MilvusIndex":
        """An empty index; what the server had of this encoder is dropped."""
        name = collection_name(dimension, encoder_id)
        self.ask(lambda client, seconds: client.drop_collection(name, timeout=seconds))
        self.ask(lambda client, seconds: _create(client, name, dimension, seconds))
        self._opened.add(name)
        return MilvusIndex(self, name, dimension, encoder_id)

    def load(self, folder: Path, dimension: int, encoder_id: str) -> "MilvusIndex":
        """What the server has of this encoder, which may be nothing yet; ``folder`` is not used.

        Raises:
            IndexFolderError: if the server's collection is not one of ours.
            IndexUnavailableError: if the server does not answer.
        """
        name = collection_name(dimension, encoder_id)
        if not self.ask(lambda client, seconds: client.has_collection(name, timeout=seconds)):
            self.ask(lambda client, seconds: _create(client, name, dimension, seconds))
        found = self.ask(lambda client, seconds: client.describe_collection(name, timeout=seconds))
        fields = {field["name"]: field["params"] for field in found["fields"]}
        if set(fields) != {"id", "hash", "vector"} or fields["vector"].get("dim") != dimension:
            raise IndexFolderError(f"the collection {name} in Milvus is not of this program")
        self.ask(lambda client, seconds: client.load_collection(name, timeout=seconds))
        self._opened.add(name)
        return MilvusIndex(self, name, dimension, encoder_id)

    def ask(self, question: Callable[[MilvusClient, float], Answer]) -> Answer:
        """What the server answers to a question, which is given the client and a time limit.

        Raises:
            IndexUnavailableError: if it does not answer, or did not a moment ago.
        """
        if time.monotonic() < self._silent_until:
            raise IndexUnavailableError(self._why)
        with self._noticing_failure():
            if self._client is None:
                self._client = self._connected()
            return question(self._client, self._seconds)

    def _connected(self) -> MilvusClient:
        client = MilvusClient(self.uri, token=self._token, timeout=self._seconds, dedicated=True)
        # A server that was started again has its collections on disk only.
        for name in self._opened:
            client.load_collection(name, timeout=self._seconds)
        return client

    @contextmanager
    def _noticing_failure(self) -> Iterator[None]:
        try:
            yield
        except (MilvusException, RpcError, OSError) as error:
            said = str(getattr(error, "message", "")) or str(error)
            self._why = f"Milvus at {self.uri} does not answer: {said}"
            self._silent_until = time.monotonic() + self._retry_after
            self._client = None
            raise IndexUnavailableError(self._why) from error


class MilvusIndex:
    """See :class:`catalog.vectors.VectorIndex`.

    Exactly what is allowed is found: the filter stands in the expression that the server
    evaluates, as the ids that may be found or those that may not, whichever are fewer.
    """

    kind = "milvus"
    outgrown = False

    def __init__(self, server: MilvusServer, name: str, dimension: int, encoder_id: str) -> None:
        self.dimension = dimension
        self.encoder_id = encoder_id
        self._server = server
        self._name = name

    def __len__(self) -> int:
        return self._count("id >= 0")

    def ids(self) -> Ids:
        """Every id on the server, sorted."""
        return np.array(sorted(self.hashes()), np.int64)

    def hashes(self) -> dict[int, int]:
        """The number that was added with each id."""
        return {row["id"]: row["hash"] for row in self._rows("id >= 0", ["id", "hash"])}

    def add(self, ids: Ids, vectors: Vectors, hashes: Ids) -> None:
        """Add vectors under new ids; done twice it changes nothing.

        Raises:
            ValueError: if the shapes do not fit, or an id is negative.
        """
        check_new(ids, vectors, hashes, self.dimension)
        named = zip(ids.tolist(), hashes.tolist(), vectors.tolist(), strict=True)
        rows = [{"id": id_, "hash": hash_, "vector": vector} for id_, hash_, vector in named]
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            self._upsert(rows[start : start + _ROWS_AT_ONCE])

    def remove(self, ids: Ids) -> int:
        """Take vectors out; says how many there were."""
        removed = 0
        for start in range(0, len(ids), _ROWS_AT_ONCE):
            some = ids[start : start + _ROWS_AT_ONCE].tolist()
            removed += self._count(f"id in {some}")
            self._delete(some)
        return removed

    def search(
        self, vectors: Vectors, k: int, allowed: Allowed | None = None
    ) -> tuple[Vectors, Ids]:
        """The best ``k`` for each of the vectors; see the contract."""
        rows = [self._best(vector, min(k, _MOST_RESULTS), allowed) for vector in vectors]
        least = min((len(ids) for _, ids in rows), default=0)
        if not least:
            return nothing_found(len(vectors))
        return (
            np.stack([scores[:least] for scores, _ in rows]),
            np.stack([ids[:least] for _, ids in rows]),
        )

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of ids that are there.

        Raises:
            KeyError: if one of the ids is not there.
        """
        found: dict[int, list[float]] = {}
        for start in range(0, len(ids), _ROWS_AT_ONCE):
            some = ids[start : start + _ROWS_AT_ONCE].tolist()
            for row in self._rows(f"id in {some}", ["id", "vector"]):
                found[row["id"]] = row["vector"]
        missing = [id_ for id_ in ids.tolist() if id_ not in found]
        if missing:
            raise KeyError(f"expected ids of the index, got {missing[:10]}")
        return np.array([found[id_] for id_ in ids.tolist()], np.float32)

    def prepare_rebuild(self) -> Callable[[], VectorIndex]:
        """Nothing is to be rebuilt: the server keeps its index fit itself."""
        return lambda: self

    def save(self, folder: Path) -> None:
        """Keep nothing here: the server has it."""

    def _upsert(self, rows: list[dict[str, Any]]) -> None:
        self._server.ask(lambda client, _: client.upsert(self._name, rows, timeout=_WRITE_SECONDS))

    def _delete(self, ids: list[int]) -> None:
        self._server.ask(
            lambda client, _: client.delete(self._name, ids=ids, timeout=_WRITE_SECONDS)
        )

    def _best(self, vector: Vectors, k: int, allowed: Allowed | None) -> tuple[Vectors, Ids]:
        if k <= 0:
            return _row(nothing_found(1))
        if allowed is None:
            return self._asked(vector, k, "")
        few, most = np.flatnonzero(allowed), np.flatnonzero(~allowed)
        if not len(few):
            return _row(nothing_found(1))
        if len(few) <= _MOST_NAMED:
            return self._among(vector, k, few)
        if len(most) <= _MOST_NAMED:
            inside = f"id < {len(allowed)}"
            without = f"{inside} and id not in {most.tolist()}" if len(most) else inside
            return self._asked(vector, k, without)
        return self._sifted(vector, k, allowed, few)

    def _among(self, vector: Vectors, k: int, ids: Ids) -> tuple[Vectors, Ids]:
        """The best of a few ids; all of them where an approximate search lost some."""
        expression = f"id in {ids.tolist()}"
        scores, found = self._asked(vector, k, expression)
        if len(found) < min(k, len(ids)) and self._count(expression) > len(found):
            rows = list(self._rows(expression, ["id", "vector"]))
            ids = np.array([row["id"] for row in rows], np.int64)
            every = np.array([row["vector"] for row in rows], np.float32) @ vector
            order = np.lexsort((ids, -every))[:k]
            return every[order], ids[order]
        return scores, found

    def _sifted(self, vector: Vectors, k: int, allowed: Allowed, ids: Ids) -> tuple[Vectors, Ids]:
        """The best of very many ids: more and more results are sifted, then the ids in parts."""
        inside, fetched = f"id < {len(allowed)}", max(2 * k, _LEAST_FETCHED)
        while fetched <= _MOST_RESULTS:
            scores, found = self._asked(vector, fetched, inside)
            kept = allowed[found]
            if np.count_nonzero(kept) >= k or len(found) < fetched:
                return scores[kept][:k], found[kept][:k]
            fetched *= 4
        starts = range(0, len(ids), _MOST_NAMED)
        parts = [self._among(vector, k, ids[start : start + _MOST_NAMED]) for start in starts]
        scores = np.concatenate([part for part, _ in parts])
        found = np.concatenate([part for _, part in parts])
        order = np.lexsort((found, -scores))[:k]
        return scores[order], found[order]

    def _asked(self, vector: Vectors, k: int, expression: str) -> tuple[Vectors, Ids]:
        hits = self._server.ask(
            lambda client, seconds: client.search(
                self._name,
                [vector.tolist()],
                filter=expression,
                limit=k,
                output_fields=["id"],
                search_params={"metric_type": "IP", "params": {"ef": max(2 * k, 128)}},
                timeout=seconds,
            )
        )[0]
        ids = np.array([hit["id"] for hit in hits], np.int64)
        return np.array([hit["distance"] for hit in hits], np.float32), ids

    def _count(self, expression: str) -> int:
        found = self._server.ask(
            lambda client, seconds: client.query(
                self._name, filter=expression, output_fields=["count(*)"], timeout=seconds
            )
        )
        return int(found[0]["count(*)"])

    def _rows(self, expression: str, fields: list[str]) -> Iterator[dict[str, Any]]:
        rows = self._server.ask(
            lambda client, seconds: client.query_iterator(
                self._name,
                batch_size=_ROWS_AT_ONCE,
                filter=expression,
                output_fields=fields,
                timeout=seconds,
            )
        )
        while batch := self._server.ask(lambda *_: rows.next()):
            yield from batch
        rows.close()


def collection_name(dimension: int, encoder_id: str) -> str:
    """One collection for each encoder: vectors of another are never searched."""
    return f"daogou_{dimension}_{blake2b(encoder_id.encode(), digest_size=6).hexdigest()}"


def _create(client: MilvusClient, name: str, dimension: int, seconds: float) -> None:
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("hash", DataType.INT64)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    index = client.prepare_index_params()
    # As in catalog.index; Milvus Lite keeps a byte a number whatever it is told.
    parameters = {"M": 16, "efConstruction": 200, "sq_type": "FP16"}
    index.add_index("vector", index_type="HNSW_SQ", metric_type="IP", params=parameters)
    client.create_collection(
        name, schema=schema, index_params=index, consistency_level="Strong", timeout=10 * seconds
    )


def _row(found: tuple[Vectors, Ids]) -> tuple[Vectors, Ids]:
    return found[0][0], found[1][0]
