"""Who is who among the shoppers: guests that sign in, and what is known of one user."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, func, insert, select, update

from catalog.events.types import is_guest
from catalog.store import tables
from catalog.store.database import writing
from catalog.store.events import in_order
from catalog.store.rows import Row, as_utc


class Shoppers:
    """The identity of shoppers, and their right to see and erase what is kept of them."""

    _engine: Engine

    def last_change(self) -> int:
        """A number that grows when a guest signs in and when events are erased."""
        with self._engine.begin() as connection:
            return connection.execute(select(func.max(tables.shopper_change.c.id))).scalar() or 0

    def changes(self, after: int, until: int) -> Iterator[tuple[str, str]]:
        """Pairs of a guest and the user they are; ("", "") where something was erased."""
        table = tables.shopper_change
        query = select(table.c.guest_id, table.c.user_id).order_by(table.c.id)
        with self._engine.begin() as connection:
            for row in connection.execute(query.where(table.c.id > after, table.c.id <= until)):
                yield row.guest_id, row.user_id

    def join_guest(self, guest: str, user_id: str) -> int:
        """Make a guest's events the user's; says how many. Done twice, the second finds none.

        Raises:
            ValueError: ``guest`` is no guest's id, or ``user_id`` is one or is empty.
        """
        if not is_guest(guest) or is_guest(user_id) or not user_id:
            raise ValueError(f"expected a guest's and a user's id, got {guest!r} and {user_id!r}")
        table, change = tables.interaction, tables.shopper_change
        theirs = table.c.user_id == guest
        with self._engine.begin() as connection:
            if connection.execute(select(table.c.id).where(theirs).limit(1)).first() is None:
                return 0
        with writing(self._engine) as connection:
            in_order(connection)
            moved = connection.execute(update(table).where(theirs).values(user_id=user_id))
            now = datetime.now(UTC)
            connection.execute(insert(change).values(guest_id=guest, user_id=user_id, time=now))
        return moved.rowcount

    def guests_of(self, user_id: str) -> tuple[str, ...]:
        """The guests that turned out to be the user."""
        table = tables.shopper_change
        query = select(table.c.guest_id).where(table.c.user_id == user_id).distinct()
        with self._engine.begin() as connection:
            return tuple(connection.execute(query.order_by(table.c.guest_id)).scalars())

    def export_events(self, user_id: str) -> list[Row]:
        """Every row of events that holds the user's id, and every guest that was joined to it."""
        table, change = tables.interaction, tables.shopper_change
        mine = select(table).where(table.c.user_id == user_id).order_by(table.c.id)
        joined = select(change).where(
            (change.c.user_id == user_id) | (change.c.guest_id == user_id)
        )
        with self._engine.begin() as connection:
            rows = [*connection.execute(mine).mappings(), *connection.execute(joined).mappings()]
        return [dict(row) | {"time": as_utc(row["time"]).isoformat()} for row in rows]

    def erase_events(self, user_id: str) -> int:
        """Delete every event of the user and that they were ever a guest; says how many rows.

        Whoever keeps events in memory forgets them with the next look.

        Raises:
            ValueError: ``user_id`` is empty.
        """
        if not user_id:
            raise ValueError("expected the id of a user, got an empty string")
        table, change = tables.interaction, tables.shopper_change
        with writing(self._engine) as connection:
            in_order(connection)
            gone = connection.execute(delete(table).where(table.c.user_id == user_id)).rowcount
            mine = (change.c.user_id == user_id) | (change.c.guest_id == user_id)
            gone += connection.execute(delete(change).where(mine)).rowcount
            if gone:
                erased = {"guest_id": "", "user_id": "", "time": datetime.now(UTC)}
                connection.execute(insert(change).values(**erased))
        return gone
