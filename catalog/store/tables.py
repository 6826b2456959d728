"""The catalogue's tables. Money is kept in minor units, other structure as JSON."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

catalog_revision = Table(
    "catalog_revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

product = Table(
    "product",
    metadata,
    Column("item_idx", Integer, primary_key=True, autoincrement=True),
    Column("id", String(255), nullable=False, unique=True),
    Column("source", String(255), nullable=False),
    Column("revision", BigInteger, nullable=False, index=True),
    Column("deleted", Boolean, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", JSON, nullable=False),
    sqlite_autoincrement=True,
)

variant = Table(
    "variant",
    metadata,
    Column("item_idx", ForeignKey("product.item_idx", ondelete="CASCADE"), primary_key=True),
    Column("id", String(255), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("options", JSON, nullable=False),
    Column("availability", String(16), nullable=False),
    Column("quantity", Integer),
    Column("image", Text, nullable=False),
    Index("ix_variant_id", "id"),
)

price = Table(
    "price",
    metadata,
    Column("item_idx", ForeignKey("product.item_idx", ondelete="CASCADE"), primary_key=True),
    Column("variant_id", String(255), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("list_amount", BigInteger),
)

review = Table(
    "review",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("product_id", String(255), nullable=False, index=True),
    Column("author", String(255), nullable=False),
    Column("rating", Integer, nullable=False),
    Column("text_en", Text, nullable=False),
    Column("text_zh", Text, nullable=False),
    Column("time", DateTime(timezone=True), nullable=False),
)

interaction = Table(
    "interaction",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("user_id", String(255), nullable=False, index=True),
    Column("product_id", String(255), nullable=False, index=True),
    Column("kind", String(64), nullable=False),
    Column("time", DateTime(timezone=True), nullable=False, index=True),
    Column("weight", Float, nullable=False),
    Column("session_id", String(255), nullable=False, server_default=""),
    Column("list_id", String(64), nullable=False, server_default=""),
    Column("position", Integer),
    Column("model", String(64), nullable=False, server_default=""),
    Column("version", String(64), nullable=False, server_default=""),
    Column("source", String(16), nullable=False, server_default=""),
    Column("query", Text, nullable=False, server_default=""),
    Column("transaction_id", String(255), nullable=False, server_default=""),
    Column("rating", Float),
    Column("excluded", String(32), nullable=False, server_default=""),
    Column("key", String(64), index=True),
)
"""What shoppers did. ``excluded`` says why a row does not count, "" for one that does; ``key`` is
the same for two reports of one event."""

shopper_change = Table(
    "shopper_change",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("guest_id", String(255), nullable=False, index=True),
    Column("user_id", String(255), nullable=False, index=True),
    Column("time", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)
"""Which guest turned out to be which user. A row without ids says that rows were erased."""
