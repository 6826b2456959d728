"""Conversations: the state is replaced, the turns are only ever appended, both at once."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from assistant.storage import desk_tables, tables
from assistant.storage.changes import DESK, Changes
from assistant.storage.history import forget_traces, forget_turns, remember_turn
from assistant.types import DialogueState, Turn
from catalog.store.database import reading, writing
from catalog.store.rows import Row, as_utc

_STATE = TypeAdapter(DialogueState)
_TURN = TypeAdapter(Turn)
_BATCH = 500
_ABOUT_CONVERSATIONS = (
    tables.conversation,
    tables.turn,
    tables.ticket,
    desk_tables.note,
    desk_tables.history,
    desk_tables.delivery,
    desk_tables.sent_message,
    desk_tables.used_token,
)
"""Every table with rows about single conversations; the audit keeps no words of them."""


class Said(NamedTuple):
    """What a shopper wrote, and when."""

    text: str
    time: datetime


class TurnConflictError(RuntimeError):
    """Another process answered this conversation at the same moment; load it and try again."""


class Conversations:
    """States and turns of conversations."""

    _engine: Engine
    changes: Changes

    def load(self, session_id: str) -> DialogueState | None:
        """The state of a conversation; ``None`` for one that never began."""
        table = tables.conversation
        query = select(table.c.state).where(table.c.session_id == session_id)
        with reading(self._engine) as connection:
            found = connection.execute(query).scalar()
        return None if found is None else _STATE.validate_python(found)

    def save(self, state: DialogueState, turn: Turn) -> None:
        """Append the turn and replace the state, in one transaction.

        Raises:
            TurnConflictError: a turn of that number is there already.
        """
        topics = (turn.session_id, DESK) if state.handoff else (turn.session_id,)
        try:
            with writing(self._engine) as connection:
                append_turn(connection, state, turn, turn.utterance.message_id)
                if state.handoff is not None:
                    _shopper_wrote(connection, turn)
                self.changes.note(connection, *topics)
        except IntegrityError as error:
            raise TurnConflictError(
                f"turn {turn.number} of conversation {turn.session_id!r} is there already"
            ) from error
        self.changes.tell(*topics)

    def bind_user(self, state: DialogueState, user_id: str) -> None:
        """Say whose conversation it is; ``state`` is what it begins with if it has not begun."""
        table = tables.conversation
        with writing(self._engine) as connection:
            query = select(table.c.state).where(table.c.session_id == state.session_id)
            found = connection.execute(query).scalar()
            known = state if found is None else _STATE.validate_python(found)
            if known.user_id in ("", user_id):
                signed = replace(known, user_id=user_id, user_proven=True)
                _replace(connection, signed, datetime.now(UTC))

    def turns(self, session_id: str, after: int = 0) -> tuple[Turn, ...]:
        """The turns of a conversation beyond a number, oldest first."""
        table = tables.turn
        mine = (table.c.session_id == session_id) & (table.c.number > after)
        query = select(table.c.body).where(mine)
        with reading(self._engine) as connection:
            bodies = connection.execute(query.order_by(table.c.number)).scalars().all()
        return tuple(_TURN.validate_python(body) for body in bodies)

    def said_to(self, actions: Collection[str], since: datetime, limit: int) -> list[Said]:
        """The newest messages that were answered with one of these actions, newest first.

        Args:
            actions: What the replies did.
            since: Nothing older.
            limit: How many at most.
        """
        table = tables.turn
        did = table.c.body["reply"]["action"].as_string()
        text = table.c.body["utterance"]["text"].as_string()
        query = select(text, table.c.time).where(did.in_(actions), table.c.time >= since)
        with self._engine.begin() as connection:
            found = connection.execute(query.order_by(table.c.time.desc()).limit(limit))
            return [Said(said, as_utc(time)) for said, time in found]

    def export_user(self, user_id: str, guest_sessions: Collection[str] = ()) -> list[Row]:
        """Every conversation that holds a user's id: its state, turns and tickets, as JSON.

        ``guest_sessions`` are conversations of the time before they signed in; what belongs to
        somebody else is left out.
        """
        with self._engine.begin() as connection:
            sessions = _sessions(connection, user_id, guest_sessions)
            return [_exported(connection, one, user_id) for one in sessions]

    def erase_user(self, user_id: str, guest_sessions: Collection[str] = ()) -> int:
        """Delete a user's conversations with turns and tickets; says of how many.

        Of a conversation that somebody else has taken over the user's own turns go. For
        ``guest_sessions`` see :meth:`export_user`.
        """
        turn = tables.turn
        with writing(self._engine) as connection:
            sessions = _sessions(connection, user_id, guest_sessions)
            whole = [one for one, owner in sessions if owner in ("", user_id)]
            for table in _ABOUT_CONVERSATIONS:
                for start in range(0, len(whole), _BATCH):
                    batch = whole[start : start + _BATCH]
                    connection.execute(delete(table).where(table.c.session_id.in_(batch)))
            forget_turns(connection, _said_by(user_id))
            connection.execute(delete(turn).where(_said_by(user_id)))
            forget_traces(connection)
            self.changes.note(connection, *whole, DESK)
        self.changes.tell(*whole, DESK)
        return len(sessions)

    def conversations_of(self, user_id: str) -> tuple[str, ...]:
        """The session ids of a user, oldest first."""
        table = tables.conversation
        query = select(table.c.session_id).where(table.c.user_id == user_id)
        with self._engine.begin() as connection:
            return tuple(connection.execute(query.order_by(table.c.updated)).scalars())


def _said_by(user_id: str) -> ColumnElement[bool]:
    speaker: ColumnElement[str] = tables.turn.c.body["utterance"]["user_id"].as_string()
    return speaker == user_id


def _sessions(
    connection: Connection, user_id: str, guest_sessions: Collection[str]
) -> list[tuple[str, str]]:
    """The conversations a user had a part in, each with whom it belongs to, oldest first."""
    table, turn = tables.conversation, tables.turn
    theirs = table.c.user_id == user_id
    spoken = table.c.session_id.in_(select(turn.c.session_id).where(_said_by(user_id)))
    before = (table.c.user_id == "") & table.c.session_id.in_(guest_sessions)
    query = select(table.c.session_id, table.c.user_id).where(theirs | spoken | before)
    return [
        (row.session_id, row.user_id) for row in connection.execute(query.order_by(table.c.updated))
    ]


def _exported(connection: Connection, session: tuple[str, str], user_id: str) -> Row:
    session_id, owner = session
    conversation, turn, ticket = tables.conversation, tables.turn, tables.ticket
    note = desk_tables.note
    whole = owner in ("", user_id)
    mine = _said_by(user_id) | _said_by("") if whole else _said_by(user_id)
    turns = select(turn.c.body).where(turn.c.session_id == session_id, mine)
    found: Row = {"session": session_id}
    if whole:
        state = select(conversation.c.state).where(conversation.c.session_id == session_id)
        tickets = select(ticket).where(ticket.c.session_id == session_id).order_by(ticket.c.number)
        found["state"] = connection.execute(state).scalar_one()
        notes = select(note).where(note.c.session_id == session_id).order_by(note.c.number)
        found["tickets"] = [_plain(row) for row in connection.execute(tickets).mappings()]
        found["notes"] = [_plain(row) for row in connection.execute(notes).mappings()]
    return found | {"turns": list(connection.execute(turns.order_by(turn.c.number)).scalars())}


def append_turn(
    connection: Connection, state: DialogueState, turn: Turn, message_id: str = ""
) -> None:
    """Append a turn and replace the state, inside a transaction.

    Raises:
        IntegrityError: a turn of that number, or a message of that id, is there already.
    """
    row = {
        "session_id": turn.session_id,
        "number": turn.number,
        "time": turn.time.astimezone(UTC),
        "action": turn.action.name,
        "body": _TURN.dump_python(turn, mode="json"),
    }
    connection.execute(insert(tables.turn).values(**row))
    remember_turn(connection, turn)
    if message_id:
        sent = {"session_id": turn.session_id, "message_id": message_id, "turn": turn.number}
        connection.execute(insert(desk_tables.sent_message).values(**sent))
    _replace(connection, state, turn.time)


def _shopper_wrote(connection: Connection, turn: Turn) -> None:
    """Somebody owes an answer from now on; what was set aside is taken up again."""
    table, now = tables.ticket, turn.time.astimezone(UTC)
    mine = table.c.session_id == turn.session_id
    owed = (table.c.status == "with_agent") & table.c.owed_since.is_(None)
    values = {
        "status": "with_agent",
        "snoozed_until": None,
        "owed_since": func.coalesce(table.c.owed_since, now),
    }
    where = mine & ((table.c.status == "snoozed") | owed)
    connection.execute(update(table).where(where).values(**values))


def _plain(row: RowMapping) -> Row:
    """A row as JSON."""
    return {
        name: as_utc(value).isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def _replace(connection: Connection, state: DialogueState, time: datetime) -> None:
    table = tables.conversation
    values = {
        "user_id": state.user_id,
        "turn": state.turn,
        "updated": time.astimezone(UTC),
        "state": _STATE.dump_python(state, mode="json"),
    }
    where = table.c.session_id == state.session_id
    done = connection.execute(update(table).where(where).values(**values))
    if done.rowcount == 0:
        connection.execute(insert(table).values(session_id=state.session_id, **values))
