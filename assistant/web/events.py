"""``POST /api/v1/events``: what shoppers do on the shop's own pages, in the shape of GA4."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse

from assistant.build import event_log
from assistant.settings import EventSettings, Settings
from assistant.web.pace import Pace, address_of
from catalog.events.bots import is_bot
from catalog.events.limits import RateLimiter
from catalog.events.log import EventLog
from catalog.events.reading import Clock, EventError, Report, read_report
from catalog.events.types import Event, Excluded
from catalog.store import ProductStore, Stored

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Gate:
    """How fast events may come, and how fast they may come from a person."""

    pace: Pace
    person: RateLimiter

    @classmethod
    def of(cls, settings: EventSettings) -> "Gate":
        """The limits of the settings."""
        return cls(
            Pace.of(
                settings.per_second,
                settings.burst,
                settings.address_per_second,
                settings.address_burst,
            ),
            RateLimiter(settings.human_per_minute / _MINUTE, settings.human_per_minute),
        )

    def judge(self, agent: str, shopper: str, acts: int) -> Excluded | None:
        """Why the events of this sender do not count."""
        if is_bot(agent):
            return Excluded.BOT_AGENT
        return Excluded.BOT_RATE if self.person.take(shopper, acts) else None


async def _body(request: Request) -> bytes:
    return await request.body()


def add_events(
    app: FastAPI,
    store: ProductStore,
    settings: Settings,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Serve ``POST /api/v1/events``.

    The body is JSON whatever its content type says, since ``navigator.sendBeacon`` sends text.
    200 with what became of the events; 400 for what is no JSON, 422 when no event could be
    taken, 429 with ``Retry-After`` for too many.
    """
    log, gate = event_log(settings, store), Gate.of(settings.events)
    ahead = timedelta(seconds=settings.events.ahead_seconds)
    oldest = timedelta(days=settings.events.oldest_days)

    @app.post("/api/v1/events")
    def events(request: Request, body: Annotated[bytes, Depends(_body)]) -> JSONResponse:
        try:
            value = _parse(body)
        except ValueError as error:
            return JSONResponse({"error": f"expected JSON: {error}"}, 400)
        try:
            report = read_report(value, Clock(now(), ahead, oldest))
        except EventError as error:
            return JSONResponse({"error": error.reason, "field": error.field}, 422)
        wait = gate.pace.wait(report.shopper, address_of(request.client), report.size)
        if wait:
            return _too_many(wait)
        agent = request.headers.get("user-agent", "")
        reason = gate.judge(agent, report.shopper, report.acts)
        stored = record_report(report, log, reason)
        return _answer(report, stored)


def record_report(report: Report, log: EventLog, reason: Excluded | None = None) -> Stored:
    """Store a report; the events of a guest who is signed in by now become the user's.

    ``reason`` says why none of it counts; what a program claims joins nobody either.
    """
    stored = log.record(_marked(report.events, reason))
    if report.guest and report.user_id and report.events and reason is None:
        log.store.join_guest(report.guest, report.user_id)
    return stored


def _marked(events: Sequence[Event], reason: Excluded | None) -> Sequence[Event]:
    return [replace(one, excluded=reason) for one in events] if reason else events


def _parse(body: bytes) -> object:
    try:
        return json.loads(body, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _answer(report: Report, stored: Stored) -> JSONResponse:
    refused = [
        {"event": one.event, "field": one.field, "reason": one.reason} for one in report.refused
    ]
    answer: dict[str, Any] = {
        "received": report.count,
        "stored": stored.stored,
        "duplicates": stored.duplicates,
        "not_counted": dict(stored.excluded),
        "rejected": refused,
    }
    return JSONResponse(answer, 200 if report.events else 422)


def _too_many(wait: float) -> JSONResponse:
    seconds = max(math.ceil(wait), 1)
    answer = {"error": f"too many events: try again in {seconds} s"}
    return JSONResponse(answer, 429, {"Retry-After": str(seconds)})
