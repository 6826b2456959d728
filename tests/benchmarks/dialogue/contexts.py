"""Sets of messages said in a context: read from YAML, and played against the demo shop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import yaml

from assistant.actions.context import pick_variant, show
from assistant.engine import Assistant
from assistant.storage import Storage
from assistant.types import DialogueState, Reply, ShownProduct, Turn, Utterance
from catalog.types import ScoredProduct

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")
_SESSION = "benchmark"


@dataclass(frozen=True, slots=True)
class Item:
    """A message, what is right after it, and whether it is of the part that nobody looks at."""

    said: str
    expected: str
    held_out: bool


@dataclass(frozen=True, slots=True)
class Context:
    """Turns that were said before, the list they led to when the set was written, and messages."""

    turns: tuple[str, ...]
    shown: tuple[str, ...]
    earlier: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(slots=True)
class Memory:
    """A storage for one conversation at a time, which can be put back to any state."""

    states: dict[str, DialogueState] = field(default_factory=dict)
    last: Turn | None = None

    def load(self, session_id: str) -> DialogueState | None:
        """The state of a conversation."""
        return self.states.get(session_id)

    def save(self, state: DialogueState, turn: Turn) -> None:
        """Keep the state and the turn."""
        self.states[state.session_id] = state
        self.last = turn


def read_contexts(name: str, language: str, folder: Path = FOLDER) -> tuple[Context, ...]:
    """The contexts of a set; every third message, over all of them, is held out.

    Raises:
        ValueError: the file is missing or a message is no text.
    """
    path = folder / f"{name}_{language}.yml"
    if not path.exists():
        raise ValueError(f"expected a set at {path}")
    found, number = [], 0
    for one in yaml.safe_load(path.read_text("utf-8")):
        items = []
        for said, expected in one["say"].items():
            if not isinstance(said, str):
                raise ValueError(f"{path}: expected a text, got {said!r}; put it in quotes")
            items.append(Item(said, _written(expected), number % 3 == 2))
            number += 1
        turns = tuple(map(str, one["turns"]))
        lists = (tuple(one.get("shown", ())), tuple(one.get("earlier", ())))
        found.append(Context(turns, *lists, tuple(items)))
    return tuple(found)


def _written(expected: object) -> str:
    return " ".join(map(str, expected)) if isinstance(expected, list) else str(expected)


@dataclass(frozen=True, slots=True)
class Stage:
    """An assistant whose conversation can begin again after its context, as often as needed."""

    assistant: Assistant
    memory: Memory
    before: DialogueState
    listed: tuple[str, ...]

    @classmethod
    def after(cls, assistant: Assistant, context: Context) -> "Stage":
        """Play the context; where its list has changed since, put the written one on the screen."""
        memory = Memory()
        playing = replace(assistant, storage=cast(Storage, memory))
        listed: tuple[str, ...] = ()
        for number, said in enumerate(context.turns):
            reply = playing.reply(Utterance(_SESSION, said))
            if len(reply.products) > 1:
                listed = tuple(card.id for card in reply.products)
                pinned = context.shown if number else context.earlier or context.shown
                listed = _pin(memory, playing, pinned) if len(pinned) > 1 else listed
        state = memory.states[_SESSION]
        return cls(playing, memory, state, listed)

    def say(self, text: str) -> tuple[Reply, Turn, DialogueState]:
        """The reply to a message after the context, its turn, and the state then."""
        self.memory.states[_SESSION] = self.before
        reply = self.assistant.reply(Utterance(_SESSION, text))
        assert self.memory.last is not None
        return reply, self.memory.last, self.memory.states[_SESSION]

    @property
    def focus(self) -> ShownProduct | None:
        """The product that was talked about last."""
        return self.before.focus


def _pin(memory: Memory, assistant: Assistant, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Put the list that a set was written for on the screen, in place of one ranked since."""
    state = memory.states[_SESSION]
    known = assistant.services.store.get_many(ids)
    found = [ScoredProduct(known[id_], pick_variant(known[id_]), 1.0) for id_ in ids]
    memory.states[_SESSION] = show(replace(state, lists=state.lists[:-1]), found)
    return ids


def shares(rows: Sequence[tuple[Item, bool]], language: str) -> Mapping[str, float]:
    """The share of right answers: of all, and of each part."""
    parts = {
        f"accuracy_{language}": [right for _, right in rows],
        f"accuracy_{language}_open": [right for item, right in rows if not item.held_out],
        f"accuracy_{language}_held_out": [right for item, right in rows if item.held_out],
    }
    return {name: round(100 * sum(part) / len(part), 2) for name, part in parts.items() if part}
