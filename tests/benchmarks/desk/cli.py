"""The benchmark of the support desk under load, on the command line."""

import argparse
from pathlib import Path

from tests.benchmarks.desk.postgres import postgres
from tests.benchmarks.desk.run import Load, run

NAME = "desk"

_PROTOCOL = (
    "both sides of every conversation write every {every:g} seconds, each from a moment of its own,"
    " through two processes on one PostgreSQL; one process is killed in the middle, and what got no"
    " answer is sent again through the other; the times are from sending to written, killed process"
    " included"
)
_EVERY = 15.0
"""Seconds between two messages of one side: a shopper in a live chat writes every 10 to 20."""


def add_desk(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = names.add_parser(NAME, help="many conversations with agents, one process killed")
    parser.add_argument("--data", type=Path, help="not used")
    parser.add_argument("--test", type=Path, help="not used")
    parser.add_argument("--conversations", type=int, default=200)
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument(
        "--every",
        type=float,
        default=_EVERY,
        help="seconds between two messages of one side; 1 is far more than people type",
    )


def run_desk(arguments: argparse.Namespace) -> dict[str, object]:
    """Messages lost, doubled and out of order, and how long writing took."""
    names = ("conversations", "agents", "seconds", "every")
    asked = {name: getattr(arguments, name) for name in names}
    with postgres() as url:
        found = run(url, Load(**asked))
    protocol = _PROTOCOL.format(every=arguments.every)
    return {"benchmark": NAME, "protocol": protocol, **asked, **found}
