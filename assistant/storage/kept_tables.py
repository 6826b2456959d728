"""What is kept for a shopper beyond one conversation: watched products and saved carts."""

from sqlalchemy import JSON, Column, DateTime, Index, Integer, String, Table

from assistant.storage.tables import metadata

watch = Table(
    "watch",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("session_id", String(255), nullable=False, index=True),
    Column("user_id", String(255), nullable=False, index=True),
    Column("product_id", String(255), nullable=False),
    Column("status", String(16), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("body", JSON, nullable=False),
    Column("next_try", DateTime(timezone=True), nullable=True),
    Column("tries", Integer, nullable=False),
    Index("ix_watch_status", "status"),
    Index("ix_watch_next_try", "next_try"),
)
"""``next_try`` is set while a notice still has to reach the shop's webhook."""

saved_cart = Table(
    "saved_cart",
    metadata,
    Column("owner", String(255), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("saved", DateTime(timezone=True), nullable=False),
    Column("lines", JSON, nullable=False),
)
"""``owner`` is a user's id, or a guest's conversation as ``session:ID``."""
