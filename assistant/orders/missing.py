"""What a request about an order still lacks, and the change it comes to. Pure."""

from dataclasses import dataclass, replace

from assistant.orders.picking import open_line, settled
from assistant.orders.reading.addresses import missing_parts
from assistant.orders.reading.values import choices_of, fitting_variants, wished_variants
from assistant.orders.records import (
    SWAPS,
    WITH_ITEMS,
    WITH_METHOD,
    WITHOUT_ORDER,
    Records,
    possible_orders,
)
from assistant.purchases import Change, LineWish, Order, OrderTask, PaymentMethod


@dataclass(frozen=True, slots=True)
class Missing:
    """The next question: its slot, what it offers, and the item it is about."""

    slot: str
    offered: tuple[str, ...] = ()
    line: int = -1
    trouble: str = ""
    parts: tuple[str, ...] = ()


def settle(task: OrderTask, records: Records) -> OrderTask:
    """The task with what follows from the records alone: the only order, the only way to pay."""
    task = _settled_order(task, records)
    order = records.order(task.order_id) if task.order_id else None
    if order is None:
        return task
    if task.act in SWAPS:
        early = order.status.startswith("pending") or order.status == "processed"
        task = replace(task, act="change_items" if early else "exchange_items")
    if task.act == "return_items":
        single = len(order.items) == 1
        if (task.everything or single) and not task.lines:
            task = replace(task, lines=tuple(LineWish(n) for n in range(len(order.items))))
    if task.act in SWAPS and not task.lines and len(order.items) == 1:
        task = replace(task, lines=(LineWish(0),))
    if task.act in WITH_METHOD and not task.method_id:
        allowed = allowed_methods(task, order, records)
        if len(allowed) == 1:
            task = replace(task, method_id=allowed[0].id)
    return task


def _settled_order(task: OrderTask, records: Records) -> OrderTask:
    if task.act in WITHOUT_ORDER or task.order_id:
        return task
    possible = possible_orders(task, records)
    if len(possible) != 1:
        return task
    return replace(task, order_id=possible[0].id, guessed=True)


def allowed_methods(task: OrderTask, order: Order, records: Records) -> tuple[PaymentMethod, ...]:
    """The ways to pay that the rules leave for the task."""
    methods, rules = records.customer.methods, records.rules.acts[task.act]
    original = {one.method_id for one in order.payments if one.kind == "payment"}
    if task.act == "change_payment":
        return tuple(one for one in methods if one.id != order.paid_with)
    if task.act == "return_items" and rules.refund != "any":
        cards = rules.refund == "original_or_gift_card"
        return tuple(
            one for one in methods if one.id in original or (cards and one.kind == "gift_card")
        )
    return methods


def next_missing(task: OrderTask, records: Records) -> Missing | None:
    """What has to be asked next; ``None`` once everything is known."""
    if task.act == "change_default_address":
        return _missing_address(task)
    order = records.order(task.order_id) if task.order_id else None
    if order is None:
        listed = [o for o in possible_orders(task, records) if o.id in task.offered]
        possible = listed or possible_orders(task, records) or list(records.orders)
        return Missing("order", tuple(one.id for one in possible))
    match task.act:
        case "cancel_order":
            reasons = records.rules.cancel_order.reasons
            return Missing("reason") if reasons and not task.reason else None
        case "change_order_address":
            return _missing_address(task)
        case "change_payment":
            return _missing_method(task, order, records)
        case "return_items" | "change_items" | "exchange_items":
            return (
                _missing_items(task, order)
                or _missing_variant(task, order, records)
                or _missing_method(task, order, records)
            )
    return None


def _missing_address(task: OrderTask) -> Missing | None:
    if task.address is None:
        return Missing("address")
    parts = missing_parts(task.address)
    return Missing("address", parts=parts) if parts else None


def _missing_items(task: OrderTask, order: Order) -> Missing | None:
    if task.unclear:
        return Missing("items", task.unclear)
    if task.lines:
        return None
    return Missing("items", tuple(str(place) for place in range(len(order.items))))


def _missing_variant(task: OrderTask, order: Order, records: Records) -> Missing | None:
    if task.act not in SWAPS:
        return None
    open_ = open_line(task, records, order)
    if open_ is None:
        return None
    wish, line = open_
    product = line.product
    if product is None:
        return Missing("variant", (), wish.line, "gone")
    wishes = dict(wish.options)
    sold_out = bool(fitting_variants(product, choices_of(line.item.options), wishes)) and wishes
    near = wished_variants(product, wishes)
    trouble = "sold_out" if sold_out else "no_such" if wishes else ""
    found = near or tuple(one for one in product.variants if one.available)
    others = [one for one in found if one.id != line.item.variant_id]
    return Missing("variant", tuple(one.id for one in others), wish.line, trouble)


def _missing_method(task: OrderTask, order: Order, records: Records) -> Missing | None:
    if task.method_id:
        return None
    methods = allowed_methods(task, order, records)
    return Missing("method", tuple(one.id for one in methods))


def change_of(task: OrderTask, records: Records) -> Change:
    """The change that a complete task asks for."""
    order = records.order(task.order_id)
    lines = sorted(task.lines, key=lambda one: one.line)
    variants: list[str] = []
    if order is not None and task.act in SWAPS:
        all_lines = records.lines([order])
        found = [settled(one, all_lines[one.line]) for one in lines]
        variants = [one.id for one in found if one is not None]
    with_method = task.act in WITH_METHOD
    return Change(
        act=task.act,  # type: ignore[arg-type]  # a complete task has one of the acts
        customer_id=records.customer.id,
        order_id="" if task.act in WITHOUT_ORDER else task.order_id,
        reason=task.reason,
        lines=tuple(one.line for one in lines) if task.act in WITH_ITEMS else (),
        variants=tuple(variants),
        method_id=task.method_id if with_method else "",
        address=task.address,
    )
