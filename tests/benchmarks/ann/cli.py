"""The benchmarks of vectors on the command line: indexes, and how fast texts become vectors."""

import argparse
import os
from pathlib import Path

import platformdirs


def add_ann(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add a command for each."""
    ann = names.add_parser("ann", help="recall, speed and memory of the vector index")
    ann.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    ann.add_argument("--test", type=Path, help="not used: this benchmark has no labels")
    ann.add_argument("--size", default="100000,1000000", help="how many rows, by commas")
    ann.add_argument("--real", type=int, default=100_000, help="how many texts to embed at most")
    embed = names.add_parser("embed", help="how many product texts a second become vectors")
    embed.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    embed.add_argument("--test", type=Path, help="not used")
    embed.add_argument("--texts", type=int, default=2_048, help="how many texts")
    embed.add_argument("--threads", default="1,2", help="of the encoder, by commas")


def run_ann(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of one of them.

    Raises:
        ValueError: Data or options are not usable.
    """
    chosen = os.environ.get("DAOGOU_TEST_CACHE")
    cache = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("daogou-tests"))
    if arguments.name == "embed":
        from tests.benchmarks.ann import embed

        threads = [int(part) for part in arguments.threads.split(",")]
        return embed.run(arguments.data, arguments.texts, threads, cache)
    from tests.benchmarks.ann import run

    sizes = [int(part) for part in arguments.size.split(",")]
    return run.run(arguments.data, sizes, arguments.real, cache)
