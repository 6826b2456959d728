"""Labelled examples beside what was understood of them: right, wrong, and in what way."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from intents.examples import Example
from intents.types import NLUResult, ParseContext, Slot

Parse = Callable[[str, ParseContext], NLUResult]
"""Text and what the conversation was at, to what is meant."""
Progress = Callable[[int, int], None]
"""Called with how many examples are done and how many there are."""

ASKED = "(asked)"
"""Stands for a clarifying question where an intent was expected."""
NOTHING = "(nothing)"
"""Stands for "not understood" where an intent was expected."""

Decision = Literal["decided", "asked", "nothing"]


def quiet(_: int, __: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example with what was understood of it, and how long that took."""

    example: Example
    result: NLUResult
    milliseconds: float

    @property
    def decision(self) -> Decision:
        """Whether an intent was decided on, a question asked, or nothing understood."""
        if self.result.intents:
            return "decided"
        return "asked" if self.result.guesses and not self.result.out_of_scope else "nothing"

    @property
    def got(self) -> str:
        """The best intent, or what stands for a question or for nothing."""
        return self.result.intent or (ASKED if self.decision == "asked" else NOTHING)

    @property
    def wanted(self) -> str:
        """The intent to hold ``got`` against; of several wanted the one that was found."""
        intents = self.example.intents
        return self.got if self.got in intents else intents[0]

    @property
    def is_right(self) -> bool:
        """Whether the best intent is one that was wanted."""
        return self.got == self.wanted

    @property
    def all_intents(self) -> frozenset[str]:
        """Every intent that was understood."""
        return frozenset(intent.name for intent in self.result.intents)

    @property
    def confidence(self) -> float:
        """The probability of the best intent, or of the best guess of a question."""
        ranked = self.result.intents or self.result.guesses
        return min(1.0, max(0.0, ranked[0].score)) if ranked else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """An example that was not understood as labelled.

    ``missing`` are slots that were not found, ``extra`` those found beside what was labelled; a
    wrong place or role is both.
    """

    example: Example
    got: tuple[str, ...]
    confidence: float
    missing: tuple[Slot, ...]
    extra: tuple[Slot, ...]

    @property
    def place(self) -> str:
        """File and line; the file from the current folder where it lies below that."""
        path, here = Path(self.example.file), Path.cwd()
        shown = path.relative_to(here) if path.is_relative_to(here) else path
        return f"{shown}:{self.example.line}"

    @property
    def is_wrong_intent(self) -> bool:
        """Whether the intents differ, rather than the slots alone."""
        return set(self.got) != set(self.example.intents)


def run(
    parse: Parse, examples: Sequence[Example], progress: Progress = quiet
) -> tuple[Outcome, ...]:
    """Every example with what the parser makes of it, one after the other."""
    outcomes = []
    for example in examples:
        start = time.perf_counter()
        result = parse(example.text, example.context)
        outcomes.append(Outcome(example, result, (time.perf_counter() - start) * 1_000))
        progress(len(outcomes), len(examples))
    return tuple(outcomes)


def find_mistake(outcome: Outcome, counted: Collection[str]) -> Mistake | None:
    """What is wrong with an outcome; None when it is as labelled.

    Args:
        outcome: An example with what was understood.
        counted: The slot names that are scored.
    """
    wanted, got = outcome.example.slots, scored_slots(outcome, counted)
    places, found = {placed(slot) for slot in wanted}, {placed(slot) for slot in got}
    names = tuple(intent.name for intent in outcome.result.intents) or (outcome.got,)
    if set(names) == set(outcome.example.intents) and places == found:
        return None
    return Mistake(
        outcome.example,
        names,
        outcome.confidence,
        missing=tuple(slot for slot in wanted if placed(slot) not in found),
        extra=tuple(slot for slot in got if placed(slot) not in places),
    )


def scored_slots(outcome: Outcome, counted: Collection[str]) -> tuple[Slot, ...]:
    """The slots found in the text itself that have a name which is annotated."""
    return tuple(s for s in outcome.result.slots if s.name in counted and s.start < s.end)


def span(slot: Slot) -> tuple[str, int, int]:
    """What must agree for a slot to be right."""
    return slot.name, slot.start, slot.end


def placed(slot: Slot) -> tuple[str, int, int, str]:
    """What must agree for a slot and its role to be right."""
    return slot.name, slot.start, slot.end, slot.role
