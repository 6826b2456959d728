"""The benchmark of filters on the command line."""

import argparse
from pathlib import Path

NAME = "filters"


def add_filters(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = names.add_parser(NAME, help="random filters against brute force")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    parser.add_argument("--test", type=Path, help="not used: this benchmark has no labels")
    parser.add_argument("--count", type=int, default=10_000, help="filters per catalogue (10000)")
    parser.add_argument("--seed", type=int, default=1, help="of the random filters (1)")
    parser.add_argument("--catalog", help="only this catalogue")
    parser.add_argument("--limit", type=int, help="only so many products of each")


def run_filters(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of the command.

    Raises:
        ValueError: data or options are not usable.
    """
    from tests.benchmarks.filters.run import run

    if arguments.count < 1:
        raise ValueError(f"--count must be 1 or more, got {arguments.count}")
    return run(arguments.data, arguments.count, arguments.seed, arguments.limit, arguments.catalog)
