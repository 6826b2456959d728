"""What is said of orders: facts for the responses, from the records alone."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from assistant.orders import Plan, next_step
from assistant.orders.missing import Missing
from assistant.orders.plans import MoneyMove
from assistant.orders.reading.items import Line
from assistant.orders.records import SWAPS, Records
from assistant.purchases import Address, Order, OrderItem, OrderTask, PaymentMethod
from assistant.types import Money, Note, SuggestedResponse, Suggestion
from assistant.wording import write_money
from catalog.types import Language, LocalText, Variant

PERSON = SuggestedResponse("ask_person", "/request_human")
_BUTTONS = 6


def options_of(options: Sequence[tuple[str, LocalText]], language: Language) -> str:
    """The choices of a variant, the option named where its value alone says nothing."""
    parts = []
    for name, value in options:
        said = value.get(language)
        plain = said.casefold() not in (
            "yes",
            "no",
            "none",
            "high",
            "low",
            "medium",
            "full",
            "half",
        )
        parts.append(said if plain and not said.isdigit() else f"{name}: {said}")
    return ", ".join(parts)


def item_line(item: OrderItem, language: Language) -> str:
    """An item as it is listed: what it is, which one, how many."""
    options = options_of(item.options, language)
    title = item.title.get(language)
    named = f"{title} ({options})" if options else title
    return named if item.quantity == 1 else f"{item.quantity} × {named}"


def variant_line(variant: Variant, currency: str, language: Language) -> str:
    """A variant as it is offered."""
    return options_of(variant.options, language)


def method_line(method: PaymentMethod, language: Language) -> str:
    """A way to pay as its owner knows it."""
    names = {
        "gift_card": LocalText("gift card", "礼品卡"),
        "paypal": LocalText("PayPal", "PayPal"),
        "credit_card": LocalText("credit card", "信用卡"),
    }
    name = names.get(method.kind, LocalText(method.kind, method.kind)).get(language)
    if method.last_four:
        brand = method.brand.capitalize()
        end = f"尾号{method.last_four}" if language == "zh" else f"ending in {method.last_four}"
        return f"{brand} {name} {end}" if language == "en" else f"{brand}{name}（{end}）"
    return name


def address_line(address: Address) -> str:
    """An address in one line."""
    parts = (
        address.line,
        address.line2,
        address.city,
        " ".join(one for one in (address.region, address.postal_code) if one),
        address.country,
    )
    return ", ".join(one for one in parts if one)


def status_note(order: Order, language: Language) -> Note:
    """Where an order is."""
    step = next_step(order)
    facts: dict[str, object] = {
        "order": order.id,
        "placed": order.placed,
        "total": Money(order.total, order.currency),
        "lines": tuple(f"{item.quantity} × {_plain(item, language)}" for item in order.items),
        "expected": step.expected,
        "carrier": step.carrier,
        "tracking": step.tracking,
        "shipped": order.shipped,
        "delivered": order.delivered,
    }
    return Note(f"order_{order.status}", facts)


def _plain(item: OrderItem, language: Language) -> str:
    options = options_of(item.options, language)
    title = item.title.get(language)
    return f"{title} ({options})" if options else title


def order_line(order: Order, language: Language, status: str) -> str:
    """An order in one line of a list."""
    items = "; ".join(item_line(one, language) for one in order.items)
    return f"{order.id} ({status}): {items}" if status else f"{order.id}: {items}"


def question(
    task: OrderTask,
    missing: Missing,
    records: Records,
    language: Language,
    statuses: dict[str, str],
) -> tuple[Note, tuple[Suggestion | SuggestedResponse, ...]]:
    """The question for what is missing, with its buttons."""
    match missing.slot:
        case "order":
            listed = [one for one in records.orders if one.id in missing.offered]
            lines = tuple(order_line(o, language, statuses.get(o.status, "")) for o in listed)
            buttons = tuple(Suggestion(one.id, one.id) for one in listed[:_BUTTONS])
            return Note("which_order", {"lines": lines}), buttons
        case "items":
            return _ask_items(task, missing, records, language)
        case "variant":
            return _ask_variant(task, missing, records, language)
        case "reason":
            labels = [one.label[language] for one in records.rules.cancel_order.reasons]
            buttons = tuple(Suggestion(label, label) for label in labels)
            return Note("which_reason", {"order": task.order_id, "lines": tuple(labels)}), buttons
        case "method":
            return _ask_method(task, missing, records, language)
        case _:
            return _ask_address(task, missing)


def _ask_items(
    task: OrderTask, missing: Missing, records: Records, language: Language
) -> tuple[Note, tuple[Suggestion | SuggestedResponse, ...]]:
    order = records.order(task.order_id)
    items = [order.items[int(place)] for place in missing.offered] if order else []
    lines = tuple(item_line(one, language) for one in items)
    name = {"return_items": "which_return"}.get(task.act, "which_change")
    return Note(name, {"order": task.order_id, "lines": lines}), ()


def _ask_variant(
    task: OrderTask, missing: Missing, records: Records, language: Language
) -> tuple[Note, tuple[Suggestion | SuggestedResponse, ...]]:
    order = records.order(task.order_id)
    line: Line | None = records.lines([order])[missing.line] if order else None
    if order is None or line is None or line.product is None:
        return Note("variant_gone", {"title": line.item.title if line else ""}), (PERSON,)
    offered = [line.product.variant(id_) for id_ in missing.offered]
    lines = tuple(variant_line(one, order.currency, language) for one in offered if one)
    facts = {"title": line.item.title, "now": options_of(line.item.options, language)}
    name = {"sold_out": "variant_sold_out", "no_such": "variant_unknown"}.get(
        missing.trouble, "which_variant"
    )
    return Note(name, facts | {"lines": lines}), ()


def _ask_method(
    task: OrderTask, missing: Missing, records: Records, language: Language
) -> tuple[Note, tuple[Suggestion | SuggestedResponse, ...]]:
    methods = [records.customer.method(id_) for id_ in missing.offered]
    lines = tuple(method_line(one, language) for one in methods if one)
    buttons = tuple(Suggestion(line, line) for line in lines[:_BUTTONS])
    name = {"return_items": "which_refund", "change_payment": "which_payment"}.get(
        task.act, "which_method"
    )
    return Note(name, {"lines": lines}), buttons


def _ask_address(
    task: OrderTask, missing: Missing
) -> tuple[Note, tuple[Suggestion | SuggestedResponse, ...]]:
    if task.address is None or not missing.parts or "line" in missing.parts:
        return Note("which_address"), ()
    part = missing.parts[0]
    return Note(f"which_{part}", {"address": address_line(task.address)}), ()


def proposal(plan: Plan, records: Records, language: Language) -> Note:
    """Exactly what a change will do."""
    change = plan.change
    order = records.order(change.order_id)
    currency = order.currency if order else records.customer.currency
    facts: dict[str, object] = {"order": change.order_id}
    if change.address is not None:
        facts["address"] = address_line(change.address)
    if change.act == "cancel_order":
        labels = {one.id: one.label[language] for one in records.rules.cancel_order.reasons}
        facts["reason"] = labels.get(change.reason, change.reason)
        facts["lines"] = tuple(item_line(one, language) for one in order.items) if order else ()
    if plan.swaps:
        facts["lines"] = tuple(swap_line(plan, n, language) for n in range(len(plan.swaps)))
    return Note(_proposal_name(plan), facts | _money_facts(plan, records, currency, language))


def done(plan: Plan, records: Records, language: Language) -> Note:
    """What a change has done."""
    facts = dict(proposal(plan, records, language).facts)
    name = "pay" if plan.moves and plan.moves[0].amount > 0 else "back"
    if plan.change.act in SWAPS:
        return Note(f"done_{plan.change.act}", facts)
    return Note(f"done_{plan.change.act}", facts | {"way": name})


def swap_line(plan: Plan, place: int, language: Language) -> str:
    """An item that goes or comes back, with what it becomes."""
    item, variant = plan.swaps[place]
    if variant is None:
        return item_line(item, language)
    return f"{item_line(item, language)} → {options_of(variant.options, language)}"


def _proposal_name(plan: Plan) -> str:
    act = plan.change.act
    if act == "cancel_order" and not plan.moves:
        return "shown_cancel_order_unpaid"
    if act not in ("change_items", "exchange_items"):
        return f"shown_{act}"
    amount = plan.moves[0].amount
    kind = "pay" if amount > 0 else "back" if amount < 0 else "even"
    return f"shown_{act}_{kind}"


def _money_facts(
    plan: Plan, records: Records, currency: str, language: Language
) -> dict[str, object]:
    """What is paid and given back, how, and when all of it is there."""
    if not plan.moves:
        return {}
    back = [one for one in plan.moves if one.amount < 0]
    moved = back if plan.change.act == "cancel_order" else plan.moves[:1]
    days = (_refund_days(one.method_id, records) for one in back or plan.moves[:1])
    low, high = max(days, key=lambda one: one[1])
    facts: dict[str, object] = {
        "amount": Money(abs(sum((one.amount for one in moved), Decimal(0))), currency),
        "method": method_named(plan.moves[0].method_id, records, language),
        "days": f"{low}–{high}" if high else "",
        "atonce": "" if high else " ",
    }
    if back:
        facts["back"] = _ways_back(back, records, currency, language)
    return facts


def _ways_back(
    moves: Sequence[MoneyMove], records: Records, currency: str, language: Language
) -> tuple[str, ...]:
    """Where money goes back to; of several each with its share."""
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for one in moves:
        shares[one.method_id] -= one.amount
    if len(shares) == 1:
        return (method_named(moves[0].method_id, records, language),)
    form = "{} {}" if language == "zh" else "{} ({})"
    return tuple(
        form.format(
            method_named(id_, records, language), write_money(Money(share, currency), language)
        )
        for id_, share in shares.items()
    )


def method_named(id_: str, records: Records, language: Language) -> str:
    """The customer's way to pay of that id."""
    method = records.customer.method(id_)
    return method_line(method, language) if method else id_


def _refund_days(method_id: str, records: Records) -> tuple[int, int]:
    """After how many working days money is there, at least and at most; 0 is at once."""
    method = records.customer.method(method_id)
    return records.rules.refund_days(method.kind if method else "other")


STATUSES: dict[Language, dict[str, str]] = {
    "en": {
        "pending": "pending",
        "pending_changed": "pending, items changed",
        "processed": "processed",
        "shipped": "shipped",
        "delivered": "delivered",
        "cancelled": "cancelled",
        "return_requested": "return requested",
        "exchange_requested": "exchange requested",
        "returned": "returned",
    },
    "zh": {
        "pending": "待处理",
        "pending_changed": "待处理，已改商品",
        "processed": "已打包",
        "shipped": "运输中",
        "delivered": "已签收",
        "cancelled": "已取消",
        "return_requested": "退货中",
        "exchange_requested": "换货中",
        "returned": "已退货",
    },
}


def refund_note(order: Order, records: Records, language: Language) -> Note:
    """Which money goes back, and how."""
    back = [one for one in order.payments if one.kind == "refund" and one.amount]
    lines = tuple(
        f"{write_money(Money(one.amount, order.currency), language)} → "
        f"{refund_way(one.method_id, records, language)}"
        for one in back
    )
    coming = next((one for one in order.returns if one.kind == "return"), None)
    if lines:
        return Note("refund_booked", {"order": order.id, "lines": lines})
    if coming is not None:
        method = method_named(coming.method_id, records, language)
        return Note("refund_waits", {"order": order.id, "method": method})
    return Note("refund_none", {"order": order.id})


def refund_way(method_id: str, records: Records, language: Language) -> str:
    """The way that money goes back, with how long it takes where it is not at once."""
    low, high = _refund_days(method_id, records)
    named = method_named(method_id, records, language)
    if not high:
        return named
    days = f"（{low}–{high}个工作日）" if language == "zh" else f" ({low}–{high} working days)"
    return named + days


def invoice_note(order: Order, records: Records, language: Language) -> Note:
    """What was bought and paid, line by line."""
    currency = order.currency
    lines = tuple(
        f"{item_line(one, language)}: "
        f"{write_money(Money(one.amount * one.quantity, currency), language)}"
        for one in order.items
    )
    facts: dict[str, object] = {
        "order": order.id,
        "lines": lines,
        "total": Money(order.total, currency),
        "method": method_named(order.paid_with, records, language) if order.paid_with else "",
        "address": address_line(order.address),
    }
    return Note("invoice", facts)
