"""One message about orders: who writes, what they want, what is missing, and doing it."""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext
from assistant.actions.ordering import telling
from assistant.actions.ordering.course import MOST_TASKS, OWN, Course, finish
from assistant.actions.ordering.down import service_down
from assistant.actions.ordering.identifying import identify
from assistant.actions.ordering.requested import (
    has_number,
    is_about_else,
    is_about_products,
    is_ours,
    number_spoken_of,
    requests_of,
)
from assistant.actions.ordering.steps import conclude
from assistant.actions.ordering.strangers import ask_who, kept_task
from assistant.actions.ordering.tasks import take_in
from assistant.ordered import speaks_of_orders
from assistant.orders import Caller, OrderServiceError
from assistant.orders.reading.requests import Request, read_requests
from assistant.orders.records import read_records
from assistant.purchases import Customer, OrderTask
from assistant.types import Action, Note, Outcome
from catalog.text import fold


def serve_orders(action: Action, turn: TurnContext, services: Services) -> Outcome | None:
    """Answer a message about orders; ``None`` when it is not about them."""
    course = Course(turn.state.orders, attempts=turn.state.order_attempts)
    try:
        return _serve(course, action, turn, services)
    except OrderServiceError as error:
        _keep(course, turn)
        return service_down(error, course, turn, services)


def _serve(course: Course, action: Action, turn: TurnContext, services: Services) -> Outcome | None:
    requests = requests_of(action, turn)
    talk = turn.state.orders
    number = number_spoken_of(turn, talk)
    if not (requests or talk.tasks or talk.customer_id or is_ours(turn, action)):
        return None
    found = identify(turn, services, number)
    if found.given and not any(one.act for one in read_requests(turn.nlu.text)):
        # Who says no more than who they are, and which order, asks for nothing new.
        text = turn.nlu.text
        numbered = has_number(text)
        requests = (Request("", fold(text), text),) if numbered else ()
    if not (requests or talk.tasks or found.given or number or speaks_of_orders(turn.nlu.text)):
        return None
    if found.customer is None:
        aside = not (found.given or requests) and action.instead is not None
        if aside and (is_about_else(turn, talk) or is_about_products(turn)):
            return None
        return ask_who(found, requests, turn, action)
    if found.note is not None:
        return finish(Course(found.talk, [found.note], (telling.PERSON,)), turn, found.attempts)
    caller = Caller(turn.state.session_id)
    records = read_records(found.customer, services.orders, caller)
    course.talk, course.attempts = found.talk, found.attempts
    fresh = not talk.customer_id
    if fresh:
        course.notes.append(Note("who_known", {"name": _called(found.customer, turn)}))
    take_in(course, requests, records, turn, services, fresh=fresh)
    if course.missed and action.instead is not None and is_about_else(turn, talk):
        return None
    return conclude(course, records, turn, services, fresh=fresh, found=found)


def _called(customer: Customer, turn: TurnContext) -> str:
    return (
        customer.family + customer.given
        if turn.language == "zh" and not customer.given.isascii()
        else (customer.given or customer.family)
    )


def _keep(course: Course, turn: TurnContext) -> None:
    """Keep what a message asks for where the service failed before it could be looked at."""
    if course.talk.tasks:
        return
    tasks: list[OrderTask] = []
    for request in requests_of(Action(OWN), turn):
        tasks = kept_task(tasks, request, turn)
    course.talk = replace(course.talk, tasks=tuple(tasks[:MOST_TASKS]))
