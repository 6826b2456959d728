"""The addresses of the console."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import parse_qs

from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from assistant.actions.handing_over import TOPICS
from assistant.desk import LONGEST_MESSAGE, Desk
from assistant.settings import Settings
from assistant.storage import TurnConflictError
from assistant.storage.agents import AgentSession
from assistant.storage.changes import DESK, EVERYTHING
from assistant.storage.notes import CannedReply
from assistant.tickets import PRIORITIES, Agent, DeskError, Ticket
from assistant.web.console.access import COOKIE, Access, is_own_page, set_cookie
from assistant.web.console.orders import add_orders
from assistant.web.console.seeing import labels_of, seen
from assistant.web.console.views import (
    QUEUES,
    Filters,
    history_of,
    queue_of,
    render_overview,
    render_queue,
    render_ticket,
)
from assistant.web.live import BEAT, Hub, event, next_topics, stream, typing_topic
from assistant.web.pages import plain_page
from assistant.web.shopper_live import live_turns
from catalog.store import DatabaseError
from catalog.types import Language

_SWEPT_EVERY = 1.0
_LONGEST_FORM = 10_000
_LAST_PAGE = 10_000

_log = logging.getLogger(__name__)


class Act(BaseModel):
    """What an agent does; which fields count depends on the act."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field("", max_length=LONGEST_MESSAGE)
    id: str = Field("", max_length=64)
    agent: str = Field("", max_length=64)
    minutes: float = Field(60, gt=0, le=60 * 24 * 30)
    priority: Literal["low", "normal", "high", "urgent"] = "normal"


class Canned(BaseModel):
    """A reply to keep ready; without words it goes."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=64)
    language: Language
    text: str = Field("", max_length=LONGEST_MESSAGE)


class Me(BaseModel):
    """Whether the agent takes new conversations."""

    model_config = ConfigDict(extra="forbid")

    online: bool


def add_console(app: FastAPI, desk: Desk, hub: Hub, settings: Settings) -> None:
    """Serve the console."""
    access = Access.of(desk.storage, settings.desk)
    _add_doors(app, access, settings)
    _add_page(app, desk, access, settings)
    _add_views(app, desk, access, settings)
    _add_acts(app, desk, access)
    add_orders(app, desk, access, settings)
    _add_stream(app, desk, hub, access)

    @app.exception_handler(DeskError)
    def refused(request: Request, error: DeskError) -> JSONResponse:
        labels = labels_of(request, settings)
        name = f"error_{error.reason}"
        words = labels(name) if labels.knows(name) else labels("error_other")
        return JSONResponse({"error": error.reason, "words": words}, 409)


def _add_doors(app: FastAPI, access: Access, settings: Settings) -> None:
    @app.get("/console/sign-in")
    def sign_in_page(request: Request) -> HTMLResponse:
        return _sign_in_page(request, settings)

    @app.post("/console/sign-in")
    async def sign_in(request: Request) -> Response:
        if not is_own_page(request):
            raise HTTPException(403, "sign in from the console's own page")
        body = await request.body()
        form = parse_qs(body[:_LONGEST_FORM].decode("utf-8", "replace"))
        name, password = form.get("name", [""])[0], form.get("password", [""])[0]
        wait = access.wait(name, request)
        if wait:
            page = _sign_in_page(request, settings, "too_many_tries", 429)
            page.headers["Retry-After"] = str(int(wait) + 1)
            return page
        found = await asyncio.to_thread(access.storage.sign_in, name, password)
        act = "sign_in" if found else "wrong_password"
        await asyncio.to_thread(access.storage.audit, name[:64], act)
        if found is None:
            return _sign_in_page(request, settings, "wrong_password", 403)
        answer = RedirectResponse(_home(request), 303)
        set_cookie(answer, found[0], request, access.oldest)
        return answer

    @app.post("/console/sign-out", status_code=204)
    def sign_out(
        request: Request, _: Annotated[AgentSession, Depends(access.writer())]
    ) -> Response:
        access.storage.sign_out(request.cookies.get(COOKIE, ""))
        return Response(status_code=204)


def _home(request: Request) -> str:
    asked = request.query_params.get("lang", "")
    suffix = f"?lang={asked}" if asked in ("en", "zh") else ""
    return f"{request.scope.get('root_path', '')}/console{suffix}"


def _sign_in_page(
    request: Request, settings: Settings, problem: str = "", status: int = 200
) -> HTMLResponse:
    return _page(request, settings, "console_sign_in.html", status, problem=problem)


def _page(
    request: Request, settings: Settings, template: str, status: int = 200, **values: object
) -> HTMLResponse:
    words = labels_of(request, settings)
    answer = plain_page(request, settings, template, status, words=words, **values)
    answer.headers["X-Frame-Options"] = "DENY"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _add_page(app: FastAPI, desk: Desk, access: Access, settings: Settings) -> None:
    late = timedelta(minutes=settings.desk.late_minutes)

    @app.get("/console")
    def console(request: Request) -> Response:
        session = access.session(request)
        if session is None:
            return RedirectResponse(_home(request).replace("/console", "/console/sign-in"), 303)
        labels = labels_of(request, settings)
        return _page(
            request,
            settings,
            "console.html",
            me=session.agent,
            csrf=session.csrf,
            queues=QUEUES,
            priorities=PRIORITIES,
            topics=TOPICS,
            script_words=labels.patterns(_SCRIPT_WORDS),
            queue=render_queue(queue_of(desk, session.agent, Filters()), labels, late),
        )


_SCRIPT_WORDS = ("typing", "not_sent", "lost", "nothing_found", "no_suggestions", "source")


def _add_views(app: FastAPI, desk: Desk, access: Access, settings: Settings) -> None:
    reader, late = access.reader(), timedelta(minutes=settings.desk.late_minutes)

    @app.get("/console/queue")
    def queue(
        request: Request,
        filters: Annotated[Filters, Depends(_filters)],
        session: Annotated[AgentSession, Depends(reader)],
        chosen: str = "",
    ) -> HTMLResponse:
        found = queue_of(desk, session.agent, filters)
        return HTMLResponse(render_queue(found, labels_of(request, settings), late, chosen))

    @app.get("/console/tickets/{ticket_id}")
    def ticket(
        request: Request, ticket_id: str, session: Annotated[AgentSession, Depends(reader)]
    ) -> HTMLResponse:
        found = seen(desk, ticket_id, session.agent)
        desk.storage.audit(session.agent.name, "read", found.session_id, found.id)
        return HTMLResponse(render_ticket(desk, found, session, labels_of(request, settings)))

    @app.get("/console/tickets/{ticket_id}/suggestions")
    def suggestions(
        ticket_id: str, session: Annotated[AgentSession, Depends(reader)]
    ) -> list[dict[str, str]]:
        found = desk.suggest(seen(desk, ticket_id, session.agent))
        return [{"text": one.text, "source": one.source, "date": one.date} for one in found]

    @app.get("/console/history")
    def history(
        request: Request,
        session: Annotated[AgentSession, Depends(reader)],
        q: Annotated[str, Query(max_length=200)] = "",
        page: Annotated[int, Query(ge=0, le=_LAST_PAGE)] = 0,
    ) -> HTMLResponse:
        found = history_of(desk, session.agent, q, page)
        desk.storage.audit(session.agent.name, "search")
        return HTMLResponse(render_queue(found, labels_of(request, settings), late))

    @app.get("/console/overview")
    def overview(
        request: Request, session: Annotated[AgentSession, Depends(reader)]
    ) -> HTMLResponse:
        if not session.agent.is_supervisor:
            raise HTTPException(403, "for supervisors")
        return HTMLResponse(render_overview(desk, labels_of(request, settings)))


def _filters(
    queue: Literal["open", "waiting", "mine", "snoozed", "closed"] = "open",
    priority: Literal["", "low", "normal", "high", "urgent"] = "",
    language: Literal["", "en", "zh"] = "",
    topic: Annotated[str, Query(max_length=32)] = "",
    page: Annotated[int, Query(ge=0, le=_LAST_PAGE)] = 0,
) -> Filters:
    return Filters(queue, priority, language, topic, page)


def _add_acts(app: FastAPI, desk: Desk, access: Access) -> None:
    writer = access.writer()

    @app.post("/console/tickets/{ticket_id}/{act}")
    def do(
        ticket_id: str,
        act: Literal[
            "claim", "assign", "release", "say", "snooze", "resolve", "return", "note",
            "priority", "typing",
        ],
        given: Act,
        session: Annotated[AgentSession, Depends(writer)],
    ) -> dict[str, str]:  # fmt: skip
        ticket = seen(desk, ticket_id, session.agent)
        _ACTS[act](desk, ticket, session.agent, given)
        return {"done": act}

    @app.post("/console/me")
    def me(given: Me, session: Annotated[AgentSession, Depends(writer)]) -> dict[str, bool]:
        desk.storage.set_agent(session.agent.name, {"online": given.online})
        desk.storage.changes.send(DESK)
        return {"online": given.online}

    @app.post("/console/canned")
    def canned(given: Canned, session: Annotated[AgentSession, Depends(writer)]) -> dict[str, str]:
        desk.storage.set_canned(CannedReply(given.name, given.language, given.text))
        desk.storage.audit(session.agent.name, "canned", detail=given.name)
        return {"done": "canned"}


_ACTS: dict[str, Callable[[Desk, Ticket, Agent, Act], object]] = {
    "claim": lambda desk, ticket, me, _: desk.claim(ticket.id, me),
    "assign": lambda desk, ticket, me, given: desk.hand_to(ticket.id, me, given.agent),
    "release": lambda desk, ticket, me, _: desk.put_back(ticket.id, me),
    "say": lambda desk, ticket, me, given: desk.say(ticket.id, me, given.text, given.id),
    "snooze": lambda desk, ticket, me, given: desk.snooze(ticket.id, me, given.minutes),
    "resolve": lambda desk, ticket, me, _: desk.resolve(ticket.id, me),
    "return": lambda desk, ticket, me, _: desk.give_back(ticket.id, me),
    "note": lambda desk, ticket, me, given: desk.note(ticket.id, me, given.text),
    "priority": lambda desk, ticket, me, given: desk.set_priority(
        ticket.id, me, PRIORITIES.index(given.priority)
    ),
    "typing": lambda desk, ticket, _, __: desk.storage.changes.send(
        typing_topic("agent", ticket.session_id)
    ),
}


def _add_stream(app: FastAPI, desk: Desk, hub: Hub, access: Access) -> None:
    sweeper = _Sweeper(desk)

    @app.get("/console/live")
    async def live(
        request: Request,
        session: Annotated[AgentSession, Depends(access.reader())],
        ticket: Annotated[str, Query(max_length=32)] = "",
        after: Annotated[int, Query(ge=0)] = 0,
    ) -> StreamingResponse:
        watched = await asyncio.to_thread(seen, desk, ticket, session.agent) if ticket else None
        last = request.headers.get("last-event-id", "")
        start = int(last) if last.isdecimal() else after
        events = _events(desk, hub, access, request, session.agent, watched, start)
        return stream(sweeper.while_open(events))


async def _events(
    desk: Desk,
    hub: Hub,
    access: Access,
    request: Request,
    agent: Agent,
    ticket: Ticket | None,
    after: int,
) -> AsyncIterator[str]:
    """That the queue changed, and what is said and typed in the open conversation."""
    session_id = ticket.session_id if ticket else ""
    async with hub.listening(DESK, *([session_id] if session_id else [])) as queue:
        topics: set[str] = {DESK, session_id}
        await asyncio.to_thread(desk.storage.is_here, agent.name)
        while True:
            if session_id and topics & {session_id, EVERYTHING}:
                for turn in await asyncio.to_thread(live_turns, desk.storage, session_id, after):
                    yield event("turn", turn, turn["turn"])
                    after = turn["turn"]
            if topics & {DESK, EVERYTHING}:
                yield event("queue", "changed")
            if session_id and typing_topic("shopper", session_id) in topics:
                yield event("typing", "shopper")
            topics = await next_topics(queue)
            if not topics:
                # Whoever was signed out meanwhile hears nothing more.
                if await asyncio.to_thread(access.session, request) is None:
                    return
                await asyncio.to_thread(desk.storage.is_here, agent.name)
                yield BEAT


class _Sweeper:
    """Does what the clock has to do at the desk, while somebody has the console open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._open = 0
        self._task: asyncio.Task[None] | None = None

    async def while_open(self, events: AsyncIterator[str]) -> AsyncIterator[str]:
        """Pass a stream of events on."""
        self._open += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._sweep())
        try:
            async for one in events:
                yield one
        finally:
            self._open -= 1

    async def _sweep(self) -> None:
        while self._open:
            try:
                await asyncio.to_thread(self._desk.sweep)
            except (DatabaseError, TurnConflictError) as error:
                _log.warning("the desk could not be looked after: %s", error)
            await asyncio.sleep(_SWEPT_EVERY)
