"""Recall, speed, memory and build time of the vector index, beside hnswlib and usearch.

Protocol: rows are titles of four English shops and Chinese shop texts, embedded as passages by the
shipped encoder (384 dimensions, length 1); queries are what English and Chinese shoppers typed,
embedded as queries, half of each, none of them among the rows. Where a size asks for more rows
than there are real ones (``real`` says how many), the rest lie between a real row and one of its
eight nearest. The peers have 16 links a row and build with a breadth of 200, as the shop's index
does. Each index is built in one process and saved, then opened in another that measures:
``queries_per_second`` is queries over the CPU time of one thread, one query at a time
(``wall_queries_per_second`` over the clock); ``memory_mb`` is how much the process has grown after
all queries, mapped pages counted. Each is measured at growing breadths up to the first that
reaches a recall@10 of 0.97 (``curve``). The peers stand there; the shop's index stands at the
breadth it has in the shop. The best ten are those of an exact scan in float32.
"""

import multiprocessing
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from catalog.encoder import TextEncoder
from catalog.files import Progress
from catalog.vectors import Vectors
from catalog.weights import unpack_encoder
from tests.benchmarks.ann.contenders import BREADTHS, CONTENDERS, Search
from tests.benchmarks.ann.rows import exact, grown
from tests.benchmarks.ann.texts import shop_queries, shop_texts
from tests.benchmarks.ann.vectors import embedded
from tests.benchmarks.progress import report_progress

RECALL = 0.97
_K = 10


def run(data: Path, sizes: list[int], real: int, cache: Path) -> dict[str, object]:
    """Every size in turn; ``real`` is how many texts are embedded at most."""
    if min(sizes) < 1_000 or real < 1_000:
        raise ValueError(f"expected sizes and real rows from 1000, got {sizes} and {real}")
    with report_progress("ann") as progress:
        rows, queries = _vectors(data, min(real, max(sizes)), cache, progress)
        results = {str(size): _of_size(rows, queries, size, progress) for size in sizes}
    return {
        "benchmark": "ann",
        "protocol": __doc__,
        "queries": len(queries),
        "dimension": rows.shape[1],
        "real": len(rows),
        "sizes": results,
    }


def _vectors(data: Path, real: int, cache: Path, progress: Progress) -> tuple[Vectors, Vectors]:
    folder = cache / "encoder"
    unpack_encoder(folder)
    encoder = TextEncoder.load(folder)
    queries = embedded(shop_queries(data), "query", encoder, cache / "ann", progress)
    texts = shop_texts(data)[:real]
    return embedded(texts, "passage", encoder, cache / "ann", progress), queries


def _of_size(real: Vectors, queries: Vectors, size: int, progress: Progress) -> dict[str, object]:
    rows = grown(real, size, progress)
    best = exact(rows, queries, _K, progress)
    measured: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory(prefix="daogou-ann-") as made:
        folder = Path(made)
        np.save(folder / "rows.npy", rows)
        dimension = rows.shape[1]
        del rows
        for name in CONTENDERS:
            progress(f"{name}, {size} rows", 0, 1)
            built = _apart(_build, name, folder)
            measured[name] = built | _apart(_measure, name, folder, queries, best, dimension)
    ours = measured.pop("daogou")
    reached = {
        name: speed
        for name, peer in measured.items()
        if isinstance(speed := peer.get("queries_per_second"), float) and peer["reached"]
    }
    return {
        **ours,
        "peers": measured,
        "best_peer": max(reached, key=reached.__getitem__, default=""),
    }


def _apart(function: Callable[..., dict[str, object]], *given: object) -> dict[str, object]:
    """Call a function in a process of its own, so that memory is that of one index."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function, *given).result()


def _build(name: str, folder: Path) -> dict[str, object]:
    rows = np.load(folder / "rows.npy", mmap_mode="r")
    wall, cpu = time.perf_counter(), time.process_time()
    CONTENDERS[name][0](np.asarray(rows), folder / name)
    return {
        "build_s": round(time.perf_counter() - wall, 1),
        "build_cpu_s": round(time.process_time() - cpu, 1),
        "disk_mb": _mb(sum(path.stat().st_size for path in (folder / name).iterdir())),
    }


def _measure(
    name: str, folder: Path, queries: Vectors, best: NDArray[np.int64], dimension: int
) -> dict[str, object]:
    process = psutil.Process()
    before = process.memory_info().rss
    search = CONTENDERS[name][1](folder / name, dimension)
    own = [_point(search, queries, best, 0)] if name == "daogou" else []
    curve: list[dict[str, float]] = []
    for breadth in BREADTHS:
        curve.append(_point(search, queries, best, breadth))
        if curve[-1]["recall@10"] >= RECALL:
            break
    grew = process.memory_info().rss - before
    stands = (own or curve)[-1]
    reached = stands["recall@10"] >= RECALL
    return {**stands, "reached": reached, "memory_mb": _mb(grew), "curve": curve}


def _point(
    search: Search, queries: Vectors, best: NDArray[np.int64], breadth: int
) -> dict[str, float]:
    for query in queries[:50]:
        search(query, breadth)
    wall, cpu = time.perf_counter(), time.process_time()
    found = [search(query, breadth) for query in queries]
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    right = [
        len(set(one.tolist()) & set(other.tolist())) for one, other in zip(found, best, strict=True)
    ]
    return {
        "breadth": breadth,
        "recall@10": round(sum(right) / (_K * len(queries)), 4),
        "queries_per_second": round(len(queries) / cpu, 1),
        "wall_queries_per_second": round(len(queries) / wall, 1),
    }


def _mb(size: int) -> float:
    return round(size / 1024**2, 1)
