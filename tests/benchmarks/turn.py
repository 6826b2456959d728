"""How long a turn takes on a large catalogue, in process and over HTTP.

Protocol: the catalogue is imported into an empty home and indexed; then a fixed set of
conversations in both languages is played by each number of clients at once, every conversation in
a new session, after one round that is not counted. Times are of whole turns, saved and answered;
the stages are those the reply reports. From the second round on the encoder's cache knows the
sentences; ``--rounds 1`` plays each only once. In-process turns and the server run in processes
of their own, whose resident memory is read after the last turn.
"""

import gzip
import itertools
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from assistant.build import build_assistant, build_catalogue
from assistant.settings import Settings
from assistant.types import Utterance
from catalog.feeds import load_mapping
from catalog.importer import import_feed
from catalog.store import ProductStore
from tests.benchmarks.kept import CATALOGUES
from tests.benchmarks.percentiles import percentiles
from tests.benchmarks.progress import report_progress

CONVERSATIONS = (
    ("hello", "I'm looking for noise cancelling headphones", "only from Sony", "show more",
     "compare the first two", "tell me about the second one", "add it to my cart", "show my cart"),
    ("do you have a laptop bag for a 15 inch macbook", "not black", "something cheaper?",
     "what do the reviews say about the first one", "talk to a human"),
    ("an lcd tv please", "sort by rating", "the last one", "is it in stock?", "thanks, bye"),
    ("what's the weather tomorrow", "ok recommend me something", "do you ship to canada?",
     "where is my order W1000001", "never mind, show me star wars dvds"),
    ("你好", "想买个蓝牙耳机", "要索尼的", "还有别的吗", "对比前两个", "第二个怎么样",
     "加两个到购物车", "看看购物车"),
    ("有没有适合15寸笔记本的电脑包", "不要黑色的", "换个便宜点的", "第一个有货吗", "转人工"),
    ("我要一台液晶电视", "按评分排", "最后一个多少钱", "谢谢，再见"),
    ("明天天气怎么样", "那随便推荐点什么吧", "几天能到货", "帮我查一下订单W1000001", "看看kindle"),
)  # fmt: skip

Sample = dict[str, float]


def run(
    data: Path, catalog: str, clients: list[int], rounds: int, limit: int | None
) -> dict[str, object]:
    """Import, play, measure."""
    if catalog not in CATALOGUES:
        raise ValueError(f"--catalog must be one of {', '.join(CATALOGUES)}, got {catalog!r}")
    file, mapping = CATALOGUES[catalog]
    feed = data / catalog / file
    if not feed.exists():
        raise ValueError(f"expected a catalogue at {feed}")
    with tempfile.TemporaryDirectory(prefix="daogou-turn-") as folder:
        home = Path(folder)
        result: dict[str, object] = {"benchmark": "turn", "catalog": catalog, "protocol": __doc__}
        result |= _import(_shortened(feed, limit, home), mapping, home)
        result["in_process"] = _measure_in_process(home, clients, rounds)
        result["http"] = _measure_http(home, clients, rounds)
        return result


def _shortened(feed: Path, limit: int | None, home: Path) -> Path:
    """The feed, or a copy of its first lines."""
    if limit is None:
        return feed
    short = home / feed.name
    with gzip.open(feed, "rt", encoding="utf-8") as full, gzip.open(short, "wt") as cut:
        cut.writelines(itertools.islice(full, limit + 1))
    for side_file in feed.parent.glob("*_text.csv.gz"):
        shutil.copy(side_file, home)
    return short


def _import(feed: Path, mapping: str, home: Path) -> dict[str, object]:
    settings = _settings(home)
    store = ProductStore.open(settings.database_url)
    started = time.perf_counter()
    report = import_feed(
        feed, store, mapping=load_mapping(mapping), rejects_path=home / "rejected.jsonl"
    )
    imported = time.perf_counter()
    store.close()
    with report_progress("index") as progress:
        catalogue = build_catalogue(settings, progress)
    indexed = time.perf_counter()
    products = catalogue.store.count()
    return {
        "products": products,
        "rejected": report.rejected,
        "import_s": round(imported - started, 1),
        "import_products_per_second": round(products / (imported - started)),
        "index_s": round(indexed - imported, 1),
        "index_products_per_second": round(products / (indexed - imported)),
    }


def _settings(home: Path) -> Settings:
    return Settings.load(home)


def _measure_in_process(home: Path, clients: list[int], rounds: int) -> dict[str, object]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_play_in_process, (home, clients, rounds))


def _play_in_process(home: Path, clients: list[int], rounds: int) -> dict[str, object]:
    started = time.perf_counter()
    assistant = build_assistant(_settings(home))
    result: dict[str, object] = {"start_s": round(time.perf_counter() - started, 1)}

    def say(session: str, text: str) -> Sample:
        reply = assistant.reply(Utterance(session, text))
        stages = reply.timings_ms
        return {"nlu": stages.nlu, "action": stages.action, "reported": stages.total}

    result |= {str(n): _play(say, n, rounds) for n in clients}
    return result | {"rss_mb": _rss(os.getpid())}


def _measure_http(home: Path, clients: list[int], rounds: int) -> dict[str, object]:
    with _serving(home) as (url, process), httpx.Client(base_url=url, timeout=60) as client:

        def say(session: str, text: str) -> Sample:
            answer = client.post(
                "/webhooks/rest/webhook", json={"sender": session, "message": text}
            )
            stages = answer.raise_for_status().json()[0]["custom"]["timings_ms"]
            return {"nlu": stages["nlu"], "action": stages["action"], "reported": stages["total"]}

        result: dict[str, object] = {str(n): _play(say, n, rounds) for n in clients}
        return result | {"rss_mb": _rss(process.pid)}


@contextmanager
def _serving(home: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port)]
    environment = os.environ | {"DAOGOU_HOME": str(home)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process)
        yield url, process
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise ValueError(f"the server ended with code {process.returncode}")
        try:
            httpx.get(f"{url}/healthz").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.5)
        else:
            return
    raise ValueError("the server did not come up within 5 minutes")


def _play(say: Callable[[str, str], Sample], clients: int, rounds: int) -> dict[str, object]:
    """Every conversation so many times, by so many clients at once."""
    _play_conversation(say, CONVERSATIONS[0], "warm-up")
    samples: list[Sample] = []
    lock = threading.Lock()

    def play(number: int) -> None:
        conversation = CONVERSATIONS[number % len(CONVERSATIONS)]
        mine = _play_conversation(say, conversation, f"{clients}-{number}-{time.time_ns()}")
        with lock:
            samples.extend(mine)

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(play, range(rounds * len(CONVERSATIONS))))
    seconds = time.perf_counter() - started
    stages = {name: _times(samples, name) for name in ("nlu", "action")}
    return {
        "turns": len(samples),
        "turns_per_second": round(len(samples) / seconds, 1),
        **_times(samples, "wall"),
        "stages": stages | {"reported": _times(samples, "reported")},
    }


def _play_conversation(
    say: Callable[[str, str], Sample], conversation: tuple[str, ...], session: str
) -> list[Sample]:
    samples = []
    for text in conversation:
        started = time.perf_counter()
        stages = say(session, text)
        samples.append(stages | {"wall": (time.perf_counter() - started) * 1_000})
    return samples


def _times(samples: list[Sample], name: str) -> dict[str, float]:
    return percentiles([one[name] for one in samples], (50, 95, 99))


def _rss(pid: int) -> int:
    return round(psutil.Process(pid).memory_info().rss / 1024**2)
