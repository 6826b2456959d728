"""What is asked before it is known who asks: kept, until they say who they are."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.actions.context import TurnContext
from assistant.actions.ordering import telling
from assistant.actions.ordering.course import MOST_TASKS, Course, finish
from assistant.actions.ordering.identifying import Identified
from assistant.orders.reading.addresses import read_address
from assistant.orders.reading.details import read_answer, read_numbers
from assistant.orders.reading.requests import Request
from assistant.orders.records import WITH_ADDRESS
from assistant.purchases import Address, OrderTalk, OrderTask
from assistant.types import Action, Note, Outcome
from catalog.text import fold

_MOST_SAID = 8


def ask_who(
    found: Identified, requests: Sequence[Request], turn: TurnContext, action: Action
) -> Outcome:
    """Keep what was asked for, and ask who is writing."""
    talk = found.talk
    if found.note is not None and found.note.response == "who_own":
        return finish(Course(talk, [found.note], (telling.PERSON,)), turn, found.attempts)
    tasks = list(talk.tasks)
    if not (requests or found.given) and read_answer(fold(turn.nlu.text)) == "no":
        left = Course(replace(talk, tasks=()), [Note("order_left")])
        return finish(left, turn, found.attempts)
    for request in requests or _as_detail(turn, talk):
        tasks = kept_task(tasks, request, turn)
    note = found.note or Note("who")
    course = Course(replace(talk, tasks=tuple(tasks[-MOST_TASKS:])), [note], (), found.asked)
    course.act = next((one.act for one in tasks if one.act), "")
    if found.locked or note.response in ("order_refused", "who_refused", "order_locked"):
        course.buttons = (telling.PERSON,)
    if found.locked and note.response != "order_locked":
        course.notes.append(Note("order_locked"))
        course.asked = ""
    return finish(course, turn, found.attempts)


def _as_detail(turn: TurnContext, talk: OrderTalk) -> tuple[Request, ...]:
    """A message that asks for nothing, as something said of what was asked before."""
    text = turn.nlu.text
    return (Request("", fold(text), text),) if talk.tasks or read_numbers(fold(text)) else ()


def kept_task(tasks: list[OrderTask], request: Request, turn: TurnContext) -> list[OrderTask]:
    """The tasks with what was said, for when the customer is known."""
    last = tasks[-1] if tasks else None
    alike = last is not None and (not request.act or request.act == last.act or not last.act)
    joins = alike and last is not None and not _other_order(last, request)
    if last is not None and joins:
        said = (*last.said, request.raw)[-_MOST_SAID:]
        tasks[-1] = _with_address(replace(last, act=last.act or request.act, said=said), turn)
        return tasks
    return [*tasks, _with_address(OrderTask(act=request.act, said=(request.raw,)), turn)]


def _other_order(task: OrderTask, request: Request) -> bool:
    """Whether a request names another order than what was said before."""
    known = set(read_numbers(fold(" ".join(task.said))))
    named = set(read_numbers(request.text))
    return bool(known and named and not known & named)


def _with_address(task: OrderTask, turn: TurnContext) -> OrderTask:
    """An address is read while the NLU's slots are at hand."""
    if task.act not in WITH_ADDRESS or task.address is not None:
        return task
    return replace(task, address=read_address(turn.nlu, Address("", "", "", "", "", "")))
