"""The next step of each task: an answer, a question, a proposal or a refusal."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from assistant.actions.context import Services, TurnContext
from assistant.actions.ordering import telling
from assistant.actions.ordering.course import Course, finish
from assistant.actions.ordering.doing import refusal_note
from assistant.actions.ordering.identifying import Identified
from assistant.ordered import speaks_of_orders
from assistant.orders import Caller, RefusedError
from assistant.orders.missing import Missing, change_of, next_missing, settle
from assistant.orders.plans import Shelf, check_possible, fingerprint
from assistant.orders.records import WITHOUT_ORDER, Records, read_records
from assistant.purchases import WRITES, OrderTask
from assistant.types import Note, Outcome, SuggestedResponse

_TRIES = 2


def conclude(
    course: Course,
    records: Records,
    turn: TurnContext,
    services: Services,
    *,
    fresh: bool,
    found: Identified,
) -> Outcome | None:
    """Go through the tasks until one needs an answer."""
    while course.talk.tasks and not course.asked:
        records = _fresh(course, records, services, turn)
        task = course.talk.tasks[0]
        left = _step(course, task, records, turn, services)
        rest = course.talk.tasks[1:]
        course.talk = replace(course.talk, tasks=(*((left,) if left else ()), *rest))
    if len(course.notes) == (1 if fresh else 0) and not course.asked:
        if not fresh and not found.given and not speaks_of_orders(turn.nlu.text):
            return None
        course.notes.append(Note("order_what"))
    return finish(course, turn, course.attempts)


def _fresh(course: Course, records: Records, services: Services, turn: TurnContext) -> Records:
    """The records again once something was done in this turn."""
    if course.done:
        caller = Caller(turn.state.session_id)
        customer = services.orders.customer(records.customer.id, caller)
        return read_records(customer or records.customer, services.orders, caller)
    return records


def _step(
    course: Course, task: OrderTask, records: Records, turn: TurnContext, services: Services
) -> OrderTask | None:
    """One step of a task: a question, a proposal, an answer or a refusal."""
    course.act = task.act or course.act
    if not task.act:
        return _which_act(course, task, records, turn)
    if task.act not in WRITES:
        return _inform(course, task, records, turn)
    task = settle(task, records)
    course.act = task.act
    try:
        order = records.order(task.order_id) if task.order_id else None
        if order is not None:
            now = datetime.now(UTC)
            check_possible(task.act, Shelf(records.customer, order, {}, records.rules, now))
        elif task.act not in WITHOUT_ORDER and not records.orders:
            course.notes.append(Note("no_orders"))
            return None
        missing = next_missing(task, records)
        if missing is not None:
            return _ask(course, task, missing, records, turn)
        return _propose(course, task, records, turn, services)
    except RefusedError as error:
        return _refused(course, task, error, records, turn)


def _refused(
    course: Course, task: OrderTask, error: RefusedError, records: Records, turn: TurnContext
) -> OrderTask | None:
    """Say why not; where another way to pay would do, ask for that."""
    course.notes.append(refusal_note(error, task, records))
    course.buttons = (telling.PERSON,)
    order = records.order(task.order_id) if task.order_id else None
    if error.reason in ("low_balance", "same_method", "wrong_refund_way") and order is not None:
        again = replace(task, method_id="", asked="method")
        missing = next_missing(again, records)
        others = [id_ for id_ in missing.offered if id_ != task.method_id] if missing else []
        if missing is not None and others and missing.slot == "method":
            return _ask(course, again, replace(missing, offered=tuple(others)), records, turn)
    if error.reason == "variant_sold_out":
        again = replace(
            task,
            lines=tuple(replace(one, variant="", same=False, options=()) for one in task.lines),
        )
        missing = next_missing(again, records)
        if missing is not None:
            return _ask(course, again, missing, records, turn)
    return None


def _which_act(
    course: Course, task: OrderTask, records: Records, turn: TurnContext
) -> OrderTask | None:
    """Only an order was named: show it, and ask what to do."""
    order = records.order(task.order_id) if task.order_id else None
    if order is None:
        return None
    course.talk = replace(course.talk, order_id=order.id)
    course.notes.append(telling.status_note(order, turn.language))
    return None


def _inform(
    course: Course, task: OrderTask, records: Records, turn: TurnContext
) -> OrderTask | None:
    """Show what was asked for."""
    order = records.order(task.order_id) if task.order_id else None
    if not records.orders:
        course.notes.append(Note("no_orders"))
        return None
    if order is None and (task.act == "list_orders" or len(records.orders) > 1):
        statuses = telling.STATUSES[turn.language]
        lines = tuple(
            telling.order_line(one, turn.language, statuses.get(one.status, one.status))
            for one in records.orders
        )
        course.notes.append(Note("orders_listed", {"lines": lines}))
        return None
    order = order or records.orders[0]
    course.talk = replace(course.talk, order_id=order.id)
    if task.act == "show_refund":
        course.notes.append(telling.refund_note(order, records, turn.language))
    elif task.act == "show_invoice":
        course.notes.append(telling.invoice_note(order, records, turn.language))
    else:
        course.notes.append(telling.status_note(order, turn.language))
    return None


def _ask(
    course: Course, task: OrderTask, missing: Missing, records: Records, turn: TurnContext
) -> OrderTask:
    """Ask for what is missing; after answers that do not help a person is offered."""
    statuses = telling.STATUSES[turn.language]
    note, buttons = telling.question(task, missing, records, turn.language, statuses)
    course.notes.append(note)
    again = missing.slot == task.asked and task.missed >= _TRIES
    course.buttons = (*buttons, telling.PERSON) if again or not buttons else buttons
    course.asked = missing.slot
    return replace(task, asked=missing.slot, offered=missing.offered)


def _propose(
    course: Course, task: OrderTask, records: Records, turn: TurnContext, services: Services
) -> OrderTask:
    """Show exactly what will happen, and ask for a yes.

    Raises:
        RefusedError: the rules forbid it.
    """
    change = change_of(task, records)
    order = records.order(change.order_id)
    caller = Caller(turn.state.session_id)
    plan = services.orders.plan(change, records.customer, order, caller)
    course.notes.append(telling.proposal(plan, records, turn.language))
    course.buttons = (
        SuggestedResponse("yes_do_it", "/affirm"),
        SuggestedResponse("no_leave_it", "/deny"),
    )
    course.asked = "confirm"
    shown = (fingerprint(plan),)
    # What was shown before may have been done, its answer lost: its key asks again safely.
    key = task.key if task.key and task.offered == shown else uuid4().hex
    return replace(
        task, asked="confirm", offered=shown, shown_turn=turn.state.turn, key=key, missed=0
    )
