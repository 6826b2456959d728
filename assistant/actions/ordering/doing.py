"""Carrying out what was shown and agreed to, and saying why not."""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext
from assistant.actions.ordering import telling
from assistant.actions.ordering.course import Course
from assistant.orders import Caller, RefusedError, StaleError
from assistant.orders.missing import change_of
from assistant.orders.plans import fingerprint
from assistant.orders.records import Records
from assistant.purchases import Order, OrderTask
from assistant.types import Note


def carry_out(
    course: Course, task: OrderTask, records: Records, turn: TurnContext, services: Services
) -> list[OrderTask]:
    """Carry out what was shown; says so, and gives the tasks that are left of it."""
    caller = Caller(turn.state.session_id)
    change = change_of(task, records)
    course.act = task.act
    try:
        plan = services.orders.plan(
            change, records.customer, records.order(change.order_id), caller
        )
        if task.offered != (fingerprint(plan),):
            raise StaleError("the records have changed since it was shown")
        services.orders.carry_out(plan, task.key, caller)
    except RefusedError as error:
        course.notes.append(refusal_note(error, task, records))
        course.buttons = (telling.PERSON,)
        return []
    except StaleError:
        course.notes.append(Note("order_changed_meanwhile"))
        return [replace(task, asked="", offered=(), shown_turn=-1)]
    course.talk = replace(course.talk, order_id=change.order_id or course.talk.order_id)
    course.notes.append(telling.done(plan, records, turn.language))
    return []


def refusal_note(error: RefusedError, task: OrderTask, records: Records) -> Note:
    """Why not, and what is possible instead."""
    order = records.order(task.order_id) if task.order_id else None
    facts: dict[str, object] = {"order": task.order_id} | dict(error.facts)
    if error.reason == "wrong_status" and order is not None:
        kind = _state_of(order)
        return Note(f"refused_{_family(task.act)}_{kind}", facts)
    return Note(f"refused_{error.reason}", facts)


def _family(act: str) -> str:
    return {
        "cancel_order": "cancel",
        "return_items": "return",
        "exchange_items": "exchange",
    }.get(act, "change")


def _state_of(order: Order) -> str:
    if order.status in ("pending", "pending_changed", "cancelled", "delivered"):
        return order.status
    return "under_way" if order.status in ("processed", "shipped") else "coming_back"
