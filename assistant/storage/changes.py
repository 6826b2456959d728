"""Who changed a conversation, told to whoever watches it, in this process and in others.

On PostgreSQL by LISTEN and NOTIFY, inside the transaction that made the change. On SQLite a look
every so often at whether another connection wrote, and then at which conversations.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, func, select

from assistant.storage import tables

_log = logging.getLogger(__name__)

DESK = "#desk"
"""The topic of the queue as a whole; any other is a session id, or ``typing:…``."""

_CHANNEL = "daogou_desk"
_TICK = 0.2
_PAUSE = 1.0
_MARGIN = timedelta(seconds=3)

Listener = Callable[[str], None]


class Changes:
    """Tells listeners the topics that changed. Safe to use from threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._postgres = engine.dialect.name == "postgresql"
        self._listeners: set[Listener] = set()
        self._guard = threading.Lock()
        self._stopping: threading.Event | None = None

    def note(self, connection: Connection, *topics: str) -> None:
        """Inside a transaction: on its commit, tell the other processes."""
        if self._postgres:
            for topic in topics:
                connection.execute(select(func.pg_notify(_CHANNEL, topic)))

    def tell(self, *topics: str) -> None:
        """Tell the listeners of this process."""
        with self._guard:
            listeners = tuple(self._listeners)
        for listener in listeners:
            for topic in topics:
                listener(topic)

    def send(self, topic: str) -> None:
        """Tell everybody something that is written down nowhere, such as that one is typing."""
        if self._postgres:
            with self._engine.begin() as connection:
                self.note(connection, topic)
        self.tell(topic)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every topic, from any thread; gives what ends it."""
        with self._guard:
            self._listeners.add(listener)

        def stop() -> None:
            with self._guard:
                self._listeners.discard(listener)

        return stop

    def watch(self) -> None:
        """Begin to hear of other processes, in the background."""
        with self._guard:
            if self._stopping is not None:
                return
            self._stopping = threading.Event()
        watching = self._hear if self._postgres else self._look
        arguments = (watching, self._stopping)
        threading.Thread(target=_keep_on, args=arguments, name="changes", daemon=True).start()

    def stop(self) -> None:
        """Stop hearing of other processes."""
        with self._guard:
            stopping, self._stopping = self._stopping, None
        if stopping is not None:
            stopping.set()

    def _hear(self, stopping: threading.Event) -> None:
        import psycopg  # an extra, and only for PostgreSQL

        url = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"LISTEN {_CHANNEL}")
            self.tell("*")  # what came while nobody listened
            while not stopping.is_set():
                for one in connection.notifies(timeout=_PAUSE):
                    self.tell(one.payload)
                    if stopping.is_set():
                        return

    def _look(self, stopping: threading.Event) -> None:
        """SQLite's ``data_version`` changes when another connection has written."""
        with self._engine.connect() as connection:
            seen = _version(connection)
            while not stopping.wait(_TICK):
                now = _version(connection)
                if now != seen:
                    seen = now
                    self.tell(*self._changed(), DESK)

    def _changed(self) -> list[str]:
        table = tables.conversation
        query = select(table.c.session_id).where(table.c.updated > datetime.now(UTC) - _MARGIN)
        with self._engine.begin() as connection:
            return list(connection.execute(query).scalars())


def _version(connection: Connection) -> int:
    version = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    connection.rollback()
    return int(version)


def _keep_on(watching: Callable[[threading.Event], None], stopping: threading.Event) -> None:
    """Start again whenever the database went away."""
    while not stopping.is_set():
        try:
            watching(stopping)
        except Exception as error:  # whatever a driver raises: it must be watched again
            _log.warning("changes are not heard of just now: %s", error)
            stopping.wait(_PAUSE)
