"""The tables of customers and their orders. Amounts are in the currency's smallest unit."""

from sqlalchemy import JSON, BigInteger, Column, DateTime, Index, Integer, String, Table, Text

from assistant.storage.tables import metadata


def _address() -> list[Column[str]]:
    """The columns of an address."""
    return [
        Column("name", String(255), nullable=False),
        Column("line", String(255), nullable=False),
        Column("line2", String(255), nullable=False),
        Column("city", String(255), nullable=False),
        Column("region", String(255), nullable=False),
        Column("postal_code", String(32), nullable=False),
        Column("country", String(64), nullable=False),
    ]


customer = Table(
    "customer",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("email", String(255), nullable=False, index=True),
    Column("given", String(255), nullable=False),
    Column("family", String(255), nullable=False),
    Column("currency", String(3), nullable=False),
)

customer_address = Table(
    "customer_address",
    metadata,
    Column("customer_id", String(255), primary_key=True),
    *_address(),
    Index("ix_customer_address_postal_code", "postal_code"),
)

payment_method = Table(
    "payment_method",
    metadata,
    Column("customer_id", String(255), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("brand", String(32), nullable=False),
    Column("last_four", String(8), nullable=False),
    Column("balance", BigInteger),
)

purchase = Table(
    "purchase",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("customer_id", String(255), nullable=False, index=True),
    Column("email", String(255), nullable=False),
    Column("status", String(32), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("placed", DateTime(timezone=True)),
    Column("shipped", DateTime(timezone=True)),
    Column("expected", DateTime(timezone=True)),
    Column("delivered", DateTime(timezone=True)),
    Column("carrier", String(64), nullable=False),
    Column("tracking", String(64), nullable=False),
    Column("cancel_reason", Text, nullable=False),
    *_address(),
)

purchase_item = Table(
    "purchase_item",
    metadata,
    Column("purchase_id", String(64), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("product_id", String(255), nullable=False),
    Column("variant_id", String(255), nullable=False),
    Column("title", JSON, nullable=False),
    Column("options", JSON, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
)

fulfilment = Table(
    "fulfilment",
    metadata,
    Column("purchase_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("carrier", String(64), nullable=False),
    Column("tracking", JSON, nullable=False),
    Column("variants", JSON, nullable=False),
)

payment = Table(
    "payment",
    metadata,
    Column("purchase_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("method_id", String(64), nullable=False),
    Column("time", DateTime(timezone=True)),
)

purchase_return = Table(
    "purchase_return",
    metadata,
    Column("purchase_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("variants", JSON, nullable=False),
    Column("new_variants", JSON, nullable=False),
    Column("method_id", String(64), nullable=False),
    Column("difference", BigInteger, nullable=False),
    Column("time", DateTime(timezone=True)),
)

purchase_change = Table(
    "purchase_change",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("customer_id", String(255), nullable=False, index=True),
    Column("body", JSON, nullable=False),
    Column("time", DateTime(timezone=True), nullable=False),
)
"""What was changed, by the key that keeps it from being done twice."""

customer_access = Table(
    "customer_access",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("time", DateTime(timezone=True), nullable=False),
    Column("actor", String(255), nullable=False),
    Column("session_id", String(255), nullable=False),
    Column("customer_id", String(255), nullable=False, index=True),
    Column("what", String(64), nullable=False),
    Column("purchase_id", String(64), nullable=False),
)
"""The audit log: who looked at or changed which customer's data."""
