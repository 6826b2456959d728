"""The benchmarks of search's language on the command line: misspelt queries, and clicks."""

import argparse
from pathlib import Path


def add_language(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    typos = names.add_parser("typos", help="misspelt queries in both languages")
    typos.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    typos.add_argument("--test", type=Path, help="a folder with other judgments for Icecat")
    typos.add_argument("--catalogs", default="demo,chorus_icecat", help="separated by commas")
    typos.add_argument("--queries", type=int, default=150, help="at most so many of each sort")
    typos.add_argument("--seed", type=int, default=0, help="of the sample and of the slips")
    clicks = names.add_parser("clicks", help="the clicked product of the Best Buy sessions")
    clicks.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    clicks.add_argument("--test", type=Path, help="a folder with other sessions")
    clicks.add_argument("--sessions", type=int, default=2_000, help="at most so many clicks")
    clicks.add_argument("--seed", type=int, default=0, help="of the sample")
    clicks.add_argument("--words-only", action="store_true", help="without anything that embeds")


def run_language(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of one of the commands.

    Raises:
        ValueError: Data or options are not usable.
    """
    if arguments.name == "typos":
        from tests.benchmarks.typos import run

        catalogs = arguments.catalogs.split(",")
        return run.run(arguments.data, arguments.test, catalogs, arguments.queries, arguments.seed)
    from tests.benchmarks import clicks

    return clicks.run(
        arguments.data,
        arguments.test,
        arguments.sessions,
        arguments.seed,
        words_only=arguments.words_only,
    )
