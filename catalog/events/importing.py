"""Events from a CSV or JSON lines file: every broken line is named, the rest comes in once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from catalog.events.log import EventLog
from catalog.events.reading import Clock, read_report
from catalog.events.types import LOWEST_RATING, RATE, Event
from catalog.feeds.delimited import Record, read_table
from catalog.feeds.json_records import JsonRecord, read_json
from catalog.feeds.rows import FeedError, Rejected
from catalog.feeds.source import Source
from catalog.store import Stored

_BATCH = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_ALIASES = {
    "kind": "event",
    "name": "event",
    "event_name": "event",
    "event_type": "event",
    "product_id": "item_id",
    "itemid": "item_id",
    "movieid": "item_id",
    "visitorid": "client_id",
    "visitor_id": "client_id",
    "guest_id": "client_id",
    "userid": "user_id",
    "time": "timestamp",
    "event_time": "timestamp",
    "position": "index",
    "list_id": "item_list_id",
    "query": "search_term",
    "version": "model_version",
}
_ENVELOPE = ("client_id", "user_id", "session_id")
_ITEM = ("item_id", "index")
_SECONDS = 10**11
_MILLISECONDS = 10**14


@dataclass(frozen=True, slots=True)
class EventProgress:
    """How far an import is: lines read, lines rejected, and the part of the file from 0 to 1."""

    read: int
    rejected: int
    fraction: float


@dataclass(frozen=True, slots=True)
class EventImport:
    """What an import did. ``read`` counts lines; ``stored`` events, one for each product.

    ``broken`` says where and why the file could not be read to its end.
    """

    read: int
    rejected: tuple[Rejected, ...]
    stored: Stored
    broken: str = ""


def import_events(
    path: Path,
    log: EventLog,
    *,
    now: datetime | None = None,
    progress: Callable[[EventProgress], None] | None = None,
    batch_size: int = _BATCH,
) -> EventImport:
    """Import a file of events; what is there already stays as it is, so twice is as good as once.

    A line of JSON is one event or a batch as :func:`catalog.events.reading.read_report` reads it,
    or flat as a row of CSV is: ``event``, ``item_id``, ``user_id`` or ``client_id``,
    ``timestamp`` (ISO 8601, or seconds, milli- or microseconds since 1970), and where known
    ``session_id``, ``item_list_id``, ``index``, ``model``, ``model_version``, ``search_term``,
    ``transaction_id``, ``rating``, ``event_id``. Rows of CSV with a rating need no ``event``; half
    a star, as MovieLens has it, is one. A batch of lines is one transaction. A batch of
    events with one broken event in it is rejected whole, by its line.

    Args:
        path: The file; .gz is fine.
        log: Where the events go.
        now: The time; a later event is rejected.
        progress: Called after every batch of lines.
        batch_size: Lines in one transaction.

    Raises:
        FeedError: not one line can be read, or a column that is needed is missing.
    """
    with closing(Source(path)) as source:
        run = _Run(log, Clock(now or datetime.now(UTC), must_be_said=True))
        try:
            for row in _rows(source):
                run.take(row)
                if run.read % batch_size == 0:
                    run.store()
                    _tell(progress, run, source.fraction)
        except FeedError as error:
            if not run.read:
                raise
            run.broken = str(error)
        run.store()
        _tell(progress, run, 1.0)
    return EventImport(run.read, tuple(run.rejected), run.stored, run.broken)


@dataclass(slots=True)
class _Run:
    """An import on its way."""

    log: EventLog
    clock: Clock
    read: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    stored: Stored = field(default_factory=Stored)
    broken: str = ""
    waiting: list[Event] = field(default_factory=list)

    def take(self, row: Record | JsonRecord | Rejected) -> None:
        self.read += 1
        if isinstance(row, Rejected):
            self.rejected.append(row)
            return
        try:
            self.waiting += _events(row, self.clock)
        except ValueError as error:
            self.rejected.append(Rejected(row.line, str(error), row.raw))

    def store(self) -> None:
        self.stored += self.log.record(self.waiting)
        self.waiting = []


def _tell(progress: Callable[[EventProgress], None] | None, run: _Run, fraction: float) -> None:
    if progress is not None:
        progress(EventProgress(run.read, len(run.rejected), fraction))


def _rows(source: Source) -> Iterator[Record | JsonRecord | Rejected]:
    if source.head(1_000).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        yield from read_json(source, always_lines=True)
        return
    table = read_table(source, key=_column)
    missing = {"event", "timestamp"} - table.labels.keys()
    if "rating" in table.labels:
        missing.discard("event")
    if missing or not {"user_id", "client_id"} & table.labels.keys():
        raise FeedError(
            "expected the columns event, timestamp, item_id, and user_id or client_id;"
            f" got {', '.join(table.labels.values()) or 'none'}"
        )
    yield from table.records


def _events(row: Record | JsonRecord, clock: Clock) -> tuple[Event, ...]:
    """The events of a line.

    Raises:
        ValueError: the line is not wholly right.
    """
    value = row.cells if isinstance(row, Record) else row.value
    if not isinstance(value, Mapping):
        raise ValueError(f"expected a JSON object, got {type(value).__name__}")
    body = value if _is_report(value) else _nested(value)
    report = read_report(body, clock, "import")
    for refused in report.refused:
        where = f"event {refused.event}, " if report.count > 1 else ""
        raise ValueError(f"{where}{refused.field}: {refused.reason}")
    return report.events


def _is_report(value: Mapping[str, Any]) -> bool:
    return "events" in value or "params" in value


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """A flat row in the shape that pages send."""
    cells = {_column(str(key)): cell for key, cell in flat.items() if cell not in ("", None)}
    if "timestamp" not in cells and "timestamp_micros" not in cells:
        raise ValueError("timestamp: expected the time of the event, got none")
    micros = _micros(cells.pop("timestamp")) if "timestamp" in cells else cells["timestamp_micros"]
    envelope = {key: cells.pop(key) for key in _ENVELOPE if key in cells}
    item = {key: cells.pop(key) for key in _ITEM if key in cells}
    name = cells.pop("event", RATE if "rating" in cells else "")
    if name == RATE and "rating" in cells:
        cells["rating"] = _stars(cells["rating"])
    params = cells | ({"items": [item]} if item else {})
    return envelope | {"timestamp_micros": micros, "name": name, "params": params}


def _stars(written: object) -> object:
    """A rating from 1 to 5; less than one star, but more than none, counts as one."""
    try:
        stars = Decimal(str(written).strip())
    except InvalidOperation:
        return written
    half = stars.is_finite() and 0 < stars < LOWEST_RATING
    return LOWEST_RATING if half else written


def _column(name: str) -> str:
    folded = name.strip().casefold().replace(" ", "_")
    return _ALIASES.get(folded, folded)


def _micros(written: object) -> int:
    """Microseconds since 1970 of a time as files write it; one without a zone is UTC."""
    text = str(written).strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return _of_iso(text)
    if not number.is_finite() or number < 0:
        raise ValueError(f"timestamp: expected a time, got {text!r}")
    size = 1_000_000 if number < _SECONDS else 1_000 if number < _MILLISECONDS else 1
    return int(number * size)


def _of_iso(text: str) -> int:
    try:
        time = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError as error:
        raise ValueError(
            f"timestamp: expected a time such as 2026-05-01T12:30:00Z, got {text!r}"
        ) from error
    moment = time.replace(tzinfo=UTC) if time.tzinfo is None else time
    return (moment - _EPOCH) // _MICROSECOND
