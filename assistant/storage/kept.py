"""Watched products and saved carts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Engine, RowMapping, delete, func, insert, or_, select, update
from sqlalchemy.sql import ColumnElement

from assistant.storage.kept_tables import saved_cart, watch
from assistant.types import CartLine, Watch
from catalog.store.database import writing
from catalog.store.rows import Row, as_utc

_WATCH = TypeAdapter(Watch)
_LINES = TypeAdapter(tuple[CartLine, ...])

OPEN, DUE, TOLD = "open", "due", "told"
"""The states of a watch: nothing happened yet; it did; the shopper was told in the chat."""


class Kept:
    """Watches and saved carts."""

    _engine: Engine

    def add_watch(self, one: Watch) -> Watch:
        """Keep a watch in place of one of the same product and kind; says it with its number."""
        with writing(self._engine) as connection:
            connection.execute(delete(watch).where(_same(one), watch.c.status == OPEN))
            done = connection.execute(insert(watch).values(**_row(one)))
            key = done.inserted_primary_key
        return replace(one, number=int(key[0]) if key else 0)

    def watches(self, session_id: str, user_id: str = "") -> tuple[Watch, ...]:
        """The watches of a conversation and of its user that nothing came of yet, oldest first."""
        return self._watches(_owned(session_id, user_id) & (watch.c.status == OPEN))

    def live_watches(self, session_id: str, user_id: str = "") -> dict[str, tuple[Watch, ...]]:
        """Those that are open and those that are due, by their state; oldest first."""
        live = watch.c.status.in_((OPEN, DUE))
        query = select(watch).where(_owned(session_id, user_id) & live).order_by(watch.c.number)
        with self._engine.begin() as connection:
            rows = connection.execute(query).mappings().all()
        return {
            status: tuple(_watch(row) for row in rows if row["status"] == status)
            for status in (OPEN, DUE)
        }

    def due_watches(self, session_id: str, user_id: str = "") -> tuple[Watch, ...]:
        """Those that something came of and that the shopper does not know of."""
        return self._watches(_owned(session_id, user_id) & (watch.c.status == DUE))

    def open_watches(self, after: int = 0, limit: int = 500) -> tuple[Watch, ...]:
        """The next open watches of everybody, by number."""
        return self._watches((watch.c.status == OPEN) & (watch.c.number > after), limit)

    def count_watches(self, session_id: str, user_id: str = "") -> int:
        """How many watches are open."""
        query = select(func.count()).select_from(watch)
        where = _owned(session_id, user_id) & (watch.c.status == OPEN)
        with self._engine.begin() as connection:
            return int(connection.execute(query.where(where)).scalar_one())

    def watch_came_true(self, one: Watch, next_try: datetime | None) -> bool:
        """Note what came of an open watch, once; with ``next_try`` the webhook is to hear of it."""
        values = {"status": DUE, "body": _body(one), "next_try": next_try}
        where = (watch.c.number == one.number) & (watch.c.status == OPEN)
        with writing(self._engine) as connection:
            return connection.execute(update(watch).where(where).values(**values)).rowcount == 1

    def watches_told(self, numbers: Sequence[int]) -> None:
        """The shopper has been told in the chat."""
        with writing(self._engine) as connection:
            where = watch.c.number.in_(numbers) & (watch.c.status == DUE)
            connection.execute(update(watch).where(where).values(status=TOLD))

    def drop_watches(self, numbers: Sequence[int]) -> int:
        """Forget open watches; says how many there were."""
        with writing(self._engine) as connection:
            where = watch.c.number.in_(numbers) & (watch.c.status == OPEN)
            return connection.execute(delete(watch).where(where)).rowcount

    def notices_to_send(self, now: datetime, limit: int = 50) -> tuple[tuple[Watch, int], ...]:
        """Watches whose notice the webhook is to hear of now, with the tries so far."""
        query = select(watch).where(watch.c.next_try <= now).order_by(watch.c.next_try)
        with self._engine.begin() as connection:
            rows = connection.execute(query.limit(limit)).mappings().all()
        return tuple((_watch(row), int(row["tries"])) for row in rows)

    def notice_tried(self, number: int, next_try: datetime | None) -> None:
        """A try is over; ``next_try`` is ``None`` when there will be no other."""
        values = {"tries": watch.c.tries + 1, "next_try": next_try}
        with writing(self._engine) as connection:
            connection.execute(update(watch).where(watch.c.number == number).values(**values))

    def save_cart(self, owner: str, name: str, lines: Sequence[CartLine], now: datetime) -> None:
        """Keep a cart under a name; one of that name is replaced."""
        values = {"saved": now, "lines": _LINES.dump_python(tuple(lines), mode="json")}
        with writing(self._engine) as connection:
            where = (saved_cart.c.owner == owner) & (saved_cart.c.name == name)
            connection.execute(delete(saved_cart).where(where))
            connection.execute(insert(saved_cart).values(owner=owner, name=name, **values))

    def saved_carts(self, *owners: str) -> dict[str, tuple[CartLine, ...]]:
        """The carts of these owners by name, the newest first."""
        query = select(saved_cart).where(saved_cart.c.owner.in_(owners))
        with self._engine.begin() as connection:
            rows = connection.execute(query.order_by(saved_cart.c.saved.desc())).mappings().all()
        found: dict[str, tuple[CartLine, ...]] = {}
        for row in rows:
            found.setdefault(row["name"], _LINES.validate_python(row["lines"]))
        return found

    def export_kept(self, user_id: str, sessions: Sequence[str]) -> list[Row]:
        """Every watch and saved cart of a user and of conversations, as JSON."""
        with self._engine.begin() as connection:
            watches = connection.execute(
                select(watch).where(_any_of(user_id, sessions)).order_by(watch.c.number)
            )
            found: list[Row] = [
                _WATCH.dump_python(_watch(r), mode="json") for r in watches.mappings()
            ]
            owners = saved_cart.c.owner.in_(_owners(user_id, sessions))
            for row in connection.execute(
                select(saved_cart).where(owners).order_by(saved_cart.c.name)
            ).mappings():
                saved = as_utc(row["saved"]).isoformat()
                found.append({"cart": row["name"], "saved": saved, "lines": row["lines"]})
        return found

    def erase_kept(self, user_id: str, sessions: Sequence[str]) -> int:
        """Forget them; says how many there were."""
        with writing(self._engine) as connection:
            owners = saved_cart.c.owner.in_(_owners(user_id, sessions))
            carts = connection.execute(delete(saved_cart).where(owners)).rowcount
            return (
                carts + connection.execute(delete(watch).where(_any_of(user_id, sessions))).rowcount
            )

    def _watches(self, where: ColumnElement[bool], limit: int = 500) -> tuple[Watch, ...]:
        query = select(watch).where(where).order_by(watch.c.number).limit(limit)
        with self._engine.begin() as connection:
            return tuple(_watch(row) for row in connection.execute(query).mappings())


def guest_owner(session_id: str) -> str:
    """Whose carts those of a guest's conversation are."""
    return f"session:{session_id}"[:255]


def _owners(user_id: str, sessions: Sequence[str]) -> list[str]:
    return [user_id, *(guest_owner(one) for one in sessions)]


def _any_of(user_id: str, sessions: Sequence[str]) -> ColumnElement[bool]:
    """What the user made, also as a guest; not what somebody else made in a lent conversation."""
    as_guest = watch.c.session_id.in_(sessions) & (watch.c.user_id == "")
    return or_(watch.c.user_id == user_id, as_guest)


def _owned(session_id: str, user_id: str) -> ColumnElement[bool]:
    mine = watch.c.session_id == session_id
    return or_(mine, watch.c.user_id == user_id) if user_id else mine


def _same(one: Watch) -> ColumnElement[bool]:
    same: ColumnElement[bool] = (
        (watch.c.session_id == one.session_id)
        & (watch.c.product_id == one.product_id)
        & (watch.c.body["kind"].as_string() == one.kind)
        & (watch.c.body["variant_id"].as_string() == one.variant_id)
    )
    return same


def _row(one: Watch) -> Row:
    return {
        "session_id": one.session_id,
        "user_id": one.user_id,
        "product_id": one.product_id,
        "status": OPEN,
        "created": one.created,
        "body": _body(one),
        "next_try": None,
        "tries": 0,
    }


def _body(one: Watch) -> Row:
    body: Row = _WATCH.dump_python(one, mode="json")
    return body


def _watch(row: RowMapping) -> Watch:
    return replace(_WATCH.validate_python(row["body"]), number=int(row["number"]))
