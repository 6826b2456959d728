"""The indexes that are compared, each behind three functions: build, open, search."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import catalog.index
from catalog.local_index import LocalIndex
from catalog.vectors import Vectors

BREADTHS = (64, 96, 128, 192, 256, 288, 320, 352, 384, 448, 512, 576, 640, 768, 896, 1_024)
"""Candidates that a graph search keeps, tried one after the other until the recall is reached."""

CONNECTIVITY, BUILD_BREADTH = 16, 200
_ENCODER = "benchmark"

Search = Callable[[Vectors, int], NDArray[Any]]
"""Takes one query [dimension] and a breadth; gives the row numbers of the best ten."""


def build_ours(rows: Vectors, folder: Path) -> None:
    """The shop's own index, of the kind its size asks for."""
    index = LocalIndex(rows.shape[1], _ENCODER)
    names = np.arange(len(rows))
    index.add(names, rows, names)
    (index.prepare_rebuild()() if index.outgrown else index).save(folder)


def open_ours(folder: Path, dimension: int) -> Search:
    """With the index's own breadth where none is given."""
    index, own = LocalIndex.load(folder, dimension, _ENCODER), catalog.index.BREADTH

    def search(query: Vectors, breadth: int) -> NDArray[Any]:
        catalog.index.BREADTH = breadth or own
        return index.search(query[None], 10)[1][0]

    return search


def build_hnswlib(rows: Vectors, folder: Path) -> None:
    """Float32, on one thread."""
    import hnswlib

    index = hnswlib.Index("ip", rows.shape[1])
    index.init_index(len(rows), M=CONNECTIVITY, ef_construction=BUILD_BREADTH)
    index.add_items(rows, num_threads=1)
    folder.mkdir()
    index.save_index(str(folder / "index"))


def open_hnswlib(folder: Path, dimension: int) -> Search:
    """With ``ef`` as the breadth."""
    import hnswlib

    index = hnswlib.Index("ip", dimension)
    index.load_index(str(folder / "index"))

    def search(query: Vectors, breadth: int) -> NDArray[Any]:
        index.set_ef(breadth)
        return np.asarray(index.knn_query(query[None], 10, num_threads=1)[0][0])

    return search


def build_usearch(rows: Vectors, folder: Path) -> None:
    """The number type is usearch's own choice for the machine."""
    from usearch.index import Index

    index = Index(
        ndim=rows.shape[1],
        metric="ip",
        connectivity=CONNECTIVITY,
        expansion_add=BUILD_BREADTH,
    )
    index.add(np.arange(len(rows)), rows, threads=1)
    folder.mkdir()
    index.save(str(folder / "index"))


def open_usearch(folder: Path, _: int) -> Search:
    """With ``expansion_search`` as the breadth."""
    from usearch.index import Index

    index = Index.restore(str(folder / "index"))
    if index is None:
        raise ValueError(f"usearch could not read what it wrote to {folder}")

    def search(query: Vectors, breadth: int) -> NDArray[Any]:
        index.expansion_search = breadth
        return np.asarray(index.search(query, 10, threads=1).keys)

    return search


CONTENDERS: dict[str, tuple[Callable[[Vectors, Path], None], Callable[[Path, int], Search]]] = {
    "daogou": (build_ours, open_ours),
    "hnswlib": (build_hnswlib, open_hnswlib),
    "usearch": (build_usearch, open_usearch),
}
