"""The benchmark of product questions on the command line."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from catalog.answers import Encode, ProductAnswer, answer_question
from catalog.types import Product
from tests.benchmarks.questions import peers
from tests.benchmarks.questions.amazon import read_cases, run_amazon
from tests.benchmarks.questions.own import run_own

NAME = "questions"

_PROTOCOL = {
    "own": (
        "questions about products of the demo shop, labelled by hand from its records; a right"
        " yes/no or, for a value, a sentence that holds it; 'unknown' where the record is silent"
    ),
    "amazon": (
        "appliance questions labelled Y or N, half of the products by blake2b of the asin (the"
        " other half was used to write the rules, --development shows it). asked_again: record ="
        " all published answers of the product, label hidden, the question asked in other words;"
        " held_out: record = the product's other answers only. Only a yes or no counts as answered"
    ),
}


def add_questions(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = names.add_parser(NAME, help="questions about one product, from its record")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    parser.add_argument("--test", type=Path, help="a folder with a test part of the Amazon file")
    parser.add_argument("--encoder", type=Path, help="an unpacked encoder; without it words only")
    parser.add_argument("--development", action="store_true", help="the half the rules saw")


def run_questions(arguments: argparse.Namespace) -> dict[str, object]:
    """The figures of the assistant's answers, and of its peers on the same questions.

    Raises:
        ValueError: data are not usable.
    """
    cases = read_cases(arguments.test or arguments.data, not arguments.development)
    ours = partial(_answer, encode=_encode(arguments.encoder))
    answerers: dict[str, Callable[[str, Product], ProductAnswer]] = {
        "always yes": peers.always_yes,
        "nearest text (TF-IDF)": peers.nearest_text,
    }
    return {
        "benchmark": NAME,
        "protocol": _PROTOCOL,
        "own": run_own(ours, "own"),
        "own_later": run_own(ours, "later"),
        "amazon": run_amazon(cases, ours),
        "peers": {
            name: {"own": _short(run_own(peer, "own")), "amazon": run_amazon(cases, peer)}
            for name, peer in answerers.items()
        },
    }


def _short(result: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in result.items() if name != "wrong"}


def _answer(question: str, product: Product, encode: Encode | None) -> ProductAnswer:
    return answer_question(question, product, encode)


def _encode(folder: Path | None) -> Encode | None:
    if folder is None:
        return None
    from catalog.encoder import TextEncoder

    return partial(TextEncoder.load(folder, threads=1).encode, kind="query")
