"""Where an order is, for the one it belongs to."""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext
from assistant.orders import OrderAnswer, OrderResult, next_step
from assistant.types import (
    Action,
    DialogueState,
    Money,
    Order,
    Outcome,
    PendingQuestion,
    SuggestedResponse,
)

_PERSON = SuggestedResponse("ask_person", "/request_human")


def track_order(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Ask for the order's number and e-mail address, then say what its record says."""
    order_id = action.args.get("order_id", "")
    email = action.args.get("email", "") or turn.state.verified_email
    answer = services.orders.status(order_id, email, turn.state.order_attempts)
    state = replace(turn.state, order_attempts=answer.attempts, pending=None, failed_turns=0)
    if answer.result is OrderResult.FOUND and answer.order is not None:
        return _found(answer.order, replace(state, verified_email=answer.email), turn)
    return _not_found(answer, action, state)


def _not_found(answer: OrderAnswer, action: Action, state: DialogueState) -> Outcome:
    if answer.result is OrderResult.NEEDS_ORDER_ID:
        asked = PendingQuestion("order_id", Action("track_order", args=dict(action.args)))
        return Outcome("need_order_id", replace(state, pending=asked))
    if answer.result is OrderResult.NEEDS_EMAIL:
        asked = PendingQuestion("email", Action("track_order", args=dict(action.args)))
        return Outcome("need_email", replace(state, pending=asked))
    if answer.result is OrderResult.LOCKED:
        return Outcome("order_locked", state, suggestions=(_PERSON,))
    again = PendingQuestion("order_id", Action("track_order"))
    return Outcome("order_refused", replace(state, pending=again), suggestions=(_PERSON,))


def _found(order: Order, state: DialogueState, turn: TurnContext) -> Outcome:
    step = next_step(order)
    facts: dict[str, object] = {
        "order": order.id,
        "placed": order.placed,
        "total": Money(order.total, order.currency),
        "lines": tuple(
            f"{item.quantity} × {item.title.get(turn.language)}" for item in order.items
        ),
        "expected": step.expected,
        "carrier": step.carrier,
        "tracking": step.tracking,
        "shipped": order.shipped,
        "delivered": order.delivered,
    }
    return Outcome(f"order_{order.status}", state, facts)
