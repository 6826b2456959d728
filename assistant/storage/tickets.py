"""Tickets: requests for a person, and their place in the queue."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from pydantic import JsonValue
from sqlalchemy import Connection, Engine, RowMapping, case, func, insert, or_, select, update
from sqlalchemy.sql import ColumnElement

from assistant.storage import tables
from assistant.storage.changes import DESK, Changes
from assistant.tickets import NORMAL, Ticket, can_reopen, reopen
from assistant.types import Handoff, HandoffStatus
from catalog.store.database import reading, writing
from catalog.store.rows import as_utc
from catalog.types import Language

_FIRST = 1000
_OPENING_LOCK = 0x7469636B
_TIMES = frozenset(
    {"created", "waiting_since", "owed_since", "first_reply", "closed", "snoozed_until"}
)
_SHOWN: Mapping[str, HandoffStatus] = {
    "waiting": "waiting",
    "with_agent": "with_agent",
    "snoozed": "with_agent",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class TicketDetails:
    """What is known when a person is asked for, beside the reason and the summary."""

    priority: int = NORMAL
    language: Language = "en"
    topic: str = ""
    card: Mapping[str, JsonValue] = field(default_factory=dict)
    away: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets are asked for beside their status; what is left out may be anything.

    ``seen_by`` is the agent whose eyes they are for: those nobody has, and the agent's own.
    """

    agent: str | None = None
    seen_by: str | None = None
    priority: int | None = None
    language: str = ""
    topic: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """What the query has to say."""
        table = tables.ticket
        columns: dict[ColumnElement[object], object] = {
            table.c.agent: self.agent,
            table.c.priority: self.priority,
            table.c.language: self.language or None,
            table.c.topic: self.topic or None,
        }
        asked = [name == value for name, value in columns.items() if value is not None]
        return [*asked, *([seen_by(self.seen_by)] if self.seen_by is not None else [])]


ANY = Wanted()


class Tickets:
    """The queue of conversations that wait for a person."""

    _engine: Engine
    changes: Changes

    def open_ticket(
        self,
        session_id: str,
        reason: str,
        summary: str,
        details: TicketDetails | None = None,
    ) -> Handoff:
        """Queue the conversation; one that already waits keeps its ticket and its place."""
        table = tables.ticket
        with writing(self._engine) as connection:
            if self._engine.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_OPENING_LOCK)))
            known = select(table.c.number).where(_of(session_id), _open())
            if connection.execute(known).scalar() is None:
                newest = connection.execute(select(func.max(table.c.number))).scalar() or 0
                row = _row(newest + 1, session_id, reason, summary, details or TicketDetails())
                connection.execute(insert(table).values(row))
                self.changes.note(connection, DESK)
        self.changes.tell(DESK)
        found = self.handoff(session_id)
        if found is None:
            raise RuntimeError(f"the ticket of conversation {session_id!r} is gone")
        return found

    def handoff(self, session_id: str) -> Handoff | None:
        """The open ticket of a conversation, with its place in the queue."""
        with self._engine.begin() as connection:
            query = select(tables.ticket).where(_of(session_id), _open())
            row = connection.execute(query).mappings().first()
            return None if row is None else _handoff(connection, read_ticket(row))

    def handoff_now(self, session_id: str, now: datetime, within: timedelta) -> Handoff | None:
        """As :meth:`handoff`; of a closed one also whether it is taken up again by a message."""
        ticket = self.newest_ticket(session_id)
        if ticket is None:
            return None
        return replace(self.handoff_of(ticket), reopens=can_reopen(ticket, now, within))

    def reopen_ticket(self, session_id: str, now: datetime) -> Handoff | None:
        """Queue a conversation again whose newest ticket was closed; None if it has none."""
        ticket = self.newest_ticket(session_id)
        if ticket is None:
            return None
        if not ticket.is_open:
            self.set_ticket(ticket.id, reopen(ticket, now).values)
        return self.handoff(session_id)

    def rate_ticket(self, ticket_id: str, stars: int) -> bool:
        """Keep how the shopper found it, the first time only; whether it was."""
        table = tables.ticket
        where = (table.c.id == ticket_id) & table.c.asked_rating & table.c.rating.is_(None)
        with writing(self._engine) as connection:
            done = connection.execute(update(table).where(where).values(rating=stars))
            self.changes.note(connection, DESK)
        self.changes.tell(DESK)
        return done.rowcount == 1

    def newest_ticket(self, session_id: str) -> Ticket | None:
        """The newest ticket of a conversation, open or closed."""
        table = tables.ticket
        query = select(table).where(_of(session_id)).order_by(table.c.number.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else read_ticket(row)

    def find_ticket(self, ticket_id: str) -> Ticket | None:
        """The ticket of that id."""
        query = select(tables.ticket).where(tables.ticket.c.id == ticket_id)
        with self._engine.begin() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else read_ticket(row)

    def tickets(
        self,
        statuses: Collection[str],
        wanted: Wanted = ANY,
        most: int | None = None,
        skip: int = 0,
    ) -> tuple[Ticket, ...]:
        """Tickets in the order of the queue, or, of closed ones, the newest first.

        Args:
            statuses: They have one of these.
            wanted: What else is asked of them.
            most: How many at most; None for all.
            skip: How many of the first are left out.
        """
        table = tables.ticket
        query = select(table).where(table.c.status.in_(statuses), *wanted.conditions())
        closed_only = set(statuses) == {"closed"}
        newest = (table.c.closed.desc(), table.c.number.desc())
        query = query.order_by(*(newest if closed_only else _queue_order()))
        with self._engine.begin() as connection:
            rows = connection.execute(query.offset(skip).limit(most)).mappings().all()
        return tuple(read_ticket(row) for row in rows)

    def tickets_of(self, session_ids: Collection[str]) -> tuple[Ticket, ...]:
        """Every ticket of these conversations, the newest first."""
        table = tables.ticket
        query = select(table).where(table.c.session_id.in_(session_ids))
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(table.c.number.desc())).mappings().all()
        return tuple(read_ticket(row) for row in rows)

    def open_tickets(self) -> dict[str, int]:
        """How many tickets wait, and how many an agent has."""
        table = tables.ticket
        query = select(table.c.status, func.count()).where(_open())
        with self._engine.begin() as connection:
            rows = connection.execute(query.group_by(table.c.status)).all()
        counts = {"waiting": 0, "with_agent": 0}
        for status, count in rows:
            counts[_SHOWN[status]] += count
        return counts

    def load_of(self, agent: str) -> int:
        """How many conversations an agent has just now."""
        table = tables.ticket
        query = select(func.count()).where(table.c.agent == agent, table.c.status == "with_agent")
        with self._engine.begin() as connection:
            return int(connection.execute(query).scalar_one())

    def set_ticket_status(self, ticket_id: str, status: str) -> None:
        """Give a ticket to an agent (``with_agent``), back to the queue or close it.

        Raises:
            ValueError: the status is unknown, or there is no such ticket.
        """
        if status not in ("waiting", "with_agent", "closed"):
            raise ValueError(f"expected waiting, with_agent or closed, got {status!r}")
        now = datetime.now(UTC)
        values: dict[str, object] = {"status": status}
        values["waiting_since"] = now if status == "waiting" else None
        values["closed"] = now if status == "closed" else None
        self.set_ticket(ticket_id, values)

    def set_ticket(self, ticket_id: str, values: Mapping[str, object]) -> None:
        """Write some columns of a ticket.

        Raises:
            ValueError: there is no such ticket.
        """
        table = tables.ticket
        with writing(self._engine) as connection:
            where = table.c.id == ticket_id
            done = connection.execute(update(table).where(where).values(**values))
            self.changes.note(connection, DESK)
        if done.rowcount == 0:
            raise ValueError(f"expected the id of a ticket, got {ticket_id!r}")
        self.changes.tell(DESK)

    def handoff_of(self, ticket: Ticket) -> Handoff:
        """What the shopper is told of a ticket: its state and place in the queue."""
        with self._engine.begin() as connection:
            return _handoff(connection, ticket)


def read_ticket(row: RowMapping) -> Ticket:
    """A row as a ticket; SQLite gives times without a zone."""
    values = {name: value for name, value in row.items() if name in Ticket.__slots__}
    for name in _TIMES:
        values[name] = as_utc(values[name]) if values[name] is not None else None
    return Ticket(**values | {"card": values["card"] or {}})


def _handoff(connection: Connection, ticket: Ticket) -> Handoff:
    place = _place(connection, ticket) if ticket.status == "waiting" else 0
    return Handoff(ticket.id, _SHOWN[ticket.status], place)


def _place(connection: Connection, ticket: Ticket) -> int:
    """How many are served no later: the more urgent ones, and those who wait longer."""
    table = tables.ticket
    since = ticket.waiting_since or ticket.created
    same = table.c.priority == ticket.priority
    earlier = or_(
        table.c.priority > ticket.priority,
        same & (table.c.waiting_since < since),
        same & (table.c.waiting_since == since) & (table.c.number <= ticket.number),
    )
    query = select(func.count()).select_from(table).where(table.c.status == "waiting", earlier)
    return max(int(connection.execute(query).scalar_one()), 1)


def _queue_order() -> tuple[ColumnElement[object], ...]:
    table = tables.ticket
    waiting = case((table.c.status == "waiting", 0), else_=1)
    return (waiting, table.c.priority.desc(), table.c.waiting_since, table.c.number)


def _row(
    number: int, session_id: str, reason: str, summary: str, details: TicketDetails
) -> dict[str, object]:
    now = datetime.now(UTC)
    return {
        "number": number,
        "id": f"T{_FIRST + number}",
        "session_id": session_id,
        "reason": reason,
        "summary": summary,
        "status": "waiting",
        "created": now,
        "waiting_since": now,
        "priority": details.priority,
        "language": details.language,
        "topic": details.topic,
        "card": dict(details.card),
        "away": details.away,
    }


def seen_by(agent: str) -> ColumnElement[bool]:
    """Of the tickets that nobody has, or the agent."""
    theirs: ColumnElement[bool] = tables.ticket.c.agent.in_(("", agent))
    return theirs


def _of(session_id: str) -> ColumnElement[bool]:
    mine: ColumnElement[bool] = tables.ticket.c.session_id == session_id
    return mine


def _open() -> ColumnElement[bool]:
    still_open: ColumnElement[bool] = tables.ticket.c.status != "closed"
    return still_open
