"""What a known customer's message says to the tasks at hand, and which new ones it brings."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.actions.context import Services, TurnContext
from assistant.actions.ordering.course import MOST_TASKS, Course, foreign
from assistant.actions.ordering.doing import carry_out
from assistant.orders.form import Filled, fill, same_content
from assistant.orders.reading.details import leans_no, read_answer, read_numbers
from assistant.orders.reading.requests import Request, read_requests
from assistant.orders.records import SWAPS, WITHOUT_ORDER, Records
from assistant.purchases import OrderTask
from assistant.types import Note
from catalog.text import fold


def take_in(
    course: Course,
    requests: Sequence[Request],
    records: Records,
    turn: TurnContext,
    services: Services,
    *,
    fresh: bool,
) -> None:
    """Put the message into the tasks: details of the one at hand, and new ones behind it."""
    tasks = list(course.talk.tasks)
    if fresh:
        tasks = [_refilled(course, one, records, turn) for one in tasks]
        tasks = [one for one in tasks if one.act or one.order_id or one.said]
    if tasks and not fresh:
        tasks = _answered(course, tasks, requests, records, turn, services)
    else:
        for request in requests:
            tasks = _added(course, tasks, request, records, turn)
    course.talk = replace(course.talk, tasks=tuple(tasks[:MOST_TASKS]))


def _refilled(course: Course, task: OrderTask, records: Records, turn: TurnContext) -> OrderTask:
    """A task from before the customer was known, read against their records."""
    for raw in task.said:
        if not task.act:
            acts = [one.act for one in read_requests(raw) if one.act]
            task = replace(task, act=acts[0] if acts else "")
        task = _filled(course, task, raw, records, turn)
    address = task.address
    if address is not None and not address.country:
        home = records.customer.address
        task = replace(task, address=replace(address, name=home.name, country=home.country))
    return replace(task, said=())


def _filled(
    course: Course, task: OrderTask, raw: str, records: Records, turn: TurnContext
) -> OrderTask:
    slots = turn.nlu.slots if raw == turn.nlu.text else ()
    found: Filled = fill(task, replace(turn.nlu, text=raw, slots=slots), records)
    if found.foreign:
        foreign(course, turn)
        return replace(found.task, act="", order_id="", lines=())
    return found.task


def _added(
    course: Course,
    tasks: list[OrderTask],
    request: Request,
    records: Records,
    turn: TurnContext,
) -> list[OrderTask]:
    """The tasks with one more; what asks for the same of the same order joins it."""
    last = tasks[-1] if tasks else None
    if not request.act and last is None and not read_numbers(request.text):
        return tasks
    if last is not None and (not request.act or _joins(last, request, records)):
        tasks[-1] = _filled(course, last, request.raw, records, turn)
        return tasks
    task = OrderTask(act=request.act)
    if not read_numbers(request.text) and course.talk.order_id and _points_back(request.text):
        task = replace(task, order_id=course.talk.order_id)
    task = _filled(course, task, request.raw or turn.nlu.text, records, turn)
    if not task.act and not task.order_id:
        return tasks
    return [*tasks, task]


def _points_back(text: str) -> bool:
    """Whether "it" or "the same order" is meant, instead of another one."""
    words = (
        "same order",
        "this order",
        "that order",
        "the order",
        " it",
        "这个订单",
        "该订单",
        "同一",
        "这单",
        "那个订单",
    )
    return any(one in f" {text}" for one in words)


def _joins(task: OrderTask, request: Request, records: Records) -> bool:
    alike = request.act == task.act or {request.act, task.act} <= SWAPS
    numbers = [one for one in read_numbers(request.text) if records.order(one) is not None]
    return alike and (not numbers or not task.order_id or task.order_id in numbers)


def _answered(
    course: Course,
    tasks: list[OrderTask],
    requests: Sequence[Request],
    records: Records,
    turn: TurnContext,
    services: Services,
) -> list[OrderTask]:
    """What a message says to the task at hand."""
    task, raw = tasks[0], turn.nlu.text
    text = fold(raw)
    shown_now = task.asked == "confirm" and task.shown_turn == turn.state.turn - 1
    new = [one for one in requests if one.act and not _is_detail(task, one, records)]
    old = " ".join(one.raw for one in requests if one not in new) if new else raw
    filled = _filled(course, task, old, records, turn) if old or not new else task
    if not filled.act:
        return [*tasks[1:]]
    changed = not same_content(filled, task)
    answer = read_answer(text) if not new else ""
    if task.asked == "confirm" and not changed:
        if answer == "yes" and shown_now:
            return carry_out(course, task, records, turn, services) + tasks[1:]
        if answer == "no" or (leans_no(text) and (new or not shown_now)):
            course.notes.append(Note("order_left"))
            return _behind(course, tasks[1:], new, records, turn)
    elif answer == "no" and not changed and task.asked:
        course.notes.append(Note("order_left"))
        return _behind(course, tasks[1:], new, records, turn)
    course.missed = not (changed or new)
    missed = task.missed + 1 if course.missed else 0
    filled = replace(filled, missed=missed)
    if not new:
        return [filled, *tasks[1:]]
    # Who asks for something else instead of answering is followed.
    first = _behind(course, [], new, records, turn)
    kept = [filled] if _stays(filled, first) else []
    return [*first, *kept, *tasks[1:]]


def _stays(task: OrderTask, new: Sequence[OrderTask]) -> bool:
    """Whether a task is still wanted beside new ones: it has an order that they are not about.

    An order that was only guessed for the same act is not: now it was said which one is meant.
    """
    if task.guessed and any(one.act == task.act and one.order_id for one in new):
        return False
    if task.act in WITHOUT_ORDER or task.asked == "confirm":
        return True
    return bool(task.order_id) and all(one.order_id != task.order_id for one in new)


def _behind(
    course: Course,
    tasks: list[OrderTask],
    new: Sequence[Request],
    records: Records,
    turn: TurnContext,
) -> list[OrderTask]:
    for request in new:
        task = _filled(course, OrderTask(act=request.act), request.raw, records, turn)
        if task.act:
            tasks = [*tasks, task]
    return tasks


def _is_detail(task: OrderTask, request: Request, records: Records) -> bool:
    """Whether what looks like a request answers the question that stands."""
    if not task.act:
        return True
    if request.act == task.act or {request.act, task.act} <= SWAPS:
        return _joins(task, request, records)
    if task.asked == "method" and request.act in ("change_payment", "show_refund", "return_items"):
        return True
    if task.asked == "address" and request.act in (
        "change_default_address",
        "change_order_address",
    ):
        return True
    if task.asked in ("variant", "items") and request.act in SWAPS:
        return True
    small = ("track_order", "list_orders", "show_refund")
    return (
        task.asked in ("reason", "order", "method")
        and request.act in small
        and request.act != "list_orders"
    )
