"""The one object behind which the assistant's data lies."""

from pathlib import Path

from sqlalchemy import Engine

from assistant.storage import tables
from assistant.storage.agents import Agents
from assistant.storage.changes import Changes
from assistant.storage.conversations import Conversations
from assistant.storage.deliveries import Deliveries
from assistant.storage.desk import DeskActs
from assistant.storage.history import History
from assistant.storage.kept import Kept
from assistant.storage.notes import Notes
from assistant.storage.orders import Orders
from assistant.storage.tickets import Tickets
from catalog.store.database import migrate, open_engine


class Storage(Conversations, Orders, Tickets, Kept, DeskActs, Agents, Notes, History, Deliveries):
    """Everything the assistant keeps, over one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.changes = Changes(engine)

    @classmethod
    def open(cls, url: str) -> "Storage":
        """Open the database at ``url`` and bring its tables up to date.

        Raises:
            ValueError: ``url`` is not a database URL.
        """
        engine = open_engine(url)
        migrate(engine, Path(__file__).parent / "migrations", "assistant_version", tables.metadata)
        return cls(engine)

    def close(self) -> None:
        """Give the connections back."""
        self.changes.stop()
        self._engine.dispose()
