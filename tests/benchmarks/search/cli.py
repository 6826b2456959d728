"""The benchmark of search on the command line."""

import argparse
from pathlib import Path

SEARCH, PACE = "search", "pace"


def add_search(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = names.add_parser(SEARCH, help="product search against graded judgments, with peers")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    parser.add_argument("--test", type=Path, help="a folder with other judgments to score instead")
    parser.add_argument("--out", type=Path, help="where to write the figures of every query (CSV)")
    pace = names.add_parser(PACE, help="how long a search takes on 46,000 products")
    pace.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    pace.add_argument("--test", type=Path, help="not used: this benchmark has no labels")
    pace.add_argument("--names", type=int, default=400, help="so many queries from names (400)")
    pace.add_argument("--seed", type=int, default=1, help="of the names (1)")


def run_search(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of one of the commands.

    Raises:
        ValueError: Data are not usable.
    """
    if arguments.name == PACE:
        from tests.benchmarks.search import pace

        return pace.run(arguments.data, arguments.names, arguments.seed)
    from tests.benchmarks.search import runs

    return runs.run(arguments.data, arguments.test, arguments.out)
