"""Conversations: the state is replaced, the turns are only ever appended, both at once."""

from datetime import UTC

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.storage import tables
from assistant.types import DialogueState, Turn
from catalog.store.database import writing

_STATE = TypeAdapter(DialogueState)
_TURN = TypeAdapter(Turn)


class TurnConflictError(RuntimeError):
    """Another process answered this conversation at the same moment; load it and try again."""


class Conversations:
    """States and turns of conversations."""

    _engine: Engine

    def load(self, session_id: str) -> DialogueState | None:
        """The state of a conversation; ``None`` for one that never began."""
        table = tables.conversation
        query = select(table.c.state).where(table.c.session_id == session_id)
        with self._engine.begin() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else _STATE.validate_python(found)

    def save(self, state: DialogueState, turn: Turn) -> None:
        """Append the turn and replace the state, in one transaction.

        Raises:
            TurnConflictError: a turn of that number is there already.
        """
        row = {
            "session_id": turn.session_id,
            "number": turn.number,
            "time": turn.time.astimezone(UTC),
            "action": turn.action.name,
            "body": _TURN.dump_python(turn, mode="json"),
        }
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(tables.turn).values(**row))
                _replace(connection, state, turn)
        except IntegrityError as error:
            raise TurnConflictError(
                f"turn {turn.number} of conversation {turn.session_id!r} is there already"
            ) from error

    def turns(self, session_id: str) -> tuple[Turn, ...]:
        """Every turn of a conversation, oldest first."""
        table = tables.turn
        query = select(table.c.body).where(table.c.session_id == session_id)
        with self._engine.begin() as connection:
            bodies = connection.execute(query.order_by(table.c.number)).scalars().all()
        return tuple(_TURN.validate_python(body) for body in bodies)

    def erase_user(self, user_id: str) -> int:
        """Delete every conversation of a user with its turns; says how many there were."""
        conversation, turn = tables.conversation, tables.turn
        with writing(self._engine) as connection:
            mine = select(conversation.c.session_id).where(conversation.c.user_id == user_id)
            ids = connection.execute(mine).scalars().all()
            connection.execute(delete(turn).where(turn.c.session_id.in_(ids)))
            connection.execute(delete(conversation).where(conversation.c.session_id.in_(ids)))
        return len(ids)

    def conversations_of(self, user_id: str) -> tuple[str, ...]:
        """The session ids of a user, oldest first."""
        table = tables.conversation
        query = select(table.c.session_id).where(table.c.user_id == user_id)
        with self._engine.begin() as connection:
            return tuple(connection.execute(query.order_by(table.c.updated)).scalars())


def _replace(connection: Connection, state: DialogueState, turn: Turn) -> None:
    table = tables.conversation
    values = {
        "user_id": state.user_id,
        "turn": state.turn,
        "updated": turn.time.astimezone(UTC),
        "state": _STATE.dump_python(state, mode="json"),
    }
    where = table.c.session_id == state.session_id
    done = connection.execute(update(table).where(where).values(**values))
    if done.rowcount == 0:
        connection.execute(insert(table).values(session_id=state.session_id, **values))
