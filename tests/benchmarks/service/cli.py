"""The benchmark of customer service on the command line."""

import argparse
from pathlib import Path

NAME = "service"


def add_service(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = names.add_parser(NAME, help="requests about a retailer's orders, and its database")
    parser.add_argument("--data", type=Path, required=True, help="the folder with db.json.gz")
    parser.add_argument("--tasks", type=Path, help="tasks; [default: beside the data folder]")
    parser.add_argument("--test", type=Path, help="a folder whose file of tasks is used instead")
    parser.add_argument("--language", help="en or zh only")
    parser.add_argument("--limit", type=int, help="only so many tasks")
    parser.add_argument("--tries", type=int, default=1_000, help="forbidden tries (1000)")
    parser.add_argument("--seed", type=int, default=1, help="of the customers' wordings (1)")
    parser.add_argument("--trace", type=Path, help="a folder for the conversations that failed")


def run_service(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of the command.

    Raises:
        ValueError: data or options are not usable.
    """
    from tests.benchmarks.service.run import run, select
    from tests.benchmarks.service.tasks import read_tasks

    if arguments.language not in (None, "en", "zh"):
        raise ValueError(f"--language must be en or zh, got {arguments.language!r}")
    read = read_tasks(_tasks_file(arguments))
    usable = select(read)
    result = run(
        arguments.data,
        usable[: arguments.limit],
        languages=(arguments.language,) if arguments.language else ("en", "zh"),
        tries=arguments.tries,
        seed=arguments.seed,
        trace=arguments.trace,
    )
    return result | {"tasks_left_out": len(read) - len(usable)}


def _tasks_file(arguments: argparse.Namespace) -> Path:
    named: Path = arguments.tasks or (
        arguments.data.parent / "tau_bench_retail" / "tasks_train.json.gz"
    )
    if arguments.test is not None:
        for name in (named.name, named.name.removesuffix(".gz")):
            if (arguments.test / name).exists():
                found: Path = arguments.test / name
                return found
    return named
