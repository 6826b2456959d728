"""What a change would do, exactly, or why it is not possible; and doing it. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from assistant.orders.rules import ActRules, OrderRules
from assistant.purchases import (
    Actor,
    Change,
    Customer,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
    Return,
)
from assistant.types import Money
from catalog.types import Product, Variant

ZERO = Decimal(0)


class RefusedError(ValueError):
    """The rules forbid it. ``reason`` is a short name that the responses have words for."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts: Mapping[str, object] = facts


@dataclass(frozen=True, slots=True)
class MoneyMove:
    """Money that is taken (``amount`` above zero) or given back (below), and how."""

    method_id: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """A change with everything that follows from it.

    ``swaps`` are the items with what each becomes; for a return the second is ``None``.
    """

    change: Change
    moves: tuple[MoneyMove, ...] = ()
    swaps: tuple[tuple[OrderItem, Variant | None], ...] = ()
    amounts: tuple[Decimal, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a plan is made from: the records as they are, and the rules."""

    customer: Customer
    order: Order | None
    products: Mapping[str, Product]
    rules: OrderRules
    now: datetime
    actor: Actor = "customer"


def check_possible(act: str, shelf: Shelf) -> None:
    """Refuse what is not possible whatever its details are.

    Raises:
        RefusedError: who asks may not, or the order's status or age does not allow it.
    """
    rules = shelf.rules.acts[act]
    order = shelf.order
    if shelf.actor not in rules.who:
        raise RefusedError("not_allowed")
    if order is None:
        return
    if rules.statuses and order.status not in rules.statuses:
        raise RefusedError("wrong_status", status=order.status)
    if rules.within_days and order.delivered is not None:
        last = order.delivered + timedelta(days=rules.within_days)
        if shelf.now > last:
            raise RefusedError("too_late", days=rules.within_days, last=last)
    if act == "change_payment" and rules.once and len(order.payments) > 1:
        raise RefusedError("already_changed")


def make_plan(change: Change, shelf: Shelf) -> Plan:
    """What the change would do.

    Raises:
        RefusedError: the rules forbid it, with a reason.
    """
    check_possible(change.act, shelf)
    rules = shelf.rules.acts[change.act]
    match change.act:
        case "cancel_order":
            return _cancel(change, shelf, rules)
        case "change_payment":
            return _repay(change, shelf)
        case "change_items" | "exchange_items":
            return _swap(change, shelf, rules)
        case "return_items":
            return _return(change, shelf, rules)
        case "change_order_address" | "change_default_address":
            if change.address is None:
                raise RefusedError("no_address")
            return Plan(change)
        case _:
            raise RefusedError("not_allowed")


def _cancel(change: Change, shelf: Shelf, rules: ActRules) -> Plan:
    if rules.reasons and change.reason not in {one.id for one in rules.reasons}:
        raise RefusedError("wrong_reason")
    order = _order(shelf)
    moves = tuple(MoneyMove(one.method_id, -one.amount) for one in _open_payments(order))
    return Plan(change, moves)


def _open_payments(order: Order) -> tuple[Payment, ...]:
    """What was paid and not given back, whole or in part.

    Money that went back another way than it came is missing from the last payments.
    """
    back: dict[str, Decimal] = defaultdict(Decimal)
    for one in order.payments:
        if one.kind == "refund":
            back[one.method_id] += one.amount
    paid = [one for one in order.payments if one.kind == "payment"]
    paid = [_less(one, back, one.method_id) for one in paid]
    elsewhere = {"": sum(back.values(), ZERO)}
    left = [_less(one, elsewhere, "") for one in reversed(paid)]
    return tuple(one for one in reversed(left) if one.amount)


def _less(paid: Payment, back: dict[str, Decimal], name: str) -> Payment:
    """The payment without what went back of it, which is taken out of ``back``."""
    gone = min(paid.amount, back.get(name, ZERO))
    back[name] = back.get(name, ZERO) - gone
    return replace(paid, amount=paid.amount - gone)


def _repay(change: Change, shelf: Shelf) -> Plan:
    order = _order(shelf)
    paid = _open_payments(order)
    if not paid:
        raise RefusedError("not_allowed")
    method, amount = _method(change, shelf), paid[0].amount
    if method.id == paid[0].method_id:
        raise RefusedError("same_method")
    _check_balance(method, amount, order)
    return Plan(change, (MoneyMove(method.id, amount), MoneyMove(paid[0].method_id, -amount)))


def _swap(change: Change, shelf: Shelf, rules: ActRules) -> Plan:
    items = _items(change, shelf)
    if len(change.variants) != len(items):
        raise RefusedError("no_items")
    swaps = tuple(
        (item, _new_variant(item, id_, shelf, rules))
        for item, id_ in zip(items, change.variants, strict=True)
    )
    amounts = tuple(_price(variant, shelf) * item.quantity for item, variant in swaps)
    difference = sum(amounts, ZERO) - _worth(items)
    method = _method(change, shelf)
    if difference > 0:
        _check_balance(method, difference, _order(shelf))
    return Plan(change, (MoneyMove(method.id, difference),), swaps, amounts)


def _new_variant(item: OrderItem, variant_id: str, shelf: Shelf, rules: ActRules) -> Variant:
    product = shelf.products.get(item.product_id)
    variant = product.variant(variant_id) if product else None
    if variant is None:
        raise RefusedError("other_product", title=item.title)
    if not variant.available:
        raise RefusedError("variant_sold_out", title=item.title)
    if variant.id == item.variant_id and not rules.same_variant:
        raise RefusedError("same_variant", title=item.title)
    return variant


def _price(variant: Variant, shelf: Shelf) -> Decimal:
    price = variant.price(_order(shelf).currency)
    if price is None or price.currency != _order(shelf).currency:
        raise RefusedError("no_price")
    return price.amount


def _return(change: Change, shelf: Shelf, rules: ActRules) -> Plan:
    items = _items(change, shelf)
    method, order = _method(change, shelf), _order(shelf)
    original = {one.method_id for one in order.payments if one.kind == "payment"}
    allowed = method.id in original or (
        rules.refund == "any"
        or (rules.refund == "original_or_gift_card" and method.kind == "gift_card")
    )
    if not allowed:
        raise RefusedError("wrong_refund_way")
    moves = (MoneyMove(method.id, -min(_worth(items), _kept(order, items))),)
    return Plan(change, moves, tuple((item, None) for item in items))


def _items(change: Change, shelf: Shelf) -> tuple[OrderItem, ...]:
    order = _order(shelf)
    places = change.lines
    if not places or len(set(places)) < len(places):
        raise RefusedError("no_items")
    if any(not 0 <= place < len(order.items) for place in places):
        raise RefusedError("no_items")
    return tuple(order.items[place] for place in places)


def _kept(order: Order, items: tuple[OrderItem, ...]) -> Decimal:
    """What was paid for an order and not given back; the items' worth where nobody noted it."""
    if not any(one.kind == "payment" for one in order.payments):
        return _worth(items)
    paid = (one.amount if one.kind == "payment" else -one.amount for one in order.payments)
    return max(sum(paid, ZERO), ZERO)


def _worth(items: tuple[OrderItem, ...]) -> Decimal:
    return sum((item.amount * item.quantity for item in items), ZERO)


def _order(shelf: Shelf) -> Order:
    if shelf.order is None:
        raise RefusedError("no_order")
    return shelf.order


def _method(change: Change, shelf: Shelf) -> PaymentMethod:
    method = shelf.customer.method(change.method_id)
    if method is None:
        raise RefusedError("unknown_method")
    return method


def _check_balance(method: PaymentMethod, amount: Decimal, order: Order) -> None:
    if method.balance is not None and method.balance < amount:
        left, needed = (Money(one, order.currency) for one in (method.balance, amount))
        raise RefusedError("low_balance", balance=left, needed=needed)


def fingerprint(plan: Plan) -> str:
    """Equal for plans that do the same."""
    parts = [repr(plan.change), repr(plan.moves), repr([v.id if v else "" for _, v in plan.swaps])]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def carry_out(plan: Plan, shelf: Shelf) -> tuple[Customer, Order | None]:
    """The records once the plan is done."""
    change, customer = plan.change, shelf.customer
    if change.act == "change_default_address" and change.address is not None:
        return replace(customer, address=change.address), None
    order = _order(shelf)
    match change.act:
        case "cancel_order":
            order = replace(order, status="cancelled", cancel_reason=change.reason)
            order = _booked(order, plan, shelf)
        case "change_order_address" if change.address is not None:
            order = replace(order, address=change.address)
        case "change_payment":
            order = _booked(order, plan, shelf)
        case "change_items":
            order = _booked(_swapped(order, plan), plan, shelf)
        case "return_items" | "exchange_items":
            return customer, _coming_back(order, plan, shelf)
    return _paid(customer, plan), order


def _booked(order: Order, plan: Plan, shelf: Shelf) -> Order:
    """The order with the money that moved in its payments; a refund of nothing is noted too."""
    new = tuple(
        Payment(
            "payment" if one.amount > 0 else "refund", abs(one.amount), one.method_id, shelf.now
        )
        for one in plan.moves
    )
    return replace(order, payments=order.payments + new)


def _swapped(order: Order, plan: Plan) -> Order:
    items = list(order.items)
    for place, (item, variant), amount in zip(
        plan.change.lines, plan.swaps, plan.amounts, strict=True
    ):
        if variant is not None:
            items[place] = replace(
                item,
                variant_id=variant.id,
                options=variant.options,
                amount=amount / item.quantity,
            )
    total = sum((one.amount * one.quantity for one in items), ZERO)
    return replace(order, items=tuple(items), total=total, status="pending_changed")


def _coming_back(order: Order, plan: Plan, shelf: Shelf) -> Order:
    """Money only moves once the goods are back: what is noted is how it will."""
    change = plan.change
    kind = "return" if change.act == "return_items" else "exchange"
    one = Return(
        kind="return" if kind == "return" else "exchange",
        variants=tuple(item.variant_id for item, _ in plan.swaps),
        method_id=change.method_id,
        new_variants=change.variants,
        difference=plan.moves[0].amount if kind == "exchange" else ZERO,
        time=shelf.now,
    )
    return replace(order, status=f"{kind}_requested", returns=(*order.returns, one))


def _paid(customer: Customer, plan: Plan) -> Customer:
    """The customer with the balances of gift cards as they are afterwards."""
    methods = list(customer.methods)
    for move in plan.moves:
        for place, one in enumerate(methods):
            if one.id == move.method_id and one.balance is not None:
                methods[place] = replace(one, balance=one.balance - move.amount)
    return replace(customer, methods=tuple(methods))
