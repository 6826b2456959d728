"""The support desk's tables: who works there, what they wrote beside the conversation."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, String, Table, Text

from assistant.storage.tables import metadata

agent = Table(
    "agent",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("password", String(255), nullable=False),
    Column("role", String(16), nullable=False),
    Column("shown_as", String(64), nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("online", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("seen", DateTime(timezone=True)),
    Column("assigned", DateTime(timezone=True)),
)

agent_session = Table(
    "agent_session",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("agent", String(64), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False),
    Column("used", DateTime(timezone=True), nullable=False),
)
"""``token`` is the SHA-256 of what the browser keeps, so a copy of the table signs nobody in."""

note = Table(
    "note",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("session_id", String(255), nullable=False, index=True),
    Column("agent", String(64), nullable=False),
    Column("time", DateTime(timezone=True), nullable=False),
    Column("text", Text, nullable=False),
)

canned_reply = Table(
    "canned_reply",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("text", Text, nullable=False),
)

desk_audit = Table(
    "desk_audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("time", DateTime(timezone=True), nullable=False),
    Column("who", String(64), nullable=False),
    Column("act", String(32), nullable=False),
    Column("session_id", String(255), nullable=False),
    Column("detail", Text, nullable=False),
    Index("ix_desk_audit_session_id", "session_id"),
    Index("ix_desk_audit_time", "time"),
)

sent_message = Table(
    "sent_message",
    metadata,
    Column("session_id", String(255), primary_key=True),
    Column("message_id", String(64), primary_key=True),
    Column("turn", Integer, nullable=False),
)
"""Which turn a client's message became, so that one sent twice is written once."""

delivery = Table(
    "delivery",
    metadata,
    Column("session_id", String(255), primary_key=True),
    Column("turn", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", DateTime(timezone=True), nullable=False),
    Index("ix_delivery_due", "due"),
)
"""The last turn that was sent on to another messenger; ``tries`` above 0: not all of it was."""

change = Table(
    "change",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("topic", String(255), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("time", DateTime(timezone=True), nullable=False),
)
"""What changed in the last minute and which process said so, where the database cannot tell."""

history = Table(
    "history",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("session_id", String(255), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_history_session_id_turn", "session_id", "turn"),
)
"""What was said in a turn, or noted (turn 0), to be searched; its index is the database's own."""

used_token = Table(
    "used_token",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("session_id", String(255), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False, index=True),
)
"""Identity tokens that were shown, with the conversation each may be used for."""
