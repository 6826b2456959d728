"""What shoppers did, row by row: each event once, with why it may not count."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, delete, func, insert, select

from catalog.events.types import VIEW_LIST, Event, Excluded
from catalog.store import tables
from catalog.store.database import writing
from catalog.store.rows import Row, as_utc, make_interaction
from catalog.types import Interaction

_BATCH = 500
_EVENTS_LOCK = 0x64616F68


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of some events, in rows; ``excluded`` counts those kept that do not count."""

    stored: int = 0
    duplicates: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Stored") -> "Stored":
        excluded = Counter(self.excluded) + Counter(other.excluded)
        both = self.stored + other.stored, self.duplicates + other.duplicates
        return Stored(*both, dict(excluded))


class Events:
    """Interactions of shoppers with products, in the order they were added."""

    _engine: Engine

    def add_interactions(self, interactions: Iterable[Interaction]) -> None:
        """Append interactions as they are, in one transaction."""
        rows = [
            {
                "user_id": one.user_id,
                "product_id": one.product_id,
                "kind": one.kind,
                "time": one.time.astimezone(UTC),
                "weight": one.weight,
            }
            for one in interactions
        ]
        if rows:
            with writing(self._engine) as connection:
                in_order(connection)
                connection.execute(insert(tables.interaction), rows)

    def add_events(self, events: Sequence[Event], window: timedelta) -> Stored:
        """Append the events that are not there yet, in one transaction.

        An event is there if one of the same id is, or without an id one that says the same at
        most ``window`` before or after. One that did not count because its product was unknown is
        replaced once the product is known.
        """
        total = Stored()
        with writing(self._engine) as connection:
            in_order(connection)
            for start in range(0, len(events), _BATCH):
                total += _add(connection, events[start : start + _BATCH], window)
        return total

    def interactions(
        self, user_id: str | None = None, after: int = 0, until: int | None = None
    ) -> Iterator[Interaction]:
        """What shoppers did with products, in the order it was added, of one user or of all.

        Only what counts; products that were merely shown in a list are no interactions, see
        :meth:`events` for them. ``after`` leaves out the first so many rows by id, ``until`` the
        rows past an id, see :meth:`last_interaction`.
        """
        table = tables.interaction
        query = select(table).where(table.c.id > after, table.c.excluded == "")
        query = query.where(table.c.product_id != "", table.c.kind != VIEW_LIST)
        if until is not None:
            query = query.where(table.c.id <= until)
        if user_id is not None:
            query = query.where(table.c.user_id == user_id)
        for row in self._rows(query.order_by(table.c.id)):
            yield make_interaction(row)

    def events(
        self, since: datetime | None = None, kinds: Collection[str] | None = None
    ) -> Iterator[Event]:
        """Every event, those that do not count included, by time; of ``since`` or later."""
        table = tables.interaction
        query = select(table).order_by(table.c.time, table.c.id)
        if since is not None:
            query = query.where(table.c.time >= since.astimezone(UTC))
        if kinds is not None:
            query = query.where(table.c.kind.in_(kinds))
        for row in self._rows(query):
            yield _make_event(row)

    def last_interaction(self) -> int:
        """The highest id of an interaction; 0 when there is none."""
        with self._engine.begin() as connection:
            return connection.execute(select(func.max(tables.interaction.c.id))).scalar() or 0

    def _rows(self, query: Select[Any]) -> Iterator[RowMapping]:
        with self._engine.begin() as connection:
            reading = connection.execution_options(yield_per=2_000)
            yield from reading.execute(query).mappings()


def in_order(connection: Connection) -> None:
    """Let no other process write events until this transaction ends.

    So the ids are seen in the order they grow, and no event comes in twice. SQLite has one
    writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_EVENTS_LOCK)))


def _add(connection: Connection, events: Sequence[Event], window: timedelta) -> Stored:
    table = tables.interaction
    new, stale = _unknown(connection, events, window)
    if new:
        connection.execute(insert(table), [_row(one) for one in new])
    if stale:
        # After the insert: SQLite would give the new row the old one's id, which was read.
        connection.execute(delete(table).where(table.c.id.in_(stale)))
    excluded = Counter(one.excluded.value for one in new if one.excluded)
    return Stored(len(new), len(events) - len(new), dict(excluded))


def _unknown(
    connection: Connection, events: Sequence[Event], window: timedelta
) -> tuple[list[Event], list[int]]:
    """The events that are not there yet, and the ids of the rows they replace."""
    seen: dict[str, list[tuple[datetime, int | None]]] = {}
    table = tables.interaction
    wanted = select(table.c.id, table.c.key, table.c.time, table.c.excluded)
    for row in connection.execute(wanted.where(table.c.key.in_({one.key for one in events}))):
        unknown = row.excluded == Excluded.UNKNOWN_PRODUCT
        seen.setdefault(row.key, []).append((as_utc(row.time), row.id if unknown else None))
    new, stale = [], []
    for one in events:
        same = [
            (time, id_)
            for time, id_ in seen.get(one.key, ())
            if one.has_id or abs(time - one.time) <= window
        ]
        replaced = [id_ for _, id_ in same if id_ is not None and not one.excluded]
        if same and not replaced:
            continue
        stale += replaced
        new.append(one)
        kept = [pair for pair in seen.get(one.key, []) if pair not in same]
        seen[one.key] = [*kept, (one.time, None)]
    return new, stale


def _row(one: Event) -> Row:
    return {
        "user_id": one.shopper,
        "product_id": one.product_id,
        "kind": one.kind,
        "time": one.time.astimezone(UTC),
        "weight": one.weight,
        "session_id": one.session_id,
        "list_id": one.list_id,
        "position": one.position,
        "model": one.model,
        "version": one.version,
        "source": one.source,
        "query": one.query,
        "transaction_id": one.transaction_id,
        "rating": one.rating,
        "excluded": one.excluded or "",
        "key": one.key,
    }


def _make_event(row: RowMapping) -> Event:
    return Event(
        shopper=row["user_id"],
        kind=row["kind"],
        time=as_utc(row["time"]),
        product_id=row["product_id"],
        session_id=row["session_id"],
        list_id=row["list_id"],
        position=row["position"],
        model=row["model"],
        version=row["version"],
        source=row["source"],
        query=row["query"],
        transaction_id=row["transaction_id"],
        rating=row["rating"],
        excluded=Excluded(row["excluded"]) if row["excluded"] else None,
    )
