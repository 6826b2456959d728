"""The benchmark of search on the command line."""

import argparse
from pathlib import Path

SEARCH = "search"


def add_search(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = names.add_parser(SEARCH, help="product search against graded judgments, with peers")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    parser.add_argument("--test", type=Path, help="a folder with other judgments to score instead")
    parser.add_argument("--out", type=Path, help="where to write the figures of every query (CSV)")


def run_search(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of the command.

    Raises:
        ValueError: Data are not usable.
    """
    from tests.benchmarks.search import runs

    return runs.run(arguments.data, arguments.test, arguments.out)
