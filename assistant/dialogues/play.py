"""Playing one scripted conversation, and what came of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from uuid import uuid4

from assistant.dialogues.checks import check, matches
from assistant.dialogues.form import DialogueCase, Step
from assistant.engine import Assistant
from assistant.types import Reply, Suggestion, Utterance


@dataclass(frozen=True, slots=True)
class Failure:
    """An assertion that did not hold; ``step`` counts from 1, ``text`` is what was answered."""

    step: int
    said: str
    expected: str
    got: str
    text: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"step {self.step}, after {self.said!r}: expected {self.expected}, got {self.got}"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a conversation went; no failures is a pass.

    ``intents`` and ``actions`` count what its messages were understood as and answered with.
    """

    name: str
    failures: tuple[Failure, ...]
    seconds: float = field(default=0.0, compare=False)
    intents: Counter[str] = field(default_factory=Counter, compare=False)
    actions: Counter[str] = field(default_factory=Counter, compare=False)


def run_case(case: DialogueCase, assistant: Assistant) -> CaseResult:
    """Play one conversation in a session of its own."""
    started = perf_counter()
    result = CaseResult(case.test_case, ())
    failures = tuple(_play(case, assistant, result))
    seconds = perf_counter() - started
    return CaseResult(case.test_case, failures, seconds, result.intents, result.actions)


def _play(case: DialogueCase, assistant: Assistant, seen: CaseResult) -> Iterator[Failure]:
    """Every failure of a case; ``seen`` counts what happened. One that cannot go on ends it."""
    session = f"test-{uuid4()}"
    said, reply = "", None
    for number, step in enumerate(case.steps, start=1):
        message, problem = _message(step, reply)
        if problem:
            yield Failure(number, said, *problem, reply.text if reply else "")
            return
        if message is not None:
            said = message
            reply = assistant.reply(Utterance(session, said, case.user_id, "test"))
            _count(reply, seen)
        if reply is None:
            yield Failure(number, "", "a message of the user first", "an assertion")
            return
        for expected, got in check(step, reply, assistant.services.store):
            yield Failure(number, said, expected, got, reply.text)


def _count(reply: Reply, seen: CaseResult) -> None:
    seen.intents.update(one.name for one in reply.intents)
    seen.actions[reply.action] += 1


def _message(step: Step, reply: Reply | None) -> tuple[str | None, tuple[str, str] | None]:
    """What the step sends, or why it cannot be sent; an assertion sends nothing."""
    if step.press is None:
        return step.user, None
    buttons = reply.suggestions if reply else ()
    pressed = next((one for one in buttons if matches(step.press, one.title)), None)
    if pressed is None:
        return None, (f"a button matching {step.press!r}", titles(buttons))
    return pressed.payload, None


def titles(buttons: tuple[Suggestion, ...]) -> str:
    """The titles of buttons for a message."""
    return ", ".join(repr(one.title) for one in buttons) or "no buttons"
