"""Customers and their orders get tables of their own."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

from catalog.money import to_minor

revision = "orders"
down_revision = "desk"
branch_labels = None
depends_on = None

_DATES = ("placed", "shipped", "expected", "delivered")


def _address() -> list[sa.Column[str]]:
    return [
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("line", sa.String(255), nullable=False),
        sa.Column("line2", sa.String(255), nullable=False),
        sa.Column("city", sa.String(255), nullable=False),
        sa.Column("region", sa.String(255), nullable=False),
        sa.Column("postal_code", sa.String(32), nullable=False),
        sa.Column("country", sa.String(64), nullable=False),
    ]


def upgrade() -> None:
    """Apply the change, and take over the orders there are."""
    _create_customers()
    _create_orders()
    _create_log()
    _take_over(op.get_bind())
    op.drop_table("customer_order")


def _create_customers() -> None:
    op.create_table(
        "customer",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("email", sa.String(255), nullable=False),
        sa.Column("given", sa.String(255), nullable=False),
        sa.Column("family", sa.String(255), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customer"),
    )
    op.create_index("ix_customer_email", "customer", ["email"])
    op.create_table(
        "customer_address",
        sa.Column("customer_id", sa.String(255), nullable=False),
        *_address(),
        sa.PrimaryKeyConstraint("customer_id", name="pk_customer_address"),
    )
    op.create_index("ix_customer_address_postal_code", "customer_address", ["postal_code"])
    op.create_table(
        "payment_method",
        sa.Column("customer_id", sa.String(255), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("brand", sa.String(32), nullable=False),
        sa.Column("last_four", sa.String(8), nullable=False),
        sa.Column("balance", sa.BigInteger()),
        sa.PrimaryKeyConstraint("customer_id", "id", name="pk_payment_method"),
    )


def _create_orders() -> None:
    op.create_table(
        "purchase",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("customer_id", sa.String(255), nullable=False),
        sa.Column("email", sa.String(255), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in _DATES),
        sa.Column("carrier", sa.String(64), nullable=False),
        sa.Column("tracking", sa.String(64), nullable=False),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        *_address(),
        sa.PrimaryKeyConstraint("id", name="pk_purchase"),
    )
    op.create_index("ix_purchase_customer_id", "purchase", ["customer_id"])
    op.create_table(
        "purchase_item",
        sa.Column("purchase_id", sa.String(64), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(255), nullable=False),
        sa.Column("variant_id", sa.String(255), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("purchase_id", "line", name="pk_purchase_item"),
    )
    op.create_table(
        "fulfilment",
        sa.Column("purchase_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.String(64), nullable=False),
        sa.Column("tracking", sa.JSON(), nullable=False),
        sa.Column("variants", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("purchase_id", "number", name="pk_fulfilment"),
    )
    op.create_table(
        "payment",
        sa.Column("purchase_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("method_id", sa.String(64), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("purchase_id", "number", name="pk_payment"),
    )
    op.create_table(
        "purchase_return",
        sa.Column("purchase_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("variants", sa.JSON(), nullable=False),
        sa.Column("new_variants", sa.JSON(), nullable=False),
        sa.Column("method_id", sa.String(64), nullable=False),
        sa.Column("difference", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("purchase_id", "number", name="pk_purchase_return"),
    )


def _create_log() -> None:
    op.create_table(
        "purchase_change",
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("customer_id", sa.String(255), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_purchase_change"),
    )
    op.create_index("ix_purchase_change_customer_id", "purchase_change", ["customer_id"])
    op.create_table(
        "customer_access",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("session_id", sa.String(255), nullable=False),
        sa.Column("customer_id", sa.String(255), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("purchase_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_customer_access"),
    )
    op.create_index("ix_customer_access_customer_id", "customer_access", ["customer_id"])


def _take_over(connection: sa.Connection) -> None:
    """Every order of the old table, each under a customer with its e-mail address as id."""
    meta = sa.MetaData()
    names = ("customer_order", "customer", "customer_address", "purchase", "purchase_item")
    meta.reflect(connection, only=names)
    old = meta.tables["customer_order"]
    known: set[str] = set()
    for body in connection.execute(sa.select(old.c.body)).scalars():
        order = json.loads(body) if isinstance(body, str) else body
        email = order["email"].casefold()
        if email not in known:
            known.add(email)
            _add_customer(connection, meta, email, order)
        _add_order(connection, meta, email, order)


def _add_customer(
    connection: sa.Connection, meta: sa.MetaData, email: str, order: Mapping[str, Any]
) -> None:
    given, _, family = order["address"]["name"].rpartition(" ")
    row = {"id": email, "email": email, "given": given, "family": family}
    table, address = meta.tables["customer"], meta.tables["customer_address"]
    connection.execute(sa.insert(table).values(**row, currency=order["currency"]))
    where = {"customer_id": email, "line2": ""} | order["address"]
    connection.execute(sa.insert(address).values(**where))


def _add_order(
    connection: sa.Connection, meta: sa.MetaData, email: str, order: Mapping[str, Any]
) -> None:
    currency = order["currency"]
    row = {name: order.get(name, "") for name in ("id", "status", "carrier", "tracking")}
    row |= {name: _date(order.get(name)) for name in _DATES}
    row |= {"line2": ""} | order["address"]
    row |= {"customer_id": email, "email": email, "currency": currency, "cancel_reason": ""}
    row["total"] = to_minor(Decimal(order["total"]), currency)
    connection.execute(sa.insert(meta.tables["purchase"]).values(**row))
    for line, item in enumerate(order["items"]):
        connection.execute(
            sa.insert(meta.tables["purchase_item"]).values(
                purchase_id=order["id"],
                line=line,
                product_id=item["product_id"],
                variant_id=item["variant_id"],
                title=item["title"],
                options=[],
                quantity=item["quantity"],
                amount=to_minor(Decimal(item["amount"]), currency),
            )
        )


def _date(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def downgrade() -> None:
    """Take the change back; the orders are not kept."""
    for name in (
        *("customer_access", "purchase_change", "purchase_return", "payment", "fulfilment"),
        *("purchase_item", "purchase", "payment_method", "customer_address", "customer"),
    ):
        op.drop_table(name)
    op.create_table(
        "customer_order",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("email", sa.String(255), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("placed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customer_order"),
    )
    op.create_index("ix_customer_order_email", "customer_order", ["email"])
