"""The benchmark of the support desk under load, on the command line."""

import argparse
from pathlib import Path

from tests.benchmarks.desk.postgres import postgres
from tests.benchmarks.desk.run import run

NAME = "desk"

_PROTOCOL = (
    "both sides of every conversation write once a second through two processes on one PostgreSQL;"
    " one process is killed in the middle, and what got no answer is sent again through the other;"
    " the times are from sending to written, killed process included"
)


def add_desk(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = names.add_parser(NAME, help="many conversations with agents, one process killed")
    parser.add_argument("--data", type=Path, help="not used")
    parser.add_argument("--test", type=Path, help="not used")
    parser.add_argument("--conversations", type=int, default=200)
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=600)


def run_desk(arguments: argparse.Namespace) -> dict[str, object]:
    """Messages lost, doubled and out of order, and how long writing took."""
    with postgres() as url:
        found = run(url, arguments.conversations, arguments.agents, arguments.seconds)
    asked = {name: getattr(arguments, name) for name in ("conversations", "agents", "seconds")}
    return {"benchmark": NAME, "protocol": _PROTOCOL, **asked, **found}
