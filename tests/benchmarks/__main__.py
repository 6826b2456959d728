"""Runs a benchmark by name; its result is one JSON object, the last line of standard output."""

import argparse
import json
import os
import sys
from pathlib import Path

from tests.benchmarks.recommendation.cli import NAMES, add_recommendation, run_recommendation
from tests.benchmarks.understanding.cli import add_understanding, run_understanding

os.environ.setdefault("HF_HUB_OFFLINE", "1")


def main() -> None:
    """Read the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True)
    turn = names.add_parser("turn", help="how long a turn takes, on a large catalogue")
    turn.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    turn.add_argument("--test", type=Path, help="not used: this benchmark has no labels")
    turn.add_argument("--catalog", default="retrotech_bestbuy", help="which catalogue to import")
    turn.add_argument("--clients", default="1,8", help="how many at once, separated by commas")
    turn.add_argument("--rounds", type=int, default=10, help="how often each dialogue is played")
    turn.add_argument("--limit", type=int, help="import only so many products, for a quick look")
    add_understanding(names)
    add_recommendation(names)
    arguments = parser.parse_args()
    try:
        result = _run(arguments)
    except (ValueError, OSError) as error:
        print(f"tests.benchmarks: {error}", file=sys.stderr)
        sys.exit(2)
    print(json.dumps(result, ensure_ascii=False))


def _run(arguments: argparse.Namespace) -> dict[str, object]:
    if arguments.name in NAMES:
        return run_recommendation(arguments)
    if arguments.name != "turn":
        return run_understanding(arguments)
    from tests.benchmarks import turn

    clients = [int(part) for part in arguments.clients.split(",")]
    return turn.run(arguments.data, arguments.catalog, clients, arguments.rounds, arguments.limit)


if __name__ == "__main__":
    main()
