"""The history as agents search it: what was said, and what they noted beside it.

SQLite looks words of three signs and more up in a trigram index (FTS5), so that Chinese is found
without being cut into words; PostgreSQL looks Latin words up by their beginnings and everything
else sign by sign.
"""

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    column,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.sql import ColumnElement

from assistant.storage import desk_tables, tables
from assistant.storage.tickets import read_ticket, seen_by
from assistant.tickets import Ticket
from assistant.types import Turn

_SHORTEST = 3
"""A trigram index knows nothing shorter."""

_SIMPLE: ColumnElement[str] = literal_column("'simple'")
"""The configuration that the index of words was made with; a parameter would not use it."""

_INDEX = table("history_index", column("rowid"), column("history_index"))


class History:
    """The search in what was said."""

    _engine: Engine

    def search_tickets(
        self, words: str, agent: str | None = None, most: int | None = None, skip: int = 0
    ) -> tuple[Ticket, ...]:
        """Tickets of conversations, notes or contacts that hold all the words, newest first.

        Args:
            words: With spaces between them; a word may be the middle of one.
            agent: Whose eyes it is for; None for somebody who sees everything.
            most: How many at most; None for all.
            skip: How many of the newest are left out.
        """
        ticket = tables.ticket
        query = select(ticket)
        for word in _storable(words).split():
            query = query.where(
                or_(
                    ticket.c.session_id.in_(self._holding(word)),
                    _has(ticket.c.contact, word),
                    _has(ticket.c.id, word),
                )
            )
        if agent is not None:
            query = query.where(seen_by(agent))
        query = query.order_by(ticket.c.number.desc()).offset(skip).limit(most)
        with self._engine.begin() as connection:
            return tuple(read_ticket(row) for row in connection.execute(query).mappings())

    def _holding(self, word: str) -> Select[tuple[str]]:
        """The conversations in which a word was said or noted."""
        history = desk_tables.history
        query = select(history.c.session_id)
        if self._engine.dialect.name == "postgresql" and word.isascii() and word.isalnum():
            words = func.to_tsvector(_SIMPLE, history.c.text)
            return query.where(words.op("@@")(func.to_tsquery(_SIMPLE, f"{word}:*")))
        if self._engine.dialect.name == "sqlite" and len(word) >= _SHORTEST:
            phrase = '"' + word.replace('"', '""') + '"'
            found = select(_INDEX.c.rowid).where(_INDEX.c.history_index.op("MATCH")(phrase))
            return query.where(history.c.number.in_(found))
        return query.where(_has(history.c.text, word))


def remember_turn(connection: Connection, turn: Turn) -> None:
    """Put what a turn says into the history, inside the transaction that writes it."""
    said = "\n".join(one for one in (turn.utterance.text, turn.reply.text) if one)
    _remember(connection, turn.session_id, turn.number, said)


def remember_note(connection: Connection, session_id: str, words: str) -> None:
    """Put a note into the history, inside the transaction that writes it."""
    _remember(connection, session_id, 0, words)


def forget_turns(connection: Connection, turns: ColumnElement[bool]) -> None:
    """Take turns out of the history again; a condition on ``turn`` says which."""
    history, turn = desk_tables.history, tables.turn
    same = (turn.c.session_id == history.c.session_id) & (turn.c.number == history.c.turn)
    connection.execute(delete(history).where(select(turn.c.number).where(same, turns).exists()))


def forget_traces(connection: Connection) -> None:
    """What was deleted leaves SQLite's index with this, where it is only marked before."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO history_index(history_index) VALUES ('optimize')"))


def _remember(connection: Connection, session_id: str, turn: int, words: str) -> None:
    if kept := _storable(words):
        values = {"session_id": session_id, "turn": turn, "text": kept}
        connection.execute(insert(desk_tables.history).values(**values))


def _storable(words: str) -> str:
    """The words without halves of characters and NUL, which no database keeps as text."""
    return words.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def _has(where: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return where.icontains(word, autoescape=True)
