"""What is said in one turn about orders, and the outcome it comes to."""

from dataclasses import dataclass, field, replace

from assistant.actions.context import TurnContext
from assistant.actions.ordering import telling
from assistant.purchases import OrderTalk
from assistant.types import (
    Action,
    DialogueState,
    Note,
    Outcome,
    PendingQuestion,
    SuggestedResponse,
    Suggestion,
)

OWN = "serve_orders"
"""The name under which a question of ours waits for its answer."""

ACTION_OF = {
    "track_order": "track_order",
    "list_orders": "track_order",
    "show_refund": "track_order",
    "show_invoice": "track_order",
    "cancel_order": "cancel_order",
    "change_order_address": "change_order",
    "change_default_address": "change_order",
    "change_payment": "change_order",
    "change_items": "change_order",
    "return_items": "return_items",
    "exchange_items": "exchange_items",
}
"""Which action an act is reported as."""

MOST_TASKS = 6
"""More than these are not kept: nobody asks for so much at once."""

Buttons = tuple[Suggestion | SuggestedResponse, ...]


@dataclass(slots=True)
class Course:
    """What has been said in this turn, and how things stand."""

    talk: OrderTalk
    notes: list[Note] = field(default_factory=list)
    buttons: Buttons = ()
    asked: str = ""
    act: str = ""
    attempts: int = 0
    missed: bool = False

    @property
    def done(self) -> str:
        """The act that was carried out in this turn; "" where nothing was."""
        found = (one.response for one in self.notes if one.response.startswith("done_"))
        return next(found, "").removeprefix("done_")


def foreign(course: Course, turn: TurnContext) -> None:
    """The same words for an order that does not exist and for somebody else's."""
    note = Note("order_refused" if "@" in turn.nlu.text else "order_not_yours")
    course.attempts += 1
    if note not in course.notes:
        course.notes.append(note)
    course.buttons = (telling.PERSON,)


def finish(course: Course, turn: TurnContext, attempts: int) -> Outcome:
    """Everything that was said, as one outcome."""
    *before, last = course.notes
    pending = PendingQuestion(_slot(course.asked), Action(OWN)) if course.asked else None
    state: DialogueState = replace(
        turn.state,
        orders=course.talk,
        order_attempts=attempts,
        verified_email=course.talk.email or turn.state.verified_email,
        pending=pending,
        failed_turns=0,
    )
    return Outcome(
        last.response,
        state,
        last.facts,
        tuple(before),
        suggestions=course.buttons,
        action=ACTION_OF.get(course.act, "track_order"),
    )


def _slot(asked: str) -> str:
    """The question's slot by the NLU's name where it has one."""
    named = {"order": "order_id", "confirm": "confirm", "address": "street"}
    return named.get(asked, asked)
