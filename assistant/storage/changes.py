"""Who changed a conversation, told to whoever watches it, in this process and in others.

Both inside the transaction that made the change: on PostgreSQL by LISTEN and NOTIFY, on SQLite as
rows that the other processes read when they see that somebody wrote. A process never hears from
outside what it told itself.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import ARRAY, Connection, Engine, Text, delete, func, insert, literal, select

from assistant.storage import desk_tables
from catalog.store.database import writing

_log = logging.getLogger(__name__)

DESK = "#desk"
"""The topic of the queue as a whole; any other is a session id, or ``typing:…``."""

_CHANNEL = "daogou_desk"
_TICK = 0.2
_PAUSE = 1.0
_KEPT = timedelta(minutes=1)
"""How long SQLite keeps what changed; who has not looked for longer is told of everything."""

EVERYTHING = "*"
"""The topic that says that anything may have changed."""

Listener = Callable[[str], None]


class Changes:
    """Tells listeners the topics that changed. Safe to use from threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._origin = secrets.token_hex(8)
        self._postgres = engine.dialect.name == "postgresql"
        self._listeners: set[Listener] = set()
        self._guard = threading.Lock()
        self._stopping: threading.Event | None = None

    def note(self, connection: Connection, *topics: str) -> None:
        """Inside a transaction: on its commit, tell the other processes."""
        if self._postgres:
            told = literal([f"{self._origin} {topic}" for topic in topics], ARRAY(Text))
            connection.execute(select(func.pg_notify(_CHANNEL, func.unnest(told))))
        elif topics:
            table, now = desk_tables.change, datetime.now(UTC)
            rows = [{"topic": one, "origin": self._origin, "time": now} for one in topics]
            connection.execute(insert(table), rows)
            connection.execute(delete(table).where(table.c.time < now - _KEPT))

    def tell(self, *topics: str) -> None:
        """Tell the listeners of this process."""
        with self._guard:
            listeners = tuple(self._listeners)
        for listener in listeners:
            for topic in topics:
                listener(topic)

    def send(self, topic: str) -> None:
        """Tell everybody something that is written down nowhere, such as that one is typing."""
        with writing(self._engine) as connection:
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
            self.tell(EVERYTHING)  # what came while nobody listened
            while not stopping.is_set():
                for one in connection.notifies(timeout=_PAUSE):
                    origin, _, topic = one.payload.partition(" ")
                    if origin != self._origin:
                        self.tell(topic)
                    if stopping.is_set():
                        return

    def _look(self, stopping: threading.Event) -> None:
        """SQLite's ``data_version`` changes when another connection has written."""
        with self._engine.connect() as connection:
            version, last = _version(connection), self._newest()
            self.tell(EVERYTHING)  # what came while nobody looked
            while not stopping.wait(_TICK):
                now = _version(connection)
                if now != version:
                    version = now
                    last = self._read(last)

    def _newest(self) -> int:
        with self._engine.begin() as connection:
            newest = connection.execute(select(func.max(desk_tables.change.c.number))).scalar()
        return newest or 0

    def _read(self, last: int) -> int:
        """Tell what others changed after a row; gives the newest row."""
        table = desk_tables.change
        query = select(table).where(table.c.number > last).order_by(table.c.number)
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        if not rows:
            return last
        if rows[0].number > last + 1:  # some were dropped unread
            self.tell(EVERYTHING)
        else:
            self.tell(*dict.fromkeys(one.topic for one in rows if one.origin != self._origin))
        return int(rows[-1].number)


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
