"""The index of vectors on this machine: its kind follows its size, its files are checked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from catalog.files import read_arrays, read_json, replace_folder, write_arrays, write_json
from catalog.index import FlatPart, GraphPart, Part
from catalog.vectors import (
    Allowed,
    Ids,
    IndexFolderError,
    VectorIndex,
    Vectors,
    check_new,
    nothing_found,
)

FORMAT_VERSION = 2
FLAT_UP_TO = 100_000
"""Above so many vectors a scan of all takes longer than a turn may."""

_MANIFEST = "manifest.json"
_HASHES = "hashes.npz"
_CURE = "run `daogou index` to build it again"
# More of the graph than this is of vectors that were removed: it is slow for what it holds.
_MOST_REMOVED = 0.25
_PARTS: dict[str, type[FlatPart] | type[GraphPart]] = {
    FlatPart.kind: FlatPart,
    GraphPart.kind: GraphPart,
}


class LocalIndex:
    """See :class:`catalog.vectors.VectorIndex`. Exact while it is ``flat``.

    Grown beyond ``flat_up_to`` it says that it is outgrown, and goes on exactly until
    a rebuild makes a graph.
    """

    def __init__(self, dimension: int, encoder_id: str, flat_up_to: int = FLAT_UP_TO) -> None:
        self.dimension = dimension
        self.encoder_id = encoder_id
        self._flat_up_to = flat_up_to
        self._part: Part = FlatPart(dimension)
        self._hashes = np.zeros(0, np.int64)  # by id

    def __len__(self) -> int:
        return len(self._part)

    @property
    def kind(self) -> str:
        """``flat``: every vector is looked at; ``hnsw``: those a graph leads to."""
        return self._part.kind

    @property
    def outgrown(self) -> bool:
        """Whether another kind, or a fresh graph, would now serve better."""
        if not isinstance(self._part, GraphPart):
            return len(self) > self._flat_up_to
        return self._part.removed_share > _MOST_REMOVED or len(self) * 2 < self._flat_up_to

    def ids(self) -> Ids:
        """Every id in the index."""
        return self._part.ids()

    def hashes(self) -> dict[int, int]:
        """The number that was added with each id."""
        ids = self.ids()
        return dict(zip(ids.tolist(), self._hashes[ids].tolist(), strict=True))

    def add(self, ids: Ids, vectors: Vectors, hashes: Ids) -> None:
        """Add vectors [n, dimension] under new ids [n], each with a number of the caller's own.

        Raises:
            ValueError: if the shapes do not fit, or an id is negative.
        """
        check_new(ids, vectors, hashes, self.dimension)
        if not len(ids):
            return
        self._part.add(ids, vectors)
        if ids.max() >= len(self._hashes):
            longer = np.zeros(int(ids.max()) * 5 // 4 + 1, np.int64)
            longer[: len(self._hashes)] = self._hashes
            self._hashes = longer
        self._hashes[ids] = hashes

    def remove(self, ids: Ids) -> int:
        """Take vectors out; says how many there were."""
        return self._part.remove(ids)

    def search(
        self, vectors: Vectors, k: int, allowed: Allowed | None = None
    ) -> tuple[Vectors, Ids]:
        """The best ``k`` for each of the vectors; see the contract."""
        k = min(k, len(self))
        return self._part.search(vectors, k, allowed) if k > 0 else nothing_found(len(vectors))

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of ids that are there; of ``hnsw`` as half floats keep them.

        Raises:
            KeyError: if one of the ids is not there.
        """
        return self._part.vectors(ids)

    def prepare_rebuild(self) -> Callable[[], VectorIndex]:
        """Copy what is here; the function makes an index of the kind that the size asks for."""
        other = LocalIndex(self.dimension, self.encoder_id, self._flat_up_to)
        other._hashes = self._hashes.copy()
        ids = self.ids()
        return partial(other._filled, ids, self._part.vectors(ids))

    def _filled(self, ids: Ids, vectors: Vectors) -> "LocalIndex":
        if len(ids) > self._flat_up_to:
            self._part = GraphPart.built(ids, vectors)
        elif len(ids):
            self._part.add(ids, vectors)
        return self

    def save(self, folder: Path) -> None:
        """Put the index in the place of ``folder``, wholly or not at all."""
        with replace_folder(folder) as work:
            self._part.save(work)
            ids = self.ids()
            write_arrays(work / _HASHES, {"ids": ids, "hashes": self._hashes[ids]})
            manifest = {
                "format_version": FORMAT_VERSION,
                "kind": self.kind,
                "encoder": self.encoder_id,
                "dimension": self.dimension,
                "count": len(self),
                "sizes": {path.name: path.stat().st_size for path in sorted(work.iterdir())},
            }
            write_json(work / _MANIFEST, manifest)

    @classmethod
    def load(
        cls, folder: Path, dimension: int, encoder_id: str, flat_up_to: int = FLAT_UP_TO
    ) -> "LocalIndex":
        """Map or read what :meth:`save` wrote.

        Raises:
            IndexFolderError: if it is missing or damaged, or made by another encoder.
        """
        manifest = _checked_manifest(folder, dimension, encoder_id)
        index = cls(dimension, encoder_id, flat_up_to)
        try:
            index._part = _PARTS[str(manifest["kind"])].load(folder, dimension)
            named = read_arrays(folder / _HASHES)
        except IndexFolderError as error:
            raise IndexFolderError(f"{error}; {_CURE}") from error
        except ValueError as error:
            raise IndexFolderError(f"the index in {folder} is damaged: {error}; {_CURE}") from error
        if not np.array_equal(np.sort(named["ids"]), np.sort(index.ids())):
            raise IndexFolderError(f"the vectors in {folder} do not fit their names; {_CURE}")
        if len(index):
            index._hashes = np.zeros(int(named["ids"].max()) + 1, np.int64)
            index._hashes[named["ids"]] = named["hashes"]
        return index


def describe_saved(folder: Path) -> str:
    """Kind and size of what is saved in ``folder``, in words."""
    try:
        manifest = read_json(folder / _MANIFEST)
    except ValueError:
        return "not built yet"
    return f"{manifest.get('kind')}, {manifest.get('count')} vectors"


def _checked_manifest(folder: Path, dimension: int, encoder_id: str) -> dict[str, object]:
    try:
        manifest = read_json(folder / _MANIFEST)
    except ValueError as error:
        raise IndexFolderError(f"no vector index in {folder}; {_CURE}") from error
    wanted: dict[str, object] = {
        "format_version": FORMAT_VERSION,
        "encoder": encoder_id,
        "dimension": dimension,
    }
    for name, value in wanted.items():
        if manifest.get(name) != value:
            raise IndexFolderError(
                f"the vector index in {folder} should have {name} {value!r}, "
                f"got {manifest.get(name)!r}; {_CURE}"
            )
    if manifest.get("kind") not in _PARTS:
        kinds = " or ".join(_PARTS)
        raise IndexFolderError(
            f"the vector index in {folder} should be {kinds}, got {manifest.get('kind')!r}; {_CURE}"
        )
    sizes = manifest.get("sizes")
    for name, expected in sizes.items() if isinstance(sizes, dict) else ():
        path = folder / str(name)
        size = path.stat().st_size if path.is_file() else 0
        if size != expected:
            raise IndexFolderError(f"{path} should have {expected} bytes, got {size}; {_CURE}")
    return manifest
