"""The benchmark of hand-over decisions on the command line."""

import argparse
import re
from pathlib import Path

from tests.benchmarks.handoff.run import Situation, judge_of, load_situations, measure

NAME = "handoff"

_PROTOCOL = (
    "400 situations written and labelled by hand, 200 a language; a hand-over, or the offer of"
    " one, counts as one; every third of each group was not looked at while rules and thresholds"
    " were made ('unread')"
)
_WORDS = re.compile(
    r"\b(human|agent|person|lawyer|refund|angry|worst)\b|人工|客服|投诉|律师|退款|差评"
)


def add_handoff(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = names.add_parser(NAME, help="when a person should take over")
    parser.add_argument("--data", type=Path, help="not used: the situations are our own")
    parser.add_argument("--test", type=Path, help="not used: the situations are our own")
    parser.add_argument("--home", type=Path, help="a home with a shop; made anew without one")


def run_handoff(arguments: argparse.Namespace) -> dict[str, object]:
    """The figures of the assistant, and of single words as a peer."""
    from tempfile import TemporaryDirectory

    from assistant.build import build_assistant
    from assistant.settings import Settings

    situations = load_situations()
    with TemporaryDirectory() as made:
        assistant = build_assistant(Settings.load(arguments.home or Path(made)))
        ours = measure(judge_of(assistant), situations)
        assistant.storage.close()
        assistant.services.store.close()
    peer = measure(_by_words, situations)
    return {
        "benchmark": NAME,
        "protocol": _PROTOCOL,
        **ours,
        "peers": {"single words": {name: peer[name] for name in ("precision", "recall")}},
    }


def _by_words(one: Situation) -> str:
    """What a list of words would do."""
    return "asked_for" if _WORDS.search(one.text.lower()) else ""
