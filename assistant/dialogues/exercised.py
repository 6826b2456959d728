"""Which intents, actions and responses a set of conversations exercised, and which never."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from assistant.actions import ACTIONS, REPORTED
from assistant.dialogues.play import CaseResult
from assistant.engine import Assistant
from assistant.responses import Responses
from catalog.types import Language
from intents.names import INTENTS


@dataclass(frozen=True)
class WatchedResponses(Responses):
    """Responses that count which of them are said."""

    said: Counter[str] = field(default_factory=Counter)

    def say(self, name: str, language: Language, facts: Mapping[str, object], turn: int = 0) -> str:
        """See :meth:`Responses.say`."""
        self.said[name] += 1
        return super().say(name, language, facts, turn)


def watched(assistant: Assistant) -> tuple[Assistant, Counter[str]]:
    """The assistant, and how often each response was said by it, growing as it talks."""
    responses = WatchedResponses(assistant.responses.templates)
    return replace(assistant, responses=responses), responses.said


class Exercised(NamedTuple):
    """How often each known name of one kind came up, those that never did included."""

    kind: str
    counts: Mapping[str, int]

    @property
    def never(self) -> tuple[str, ...]:
        """The names that never came up."""
        return tuple(name for name, count in self.counts.items() if not count)


def exercised(
    results: Iterable[CaseResult], said: Mapping[str, int], assistant: Assistant
) -> tuple[Exercised, ...]:
    """What of everything the assistant can understand, do and say was seen.

    Args:
        results: the conversations that were played.
        said: how often each response was said meanwhile.
        assistant: the one that played them.
    """
    intents: Counter[str] = Counter()
    actions: Counter[str] = Counter()
    for one in results:
        intents.update(one.intents)
        actions.update(one.actions)
    doable = {*ACTIONS, *REPORTED, *assistant.services.custom}
    sayable = assistant.responses.templates[assistant.default_language]
    return (
        _counted("intents", INTENTS, intents),
        _counted("actions", doable, actions),
        _counted("responses", sayable, said),
    )


def _counted(kind: str, known: Iterable[str], seen: Mapping[str, int]) -> Exercised:
    names = sorted({*known, *seen})
    return Exercised(kind, {name: seen.get(name, 0) for name in names})
