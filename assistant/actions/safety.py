"""Calm answers to what no shop talk should pass over: despair, hate, attempts to give orders.

The search, the cart and an open question stay as they were.
"""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext
from assistant.types import (
    Action,
    DialogueState,
    Outcome,
    PendingQuestion,
    SuggestedResponse,
    Verbatim,
)

SELF_HARM = "self_harm"
"""The reason of a ticket for somebody who spoke of harming themselves."""

_PERSON = SuggestedResponse("ask_person", "/request_human")


def comfort(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Take it seriously, say where help is to be had now, and offer a person; no products."""
    question = PendingQuestion("confirm", Action("hand_off", args={"reason": SELF_HARM}))
    state = replace(turn.state, pending=question, failed_turns=0)
    return Outcome("comfort", state, helpline(turn, services), suggestions=(_PERSON,))


def helpline(turn: TurnContext, services: Services) -> dict[str, object]:
    """The shop's own sentence about a helpline as a fact; empty where the settings have none."""
    return {"helpline": Verbatim(services.helpline.get(turn.language, ""))}


def decline_abuse(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """One calm boundary, and the way on."""
    return Outcome("abuse_declined", _kept(turn), suggestions=(_way_on(turn), _PERSON))


def decline_override(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Say that prices and rules come from the records, and go on helping."""
    return Outcome("override_declined", _kept(turn), suggestions=(_way_on(turn), _PERSON))


def decline_card(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """A card number was typed: it is covered by now, and payment is on the shop's own page."""
    pay = (SuggestedResponse("go_to_checkout", "/checkout"),) if turn.state.cart else ()
    return Outcome("pay_at_checkout", _kept(turn), suggestions=(*pay, _PERSON))


def _kept(turn: TurnContext) -> DialogueState:
    return replace(turn.state, failed_turns=0)


def _way_on(turn: TurnContext) -> SuggestedResponse:
    """Back to the running search, if there is one."""
    searching = bool(turn.state.goal.query or turn.state.goal.wishes)
    if searching:
        return SuggestedResponse("show_more", "/show_more")
    return SuggestedResponse("try_search", "/search_product")
