"""One way to open the database and to bring its tables up to date, for both storage modules."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 15_000

_MIGRATION_LOCK = 0x64616F67
# Alembic keeps the running migration in module globals.
_migrating = threading.Lock()

DatabaseError = OperationalError
"""Raised when the database cannot be reached, is locked for too long, or its disk is full."""


def hide_password(url: str) -> str:
    """The database URL as it may be shown."""
    return make_url(url).render_as_string(hide_password=True)


def open_engine(url: str) -> Engine:
    """An engine for a SQLite or PostgreSQL URL; SQLite runs in WAL mode.

    Raises:
        ValueError: ``url`` is not a database URL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError(
            f"expected a database URL such as sqlite:///shop.db, got {url!r}"
        ) from error
    # What a statement carries is people's data: errors, which end in the log, name none of it.
    engine = create_engine(parsed, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that will write. SQLite takes its write lock at once, so it never deadlocks."""
    with engine.execution_options(daogou_write=True).begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """For a single query. PostgreSQL needs no transaction around one: two round trips less."""
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            yield connection
    else:
        with engine.begin() as connection:
            yield connection


def migrate(engine: Engine, scripts: Path, version_table: str, metadata: MetaData) -> None:
    """Bring the tables of one storage module to its newest version, in one transaction.

    One after the other, whichever threads and processes start at once.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["version_table"] = version_table
    config.attributes["metadata"] = metadata
    with _migrating, writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def run_migrations() -> None:
    """Run inside Alembic's ``env.py``: migrate over the connection :func:`migrate` opened."""
    options = context.config.attributes
    context.configure(
        connection=options["connection"],
        target_metadata=options["metadata"],
        version_table=options["version_table"],
        render_as_batch=True,
    )
    context.run_migrations()


def _prepare_sqlite(connection: object, _: ConnectionPoolEntry) -> None:
    # The driver's own transaction control begins too late; _begin_sqlite takes its place.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("daogou_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
