"""Between customers and orders and the rows they are kept in."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from assistant.purchases import (
    Address,
    Customer,
    Fulfilment,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
    Return,
)
from catalog.money import from_minor, to_minor
from catalog.store.rows import as_utc
from catalog.types import LocalText

Row = dict[str, Any]

_TEXT = TypeAdapter(LocalText)
_OPTIONS = TypeAdapter(tuple[tuple[str, LocalText], ...])
_ADDRESS = ("name", "line", "line2", "city", "region", "postal_code", "country")
_DATES = ("placed", "shipped", "expected", "delivered")


def customer_row(customer: Customer) -> Row:
    """The row of the table ``customer``."""
    return {
        "id": customer.id,
        "email": customer.email.casefold(),
        "given": customer.given,
        "family": customer.family,
        "currency": customer.currency,
    }


def method_rows(customer: Customer) -> list[Row]:
    """The rows of the table ``payment_method``."""
    return [
        {
            "customer_id": customer.id,
            "id": one.id,
            "position": position,
            "kind": one.kind,
            "brand": one.brand,
            "last_four": one.last_four,
            "balance": None if one.balance is None else to_minor(one.balance, customer.currency),
        }
        for position, one in enumerate(customer.methods)
    ]


def make_customer(row: RowMapping, address: RowMapping, methods: Sequence[RowMapping]) -> Customer:
    """The customer of those rows."""
    return Customer(
        row["id"],
        row["email"],
        row["given"],
        row["family"],
        _address(address),
        row["currency"],
        tuple(_method(one, row["currency"]) for one in methods),
    )


def _method(row: RowMapping, currency: str) -> PaymentMethod:
    balance = None if row["balance"] is None else from_minor(row["balance"], currency)
    return PaymentMethod(row["id"], row["kind"], row["brand"], row["last_four"], balance)


def _address(row: RowMapping) -> Address:
    return Address(**{name: row[name] for name in _ADDRESS})


def order_row(order: Order) -> Row:
    """The row of the table ``purchase``."""
    return {
        "id": order.id,
        "customer_id": order.customer_id,
        "email": order.email.casefold(),
        "status": order.status,
        "currency": order.currency,
        "total": to_minor(order.total, order.currency),
        "carrier": order.carrier,
        "tracking": order.tracking,
        "cancel_reason": order.cancel_reason,
        **{name: _utc(getattr(order, name)) for name in _DATES},
        **asdict(order.address),
    }


def part_rows(order: Order) -> Mapping[str, list[Row]]:
    """The rows of every table that belongs to an order, by the table's name."""
    own = {"purchase_id": order.id}
    return {
        "purchase_item": [
            {**own, "line": line, **_item_row(one, order.currency)}
            for line, one in enumerate(order.items)
        ],
        "fulfilment": [
            {
                **own,
                "number": number,
                "carrier": one.carrier,
                "tracking": list(one.tracking),
                "variants": list(one.variants),
            }
            for number, one in enumerate(order.fulfilments)
        ],
        "payment": [
            {
                **own,
                "number": number,
                "kind": one.kind,
                "amount": to_minor(one.amount, order.currency),
                "method_id": one.method_id,
                "time": _utc(one.time),
            }
            for number, one in enumerate(order.payments)
        ],
        "purchase_return": [
            {**own, "number": number, **_return_row(one, order.currency)}
            for number, one in enumerate(order.returns)
        ],
    }


def _item_row(item: OrderItem, currency: str) -> Row:
    return {
        "product_id": item.product_id,
        "variant_id": item.variant_id,
        "title": _TEXT.dump_python(item.title, mode="json"),
        "options": _OPTIONS.dump_python(item.options, mode="json"),
        "quantity": item.quantity,
        "amount": to_minor(item.amount, currency),
    }


def _return_row(one: Return, currency: str) -> Row:
    return {
        "kind": one.kind,
        "variants": list(one.variants),
        "new_variants": list(one.new_variants),
        "method_id": one.method_id,
        "difference": to_minor(one.difference, currency),
        "time": _utc(one.time),
    }


def make_order(row: RowMapping, parts: Mapping[str, Sequence[RowMapping]]) -> Order:
    """The order of those rows; ``parts`` are rows by the table's name, in order."""
    currency = row["currency"]
    return Order(
        id=row["id"],
        email=row["email"],
        status=row["status"],
        currency=currency,
        total=from_minor(row["total"], currency),
        items=tuple(_item(one, currency) for one in parts["purchase_item"]),
        address=_address(row),
        carrier=row["carrier"],
        tracking=row["tracking"],
        customer_id=row["customer_id"],
        payments=tuple(
            Payment(one["kind"], from_minor(one["amount"], currency), one["method_id"], _time(one))
            for one in parts["payment"]
        ),
        fulfilments=tuple(
            Fulfilment(tuple(one["tracking"]), tuple(one["variants"]), one["carrier"])
            for one in parts["fulfilment"]
        ),
        returns=tuple(_return(one, currency) for one in parts["purchase_return"]),
        cancel_reason=row["cancel_reason"],
        **{name: as_utc(row[name]) if row[name] else None for name in _DATES},
    )


def _item(row: RowMapping, currency: str) -> OrderItem:
    return OrderItem(
        row["product_id"],
        row["variant_id"],
        _TEXT.validate_python(row["title"]),
        row["quantity"],
        from_minor(row["amount"], currency),
        _OPTIONS.validate_python(row["options"]),
    )


def _return(row: RowMapping, currency: str) -> Return:
    return Return(
        row["kind"],
        tuple(row["variants"]),
        row["method_id"],
        tuple(row["new_variants"]),
        Decimal(from_minor(row["difference"], currency)),
        _time(row),
    )


def _time(row: RowMapping) -> datetime | None:
    return as_utc(row["time"]) if row["time"] else None


def _utc(time: datetime | None) -> datetime | None:
    return time.astimezone(UTC) if time else None
