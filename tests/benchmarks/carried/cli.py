"""The benchmark of what is carried on the command line."""

import argparse
import tempfile
from pathlib import Path

NAME = "carried"


def add_carried(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = names.add_parser(NAME, help="absent things called absent, present ones found")
    parser.add_argument("--data", type=Path, help="not used: the queries are the project's own")
    parser.add_argument("--test", type=Path, help="not used")
    parser.add_argument("--home", type=Path, help="a home with the demo shop, to save making it")
    parser.add_argument("--out", type=Path, help="where to list every query")


def run_carried(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of the command.

    Raises:
        ValueError: the home is not usable.
    """
    from tests.benchmarks.carried.run import run

    if arguments.home is not None:
        return run(arguments.home, arguments.out)
    with tempfile.TemporaryDirectory(prefix="daogou-carried-") as folder:
        return run(Path(folder), arguments.out)
