"""Runs a benchmark by name; its result is one JSON object, the last line of standard output."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks.ann.cli import add_ann, run_ann
from tests.benchmarks.carried.cli import add_carried, run_carried
from tests.benchmarks.desk.cli import add_desk, run_desk
from tests.benchmarks.dialogue.cli import add_dialogue, run_dialogue
from tests.benchmarks.faq.cli import add_faq, run_faq
from tests.benchmarks.filters.cli import add_filters, run_filters
from tests.benchmarks.handoff.cli import add_handoff, run_handoff
from tests.benchmarks.language import add_language, run_language
from tests.benchmarks.questions.cli import add_questions, run_questions
from tests.benchmarks.recommendation.cli import add_recommendation, run_recommendation
from tests.benchmarks.search.cli import add_search, run_search
from tests.benchmarks.service.cli import add_service, run_service
from tests.benchmarks.understanding.cli import add_understanding, run_understanding

os.environ.setdefault("HF_HUB_OFFLINE", "1")

Add = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]
Run = Callable[[argparse.Namespace], Mapping[str, object]]


def main() -> None:
    """Read the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    names = parser.add_subparsers(dest="name", required=True)
    runs: dict[str, Run] = {}
    for add, run in _GROUPS:
        add(names)
        runs |= dict.fromkeys(names.choices.keys() - runs.keys(), run)
    arguments = parser.parse_args()
    try:
        result = runs[arguments.name](arguments)
    except (ValueError, OSError) as error:
        print(f"tests.benchmarks: {error}", file=sys.stderr)
        sys.exit(2)
    print(json.dumps(result, ensure_ascii=False))


def _add_turn(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    turn = names.add_parser("turn", help="how long a turn takes, on a large catalogue")
    turn.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    turn.add_argument("--test", type=Path, help="not used: this benchmark has no labels")
    turn.add_argument("--catalog", default="retrotech_bestbuy", help="which catalogue to import")
    turn.add_argument("--clients", default="1,8", help="how many at once, separated by commas")
    turn.add_argument("--rounds", type=int, default=10, help="how often each dialogue is played")
    turn.add_argument("--limit", type=int, help="import only so many products, for a quick look")


def _run_turn(arguments: argparse.Namespace) -> Mapping[str, object]:
    from tests.benchmarks import turn

    clients = [int(part) for part in arguments.clients.split(",")]
    return turn.run(arguments.data, arguments.catalog, clients, arguments.rounds, arguments.limit)


_GROUPS: tuple[tuple[Add, Run], ...] = (
    (_add_turn, _run_turn),
    (add_understanding, run_understanding),
    (add_search, run_search),
    (add_faq, run_faq),
    (add_filters, run_filters),
    (add_carried, run_carried),
    (add_dialogue, run_dialogue),
    (add_language, run_language),
    (add_questions, run_questions),
    (add_handoff, run_handoff),
    (add_desk, run_desk),
    (add_ann, run_ann),
    (add_recommendation, run_recommendation),
    (add_service, run_service),
)


if __name__ == "__main__":
    main()
