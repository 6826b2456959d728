"""What a message points at, against sets written before the code and corrected afterwards.

Protocol: 300 messages a language on the demo shop, each said after its context was played by real
turns. Right is a message after which the action is done to exactly the expected products; where
several are meant equally, exactly those must be asked for with a button each; where nothing that
was shown is meant, no product on the screen may be acted on. Every third message is held out:
nobody reads its errors. The peer picks by number word, else the product whose title shares most
words with the message, else the one last talked about.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.engine import Assistant
from assistant.types import Reply, Turn
from catalog.text import tokens
from tests.benchmarks.dialogue.contexts import Context, Item, Stage
from tests.benchmarks.dialogue.playing import Judge, Verdict, play

NAME = "references"
_PLACES = ("first|第一", "second|第二", "third|第三", "fourth|第四", "fifth|last|第五|最后")


def run(home: Path, out: Path | None) -> dict[str, object]:
    """Say every message in the demo shop in ``home``; errors of the open part go to ``out``."""
    return play(NAME, __doc__, "number, title words, focus", home, out, _judge)


def _judge(stage: Stage, context: Context) -> Judge:
    def judged(item: Item) -> Verdict:
        reply, turn, _ = stage.say(item.said)
        wanted, got = _wanted(item.expected, context), _got(reply, turn)
        theirs = is_right(wanted, _peer(item, context, stage.assistant))
        return Verdict(is_right(wanted, got), theirs, _error(context, wanted, got, reply, stage))

    return judged


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
    context: Context,
    wanted: tuple[str, frozenset[str]],
    got: tuple[str, frozenset[str]],
    reply: Reply,
    stage: Stage,
) -> Mapping[str, object]:
    return {
        "wanted": sorted(wanted[1]), "got": [got[0], *sorted(got[1])],
        "action": reply.action, "text": reply.text[:120],
        "intents": [(i.name, round(i.score, 2)) for i in reply.intents],
        "slots": [(s.name, str(s.value), s.raw, s.role) for s in reply.slots],
        "list_changed": set(context.shown) != {one.product_id for one in stage.before.shown},
    }  # fmt: skip
