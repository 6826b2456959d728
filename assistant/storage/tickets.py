"""Tickets: requests for a person, in the order they came."""

from datetime import UTC, datetime

from sqlalchemy import Engine, func, insert, select, update

from assistant.storage import tables
from assistant.types import Handoff
from catalog.store.database import writing

_FIRST = 1000


class Tickets:
    """The queue of conversations that wait for a person."""

    _engine: Engine

    def open_ticket(self, session_id: str, reason: str, summary: str) -> Handoff:
        """Queue the conversation; one that already waits keeps its ticket and its place."""
        table = tables.ticket
        with writing(self._engine) as connection:
            mine = (table.c.session_id == session_id) & (table.c.status != "closed")
            number = connection.execute(select(table.c.number).where(mine)).scalar()
            if number is None:
                newest = connection.execute(select(func.max(table.c.number))).scalar() or 0
                number = newest + 1
                connection.execute(
                    insert(table).values(
                        number=number,
                        id=f"T{_FIRST + number}",
                        session_id=session_id,
                        reason=reason,
                        summary=summary,
                        status="waiting",
                        created=datetime.now(UTC),
                    )
                )
        found = self.handoff(session_id)
        if found is None:
            raise RuntimeError(f"the ticket of conversation {session_id!r} is gone")
        return found

    def handoff(self, session_id: str) -> Handoff | None:
        """The open ticket of a conversation, with its place in the queue."""
        table = tables.ticket
        mine = (table.c.session_id == session_id) & (table.c.status != "closed")
        with self._engine.begin() as connection:
            row = connection.execute(select(table).where(mine)).mappings().first()
            if row is None:
                return None
            before = (table.c.status == "waiting") & (table.c.number <= row["number"])
            position = connection.execute(select(func.count()).select_from(table).where(before))
            waiting = row["status"] == "waiting"
            return Handoff(row["id"], row["status"], position.scalar_one() if waiting else 0)

    def open_tickets(self) -> dict[str, int]:
        """How many tickets wait, and how many an agent has."""
        table = tables.ticket
        query = select(table.c.status, func.count()).where(table.c.status != "closed")
        with self._engine.begin() as connection:
            rows = connection.execute(query.group_by(table.c.status)).all()
        return {"waiting": 0, "with_agent": 0} | {status: count for status, count in rows}

    def set_ticket_status(self, ticket_id: str, status: str) -> None:
        """Give a ticket to an agent (``with_agent``), back to the queue or close it.

        Raises:
            ValueError: the status is unknown, or there is no such ticket.
        """
        if status not in ("waiting", "with_agent", "closed"):
            raise ValueError(f"expected waiting, with_agent or closed, got {status!r}")
        table = tables.ticket
        with writing(self._engine) as connection:
            where = table.c.id == ticket_id
            done = connection.execute(update(table).where(where).values(status=status))
        if done.rowcount == 0:
            raise ValueError(f"expected the id of a ticket, got {ticket_id!r}")
