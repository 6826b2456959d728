"""A customer's orders and what is done with them, as the console shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from assistant.actions.ordering import telling
from assistant.orders import Plan, RefusedError
from assistant.orders.records import Records
from assistant.purchases import Order
from assistant.types import Money
from assistant.web.console.order_forms import (
    ADDRESS_FIELDS,
    ActForm,
    Form,
    forms_of,
)
from assistant.web.labels import Labels
from assistant.web.rendering import fill
from assistant.wording import write_money
from catalog.types import Language, LocalText

Facts = list[tuple[str, list[str]]]
"""Labels, each with its lines."""


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with the acts on it."""

    id: str
    status: str
    facts: Facts
    forms: tuple[ActForm, ...]


def status_of(order: Order, language: Language) -> str:
    """The order's status in words."""
    return telling.STATUSES[language].get(order.status, order.status)


def render_orders(records: Records, labels: Labels, done: str = "") -> Markup:
    """The customer, their orders, and a form for each act; ``done`` is the act just done."""
    customer = records.customer
    return fill(
        "console_orders.html",
        labels,
        customer=customer,
        name=f"{customer.given} {customer.family}".strip(),
        home=telling.address_line(customer.address),
        default=ActForm("change_default_address", address=customer.address),
        orders=[_order_view(one, records, labels) for one in records.orders],
        fields=ADDRESS_FIELDS,
        refusal=lambda error: refusal(error, labels),
        done=done,
    )


def _order_view(order: Order, records: Records, labels: Labels) -> OrderView:
    language = labels.language
    facts = [
        ("order_items", [telling.item_line(one, language) for one in order.items]),
        ("order_total", [write_money(Money(order.total, order.currency), language)]),
        ("order_address", [telling.address_line(order.address)]),
    ]
    if order.paid_with:
        facts.append(
            ("order_paid", [telling.method_named(order.paid_with, records, language)]),
        )
    if order.tracking:
        facts.append(("order_tracking", [f"{order.carrier} {order.tracking}".strip()]))
    forms = forms_of(order, records, language)
    return OrderView(order.id, status_of(order, language), facts, forms)


def render_plan(plan: Plan, records: Records, form: Form, key: str, labels: Labels) -> Markup:
    """Exactly what will happen, with the button that does it."""
    sent = [(name, value) for name, values in form.items() for value in values]
    return fill(
        "console_order_plan.html",
        labels,
        act=plan.change.act,
        facts=plan_facts(plan, records, labels),
        sent=[*((name, value) for name, value in sent if name != "key"), ("key", key)],
    )


def plan_facts(plan: Plan, records: Records, labels: Labels) -> Facts:
    """Everything that a change will do, in the order an agent reads it out."""
    change, language = plan.change, labels.language
    order = records.order(change.order_id) if change.order_id else None
    facts: Facts = []
    if order is not None:
        facts.append(("order", [order.id]))
        if change.act == "cancel_order":
            items = [telling.item_line(one, language) for one in order.items]
            facts.append(("order_items", items))
    if change.reason:
        names = {one.id: one.label[language] for one in records.rules.cancel_order.reasons}
        facts.append(("order_reason", [names.get(change.reason, change.reason)]))
    if plan.swaps:
        swaps = [telling.swap_line(plan, n, language) for n in range(len(plan.swaps))]
        facts.append(("order_items", swaps))
    if change.address is not None:
        before = order.address if order else records.customer.address
        facts.append(("address_before", [telling.address_line(before)]))
        facts.append(("address_after", [telling.address_line(change.address)]))
    return facts + _money_facts(plan, records, order, labels)


def _money_facts(plan: Plan, records: Records, order: Order | None, labels: Labels) -> Facts:
    language = labels.language
    currency = order.currency if order else records.customer.currency
    lines = []
    for one in plan.moves:
        amount = write_money(Money(abs(one.amount), currency), language)
        if one.amount < 0:
            way = telling.refund_way(one.method_id, records, language)
            lines.append(f"{labels('money_back')} {amount} → {way}")
        elif one.amount > 0:
            way = telling.method_named(one.method_id, records, language)
            lines.append(f"{labels('money_taken')} {amount} ← {way}")
    late = plan.change.act in ("return_items", "exchange_items")
    if lines and late:
        lines.append(labels("money_later"))
    return [("money", lines or [labels("money_none")])]


def refusal(error: RefusedError, labels: Labels) -> str:
    """Why the rules do not allow something, in the agent's words."""
    facts: dict[str, object] = dict(error.facts)
    if "status" in facts:
        named: Mapping[str, str] = telling.STATUSES[labels.language]
        facts["status"] = named.get(str(facts["status"]), str(facts["status"]))
    words = labels(f"refused_{error.reason}", **facts)
    title = error.facts.get("title")
    if not isinstance(title, LocalText):
        return words
    return f"{title.get(labels.language)}{'：' if labels.language == 'zh' else ': '}{words}"
