"""Kept as well: texts to be searched, what just changed, and what was sent to other messengers.

SQLite searches texts in a trigram index (FTS5), where Chinese needs no words; PostgreSQL by words.
"""

import sqlalchemy as sa
from alembic import op

revision = "history"
down_revision = "orders"
branch_labels = None
depends_on = None

_TRIGGERS = {
    "history_added": (
        "AFTER INSERT ON history BEGIN"
        " INSERT INTO history_index(rowid, text) VALUES (new.number, new.text); END"
    ),
    "history_deleted": (
        "AFTER DELETE ON history BEGIN"
        " INSERT INTO history_index(history_index, rowid, text)"
        " VALUES ('delete', old.number, old.text); END"
    ),
}


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "change",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("topic", sa.String(255), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_change")),
    )
    op.create_table(
        "delivery",
        sa.Column("session_id", sa.String(255), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_delivery")),
    )
    op.create_index("ix_delivery_due", "delivery", ["due"])
    op.create_table(
        "history",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("session_id", sa.String(255), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_history")),
    )
    op.create_index("ix_history_session_id_turn", "history", ["session_id", "turn"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE history_index USING fts5("
            "text, content='history', content_rowid='number', tokenize='trigram')"
        )
        for name, does in _TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {does}")
        utterance, reply = "$.utterance.text", "$.reply.text"
        said = f"json_extract(body, '{utterance}') || char(10) || json_extract(body, '{reply}')"
    else:
        op.execute(
            "CREATE INDEX ix_history_words ON history USING gin (to_tsvector('simple', text))"
        )
        said = "(body->'utterance'->>'text') || chr(10) || (body->'reply'->>'text')"
    op.execute(
        "INSERT INTO history (session_id, turn, text)"
        f" SELECT session_id, number, {said} FROM turn ORDER BY time"
    )
    op.execute(
        "INSERT INTO history (session_id, turn, text)"
        " SELECT session_id, 0, text FROM note ORDER BY number"
    )


def downgrade() -> None:
    """Take the change back."""
    if op.get_bind().dialect.name == "sqlite":
        for name in _TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE history_index")
    op.drop_table("history")
    op.drop_table("change")
    op.drop_table("delivery")
