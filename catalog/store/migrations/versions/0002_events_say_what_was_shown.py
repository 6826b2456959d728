"""Events say what was shown, where they come from and whether they count."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TEXTS = {
    "session_id": sa.String(length=255),
    "list_id": sa.String(length=64),
    "model": sa.String(length=64),
    "version": sa.String(length=64),
    "source": sa.String(length=16),
    "query": sa.Text(),
    "transaction_id": sa.String(length=255),
    "excluded": sa.String(length=32),
}


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("interaction", schema=None) as batch_op:
        for name, type_ in _TEXTS.items():
            batch_op.add_column(sa.Column(name, type_, nullable=False, server_default=""))
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rating", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("key", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_interaction_key"), ["key"], unique=False)

    op.create_table(
        "shopper_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("guest_id", sa.String(length=255), nullable=False),
        sa.Column("user_id", sa.String(length=255), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shopper_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("shopper_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shopper_change_guest_id"), ["guest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shopper_change_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("shopper_change")
    with op.batch_alter_table("interaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interaction_key"))
        for name in ("key", "rating", "position", *_TEXTS):
            batch_op.drop_column(name)
