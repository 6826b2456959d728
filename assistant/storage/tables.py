"""The assistant's tables. What only the code reads is JSON; what is searched has a column."""

from sqlalchemy import JSON, Column, DateTime, Index, Integer, MetaData, String, Table, Text

from catalog.store.tables import metadata as catalog_metadata

metadata = MetaData(naming_convention=catalog_metadata.naming_convention)

conversation = Table(
    "conversation",
    metadata,
    Column("session_id", String(255), primary_key=True),
    Column("user_id", String(255), nullable=False, index=True),
    Column("turn", Integer, nullable=False),
    Column("updated", DateTime(timezone=True), nullable=False),
    Column("state", JSON, nullable=False),
)

turn = Table(
    "turn",
    metadata,
    Column("session_id", String(255), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("time", DateTime(timezone=True), nullable=False, index=True),
    Column("action", String(64), nullable=False),
    Column("body", JSON, nullable=False),
)

ticket = Table(
    "ticket",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("session_id", String(255), nullable=False, index=True),
    Column("reason", String(64), nullable=False),
    Column("summary", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Index("ix_ticket_status", "status"),
)

customer_order = Table(
    "customer_order",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("email", String(255), nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("placed", DateTime(timezone=True), nullable=False),
    Column("body", JSON, nullable=False),
)
