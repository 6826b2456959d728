"""Agents and supervisors: passwords by Argon2id (RFC 9106), sessions that end by themselves."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, RowMapping, delete, insert, select, update

from assistant.storage import desk_tables
from assistant.tickets import Agent, DeskError, Role
from catalog.store.database import writing
from catalog.store.rows import as_utc

SHORTEST_PASSWORD = 10
_LONGEST_PASSWORD = 1_000
_TOUCHED = timedelta(seconds=30)

_TAKEN = ("customer", "operator")
"""Who else the logs name."""

_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class AgentSession:
    """Somebody is signed in; ``csrf`` must come with everything they send."""

    agent: Agent
    csrf: str


class Agents:
    """Who works at the desk."""

    _engine: Engine

    def add_agent(self, agent: Agent, password: str) -> None:
        """Add somebody; who was removed before comes back under their name.

        Raises:
            DeskError: the name is taken or wrong, the role unknown, the password too short.
        """
        _check(agent, password)
        table = desk_tables.agent
        values = {
            "password": _hasher.hash(password),
            "role": agent.role,
            "shown_as": agent.shown_as,
            "capacity": agent.capacity,
            "online": False,
            "active": True,
        }
        with writing(self._engine) as connection:
            removed = (table.c.name == agent.name) & ~table.c.active
            if connection.execute(update(table).where(removed).values(**values)).rowcount:
                return
            known = select(table.c.name).where(table.c.name == agent.name)
            if connection.execute(known).scalar() is not None:
                raise DeskError("name_taken", agent.name)
            connection.execute(insert(table).values(name=agent.name, **values))

    def set_password(self, name: str, password: str) -> None:
        """Give somebody a new password and sign them out everywhere.

        Raises:
            DeskError: there is nobody of that name, or the password is too short.
        """
        agent = self.find_agent(name)
        if agent is None:
            raise DeskError("unknown", name)
        _check(agent, password)
        self.set_agent(name, {"password": _hasher.hash(password)})
        self.sign_out_everywhere(name)

    def set_agent(self, name: str, values: Mapping[str, object]) -> None:
        """Write some columns of an agent.

        Raises:
            DeskError: there is nobody of that name.
        """
        table = desk_tables.agent
        with writing(self._engine) as connection:
            done = connection.execute(update(table).where(table.c.name == name).values(**values))
        if done.rowcount == 0:
            raise DeskError("unknown", name)

    def find_agent(self, name: str) -> Agent | None:
        """The agent of that name."""
        query = select(desk_tables.agent).where(desk_tables.agent.c.name == name)
        with self._engine.begin() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else _agent(row)

    def agents(self) -> tuple[Agent, ...]:
        """Everybody, by name."""
        query = select(desk_tables.agent).order_by(desk_tables.agent.c.name)
        with self._engine.begin() as connection:
            return tuple(_agent(row) for row in connection.execute(query).mappings())

    def agents_here(self, now: datetime, quiet: timedelta) -> tuple[Agent, ...]:
        """Who is online and was heard of lately; whoever was given work longest ago first."""
        table = desk_tables.agent
        here = table.c.online & table.c.active & (table.c.seen > now - quiet)
        query = select(table).where(here).order_by(table.c.assigned.nulls_first(), table.c.name)
        with self._engine.begin() as connection:
            return tuple(_agent(row) for row in connection.execute(query).mappings())

    def sign_in(self, name: str, password: str) -> tuple[str, AgentSession] | None:
        """A new session with its token, or None. Takes as long for a name that is not there."""
        table = desk_tables.agent
        query = select(table).where(table.c.name == name, table.c.active)
        with self._engine.begin() as connection:
            row = connection.execute(query).mappings().first()
        right = _verify(row["password"] if row else _no_password(), password)
        if row is None or not right:
            return None
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        now = datetime.now(UTC)
        values = {"token": _digest(token), "agent": name, "csrf": csrf, "created": now}
        with writing(self._engine) as connection:
            connection.execute(insert(desk_tables.agent_session).values(**values, used=now))
            here = {"online": True, "seen": now}
            connection.execute(update(table).where(table.c.name == name).values(**here))
        return token, AgentSession(_agent(row), csrf)

    def session(self, token: str, idle: timedelta, oldest: timedelta) -> AgentSession | None:
        """Who a token belongs to; None when it is unknown, unused for too long, or too old."""
        table, who = desk_tables.agent_session, desk_tables.agent
        joined = table.join(who, table.c.agent == who.c.name)
        query = select(table.c.csrf, table.c.created, table.c.used, who).select_from(joined)
        query = query.where(table.c.token == _digest(token), who.c.active)
        with self._engine.begin() as connection:
            row = connection.execute(query).mappings().first()
        now = datetime.now(UTC)
        if row is None or now - as_utc(row["created"]) > oldest:
            return None
        if now - as_utc(row["used"]) > idle:
            return None
        if now - as_utc(row["used"]) > _TOUCHED:
            self._touch(token, row["name"], now)
        return AgentSession(_agent(row), row["csrf"])

    def sign_out(self, token: str) -> None:
        """End a session."""
        table = desk_tables.agent_session
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.token == _digest(token)))

    def sign_out_everywhere(self, name: str) -> None:
        """End every session of somebody."""
        table = desk_tables.agent_session
        with writing(self._engine) as connection:
            connection.execute(delete(table).where(table.c.agent == name))

    def is_here(self, name: str) -> None:
        """The agent's page is open."""
        self.set_agent(name, {"seen": datetime.now(UTC)})

    def _touch(self, token: str, name: str, now: datetime) -> None:
        sessions, who = desk_tables.agent_session, desk_tables.agent
        with writing(self._engine) as connection:
            used = update(sessions).where(sessions.c.token == _digest(token)).values(used=now)
            connection.execute(used)
            connection.execute(update(who).where(who.c.name == name).values(seen=now))


def same_secret(first: str, second: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(first.encode(), second.encode())


def _check(agent: Agent, password: str) -> None:
    if not 0 < len(agent.name) <= 64 or not agent.name.isprintable():
        raise DeskError("name", "expected 1 to 64 printable characters")
    if agent.name in _TAKEN:
        raise DeskError("name_taken", agent.name)
    if agent.role not in get_args(Role):
        raise DeskError("role", f"expected {' or '.join(get_args(Role))}, got {agent.role!r}")
    if agent.capacity < 1:
        raise DeskError("capacity", f"expected 1 or more, got {agent.capacity}")
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        raise DeskError("password", f"expected {SHORTEST_PASSWORD} characters or more")


def _verify(known: str, password: str) -> bool:
    try:
        return _hasher.verify(known, password[:_LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


@cache
def _no_password() -> str:
    """The hash of a password that nobody has."""
    return _hasher.hash(secrets.token_urlsafe(32))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _agent(row: RowMapping) -> Agent:
    names = ("name", "role", "shown_as", "capacity", "online", "active")
    return Agent(**{name: row[name] for name in names})
