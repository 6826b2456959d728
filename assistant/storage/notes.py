"""Notes that only agents see, and replies they keep ready."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, insert, select

from assistant.storage import desk_tables, tables
from assistant.storage.changes import Changes
from assistant.storage.desk import audit
from assistant.storage.history import remember_note
from catalog.store.database import writing
from catalog.store.rows import as_utc
from catalog.types import Language


@dataclass(frozen=True, slots=True)
class AgentNote:
    """What an agent wrote for colleagues."""

    agent: str
    time: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply that is kept ready; ``{customer}`` and the like are filled in."""

    name: str
    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """What an agent once answered to somebody's words."""

    asked: str
    answer: str
    agent: str
    time: datetime


class Notes:
    """Notes, canned replies, and what was answered before."""

    _engine: Engine
    changes: Changes

    def add_note(self, session_id: str, agent: str, text: str) -> None:
        """Keep a note beside a conversation."""
        now = datetime.now(UTC)
        values = {"session_id": session_id, "agent": agent, "time": now, "text": text}
        with writing(self._engine) as connection:
            connection.execute(insert(desk_tables.note).values(**values))
            remember_note(connection, session_id, text)
            audit(connection, agent, "note", session_id, "")
            self.changes.note(connection, session_id)
        self.changes.tell(session_id)

    def notes_of(self, session_id: str) -> tuple[AgentNote, ...]:
        """The notes beside a conversation, oldest first."""
        table = desk_tables.note
        query = select(table).where(table.c.session_id == session_id).order_by(table.c.number)
        with self._engine.begin() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(AgentNote(row["agent"], as_utc(row["time"]), row["text"]) for row in rows)

    def set_canned(self, reply: CannedReply) -> None:
        """Keep a reply ready, instead of the one of that name; without words it goes."""
        table = desk_tables.canned_reply
        same = (table.c.name == reply.name) & (table.c.language == reply.language)
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(same))
            if reply.text.strip():
                values = {"name": reply.name, "language": reply.language, "text": reply.text}
                connection.execute(insert(table).values(**values))

    def canned(self, language: Language | None = None) -> tuple[CannedReply, ...]:
        """The replies that are kept ready, by name."""
        table = desk_tables.canned_reply
        query = select(table).order_by(table.c.name, table.c.language)
        if language is not None:
            query = query.where(table.c.language == language)
        with self._engine.begin() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(CannedReply(row["name"], row["language"], row["text"]) for row in rows)

    def past_answers(self, but: str, language: Language, most: int) -> list[PastAnswer]:
        """What agents wrote in other conversations, with the words before it, newest first."""
        turn, before = tables.turn, tables.turn.alias("before")
        joined = turn.join(
            before,
            (turn.c.session_id == before.c.session_id) & (turn.c.number == before.c.number + 1),
        )
        asked = before.c.body["utterance"]["text"].as_string()
        answered = turn.c.body["reply"]["text"].as_string()
        agent = turn.c.body["action"]["args"]["agent"].as_string()
        spoken = turn.c.body["reply"]["language"].as_string()
        query = (
            select(asked, answered, agent, turn.c.time)
            .select_from(joined)
            .where(turn.c.action == "agent_message", turn.c.session_id != but)
            .where(spoken == language, asked != "")
            .order_by(turn.c.time.desc())
            .limit(most)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [PastAnswer(row[0], row[1], row[2], as_utc(row[3])) for row in rows]
