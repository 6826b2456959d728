"""How far a conversation was sent on to another messenger, so that nothing is lost there.

A process takes a conversation for a while; one that dies meanwhile leaves it to the others, and
one whose message did not get through says when it is due again.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.storage import desk_tables, tables
from catalog.store.database import writing
from catalog.store.rows import as_utc


class Deliveries:
    """The last turn that was sent on, by conversation."""

    _engine: Engine

    def take_delivery(
        self, session_id: str, now: datetime, hold: timedelta, lately: timedelta
    ) -> tuple[int, int] | None:
        """Take a conversation to send what is new of it; None where it is not the time.

        Args:
            session_id: Which.
            now: The time.
            hold: For how long nobody else takes it.
            lately: Of a conversation that was never sent on, turns older than this are left out.

        Returns:
            The last turn that was sent, and how many times in a row the next one was not.
        """
        table = desk_tables.delivery
        mine = table.c.session_id == session_id
        try:
            with writing(self._engine) as connection:
                row = connection.execute(select(table).where(mine)).first()
                if row is None:
                    turn = tables.turn
                    old = (turn.c.session_id == session_id) & (turn.c.time <= now - lately)
                    query = select(func.max(turn.c.number)).where(old)
                    first = connection.execute(query).scalar() or 0
                    values = {"session_id": session_id, "turn": first, "tries": 1}
                    connection.execute(insert(table).values(**values, due=now + hold))
                    return first, 0
                if as_utc(row.due) > now:
                    return None
                still = mine & (table.c.due == row.due)
                values = {"tries": row.tries + 1, "due": now + hold}
                taken = connection.execute(update(table).where(still).values(**values)).rowcount
                return (row.turn, row.tries) if taken else None
        except IntegrityError:
            return None

    def delivered(self, session_id: str, turn: int) -> None:
        """Everything up to a turn was sent on; whoever took the conversation keeps it."""
        self._set_delivery(session_id, {"turn": turn, "tries": 1})

    def leave_delivery(self, session_id: str, now: datetime) -> None:
        """All was sent: the conversation may be taken again, and is not due by itself."""
        self._set_delivery(session_id, {"tries": 0, "due": now})

    def postpone_delivery(self, session_id: str, due: datetime) -> None:
        """The next turn did not get through; it is tried again at a time."""
        self._set_delivery(session_id, {"due": due})

    def due_deliveries(self, now: datetime) -> Collection[str]:
        """The conversations of which something still has to be sent, by now."""
        table = desk_tables.delivery
        query = select(table.c.session_id).where(table.c.tries > 0, table.c.due <= now)
        with self._engine.begin() as connection:
            return tuple(connection.execute(query.order_by(table.c.due)).scalars())

    def talks_since(self, prefix: str, since: datetime) -> Collection[str]:
        """The conversations with ids that begin so, with something said since a time."""
        table = tables.conversation
        mine = table.c.session_id.startswith(prefix, autoescape=True)
        query = select(table.c.session_id).where(mine, table.c.updated >= since)
        with self._engine.begin() as connection:
            return tuple(connection.execute(query).scalars())

    def _set_delivery(self, session_id: str, values: dict[str, Any]) -> None:
        table = desk_tables.delivery
        with writing(self._engine) as connection:
            mine = table.c.session_id == session_id
            connection.execute(update(table).where(mine).values(**values))
