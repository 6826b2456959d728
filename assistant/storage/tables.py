"""The assistant's tables. What only the code reads is JSON; what is searched has a column."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
)

from catalog.store.tables import metadata as catalog_metadata

metadata = MetaData(naming_convention=catalog_metadata.naming_convention)

conversation = Table(
    "conversation",
    metadata,
    Column("session_id", String(255), primary_key=True),
    Column("user_id", String(255), nullable=False, index=True),
    Column("turn", Integer, nullable=False),
    Column("updated", DateTime(timezone=True), nullable=False, index=True),
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
    Column("priority", Integer, nullable=False, server_default="1"),
    Column("language", String(2), nullable=False, server_default="en"),
    Column("topic", String(32), nullable=False, server_default=""),
    Column("agent", String(64), nullable=False, server_default=""),
    Column("wanted_agent", String(64), nullable=False, server_default=""),
    Column("away", Boolean, nullable=False, server_default=false()),
    Column("contact", Text, nullable=False, server_default=""),
    Column("card", JSON),
    Column("waiting_since", DateTime(timezone=True)),
    Column("owed_since", DateTime(timezone=True)),
    Column("first_reply", DateTime(timezone=True)),
    Column("closed", DateTime(timezone=True)),
    Column("snoozed_until", DateTime(timezone=True)),
    Column("outcome", String(16), nullable=False, server_default=""),
    Column("asked_rating", Boolean, nullable=False, server_default=false()),
    Column("rating", Integer),
    Index("ix_ticket_status", "status"),
    Index("ix_ticket_agent", "agent"),
)
