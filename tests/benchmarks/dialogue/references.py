"""What a message points at, against sets written before the code.

Protocol: 300 messages a language on the demo shop, each said after its context was played by real
turns. Right is a message after which the action is done to exactly the expected products; where
several are meant equally, exactly those must be asked for with a button each; where nothing that
was shown is meant, no product on the screen may be acted on. Every third message is held out:
nobody reads its errors. The peer picks by number word, else the product whose title shares most
words with the message, else the one last talked about.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.types import Reply, Turn
from catalog.text import tokens
from tests.benchmarks.dialogue.contexts import (
    LANGUAGES,
    Context,
    Item,
    Stage,
    read_contexts,
    shares,
)
from tests.benchmarks.progress import report_progress

NAME = "references"
_PLACES = ("first|第一", "second|第二", "third|第三", "fourth|第四", "fifth|last|第五|最后")


def run(home: Path, out: Path | None) -> dict[str, object]:
    """Say every message in the demo shop in ``home``; errors of the open part go to ``out``."""
    with report_progress(NAME) as progress:
        assistant = build_assistant(Settings.load(home), progress)
        result: dict[str, object] = {"benchmark": NAME, "protocol": __doc__}
        peers: dict[str, float] = {}
        errors: list[Mapping[str, object]] = []
        for language in LANGUAGES:
            rows: list[tuple[Item, bool]] = []
            theirs: list[tuple[Item, bool]] = []
            for number, context in enumerate(read_contexts(NAME, language)):
                progress(language, number, 20)
                stage = Stage.after(assistant, context)
                for item in context.items:
                    reply, turn, _ = stage.say(item.said)
                    wanted = _wanted(item.expected, context)
                    got = _got(reply, turn)
                    right = is_right(wanted, got)
                    rows.append((item, right))
                    theirs.append((item, is_right(wanted, _peer(item, context, assistant))))
                    if not right and not item.held_out:
                        errors.append(_error(language, context, item, got, reply, stage))
            result |= shares(rows, language)
            peers |= {f"accuracy_{language}": shares(theirs, language)[f"accuracy_{language}"]}
    if out is not None:
        lines = (json.dumps(error, ensure_ascii=False) + "\n" for error in errors)
        out.write_text("".join(lines), encoding="utf-8")
    return result | {"peers": {"number, title words, focus": peers}}


def is_right(wanted: tuple[str, frozenset[str]], got: tuple[str, frozenset[str]]) -> bool:
    """Whether what was done is what should have been: (done | asked | nothing, products)."""
    if wanted[0] == "nothing":
        return got[0] == "nothing"
    return wanted == got


def _wanted(expected: str, context: Context) -> tuple[str, frozenset[str]]:
    if expected == "none":
        return "nothing", frozenset()
    kind = "asked" if expected.startswith("ask") else "done"
    names = expected.removeprefix("ask").split()
    ids = (context.shown[int(name) - 1] if name.isdigit() else name for name in names)
    return kind, frozenset(ids)


def _got(reply: Reply, turn: Turn) -> tuple[str, frozenset[str]]:
    if reply.action == "ask_which":
        payloads = " ".join(one.payload for one in reply.suggestions)
        return "asked", frozenset(re.findall(r'"product_id": "([^"]+)"', payloads))
    products = frozenset(id_ for id_, _ in turn.action.products)
    return ("done", products) if products else ("nothing", products)


def _peer(item: Item, context: Context, assistant: Assistant) -> tuple[str, frozenset[str]]:
    listed: Sequence[str] = context.shown
    for place, pattern in enumerate(_PLACES):
        if re.search(pattern, item.said.lower()) and place < len(listed):
            return "done", frozenset([listed[place]])
    products = assistant.services.store.get_many(listed)
    words = set(tokens(item.said))
    overlap = {
        id_: len(words & {t for text in one.title.all() for t in tokens(text)})
        for id_, one in products.items()
    }
    best = max(listed, key=lambda id_: overlap.get(id_, 0))
    return "done", frozenset([best])


def _error(
    language: str,
    context: Context,
    item: Item,
    got: tuple[str, frozenset[str]],
    reply: Reply,
    stage: Stage,
) -> Mapping[str, object]:
    return {
        "language": language, "turns": context.turns, "said": item.said,
        "expected": item.expected, "wanted": sorted(_wanted(item.expected, context)[1]),
        "got": [got[0], *sorted(got[1])], "action": reply.action, "text": reply.text[:120],
        "intents": [(i.name, round(i.score, 2)) for i in reply.intents],
        "slots": [(s.name, str(s.value), s.raw, s.role) for s in reply.slots],
        "list_changed": set(context.shown) != {one.product_id for one in stage.before.shown},
    }  # fmt: skip
