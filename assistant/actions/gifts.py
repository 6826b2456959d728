"""The gift finder: ideas as soon as anything is known, and one short question at a time."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from assistant.actions import recommending
from assistant.actions.context import Services, TurnContext
from assistant.interests import says_nothing
from assistant.types import Action, DialogueState, Note, Outcome, PendingQuestion, Suggestion
from catalog.types import LANGUAGES, Language

FORM = Path(__file__).parent / "gift_form.yml"
MOST_QUESTIONS = 3

_WHO = frozenset({"recipient", "person", "gender", "age_group"})
_SLOTS = {
    "recipient": "recipient",
    "price": "price",
    "occasion": "occasion",
    "interests": "feature",
}
"""Which slot the model is told to expect in the answer to each question."""


class _Button(NamedTuple):
    title: str
    says: str


@cache
def load_form(path: Path = FORM) -> Mapping[str, Mapping[Language, tuple[_Button, ...]]]:
    """The questions with their buttons, in order.

    Raises:
        ValueError: a question lacks a language, or a button is no pair.
    """
    content = yaml.safe_load(path.read_text("utf-8"))
    form = {}
    for name, languages in content.items():
        if name not in _SLOTS or set(languages) != set(LANGUAGES):
            raise ValueError(
                f"{path}: expected {name} to be one of {', '.join(_SLOTS)}, in en and zh"
            )
        form[name] = {one: tuple(_Button(*pair) for pair in languages[one]) for one in LANGUAGES}
    return form


def find_gifts(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Show ideas for what is known, and ask for what is not; nothing known: only ask."""
    known = _known(turn.state)
    asked = turn.state.gift_asked
    question = _next_question({*known, *asked})
    if len(asked) >= MOST_QUESTIONS:
        question = ""
    if not known and not asked and question:
        return _only_asking(question, turn)
    if not question:
        return recommending.find_gifts(action, turn, services)
    goal = turn.state.goal
    silent = replace(turn, state=replace(turn.state, goal=replace(goal, quiet=True)))
    found = recommending.find_gifts(action, silent, services)
    state = replace(found.state, goal=replace(found.state.goal, quiet=goal.quiet))
    if question == "price" and not any(one.variant.prices for one in found.products):
        question = _next_question({*known, *asked, "price"})
    if not found.products or not question:
        return replace(found, state=state)
    state = replace(state, gift_asked=(*asked, question))
    facts = {**found.facts, "question": Note(_QUESTIONS[question])}
    buttons = (*_buttons(question, turn.language), *found.suggestions)
    return replace(found, state=state, facts=facts, suggestions=buttons)


def _next_question(settled: Collection[str]) -> str:
    """The first question of the form that is not settled; "" where all are."""
    return next((one for one in load_form() if one not in settled), "")


_QUESTIONS = {
    "recipient": "gift_who",
    "price": "gift_budget",
    "occasion": "gift_occasion",
    "interests": "gift_interests",
}


def _only_asking(question: str, turn: TurnContext) -> Outcome:
    asked = PendingQuestion(_SLOTS[question], Action("find_gifts"))
    state = replace(
        turn.state, gift_asked=(question,), pending=asked, failed_turns=0, shown=(), focus=None
    )
    return Outcome(_QUESTIONS[question], state, suggestions=_buttons(question, turn.language))


def _buttons(question: str, language: Language) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(one.title, one.says) for one in load_form()[question][language])


def _known(state: DialogueState) -> frozenset[str]:
    """The questions whose answers the wishes hold."""
    names = {wish.name for wish in state.goal.wishes if wish.role != "exclude"}
    known = {"recipient"} if names & _WHO else set()
    known |= names & {"price", "occasion"}
    about = not says_nothing(state.goal.query) or bool(names & {"product_type", "feature", "brand"})
    return frozenset(known | ({"interests"} if about else set()))
