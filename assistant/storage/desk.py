"""What the desk does to a ticket and its conversation, each time in one transaction.

Turns, conversations and tickets are written in this order everywhere, so that two processes at
one conversation never wait for each other; who comes second starts over.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.storage import desk_tables, tables
from assistant.storage.changes import DESK, Changes
from assistant.storage.conversations import TurnConflictError, append_turn
from assistant.storage.tickets import read_ticket
from assistant.tickets import Change, DeskError, Ticket
from assistant.types import DialogueState, Turn, settled
from catalog.store.database import reading, writing
from catalog.store.rows import as_utc

_STATE = TypeAdapter(DialogueState)
_TRIES = 20

Decide = Callable[[Ticket], Change]
Tell = Callable[[DialogueState, Ticket, Change], Turn]


class DeskActs:
    """Changes of tickets that the conversation hears of."""

    _engine: Engine
    changes: Changes

    def change_ticket(
        self, ticket_id: str, who: str, act: str, decide: Decide, tell: Tell, message_id: str = ""
    ) -> Ticket:
        """Change a ticket, say so in the conversation, and keep who did it.

        Args:
            ticket_id: Which.
            who: The agent's name, or "" for the clock.
            act: What is done, for the audit.
            decide: From the ticket as it is now to what becomes of it.
            tell: The turn that says so, where something is told.
            message_id: Of a message that may be sent twice; the second time nothing is done.

        Raises:
            DeskError: there is no such ticket, or ``decide`` does not allow it.
            TurnConflictError: the conversation is written to without end.
        """
        for _ in range(_TRIES):
            try:
                ticket = self._change_once(ticket_id, who, act, decide, tell, message_id)
            except TurnConflictError:
                continue
            self.changes.tell(ticket.session_id, DESK)
            return ticket
        raise TurnConflictError(f"ticket {ticket_id!r} changes faster than it can be read")

    def _change_once(
        self, ticket_id: str, who: str, act: str, decide: Decide, tell: Tell, message_id: str
    ) -> Ticket:
        table = tables.ticket
        with writing(self._engine) as connection:
            row = connection.execute(select(table).where(table.c.id == ticket_id)).mappings()
            found = row.first()
            if found is None:
                raise DeskError("unknown", ticket_id)
            before = read_ticket(found)
            if message_id and was_sent(connection, before.session_id, message_id):
                return before
            change = decide(before)
            after = replace(before, **change.values)
            if change.told:
                _say(connection, tell, after, change, message_id)
            _update(connection, before, change)
            audit(connection, who, act, before.session_id, before.id)
            self.changes.note(connection, before.session_id, DESK)
        return after

    def was_sent(self, session_id: str, message_id: str) -> int | None:
        """The turn that a client's message became, if it came before."""
        with reading(self._engine) as connection:
            return was_sent(connection, session_id, message_id)

    def use_token(self, token_id: str, session_id: str, expires: datetime) -> bool:
        """Whether an identity token may be used for a conversation: the first one it came with."""
        table = desk_tables.used_token
        now = datetime.now(UTC)
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.expires < now))
            query = select(table.c.session_id).where(table.c.id == token_id)
            known = connection.execute(query).scalar()
            if known is None:
                values = {"id": token_id, "session_id": session_id, "expires": expires}
                connection.execute(insert(table).values(**values))
        return known in (None, session_id)

    def audit(self, who: str, act: str, session_id: str = "", detail: str = "") -> None:
        """Keep that somebody looked at or did something."""
        with writing(self._engine) as connection:
            audit(connection, who, act, session_id, detail)

    def audited(self, session_id: str = "", most: int = 200) -> list[dict[str, object]]:
        """What was done at the desk, the newest first; of one conversation or of all."""
        table = desk_tables.desk_audit
        query = select(table).order_by(table.c.number.desc()).limit(most)
        if session_id:
            query = query.where(table.c.session_id == session_id)
        with self._engine.begin() as connection:
            rows = connection.execute(query).mappings().all()
        return [dict(row) | {"time": as_utc(row["time"])} for row in rows]


def was_sent(connection: Connection, session_id: str, message_id: str) -> int | None:
    """See :meth:`DeskActs.was_sent`."""
    table = desk_tables.sent_message
    where = (table.c.session_id == session_id) & (table.c.message_id == message_id)
    found: int | None = connection.execute(select(table.c.turn).where(where)).scalar()
    return found


def audit(connection: Connection, who: str, act: str, session_id: str, detail: str) -> None:
    """See :meth:`DeskActs.audit`."""
    values = {"time": datetime.now(UTC), "who": who, "act": act, "session_id": session_id}
    connection.execute(insert(desk_tables.desk_audit).values(**values, detail=detail))


def _say(
    connection: Connection, tell: Tell, ticket: Ticket, change: Change, message_id: str
) -> None:
    table = tables.conversation
    query = select(table.c.state).where(table.c.session_id == ticket.session_id)
    found = connection.execute(query).scalar()
    if found is None:
        raise DeskError("unknown", ticket.session_id)
    state = _STATE.validate_python(found)
    turn = tell(state, ticket, change)
    after = replace(settled(state), turn=turn.number, handoff=turn.reply.handoff)
    try:
        append_turn(connection, after, turn, message_id)
    except IntegrityError as error:
        raise TurnConflictError(f"turn {turn.number} is there already") from error


def _update(connection: Connection, before: Ticket, change: Change) -> None:
    """Write the change unless somebody else changed the ticket meanwhile."""
    if not change.values:
        return
    table = tables.ticket
    same = (table.c.status == before.status) & (table.c.agent == before.agent)
    where = (table.c.id == before.id) & same
    done = connection.execute(update(table).where(where).values(**change.values))
    if done.rowcount == 0:
        raise TurnConflictError(f"ticket {before.id} was changed elsewhere")
