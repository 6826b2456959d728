"""A retailer's database in one JSON file: products, users and orders, in and out again.

The form is that of tau2-bench's retail domain: ``{"products": {id: …}, "users": {id: …},
"orders": {id: …}}``. Amounts are in one currency that the file does not name.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from assistant.purchases import (
    Address,
    Customer,
    Fulfilment,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
)
from catalog.types import Availability, LocalText, Price, Product, Variant

Row = Mapping[str, Any]
_T = TypeVar("_T")

_STATUSES = {
    "pending": "pending",
    "pending (item modified)": "pending_changed",
    "pending (items modified)": "pending_changed",
    "processed": "processed",
    "shipped": "shipped",
    "delivered": "delivered",
    "cancelled": "cancelled",
    "return requested": "return_requested",
    "exchange requested": "exchange_requested",
    "returned": "returned",
}
_WRITTEN = {
    ours: theirs for theirs, ours in _STATUSES.items() if theirs != "pending (items modified)"
}


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read: where it stands, and why."""

    kind: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Retailer:
    """What a file held."""

    products: tuple[Product, ...]
    customers: tuple[Customer, ...]
    orders: tuple[Order, ...]
    rejected: tuple[Reject, ...]


def read_retailer(path: Path, currency: str) -> Retailer:
    """Read a file, gzipped or not. A record that is wrong is rejected with its reason.

    Raises:
        ValueError: the file cannot be read, or is no retailer's database.
    """
    content = _load(path)
    rejected: list[Reject] = []
    products = _read(
        content["products"], "product", rejected, lambda k, v: _product(k, v, currency)
    )
    customers = _read(
        content["users"], "customer", rejected, lambda k, v: _customer(k, v, currency)
    )
    known = {one.id: one for one in customers}
    orders = _read(content["orders"], "order", rejected, lambda k, v: _order(k, v, known, currency))
    return Retailer(products, customers, orders, tuple(rejected))


def _load(path: Path) -> Mapping[str, Mapping[str, Row]]:
    try:
        raw = path.read_bytes()
        content = json.loads(
            gzip.decompress(raw) if path.suffix == ".gz" else raw, parse_float=Decimal
        )
    except (OSError, EOFError, ValueError, RecursionError) as error:
        raise ValueError(f"{path} cannot be read as JSON: {error}") from error
    parts = ("products", "users", "orders")
    if not isinstance(content, dict) or not all(isinstance(content.get(p), dict) for p in parts):
        raise ValueError(f"expected {path} to hold objects {', '.join(parts)}")
    return content


def _read(
    rows: Mapping[str, Row], kind: str, rejected: list[Reject], make: Callable[[str, Row], _T]
) -> tuple[_T, ...]:
    """What can be made of the rows; what cannot is added to ``rejected``."""
    made: list[_T] = []
    for id_, row in rows.items():
        try:
            made.append(make(id_, row))
        except KeyError as error:
            rejected.append(Reject(kind, id_, f"expected a key {error}"))
        except (ValueError, TypeError, AttributeError) as error:
            rejected.append(Reject(kind, id_, str(error)))
    return tuple(made)


def _product(id_: str, row: Row, currency: str) -> Product:
    variants = tuple(
        Variant(
            str(one.get("item_id", variant_id)),
            _options(one["options"]),
            (Price(_amount(one["price"]), currency),),
            Availability.IN_STOCK if one["available"] else Availability.OUT_OF_STOCK,
        )
        for variant_id, one in row["variants"].items()
    )
    title = LocalText(str(row["name"]), "")
    return Product(str(row.get("product_id", id_)), title, variants, category=(title,))


def _options(row: Row) -> tuple[tuple[str, LocalText], ...]:
    return tuple((str(name), LocalText(str(value), "")) for name, value in row.items())


def _customer(id_: str, row: Row, currency: str) -> Customer:
    name = row["name"]
    given, family = str(name["first_name"]), str(name["last_name"])
    email = str(row["email"])
    if "@" not in email:
        raise ValueError(f"expected an e-mail address, got {email!r}")
    methods = tuple(_method(key, one) for key, one in row.get("payment_methods", {}).items())
    address = _address(row["address"], f"{given} {family}")
    return Customer(str(row.get("user_id", id_)), email, given, family, address, currency, methods)


def _method(id_: str, row: Row) -> PaymentMethod:
    balance = _amount(row["balance"]) if "balance" in row else None
    brand, last_four = str(row.get("brand", "")), str(row.get("last_four", ""))
    return PaymentMethod(str(row.get("id", id_)), str(row["source"]), brand, last_four, balance)


def _address(row: Row, name: str) -> Address:
    return Address(
        name,
        str(row["address1"]),
        str(row["city"]),
        str(row.get("state", "")),
        str(row["zip"]),
        str(row["country"]),
        str(row.get("address2", "")),
    )


def _order(id_: str, row: Row, customers: Mapping[str, Customer], currency: str) -> Order:
    owner = customers.get(str(row["user_id"]))
    if owner is None:
        raise ValueError(f"expected the id of a customer in this file, got {row['user_id']!r}")
    if row["status"] not in _STATUSES:
        raise ValueError(f"expected a status of {', '.join(_STATUSES)}, got {row['status']!r}")
    items = tuple(_item(one) for one in row["items"])
    parcels = tuple(
        Fulfilment(tuple(map(str, one["tracking_id"])), tuple(map(str, one["item_ids"])))
        for one in row.get("fulfillments", ())
    )
    return Order(
        id=str(row.get("order_id", id_)).lstrip("#"),
        email=owner.email,
        status=_STATUSES[row["status"]],
        placed=None,
        currency=currency,
        total=sum((one.amount for one in items), Decimal(0)),
        items=items,
        address=_address(row["address"], f"{owner.given} {owner.family}"),
        tracking=", ".join(number for one in parcels for number in one.tracking),
        customer_id=owner.id,
        payments=tuple(_payment(one) for one in row.get("payment_history", ())),
        fulfilments=parcels,
        cancel_reason=str(row.get("cancel_reason") or ""),
    )


def _item(row: Row) -> OrderItem:
    title = LocalText(str(row["name"]), "")
    amount, options = _amount(row["price"]), _options(row["options"])
    return OrderItem(str(row["product_id"]), str(row["item_id"]), title, 1, amount, options)


def _payment(row: Row) -> Payment:
    kind = row["transaction_type"]
    if kind not in ("payment", "refund"):
        raise ValueError(f"expected payment or refund, got {kind!r}")
    return Payment(kind, _amount(row["amount"]), str(row["payment_method_id"]))


def _amount(value: Any) -> Decimal:  # noqa: ANN401  # whatever JSON holds
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"expected an amount, got {value!r}") from error
    if isinstance(value, bool) or not amount.is_finite():
        raise ValueError(f"expected an amount, got {value!r}")
    return amount


def write_retailer(customers: Iterable[Customer], orders: Iterable[Order]) -> dict[str, Any]:
    """Customers and orders in the form they were read from; products are not written."""
    ordered = list(orders)
    owned: dict[str, list[str]] = {}
    for one in ordered:
        owned.setdefault(one.customer_id, []).append(f"#{one.id}")
    return {
        "users": {one.id: _user_row(one, owned.get(one.id, [])) for one in customers},
        "orders": {f"#{one.id}": _order_row(one) for one in ordered},
    }


def _user_row(customer: Customer, orders: list[str]) -> dict[str, Any]:
    return {
        "user_id": customer.id,
        "name": {"first_name": customer.given, "last_name": customer.family},
        "address": _address_row(customer.address),
        "email": customer.email,
        "payment_methods": {one.id: _method_row(one) for one in customer.methods},
        "orders": orders,
    }


def _method_row(method: PaymentMethod) -> dict[str, Any]:
    row: dict[str, Any] = {"source": method.kind, "id": method.id}
    if method.kind == "credit_card":
        row |= {"brand": method.brand, "last_four": method.last_four}
    return row if method.balance is None else row | {"balance": float(method.balance)}


def _address_row(address: Address) -> dict[str, str]:
    return {
        "address1": address.line,
        "address2": address.line2,
        "city": address.city,
        "country": address.country,
        "state": address.region,
        "zip": address.postal_code,
    }


def _order_row(order: Order) -> dict[str, Any]:
    row: dict[str, Any] = {
        "order_id": f"#{order.id}",
        "user_id": order.customer_id,
        "address": _address_row(order.address),
        "items": [_item_row(one) for one in order.items for _ in range(one.quantity)],
        "status": _WRITTEN[order.status],
        "fulfillments": [
            {"tracking_id": list(one.tracking), "item_ids": list(one.variants)}
            for one in order.fulfilments
        ],
        "payment_history": [
            {
                "transaction_type": one.kind,
                "amount": float(one.amount),
                "payment_method_id": one.method_id,
            }
            for one in order.payments
        ],
    }
    if order.cancel_reason:
        row["cancel_reason"] = order.cancel_reason
    for one in order.returns:
        row |= {
            f"{one.kind}_items": sorted(one.variants),
            f"{one.kind}_payment_method_id": one.method_id,
        }
        if one.kind == "exchange":
            row["exchange_new_items"] = sorted(one.new_variants)
            row["exchange_price_difference"] = float(one.difference)
    return row


def _item_row(item: OrderItem) -> dict[str, Any]:
    return {
        "name": item.title.en,
        "product_id": item.product_id,
        "item_id": item.variant_id,
        "price": float(item.amount),
        "options": {name: value.en for name, value in item.options},
    }
