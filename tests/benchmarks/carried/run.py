"""Absent things called absent, and present ones found.

Protocol: the demo shop, 200 queries for things it does not sell and 200 for things it does, half
of each in Chinese, in two halves: one that decisions may be tuned on and one that they may not.
Each query is a first message, understood by the whole reading and searched for by the action; the
answer counts as "not carried" when the action says so or shows only what comes closest. A share
is right answers over queries. The peer calls a thing carried when any word of the query stands
in a title of what search shows.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.actions import TurnContext, run_action
from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.policy import as_if_asked
from assistant.settings import Settings
from assistant.state import update_state
from assistant.types import Action, DialogueState, Outcome, Utterance
from catalog.text import tokens
from tests.benchmarks.progress import report_progress

SETS = Path(__file__).parents[1] / "search_sets" / "carried"
PARTS = ("development", "held_out")
_ABSENT = frozenset({"not_carried", "nearest_instead"})
_ACTION = "search_products"


@dataclass(frozen=True, slots=True)
class Query:
    """A query, the part of the set it is of, and whether the shop sells such a thing."""

    part: str
    present: bool
    language: str
    text: str


def read_queries(folder: Path = SETS) -> list[Query]:
    """Every query of both parts.

    Raises:
        ValueError: a file is missing.
    """
    found = []
    for part in PARTS:
        path = folder / f"{part}.yml"
        if not path.exists():
            raise ValueError(f"expected queries at {path}")
        content = yaml.safe_load(path.read_text("utf-8"))
        for kind in ("absent", "present"):
            for language, texts in content[kind].items():
                found += [Query(part, kind == "present", language, text) for text in texts]
    return found


def run(home: Path, out: Path | None) -> dict[str, object]:
    """Ask everything of the demo shop in ``home``, which is made when it is not there."""
    with report_progress("carried") as progress:
        assistant = build_assistant(Settings.load(home), progress)
        queries = read_queries()
        rows = []
        for number, query in enumerate(queries):
            progress("queries", number, len(queries))
            outcome = _ask(assistant, query)
            called = outcome.response not in _ABSENT
            word = bool(set(tokens(query.text)) & _titles(outcome))
            rows.append((query, called, word, outcome))
    if out is not None:
        out.write_text("".join(_line(*row) for row in rows), encoding="utf-8")
    ours = _shares([(query, called) for query, called, _, _ in rows])
    peer = _shares([(query, word) for query, _, word, _ in rows])
    return {"benchmark": "carried", "protocol": __doc__, **ours, "peers": {"word in title": peer}}


def _ask(assistant: Assistant, query: Query) -> Outcome:
    nlu = as_if_asked(_ACTION, assistant.nlu.parse(query.text))
    before = DialogueState("benchmark", language=nlu.language)
    state = update_state(before, nlu, Utterance("benchmark", query.text), assistant.currencies)
    return run_action(Action(_ACTION), TurnContext(state, nlu), assistant.services)


def _titles(outcome: Outcome) -> set[str]:
    return {t for one in outcome.products for text in one.product.title.all() for t in tokens(text)}


def _shares(rows: list[tuple[Query, bool]]) -> dict[str, object]:
    right: dict[str, list[bool]] = defaultdict(list)
    for query, called_present in rows:
        kind = "present" if query.present else "absent"
        is_right = called_present is query.present
        for name in (kind, f"{kind}_{query.part}", f"{kind}_{query.part}_{query.language}"):
            right[name].append(is_right)
    return {name: round(sum(found) / len(found), 4) for name, found in sorted(right.items())}


def _line(query: Query, called: bool, word: bool, outcome: Outcome) -> str:
    row = {
        "part": query.part, "present": query.present, "called_present": called, "word": word,
        "text": query.text, "response": outcome.response,
        "shown": [one.product.title.en for one in outcome.products[:3]],
    }  # fmt: skip
    return json.dumps(row, ensure_ascii=False) + "\n"
