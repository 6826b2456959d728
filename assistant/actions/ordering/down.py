"""What is said when the order service fails: what was done before, and what was not."""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext
from assistant.actions.handing_over import hand_off
from assistant.actions.ordering.course import ACTION_OF, Course, finish
from assistant.orders import OrderServiceError, OutcomeUnknownError
from assistant.types import Action, Note, Outcome


def service_down(
    error: OrderServiceError, course: Course, turn: TurnContext, services: Services
) -> Outcome:
    """Say so after all that was said before, keep the tasks that are left, and fetch a person."""
    course.notes.append(_what_failed(error, course))
    said = finish(course, turn, course.attempts)
    person = Action("hand_off", args={"reason": "order_service"})
    outcome = hand_off(person, replace(turn, state=said.state), services)
    action = ACTION_OF.get(course.done, "track_order")
    return replace(outcome, notes=(*course.notes, *outcome.notes), action=action)


def _what_failed(error: OrderServiceError, course: Course) -> Note:
    if isinstance(error, OutcomeUnknownError):
        return Note("order_outcome_unknown")
    if not course.done:
        return Note("order_service_down")
    left = (
        Note(f"left_{one.act or 'track_order'}", {"order": one.order_id})
        for one in course.talk.tasks
    )
    return Note("order_service_down_then", {"lines": tuple(left)})
