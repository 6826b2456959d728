"""How many product texts a second become vectors, on one core and on two.

Protocol: real shop texts in both languages are encoded as passages, as long as they are. They are
handed to the encoder 1024 at once, as indexing does (``as_shipped``) and as queries are
(``as_queries``), and as queries one by one; the encoder puts texts of one length together, so that
the more it has, the less is padding. Every way is run in turn, several rounds, in an order that
alternates, so that another load on the machine falls on all alike; the medians stand.
``texts_of_25_tokens_per_second`` is tokens a second over 25; ``ratio`` is the speed beside
``one_by_one``, which is what counts on a busy machine.
"""

import time
from pathlib import Path

import numpy as np

from catalog.encoder import TextEncoder
from catalog.live import BATCH_TEXTS
from catalog.weights import unpack_encoder
from tests.benchmarks.ann.texts import shop_texts
from tests.benchmarks.progress import report_progress

TOKENS = 25
WAYS = {
    "as_shipped": (True, BATCH_TEXTS),
    "as_queries": (False, BATCH_TEXTS),
    "one_by_one": (False, 1),
}
"""Whether the texts are encoded as for an index, and how many at once."""
_ROUNDS = 3


def run(data: Path, count: int, threads: list[int], cache: Path) -> dict[str, object]:
    """Measure with each number of threads."""
    folder = cache / "encoder"
    unpack_encoder(folder)
    texts = shop_texts(data)[:count]
    result: dict[str, object] = {"benchmark": "embed", "protocol": __doc__, "texts": len(texts)}
    with report_progress("embed") as progress:
        for number in threads:
            encoder = TextEncoder.load(folder, number)
            lengths = [len(ids) for ids in encoder.token_ids([f"passage: {t}" for t in texts], 64)]
            result["mean_tokens"] = round(float(np.mean(lengths)), 1)
            progress(f"{number} threads", 0, 1)
            result[f"threads_{number}"] = _measure(encoder, texts, sum(lengths))
    return result


def _measure(encoder: TextEncoder, texts: list[str], tokens: int) -> dict[str, object]:
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    for number in range(_ROUNDS):
        for name in list(WAYS)[:: 1 if number % 2 else -1]:
            stock, size = WAYS[name]
            started = time.perf_counter()
            for start in range(0, len(texts), size):
                batch = texts[start : start + size]
                encoder.encode_stock(batch) if stock else encoder.encode(batch, "passage")
            seconds[name].append(time.perf_counter() - started)
    medians = {name: float(np.median(values)) for name, values in seconds.items()}
    return {
        name: {
            "texts_per_second": round(len(texts) / value, 1),
            "texts_of_25_tokens_per_second": round(tokens / TOKENS / value, 1),
            "ratio": round(medians["one_by_one"] / value, 3),
        }
        for name, value in medians.items()
    }
