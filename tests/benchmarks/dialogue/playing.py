"""What both sets of messages have in common: every one said after its context, and counted."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from assistant.build import build_assistant
from assistant.settings import Settings
from tests.benchmarks.dialogue.contexts import (
    LANGUAGES,
    Context,
    Item,
    Stage,
    read_contexts,
    shares,
)
from tests.benchmarks.progress import report_progress


class Verdict(NamedTuple):
    """Whether the assistant and its peer were right, and what is to be read of a mistake."""

    right: bool
    peer_right: bool
    error: Mapping[str, object]


Judge = Callable[[Item], Verdict]
"""Says a message and judges what came of it."""


def play(
    name: str,
    protocol: str | None,
    peer: str,
    home: Path,
    out: Path | None,
    judge: Callable[[Stage, Context], Judge],
) -> dict[str, object]:
    """Say every message of a set in the demo shop in ``home``.

    Args:
        name: Of the benchmark and its files.
        protocol: What is written beside the figures.
        peer: What the peer does.
        home: The shop.
        out: Where errors of the open part go, as JSON lines; None writes none.
        judge: Makes what judges the messages of a context that was just played.
    """
    with report_progress(name) as progress:
        assistant = build_assistant(Settings.load(home), progress)
        result: dict[str, object] = {"benchmark": name, "protocol": protocol}
        peers: dict[str, float] = {}
        errors: list[Mapping[str, object]] = []
        for language in LANGUAGES:
            rows: list[tuple[Item, bool]] = []
            theirs: list[tuple[Item, bool]] = []
            for number, context in enumerate(read_contexts(name, language)):
                progress(language, number, 20)
                judged = judge(Stage.after(assistant, context), context)
                for item in context.items:
                    found = judged(item)
                    rows.append((item, found.right))
                    theirs.append((item, found.peer_right))
                    if not found.right and not item.held_out:
                        told = {"language": language, "turns": context.turns, "said": item.said}
                        errors.append(told | {"expected": item.expected} | dict(found.error))
            result |= shares(rows, language)
            peers |= {f"accuracy_{language}": shares(theirs, language)[f"accuracy_{language}"]}
    if out is not None:
        lines = (json.dumps(error, ensure_ascii=False) + "\n" for error in errors)
        out.write_text("".join(lines), encoding="utf-8")
    return result | {"peers": {peer: peers}}
