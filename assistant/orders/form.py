"""One request about an order as a form: what a message fills in. Pure."""

from dataclasses import dataclass, field, replace

from assistant.orders.picking import fill_items, set_order
from assistant.orders.reading.addresses import (
    like_order,
    means_own,
    missing_parts,
    read_address,
    read_rest,
)
from assistant.orders.reading.details import (
    read_ending,
    read_methods,
    read_numbers,
    read_pick,
    read_reason,
)
from assistant.orders.reading.items import find_named
from assistant.orders.records import (
    WITH_ADDRESS,
    WITH_ITEMS,
    WITH_METHOD,
    WITHOUT_ORDER,
    Records,
    possible_orders,
)
from assistant.purchases import Address, OrderTask
from catalog.text import fold
from intents.types import NLUResult


@dataclass(frozen=True, slots=True)
class Filled:
    """A task with what a message added. ``foreign`` names an order that is not theirs."""

    task: OrderTask
    foreign: str = ""
    read: bool = field(default=False)


def fill(task: OrderTask, message: NLUResult, records: Records) -> Filled:
    """The task with everything that a message says about it."""
    text = fold(message.text)
    before = task
    task, foreign = _with_order(task, message.text, text, records)
    if task.act in WITH_ITEMS:
        task = fill_items(task, text, records)
    if task.act in WITH_METHOD:
        task = _with_method(task, text, records)
    if task.act == "cancel_order":
        task = _with_reason(task, text, records)
    if task.act in WITH_ADDRESS:
        task = _with_address(task, message, records)
    return Filled(task, foreign, _content(task) != _content(before))


def _content(task: OrderTask) -> tuple[object, ...]:
    """What a task is about, without the course of the talk."""
    return (
        task.act,
        task.order_id,
        task.lines,
        task.everything,
        task.reason,
        task.method_id,
        task.address,
    )


def same_content(first: OrderTask, second: OrderTask) -> bool:
    """Whether two tasks would do the same."""
    return _content(first) == _content(second)


def _with_order(task: OrderTask, raw: str, text: str, records: Records) -> tuple[OrderTask, str]:
    if task.act in WITHOUT_ORDER - {""}:
        return task, ""
    alike = like_order(raw, task.order_id) if task.act in WITH_ADDRESS else ()
    numbers = [one for one in read_numbers(text) if one not in alike]
    own = [order.id for one in numbers if (order := records.order(one)) is not None]
    if own:
        return set_order(task, own[0]), ""
    foreign = [one for one in numbers if one[0].isalpha() or f"#{one.casefold()}" in text]
    if foreign:
        return task, foreign[0]
    if task.order_id and task.asked != "order":
        return task, ""
    ended = read_ending(text, possible_orders(task, records) or records.orders)
    if len(ended) == 1:
        return set_order(task, ended[0].id), ""
    if task.asked == "order":
        return _pick_order(task, text, records), ""
    return task, ""


def _pick_order(task: OrderTask, text: str, records: Records) -> OrderTask:
    """The order among those that were listed: by its place, or by what is in it."""
    place = read_pick(text, len(task.offered))
    if place >= 0:
        return set_order(task, task.offered[place])
    listed = [one for one in records.orders if one.id in task.offered]
    named = find_named(text, records.lines(listed))
    ids = {line.order_id for one in named for line in one.lines}
    return set_order(task, ids.pop()) if len(ids) == 1 else task


def _with_method(task: OrderTask, text: str, records: Records) -> OrderTask:
    order = records.order(task.order_id) if task.order_id else None
    original = order.paid_with if order else ""
    asked = task.asked == "method"
    found = read_methods(text, records.customer.methods, original, asked=asked)
    if task.act == "change_payment" and len(found) > 1:
        found = tuple(one for one in found if one.id != original)
    if len(found) == 1:
        return replace(task, method_id=found[0].id)
    if asked:
        place = read_pick(text, len(task.offered))
        if place >= 0:
            return replace(task, method_id=task.offered[place])
    return task


def _with_reason(task: OrderTask, text: str, records: Records) -> OrderTask:
    reasons = records.rules.cancel_order.reasons
    found = read_reason(text, reasons)
    if not found and task.asked == "reason":
        place = read_pick(text, len(reasons))
        found = reasons[place].id if place >= 0 else ""
    return replace(task, reason=found) if found else task


def _with_address(task: OrderTask, message: NLUResult, records: Records) -> OrderTask:
    base = Address(records.customer.address.name, "", "", "", "", records.customer.address.country)
    given = read_address(message, base)
    if given is not None:
        return replace(task, address=_joined(task.address, given))
    alike = [records.order(one) for one in like_order(message.text, task.order_id)]
    known = [one for one in alike if one is not None and one.id != task.order_id]
    if known:
        return replace(task, address=known[0].address)
    text = fold(message.text)
    if task.act == "change_order_address" and means_own(text):
        return replace(task, address=records.customer.address)
    if task.asked == "address" and task.address is not None:
        return replace(task, address=read_rest(message, task.address))
    return task


def _joined(old: Address | None, new: Address) -> Address:
    """A new street with what is missing of it from the one before, where that was not whole."""
    if old is None or not missing_parts(old):
        return new
    names = ("line", "line2", "city", "region", "postal_code")
    return replace(new, **{name: getattr(new, name) or getattr(old, name) for name in names})
