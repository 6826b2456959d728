"""The benchmarks of the dialogue on the command line."""

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks.dialogue import references, refinements

_RUNS = {references.NAME: references.run, refinements.NAME: refinements.run}
_HELP = {
    references.NAME: "what a message points at: the red one, the cheapest of these, 刚才那个",
    refinements.NAME: "what a message changes of a search: cheaper, not leather, 品牌不限了",
}


def add_dialogue(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    for name, help_ in _HELP.items():
        parser = names.add_parser(name, help=help_)
        parser.add_argument("--data", type=Path, help="not used: the sets are the project's own")
        parser.add_argument("--test", type=Path, help="not used")
        parser.add_argument(
            "--home", type=Path, help="a home with the demo shop, to save making it"
        )
        parser.add_argument("--out", type=Path, help="where to list the errors of the open part")


def run_dialogue(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of a command.

    Raises:
        ValueError: the home is not usable.
    """
    run = _RUNS[arguments.name]
    if arguments.home is not None:
        return run(arguments.home, arguments.out)
    with tempfile.TemporaryDirectory(prefix="daogou-dialogue-") as folder:
        return run(Path(folder), arguments.out)
