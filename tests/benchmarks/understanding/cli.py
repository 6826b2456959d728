"""The benchmarks of understanding on the command line."""

import argparse
from pathlib import Path

from tests.benchmarks.understanding.encoders import BASES

NAMES = {
    "snips": "intents and slots of SNIPS",
    "atis": "intents and slots of ATIS",
    "clinc150": "150 intents, and what none of them covers",
    "banking77": "77 intents of a bank",
    "hwu64": "64 intents of a home assistant",
    "bitext": "27 intents of a shop's support",
    "smp2019": "Chinese domains, intents and slots",
    "ecommerce_ner_zh": "entities in Chinese titles, two sets",
}
CONSTRAINTS = "constraints"
PARSE = "parse"


def add_understanding(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add a command for each benchmark."""
    for name, text in NAMES.items():
        parser = names.add_parser(name, help=text)
        _add_folders(parser)
        parser.add_argument("--seeds", type=int, default=3, help="how often to train (3)")
        parser.add_argument("--base", choices=BASES, help="the encoder to begin with (the better)")
        parser.add_argument("--peers-only", action="store_true", help="do not train the model")
        parser.add_argument("--quick", action="store_true", help="few texts, to see that it runs")
    parser = names.add_parser(CONSTRAINTS, help="prices, options and attributes in shop requests")
    _add_folders(parser)
    parser.add_argument("--out", type=Path, help="where to list every failure")
    parser.add_argument("--quick", action="store_true", help="few requests, to see that it runs")
    parser = names.add_parser(PARSE, help="how long it takes to read a message")
    parser.add_argument("--data", type=Path, help="not used: the texts are the project's own")
    parser.add_argument("--test", type=Path, help="not used")
    parser.add_argument("--quick", action="store_true", help="few texts, to see that it runs")


def _add_folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    parser.add_argument("--test", type=Path, help="the folder of a test part to score instead")


def run_understanding(arguments: argparse.Namespace) -> dict[str, object]:
    """The result of one of the commands.

    Raises:
        ValueError: Data or options are not usable.
    """
    if arguments.name == CONSTRAINTS:
        from tests.benchmarks.understanding import constraints

        folder = arguments.test or arguments.data
        return constraints.run(folder, arguments.out, arguments.quick)
    if arguments.name == PARSE:
        from tests.benchmarks.understanding import latency

        return latency.run(arguments.quick)
    from tests.benchmarks.understanding import runs

    if arguments.seeds < 1:
        raise ValueError(f"--seeds must be at least 1, got {arguments.seeds}")
    options = runs.Options(
        data=arguments.data,
        test=arguments.test,
        seeds=arguments.seeds,
        base=arguments.base,
        peers_only=arguments.peers_only,
        quick=arguments.quick,
    )
    return runs.run(arguments.name, options)
