"""Bringing a person in: at once, after a question, or, outside office hours, with a message."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from pydantic import JsonValue

from assistant.actions.context import Services, TurnContext
from assistant.actions.safety import SELF_HARM, helpline
from assistant.acts import ORDERS
from assistant.contact import find_contact
from assistant.handoff import PRIORITY, Reason
from assistant.storage.tickets import TicketDetails
from assistant.tickets import NORMAL
from assistant.types import (
    Action,
    DialogueState,
    Handoff,
    Mood,
    Note,
    Outcome,
    PendingQuestion,
    SuggestedResponse,
    Suggestion,
    settled,
)
from intents.payloads import write_payload

_FELT = 0.5
_SAID_FIRST: Mapping[str, str] = {
    Reason.SAFETY: "stop_using",
    Reason.ANGRY: "sorry_angry",
    Reason.DISTRESSED: "sorry_distressed",
    Reason.LEGAL: "taken_seriously",
    Reason.PAYMENT_DISPUTE: "sorry_payment",
}
_STEPS: Mapping[str, tuple[str, ...]] = {
    Reason.SAFETY: ("ask_hurt", "tell_stop_using", "take_details", "report_product"),
    Reason.LEGAL: ("no_promises", "take_details", "pass_to_legal"),
    Reason.PAYMENT_DISPUTE: ("check_payments", "compare_amounts", "say_when"),
    Reason.ANGRY: ("apologise_first", "read_transcript", "offer_way"),
    Reason.DISTRESSED: ("show_care", "read_transcript", "offer_way"),
    Reason.NOT_UNDERSTOOD: ("ask_back", "read_transcript"),
    Reason.REFUSED_REQUEST: ("explain_rule", "look_for_exception", "offer_way"),
    SELF_HARM: ("show_care", "name_helpline", "stay_there"),
}
_SERIOUS = (str(Reason.SAFETY), str(Reason.LEGAL), str(Reason.PAYMENT_DISPUTE))
_STEPS_ELSE = ("read_transcript", "ask_back", "offer_way")
MOST_STARS = 5


def offer_person(action: Action, turn: TurnContext, _: Services) -> Outcome:
    """Ask whether somebody should be fetched: after turns not understood, or once given back."""
    reason = action.args.get("reason") or str(Reason.NOT_UNDERSTOOD)
    lost = reason == Reason.NOT_UNDERSTOOD
    fetch = Action("hand_off", args={"reason": reason} | dict(action.args))
    state = replace(
        turn.state,
        failed_turns=turn.state.failed_turns + 1 if lost else 0,
        pending=PendingQuestion("confirm", fetch),
    )
    yes = SuggestedResponse("yes_person", "/affirm")
    no = SuggestedResponse("no_person", "/deny")
    words = "offer_person" if lost else "offer_person_again"
    return Outcome(words, state, suggestions=(yes, no))


def hand_off(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Queue the conversation for a person, with what they need to know."""
    reason = _reason(action, turn.state)
    now = datetime.now(UTC)
    here = services.hours.is_open(now)
    priority = int(action.args.get("priority") or PRIORITY.get(reason, NORMAL))
    details = TicketDetails(
        max(priority, PRIORITY.get(reason, NORMAL)),
        turn.language,
        topic_of(reason, turn),
        hand_over_card(reason, action.args.get("rule", ""), turn),
        away=not here,
    )
    session_id = turn.state.session_id
    handoff = services.tickets.open_ticket(session_id, reason, hand_off_summary(turn), details)
    state = replace(settled(turn.state), handoff=handoff, refused="")
    notes = _first_words(reason, turn, services)
    if not here:
        return _take_message_later(state, handoff, notes, now, services)
    facts: dict[str, object] = {"ticket": handoff.ticket, "count": handoff.position}
    return Outcome("handed_off", state, facts, notes)


def _take_message_later(
    state: DialogueState,
    handoff: Handoff,
    notes: tuple[Note, ...],
    now: datetime,
    services: Services,
) -> Outcome:
    """Nobody is there: say when somebody is, and ask how to reach the shopper."""
    opens = services.hours.next_opening(now)
    facts: dict[str, object] = {
        "ticket": handoff.ticket,
        "day": opens,
        "time": opens.strftime("%H:%M") if opens else "",
    }
    if state.verified_email:
        services.tickets.set_ticket(handoff.ticket, {"contact": state.verified_email})
        return Outcome(
            "out_of_hours_known", state, facts | {"contact": state.verified_email}, notes
        )
    question = PendingQuestion("contact", Action("take_message", args={"ticket": handoff.ticket}))
    return Outcome("out_of_hours", replace(state, pending=question), facts, notes)


def take_message(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Keep how to reach the shopper; their words are in the conversation."""
    contact, ticket = find_contact(turn.nlu.text), action.args.get("ticket", "")
    services.tickets.set_ticket(ticket, {"contact": contact})
    state = settled(turn.state)
    return Outcome("message_taken", state, {"contact": contact, "ticket": ticket})


def take_up_again(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """The shopper writes after it was resolved: the same ticket goes on."""
    handoff = services.tickets.reopen_ticket(turn.state.session_id, datetime.now(UTC))
    state = replace(settled(turn.state), handoff=handoff)
    if handoff is None:
        return Outcome("acknowledge", state)
    facts: dict[str, object] = {"ticket": handoff.ticket, "count": handoff.position}
    return Outcome("taken_up_again", state, facts)


def rate_service(stars: int, turn: TurnContext, services: Services) -> Outcome | None:
    """Keep the answer to the question how it was, once; None where nobody asked."""
    handoff = turn.state.handoff
    if handoff is None or handoff.status != "closed" or not 1 <= stars <= MOST_STARS:
        return None
    if not services.tickets.rate_ticket(handoff.ticket, stars):
        return None
    state = settled(turn.state)
    return Outcome("rating_taken", state, {"stars": stars})


def rating_buttons() -> tuple[Suggestion, ...]:
    """One to five stars, the best first."""
    return tuple(
        Suggestion("★" * stars, write_payload("give_feedback", rating=stars))
        for stars in range(MOST_STARS, 0, -1)
    )


def _reason(action: Action, state: DialogueState) -> str:
    """The decision's reason, or why a person was offered when the shopper asks for one."""
    given = action.args.get("reason", "")
    offer = state.pending.action if state.pending else None
    offered = offer.args.get("reason", "") if offer and offer.name == "hand_off" else ""
    if given in ("", Reason.ASKED_FOR) and offered:
        return offered
    return given or str(Reason.ASKED_FOR)


def _first_words(reason: str, turn: TurnContext, services: Services) -> tuple[Note, ...]:
    """What is said before anything else to somebody in such a case."""
    if reason == SELF_HARM:
        return (Note("emergency_first", helpline(turn, services)),)
    first = _SAID_FIRST.get(reason)
    return (Note(first),) if first else ()


TOPICS = ("orders", "products", "questions", *_SERIOUS, "other")
"""What a conversation can be about, as the queue sorts it."""


def topic_of(reason: str, turn: TurnContext) -> str:
    """What the conversation is about, as the queue sorts it."""
    if reason in _SERIOUS:
        return reason
    asked = (turn.nlu.intent, turn.state.previous_action)
    if any(one in _ABOUT_ORDERS for one in asked):
        return "orders"
    if any(one.startswith("ask_faq") or one == "answer_faq" for one in asked):
        return "questions"
    return "products" if turn.state.shown or turn.state.goal.wishes else "other"


_ABOUT_ORDERS = ORDERS | {"change_order", "return_items", "exchange_items"}


def hand_over_card(reason: str, rule: str, turn: TurnContext) -> dict[str, JsonValue]:
    """What the agent sees first: why, what was wanted and understood, and what to do."""
    state, nlu = turn.state, turn.nlu
    return {
        "reason": reason,
        "rule": rule,
        "message": nlu.text,
        "wishes": [wish.raw for wish in state.goal.wishes if wish.raw],
        "query": state.goal.query,
        "intents": [one.name for one in nlu.intents],
        "slots": [f"{slot.name}: {slot.raw}" for slot in nlu.slots if slot.raw],
        "shown": [one.product_id for one in state.shown],
        "focus": state.focus.product_id if state.focus else "",
        "cart": [[one.product_id, one.variant_id, one.quantity] for one in state.cart],
        "user": state.user_id,
        "email": state.verified_email,
        "tone": tone_of(state.mood),
        "refused": state.refused,
        "messages": state.turn,
        "steps": list(_STEPS.get(reason, _STEPS_ELSE)),
    }


def tone_of(mood: Mood) -> str:
    """The mood as one word."""
    if mood.distress >= _FELT:
        return "distressed"
    return "angry" if mood.anger >= _FELT else "calm"


def hand_off_summary(turn: TurnContext) -> str:
    """What the shopper wanted, in lines a person reads at a glance."""
    state = turn.state
    lines = [f"message: {turn.nlu.text}", f"language: {state.language}"]
    wishes = " · ".join(wish.raw for wish in state.goal.wishes if wish.raw)
    if wishes or state.goal.query:
        lines.append(f"looking for: {wishes or state.goal.query}")
    if state.shown:
        lines.append("shown: " + ", ".join(one.product_id for one in state.shown))
    if state.cart:
        lines.append("cart: " + ", ".join(f"{x.quantity} × {x.variant_id}" for x in state.cart))
    return "\n".join(lines)
