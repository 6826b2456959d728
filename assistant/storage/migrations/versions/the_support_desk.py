"""The support desk: agents, their sessions and notes, and what a ticket says of its handling."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "desk"
down_revision = "kept"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        for column in _ticket_columns():
            batch_op.add_column(column)
        batch_op.create_index("ix_ticket_agent", ["agent"], unique=False)
    op.create_index(op.f("ix_conversation_updated"), "conversation", ["updated"])
    op.execute("UPDATE ticket SET waiting_since = created WHERE status = 'waiting'")
    op.create_table(
        "agent",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("shown_as", sa.String(64), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("seen", _TIME),
        sa.Column("assigned", _TIME),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_agent")),
    )
    op.create_table(
        "agent_session",
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("agent", sa.String(64), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("used", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_agent_session")),
    )
    op.create_index(op.f("ix_agent_session_agent"), "agent_session", ["agent"])
    _create_notes()
    _create_records()


def _ticket_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("priority", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("language", sa.String(2), nullable=False, server_default="en"),
        sa.Column("topic", sa.String(32), nullable=False, server_default=""),
        sa.Column("agent", sa.String(64), nullable=False, server_default=""),
        sa.Column("wanted_agent", sa.String(64), nullable=False, server_default=""),
        sa.Column("away", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("contact", sa.Text(), nullable=False, server_default=""),
        sa.Column("card", sa.JSON()),
        sa.Column("waiting_since", _TIME),
        sa.Column("owed_since", _TIME),
        sa.Column("first_reply", _TIME),
        sa.Column("closed", _TIME),
        sa.Column("snoozed_until", _TIME),
        sa.Column("outcome", sa.String(16), nullable=False, server_default=""),
        sa.Column("asked_rating", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("rating", sa.Integer()),
    )


def _create_notes() -> None:
    op.create_table(
        "note",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("session_id", sa.String(255), nullable=False),
        sa.Column("agent", sa.String(64), nullable=False),
        sa.Column("time", _TIME, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_note")),
    )
    op.create_index(op.f("ix_note_session_id"), "note", ["session_id"])
    op.create_table(
        "canned_reply",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", "language", name=op.f("pk_canned_reply")),
    )


def _create_records() -> None:
    op.create_table(
        "desk_audit",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("time", _TIME, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("session_id", sa.String(255), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_desk_audit")),
    )
    op.create_index("ix_desk_audit_session_id", "desk_audit", ["session_id"])
    op.create_index("ix_desk_audit_time", "desk_audit", ["time"])
    op.create_table(
        "sent_message",
        sa.Column("session_id", sa.String(255), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "message_id", name=op.f("pk_sent_message")),
    )
    op.create_table(
        "used_token",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("session_id", sa.String(255), nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_used_token")),
    )
    op.create_index(op.f("ix_used_token_expires"), "used_token", ["expires"])


def downgrade() -> None:
    """Take the change back."""
    tables = ("used_token", "sent_message", "desk_audit", "canned_reply", "note", "agent_session")
    for table in (*tables, "agent"):
        op.drop_table(table)
    op.drop_index(op.f("ix_conversation_updated"), "conversation")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index("ix_ticket_agent")
        for column in _ticket_columns():
            batch_op.drop_column(column.name)
