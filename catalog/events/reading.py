"""What a page or a shop's server sends, in the shape of GA4, as events; checked one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from catalog.events.types import (
    BEGIN_CHECKOUT,
    HIGHEST_RATING,
    KINDS,
    LONGEST_CLIENT,
    LONGEST_ID,
    LOWEST_RATING,
    PURCHASE,
    RATE,
    SEARCH,
    VIEW_LIST,
    Event,
    guest_id,
    is_guest,
)

MOST_EVENTS = 200
MOST_ITEMS = 200
MOST_PRODUCTS = 2_000
"""So many products all the events of a report may name."""
LONGEST_QUERY = 2_000
_NAMES = {"view_search_results": SEARCH}
_AT_ONCE = frozenset({SEARCH, VIEW_LIST, BEGIN_CHECKOUT, PURCHASE})
"""Kinds that name many products and are one act all the same."""
_LIST_OF_SEARCH = "search_results"


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds a NUL character, which a database does not take")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("holds half a character (a lone surrogate)") from error
    return text


_Text = Annotated[str, AfterValidator(_storable)]
_Id = Annotated[_Text, Field(max_length=LONGEST_ID)]
_Short = Annotated[_Text, Field(max_length=64)]
_Micros = Annotated[int, Field(ge=0, le=253_402_300_799_000_000)]


class EventError(ValueError):
    """A report of events that cannot be read at all; ``field`` says where."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that is not taken: which of the batch (from 0), where in it, and why."""

    event: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The time, and how far from it an event may lie.

    A shopper's clock that is ``ahead`` by no more is set right; events older than ``oldest`` are
    refused, where there is such a limit. An event that names no time happened now, unless it
    ``must_be_said``.
    """

    now: datetime
    ahead: timedelta = timedelta(minutes=10)
    oldest: timedelta | None = None
    must_be_said: bool = False

    def read(self, micros: int | None) -> datetime:
        """The time of an event.

        Raises:
            ValueError: it lies too far ahead or too far back, or is missing.
        """
        if micros is None and self.must_be_said:
            raise ValueError("expected the time of the event, got none")
        if micros is None:
            return self.now
        return self.check(datetime.fromtimestamp(micros / 1_000_000, UTC))

    def check(self, time: datetime) -> datetime:
        """A time that may be an event's, not later than now.

        Raises:
            ValueError: it lies too far ahead or too far back.
        """
        if time > self.now + self.ahead:
            raise ValueError(
                f"{time.isoformat()} lies {time - self.now} ahead of this clock;"
                f" at most {self.ahead} is taken"
            )
        if self.oldest is not None and time < self.now - self.oldest:
            raise ValueError(
                f"{time.isoformat()} is more than {self.oldest.days} days ago:"
                " import such events from a file"
            )
        return min(time, self.now)


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was read: who it is about, its events, and what was refused.

    ``guest`` is "" where no browser is named, ``user_id`` where nobody is signed in; where both
    are known, the guest is the user. ``count`` is how many events were sent, ``acts`` how often
    somebody must have done something for them: to look at ten products is ten acts, to see a list
    of ten is one.
    """

    guest: str
    user_id: str
    events: tuple[Event, ...]
    refused: tuple[Refused, ...]
    count: int
    acts: int = 0

    @property
    def size(self) -> int:
        """How much was sent: the events, each product of them counted."""
        return max(self.count, len(self.events) + len(self.refused))

    @property
    def shopper(self) -> str:
        """The user, else the guest."""
        return self.user_id or self.guest


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, frozen=True)


_Form = TypeVar("_Form", bound=_Model)


class _Item(_Model):
    item_id: Annotated[_Text, Field(min_length=1, max_length=LONGEST_ID)]
    index: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    item_list_id: _Short = ""


class _Params(_Model):
    items: Annotated[tuple[_Item, ...], Field(max_length=MOST_ITEMS)] = ()
    item_list_id: _Short = ""
    search_term: Annotated[_Text, Field(max_length=LONGEST_QUERY)] = ""
    transaction_id: _Id = ""
    session_id: _Id = ""
    event_id: _Id = ""
    model: _Short = ""
    model_version: _Short = ""
    rating: Annotated[float, Field(ge=LOWEST_RATING, le=HIGHEST_RATING)] | None = None


class _One(_Model):
    name: str
    params: _Params = _Params()
    event_id: _Id = ""
    timestamp_micros: _Micros | None = None


class _Batch(_Model):
    client_id: Annotated[_Text, Field(max_length=LONGEST_CLIENT)] = ""
    user_id: _Id = ""
    session_id: _Id = ""
    timestamp_micros: _Micros | None = None
    events: Annotated[list[Any], Field(min_length=1, max_length=MOST_EVENTS)]


def read_report(body: object, clock: Clock, source: Literal["api", "import"] = "api") -> Report:
    """Read one event or a batch, as GA4's Measurement Protocol names things.

    A batch is ``{"client_id", "user_id", "session_id", "timestamp_micros", "events": [{"name",
    "params"}]}``; a single event has ``name`` and ``params`` in place of ``events``. An event
    with several items becomes one for each; what is wrong in one event leaves the others alone.

    Raises:
        EventError: there is no batch, no client and no user, or too many events.
    """
    if not isinstance(body, Mapping):
        raise EventError("", f"expected a JSON object, got {type(body).__name__}")
    if "events" not in body and "name" in body:
        alone = {key: body[key] for key in ("name", "params", "event_id") if key in body}
        body = {**body, "events": [alone]}
    batch = _validated(_Batch, body)
    if not (batch.client_id or batch.user_id):
        raise EventError("client_id", "expected a client_id or a user_id, got neither")
    if is_guest(batch.user_id):
        raise EventError("user_id", f"a user's id must not begin as {batch.user_id[:6]!r} does")
    events: list[Event] = []
    refused: list[Refused] = []
    acts = 0
    for number, sent in enumerate(batch.events):
        try:
            found = list(_read(_validated(_One, sent), batch, clock, source))
            if len(events) + len(found) > MOST_PRODUCTS:
                raise EventError("", f"a report names at most {MOST_PRODUCTS} products: send two")
        except EventError as error:
            refused.append(Refused(number, error.field, error.reason))
            acts += 1
        else:
            events += found
            acts += 1 if found[0].kind in _AT_ONCE else len(found)
    guest = guest_id(batch.client_id) if batch.client_id else ""
    taken, left = tuple(events), tuple(refused)
    return Report(guest, batch.user_id, taken, left, len(batch.events), acts)


def _validated(form: type[_Form], value: object) -> _Form:
    try:
        return form.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        raise EventError(".".join(map(str, first["loc"])), first["msg"]) from error


def _read(one: _One, batch: _Batch, clock: Clock, source: str) -> Iterator[Event]:
    kind = _NAMES.get(one.name, one.name)
    _check(kind, one)
    micros = one.timestamp_micros if one.timestamp_micros is not None else batch.timestamp_micros
    try:
        time = clock.read(micros)
    except ValueError as error:
        raise EventError("timestamp_micros", str(error)) from error
    params = one.params
    said = Event(
        shopper=batch.user_id or guest_id(batch.client_id),
        kind=kind,
        time=time,
        session_id=params.session_id or batch.session_id,
        model=params.model,
        version=params.model_version,
        source=source,
        transaction_id=params.transaction_id,
        rating=params.rating if kind == RATE else None,
        event_id=one.event_id or params.event_id,
        query=params.search_term,
        client=guest_id(batch.client_id) if batch.client_id else "",
    )
    return _each(said, params)


def _check(kind: str, one: _One) -> None:
    """Refuse an event that lacks what its kind needs."""
    params = one.params
    if kind not in KINDS:
        raise EventError("name", f"expected one of {', '.join(KINDS)}, got {one.name!r}")
    if kind == SEARCH:
        if not params.search_term.strip():
            raise EventError("params.search_term", "a search needs the words that were searched")
        return
    if not params.items:
        raise EventError("params.items", f"{kind} needs at least one item")
    if kind == VIEW_LIST and not all(
        one.item_list_id or params.item_list_id for one in params.items
    ):
        raise EventError("params.item_list_id", "view_item_list needs the id of the list")
    if kind == RATE and params.rating is None:
        raise EventError("params.rating", f"{RATE} needs a rating from 1 to 5")


def _each(said: Event, params: _Params) -> Iterator[Event]:
    """The event for each of its items; those of a search were shown by it."""
    if said.kind == SEARCH:
        yield replace(said, list_id=params.item_list_id)
        said = replace(said, kind=VIEW_LIST)
    fallback = _LIST_OF_SEARCH if said.kind == VIEW_LIST else ""
    for place, item in enumerate(params.items):
        yield replace(
            said,
            product_id=item.item_id,
            list_id=item.item_list_id or params.item_list_id or fallback,
            position=_position(said.kind, item, place),
        )


def _position(kind: str, item: _Item, place: int) -> int | None:
    """Where the item stood; the items of a list stand in its order."""
    return place if item.index is None and kind == VIEW_LIST else item.index
