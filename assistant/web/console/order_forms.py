"""The forms in which an agent says what is to be done with an order, and reading them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.actions.ordering.telling import item_line, method_line, options_of
from assistant.orders import RefusedError
from assistant.orders.missing import allowed_methods
from assistant.orders.plans import Shelf, check_possible
from assistant.orders.reading.addresses import missing_parts
from assistant.orders.records import SWAPS, WITH_ADDRESS, WITH_ITEMS, WITH_METHOD, Records
from assistant.purchases import WRITES, Act, Address, Change, Order, OrderItem, OrderTask
from assistant.types import Money
from assistant.wording import write_money
from catalog.types import Language

ADDRESS_FIELDS = ("name", "line", "line2", "city", "region", "postal_code", "country")
ORDER_ACTS: tuple[Act, ...] = tuple(one for one in WRITES if one != "change_default_address")
_LONGEST = 200

Form = Mapping[str, Sequence[str]]
"""The fields that a browser sent, each with its values."""

Choice = tuple[str, str]
"""A value and what it is called."""


@dataclass(frozen=True, slots=True)
class ItemForm:
    """A line of an order that can be ticked, with what it may become."""

    line: int
    said: str
    variants: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ActForm:
    """What has to be said for one act; ``refused`` is why it is not possible at all."""

    act: str
    refused: RefusedError | None = None
    reasons: tuple[Choice, ...] = ()
    items: tuple[ItemForm, ...] = ()
    methods: tuple[Choice, ...] = ()
    address: Address | None = None


def forms_of(order: Order, records: Records, language: Language) -> tuple[ActForm, ...]:
    """A form for every act on an order."""
    return tuple(_form(act, order, records, language) for act in ORDER_ACTS)


def _form(act: Act, order: Order, records: Records, language: Language) -> ActForm:
    now = datetime.now(UTC)
    shelf = Shelf(records.customer, order, records.products, records.rules, now, "agent")
    try:
        check_possible(act, shelf)
    except RefusedError as error:
        return ActForm(act, error)
    reasons = records.rules.cancel_order.reasons if act == "cancel_order" else ()
    methods = allowed_methods(OrderTask(act=act), order, records) if act in WITH_METHOD else ()
    items = enumerate(order.items) if act in WITH_ITEMS else ()
    return ActForm(
        act,
        reasons=tuple((one.id, one.label[language]) for one in reasons),
        items=tuple(_item(act, line, one, order, records, language) for line, one in items),
        methods=tuple((one.id, method_line(one, language)) for one in methods),
        address=order.address if act in WITH_ADDRESS else None,
    )


def _item(
    act: Act, line: int, item: OrderItem, order: Order, records: Records, language: Language
) -> ItemForm:
    said = item_line(item, language)
    product = records.products.get(item.product_id)
    if act not in SWAPS or product is None:
        return ItemForm(line, said)
    same = records.rules.acts[act].same_variant
    choices = []
    for one in product.variants:
        price = one.price(order.currency)
        if one.available and price is not None and (same or one.id != item.variant_id):
            amount = write_money(Money(price.amount, price.currency), language)
            choices.append((one.id, f"{options_of(one.options, language) or one.id} · {amount}"))
    return ItemForm(line, said, tuple(choices))


def read_change(form: Form, records: Records) -> Change:
    """The change that a form asks for.

    Raises:
        RefusedError: there is no such act or order, or something has not been said.
    """
    act = next((one for one in WRITES if one == _value(form, "act")), None)
    if act is None:
        raise RefusedError("not_allowed")
    order_id = "" if act == "change_default_address" else _value(form, "order")
    if order_id and records.order(order_id) is None:
        raise RefusedError("no_order")
    lines = _lines(form) if act in WITH_ITEMS else ()
    return Change(
        act,
        records.customer.id,
        order_id,
        reason=_value(form, "reason") if act == "cancel_order" else "",
        lines=lines,
        variants=tuple(_value(form, f"variant-{one}") for one in lines) if act in SWAPS else (),
        method_id=_value(form, "method") if act in WITH_METHOD else "",
        address=_address(form) if act in WITH_ADDRESS else None,
    )


def _lines(form: Form) -> tuple[int, ...]:
    said = form.get("line", ())
    if not all(one.isdecimal() and len(one) <= 4 for one in said):
        raise RefusedError("no_items")
    return tuple(sorted({int(one) for one in said}))


def _address(form: Form) -> Address:
    address = Address(**{name: _value(form, name) for name in ADDRESS_FIELDS})
    if missing_parts(address) or not address.country:
        raise RefusedError("no_address")
    return address


def _value(form: Form, name: str) -> str:
    values = form.get(name, ())
    return values[0].strip()[:_LONGEST] if values else ""
