"""How many product texts a second become vectors, on one core and on two.

Protocol: real shop texts in both languages, joined until they have about 25 tokens, are encoded as
passages in the batches that indexing uses. Two ways in turn, several rounds, the median of each:
as it is shipped (sorted by length, 32 at once), and one text at a time. The order of the rounds
alternates, so that another load on the machine falls on all alike; the ratio to ``as_shipped`` is
what counts on a machine that is busy.
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from catalog.encoder import TextEncoder
from catalog.weights import unpack_encoder
from tests.benchmarks.ann.texts import shop_texts
from tests.benchmarks.progress import report_progress

TOKENS = 25
_BATCH = 128
_ROUNDS = 3

Encode = Callable[[list[str]], object]


def run(data: Path, count: int, threads: list[int], cache: Path) -> dict[str, object]:
    """Measure with each number of threads."""
    folder = cache / "encoder"
    unpack_encoder(folder)
    result: dict[str, object] = {"benchmark": "embed", "protocol": __doc__, "texts": count}
    with report_progress("embed") as progress:
        texts, tokens = _texts(data, count, TextEncoder.load(folder, 1))
        result["mean_tokens"] = round(tokens, 1)
        for number in threads:
            progress(f"{number} threads", 0, 1)
            result[f"threads_{number}"] = _measure(TextEncoder.load(folder, number), texts)
    return result


def _texts(data: Path, count: int, encoder: TextEncoder) -> tuple[list[str], float]:
    """Texts of about 25 tokens each, and how many they have in the mean."""
    made: list[str] = []
    waiting: list[str] = []
    for text in shop_texts(data):
        waiting.append(text)
        joined = ", ".join(waiting)
        if len(encoder.token_ids([joined], 64)[0]) >= TOKENS - 3:
            made.append(joined)
            waiting = []
        if len(made) == count:
            break
    lengths = [len(ids) for ids in encoder.token_ids(made, 64)]
    return made, float(np.mean(lengths))


def _measure(encoder: TextEncoder, texts: list[str]) -> dict[str, object]:
    ways: dict[str, Encode] = {
        "as_shipped": lambda some: encoder.encode(some, "passage"),
        "one_by_one": lambda some: [encoder.encode([text], "passage") for text in some],
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(_ROUNDS):
        for name in list(ways)[:: 1 if number % 2 else -1]:
            started = time.perf_counter()
            for start in range(0, len(texts), _BATCH):
                ways[name](texts[start : start + _BATCH])
            seconds[name].append(time.perf_counter() - started)
    medians = {name: float(np.median(values)) for name, values in seconds.items()}
    shipped = medians["as_shipped"]
    return {
        name: {
            "texts_per_second": round(len(texts) / value, 1),
            "ratio": round(shipped / value, 3),
        }
        for name, value in medians.items()
    }
