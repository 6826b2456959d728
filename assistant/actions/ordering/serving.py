"""One message about orders: who writes, what they want, what is missing, and doing it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from assistant.actions.context import Services, TurnContext
from assistant.actions.handing_over import hand_off
from assistant.actions.ordering import telling
from assistant.actions.ordering.identifying import Identified, identify
from assistant.ordered import says_who, speaks_of_orders
from assistant.orders import (
    Caller,
    OrderServiceError,
    OutcomeUnknownError,
    Plan,
    RefusedError,
    StaleError,
)
from assistant.orders.form import (
    SWAPS,
    WITH_ADDRESS,
    WITHOUT_ORDER,
    Filled,
    Missing,
    Records,
    change_of,
    fill,
    next_missing,
    same_content,
    settle,
)
from assistant.orders.plans import Shelf, check_possible
from assistant.orders.reading.addresses import read_address
from assistant.orders.reading.details import leans_no, read_answer, read_numbers
from assistant.orders.reading.requests import Request, read_requests
from assistant.purchases import WRITES, Address, Customer, Order, OrderTalk, OrderTask
from assistant.types import (
    Action,
    DialogueState,
    Money,
    Note,
    Outcome,
    PendingQuestion,
    SuggestedResponse,
    Suggestion,
)
from catalog.text import fold

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

_OF_INTENT = {
    "track_order": "track_order",
    "list_orders": "list_orders",
    "cancel_order": "cancel_order",
    "modify_order": "change_items",
    "change_address": "change_order_address",
    "return_item": "return_items",
    "exchange_item": "exchange_items",
    "ask_refund": "show_refund",
    "ask_invoice": "show_invoice",
}
_ELSEWHERE = ("ask_faq", "search", "recommend", "find_", "add_to_cart", "checkout", "show_cart")
_ASIDE = ("greet", "goodbye", "thank", "help", "chitchat", "complain", "ask_faq", "ask_size")
_MOST_TASKS = 6
_MOST_SAID = 8
_TRIES = 2

_Buttons = tuple[Suggestion | SuggestedResponse, ...]


@dataclass(slots=True)
class _Course:
    """What has been said in this turn, and how things stand."""

    talk: OrderTalk
    notes: list[Note] = field(default_factory=list)
    buttons: _Buttons = ()
    asked: str = ""
    act: str = ""
    attempts: int = 0
    missed: bool = False


def serve_orders(action: Action, turn: TurnContext, services: Services) -> Outcome | None:
    """Answer a message about orders; ``None`` when it is not about them."""
    try:
        return _serve(action, turn, services)
    except OrderServiceError as error:
        return _service_down(error, turn, services)


def _serve(action: Action, turn: TurnContext, services: Services) -> Outcome | None:
    requests = _requests(action, turn)
    talk = turn.state.orders
    number = _number(turn, talk)
    if not (requests or talk.tasks or talk.customer_id or _is_ours(turn, action)):
        return None
    found = identify(turn, services, number)
    if found.given and not any(one.act for one in read_requests(turn.nlu.text)):
        # Who says no more than who they are, and which order, asks for nothing new.
        text = turn.nlu.text
        numbered = _has_number(text)
        requests = (Request("", fold(text), text),) if numbered else ()
    if not (requests or talk.tasks or found.given or number or speaks_of_orders(turn.nlu.text)):
        return None
    if found.customer is None:
        aside = not (found.given or requests) and action.instead is not None
        if aside and _is_other(turn, talk):
            return None
        return _unidentified(found, requests, turn, action)
    if found.note is not None:
        return _finish(_Course(found.talk, [found.note], (telling.PERSON,)), turn, found.attempts)
    course = _Course(found.talk, attempts=found.attempts)
    records = _records(found.customer, services, turn)
    fresh = not talk.customer_id
    if fresh:
        course.notes.append(Note("who_known", {"name": _called(found.customer, turn)}))
    _take_in(course, requests, records, turn, services, fresh=fresh)
    if course.missed and action.instead is not None and _is_other(turn, talk):
        return None
    return _conclude(course, records, turn, services, fresh=fresh, found=found)


def _is_other(turn: TurnContext, talk: OrderTalk) -> bool:
    """Whether a message that answers nothing is clearly about something else."""
    intent = turn.nlu.intent
    listing = bool(talk.tasks) and talk.tasks[0].asked in ("items", "variant", "order", "method")
    return intent.startswith(_ASIDE) or (not listing and intent.startswith(_ELSEWHERE))


def _is_ours(turn: TurnContext, action: Action) -> bool:
    pending = turn.state.pending
    mine = pending is not None and pending.action.name == OWN
    return mine or action.name != OWN or speaks_of_orders(turn.nlu.text) or says_who(turn.nlu.text)


def _called(customer: Customer, turn: TurnContext) -> str:
    return (
        customer.family + customer.given
        if turn.language == "zh" and not customer.given.isascii()
        else (customer.given or customer.family)
    )


def _number(turn: TurnContext, talk: OrderTalk) -> str:
    """The number of an order that the customer spoke of, now or before they were known."""
    texts = [turn.nlu.text, *(text for task in talk.tasks for text in task.said)]
    return next(iter(read_numbers(fold(" ".join(texts)))), "")


def _requests(action: Action, turn: TurnContext) -> tuple[Request, ...]:
    """What the message asks for; what the NLU saw where no words say it."""
    if turn.nlu.text.startswith("/"):
        act = _OF_INTENT.get(turn.nlu.intent, "")
        return (Request(act, "", ""),) if act else ()
    read = [one for one in read_requests(turn.nlu.text)]
    elsewhere = turn.nlu.intent.startswith(_ELSEWHERE)
    numbered = bool(read_numbers(fold(turn.nlu.text)))
    if elsewhere and not numbered and not _waiting(turn) and not _named_order(turn):
        return ()
    acting = tuple(one for one in read if one.act)
    if acting:
        return tuple(read)
    act = _OF_INTENT.get(turn.nlu.intent, "")
    if act and not _waiting(turn):
        whole = fold(turn.nlu.text)
        return (Request(act, whole, turn.nlu.text),)
    return ()


def _has_number(text: str) -> bool:
    """Whether a number of an order is named: a postal code is none."""
    return any(one[0].isalpha() or f"#{one}" in text for one in read_numbers(fold(text)))


def _named_order(turn: TurnContext) -> bool:
    return speaks_of_orders(turn.nlu.text)


def _waiting(turn: TurnContext) -> bool:
    """Whether a question of ours stands."""
    pending = turn.state.pending
    return pending is not None and pending.action.name == OWN


def _unidentified(
    found: Identified, requests: Sequence[Request], turn: TurnContext, action: Action
) -> Outcome:
    """Keep what was asked for, and ask who is writing."""
    talk = found.talk
    tasks = list(talk.tasks)
    if not (requests or found.given) and read_answer(fold(turn.nlu.text)) == "no":
        left = _Course(replace(talk, tasks=()), [Note("order_left")])
        return _finish(left, turn, found.attempts)
    for request in requests or _as_detail(turn, talk):
        tasks = _kept(tasks, request, turn)
    note = found.note or Note("who")
    course = _Course(replace(talk, tasks=tuple(tasks[-_MOST_TASKS:])), [note], (), found.asked)
    course.act = next((one.act for one in tasks if one.act), "")
    if found.locked or note.response in ("order_refused", "who_refused", "order_locked"):
        course.buttons = (telling.PERSON,)
    if found.locked and note.response != "order_locked":
        course.notes.append(Note("order_locked"))
        course.asked = ""
    return _finish(course, turn, found.attempts)


def _as_detail(turn: TurnContext, talk: OrderTalk) -> tuple[Request, ...]:
    """A message that asks for nothing, as something said of what was asked before."""
    text = turn.nlu.text
    return (Request("", fold(text), text),) if talk.tasks or read_numbers(fold(text)) else ()


def _kept(tasks: list[OrderTask], request: Request, turn: TurnContext) -> list[OrderTask]:
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


def _records(customer: Customer, services: Services, turn: TurnContext) -> Records:
    caller = Caller(turn.state.session_id)
    orders = services.orders.orders(customer, caller)
    ids = {item.product_id for one in orders for item in one.items}
    return Records(customer, orders, services.orders.products(ids), services.orders.rules)


def _take_in(
    course: _Course,
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
    course.talk = replace(course.talk, tasks=tuple(tasks[:_MOST_TASKS]))


def _refilled(course: _Course, task: OrderTask, records: Records, turn: TurnContext) -> OrderTask:
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
    course: _Course, task: OrderTask, raw: str, records: Records, turn: TurnContext
) -> OrderTask:
    slots = turn.nlu.slots if raw == turn.nlu.text else ()
    found: Filled = fill(task, replace(turn.nlu, text=raw, slots=slots), records)
    if found.foreign:
        _foreign(course, turn)
        return replace(found.task, act="", order_id="", lines=())
    return found.task


def _foreign(course: _Course, turn: TurnContext) -> None:
    """The same words for an order that does not exist and for somebody else's."""
    note = Note("order_refused" if "@" in turn.nlu.text else "order_not_yours")
    course.attempts += 1
    if note not in course.notes:
        course.notes.append(note)
    course.buttons = (telling.PERSON,)


def _added(
    course: _Course,
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
    course: _Course,
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
            return _do(course, task, records, turn, services) + tasks[1:]
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
    """Whether a task is still wanted beside new ones: it has an order that they are not about."""
    if task.act in WITHOUT_ORDER or task.asked == "confirm":
        return True
    return bool(task.order_id) and all(one.order_id != task.order_id for one in new)


def _behind(
    course: _Course,
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


def _do(
    course: _Course, task: OrderTask, records: Records, turn: TurnContext, services: Services
) -> list[OrderTask]:
    """Carry out what was shown; says so, and gives the tasks that are left of it."""
    caller = Caller(turn.state.session_id)
    change = change_of(task, records)
    course.act = task.act
    try:
        plan = services.orders.plan(
            change, records.customer, records.order(change.order_id), caller
        )
        if task.offered != (telling.fingerprint(plan),):
            raise StaleError("the records have changed since it was shown")
        services.orders.carry_out(plan, task.key, caller)
    except RefusedError as error:
        course.notes.append(_refusal(error, task, records))
        course.buttons = (telling.PERSON,)
        return []
    except StaleError:
        course.notes.append(Note("order_changed_meanwhile"))
        return [replace(task, asked="", offered=(), shown_turn=-1)]
    course.talk = replace(course.talk, order_id=change.order_id or course.talk.order_id)
    course.notes.append(_done(plan, records, turn))
    return []


def _done(plan: Plan, records: Records, turn: TurnContext) -> Note:
    facts = dict(telling.proposal(plan, records, turn.language).facts)
    name = "pay" if plan.moves and plan.moves[0].amount > 0 else "back"
    if plan.change.act in SWAPS:
        return Note(f"done_{plan.change.act}", facts)
    return Note(f"done_{plan.change.act}", facts | {"way": name})


def _refusal(error: RefusedError, task: OrderTask, records: Records) -> Note:
    """Why not, and what is possible instead."""
    order = records.order(task.order_id) if task.order_id else None
    facts: dict[str, object] = {"order": task.order_id} | dict(error.facts)
    if error.reason == "wrong_status" and order is not None:
        kind = _state_of(order)
        return Note(f"refused_{_family(task.act)}_{kind}", facts)
    if error.reason == "low_balance" and order is not None:
        facts |= {
            "balance": Money(error.facts["balance"], order.currency),  # type: ignore[arg-type]
            "needed": Money(error.facts["needed"], order.currency),  # type: ignore[arg-type]
        }
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


def _conclude(
    course: _Course,
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
    return _finish(course, turn, course.attempts)


def _fresh(course: _Course, records: Records, services: Services, turn: TurnContext) -> Records:
    """The records again once something was done in this turn."""
    if any(one.response.startswith("done_") for one in course.notes):
        customer = services.orders.customer(records.customer.id, Caller(turn.state.session_id))
        return _records(customer or records.customer, services, turn)
    return records


def _step(
    course: _Course, task: OrderTask, records: Records, turn: TurnContext, services: Services
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
    course: _Course, task: OrderTask, error: RefusedError, records: Records, turn: TurnContext
) -> OrderTask | None:
    """Say why not; where another way to pay would do, ask for that."""
    course.notes.append(_refusal(error, task, records))
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
    course: _Course, task: OrderTask, records: Records, turn: TurnContext
) -> OrderTask | None:
    """Only an order was named: show it, and ask what to do."""
    order = records.order(task.order_id) if task.order_id else None
    if order is None:
        return None
    course.talk = replace(course.talk, order_id=order.id)
    course.notes.append(telling.status_note(order, turn.language))
    return None


def _inform(
    course: _Course, task: OrderTask, records: Records, turn: TurnContext
) -> OrderTask | None:
    """Show what was asked for."""
    order = records.order(task.order_id) if task.order_id else None
    if not records.orders:
        course.notes.append(Note("no_orders"))
        return None
    if order is None and (task.act == "list_orders" or len(records.orders) > 1):
        statuses = _statuses(turn)
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


def _statuses(turn: TurnContext) -> dict[str, str]:
    return telling.STATUSES[turn.language]


def _ask(
    course: _Course, task: OrderTask, missing: Missing, records: Records, turn: TurnContext
) -> OrderTask:
    """Ask for what is missing; after answers that do not help a person is offered."""
    note, buttons = telling.question(task, missing, records, turn.language, _statuses(turn))
    course.notes.append(note)
    again = missing.slot == task.asked and task.missed >= _TRIES
    course.buttons = (*buttons, telling.PERSON) if again or not buttons else buttons
    course.asked = missing.slot
    return replace(task, asked=missing.slot, offered=missing.offered)


def _propose(
    course: _Course, task: OrderTask, records: Records, turn: TurnContext, services: Services
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
    key = f"{turn.state.session_id}/{turn.state.turn}/{task.act}/{task.order_id}"
    return replace(
        task,
        asked="confirm",
        offered=(telling.fingerprint(plan),),
        shown_turn=turn.state.turn,
        key=key[:255],
        missed=0,
    )


def _service_down(error: OrderServiceError, turn: TurnContext, services: Services) -> Outcome:
    """Say so, keep what was asked for, and fetch a person."""
    tasks = list(turn.state.orders.tasks)
    if not tasks:
        for request in _requests(Action(OWN), turn):
            tasks = _kept(tasks, request, turn)
    talk = replace(turn.state.orders, tasks=tuple(tasks[:_MOST_TASKS]))
    kept = replace(turn, state=replace(turn.state, orders=talk))
    outcome = hand_off(Action("hand_off", args={"reason": "order_service"}), kept, services)
    unknown = isinstance(error, OutcomeUnknownError)
    note = Note("order_outcome_unknown" if unknown else "order_service_down")
    return replace(outcome, notes=(note, *outcome.notes), action="track_order")


def _finish(course: _Course, turn: TurnContext, attempts: int) -> Outcome:
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
