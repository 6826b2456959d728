"""The one web application: the chat page, the REST channel, health checks and metrics.

Every turn runs in a worker thread; the event loop only moves bytes.
"""

import logging
from datetime import timedelta
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.desk import Desk
from assistant.engine import Assistant
from assistant.metrics import CONTENT_TYPE, Figures
from assistant.settings import Settings
from assistant.types import Reply, Utterance
from assistant.web.chat import mount_chat
from assistant.web.console import add_console
from assistant.web.events import add_events
from assistant.web.insights_page import mount_insights
from assistant.web.live import Hub
from assistant.web.pace import Pace
from assistant.web.recommendations_api import mount_recommendations
from assistant.web.search_api import mount_search
from assistant.web.shopper_live import add_shopper_live
from assistant.web.socket import add_socket
from assistant.web.telegram import add_telegram
from assistant.web.telegram_sending import SESSIONS as TELEGRAM_SESSIONS
from assistant.web.widget import add_widget
from assistant.wire import reply_to_wire
from catalog.demo import draw
from catalog.store import DatabaseError

_log = logging.getLogger(__name__)

LARGEST_BODY = 1_500_000
"""Bytes of a request's body; a larger one is refused with 413.

A message of 100,000 characters fits, however JSON escapes them (twelve bytes at most).
"""

_WORDS_ONLY = "the vector index does not answer: products are found by their words alone"
_DEGRADED = "the trained model does not serve: daogou doctor says why"
_CACHED = {"Cache-Control": "public, max-age=86400"}


class Message(BaseModel):
    """A message in the shape of Rasa's REST channel."""

    sender: str = Field(min_length=1, max_length=255)
    message: str
    metadata: dict[str, Any] = Field(default_factory=dict)


def make_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """The web application of a ready assistant."""
    app = FastAPI(title="Daogou", docs_url=None, redoc_url=None)
    app.add_middleware(LimitBody)
    if settings.server.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.server.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
        )
    _add_rest(app, assistant)
    mount_search(app, assistant, settings)
    mount_recommendations(app, assistant, settings)
    mount_insights(app, assistant.services.store, settings)
    _add_health(app, assistant)
    _add_metrics(app, assistant)
    _add_media(app)
    add_events(app, assistant.services.store, settings)
    hub = Hub(assistant.storage)
    desk = Desk(assistant, timedelta(minutes=settings.desk.silent_minutes), settings.desk.assign)
    add_shopper_live(app, assistant, hub)
    add_console(app, desk, hub, settings)
    pace = Pace.of_messages(settings.widget)
    add_socket(app, assistant, hub, settings, pace)
    add_telegram(app, assistant, settings)
    add_widget(app, assistant.services.store, settings)
    return mount_chat(app, assistant, settings, pace)


def rest_reply(reply: Reply) -> list[dict[str, Any]]:
    """A reply in the shape of Rasa's REST channel; silence is an empty list."""
    if not reply.text:
        return []
    message: dict[str, Any] = {"recipient_id": reply.session, "text": reply.text}
    if reply.products and reply.products[0].image:
        message["image"] = reply.products[0].image
    if reply.suggestions:
        message["buttons"] = [
            {"title": one.title, "payload": one.payload} for one in reply.suggestions
        ]
    return [message | {"custom": reply_to_wire(reply)}]


def _add_rest(app: FastAPI, assistant: Assistant) -> None:
    @app.post("/webhooks/rest/webhook")
    def webhook(message: Message) -> list[dict[str, Any]]:
        user = message.metadata.get("user_id", "")
        if not isinstance(user, str):
            raise HTTPException(422, "metadata.user_id must be a string")
        if message.sender.startswith(TELEGRAM_SESSIONS):
            raise HTTPException(422, "this sender belongs to another channel")
        utterance = Utterance(message.sender, message.message, user, "rest")
        return rest_reply(assistant.reply(utterance))

    @app.exception_handler(DatabaseError)
    def database_gone(_: Request, error: DatabaseError) -> JSONResponse:
        _log.error("the database: %s", error)
        return JSONResponse({"error": "the database is not available"}, status_code=503)


def _add_health(app: FastAPI, assistant: Assistant) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz")
    def readyz(response: Response) -> dict[str, str]:
        try:
            count = assistant.services.store.count()
        except DatabaseError:
            response.status_code = 503
            return {"status": "the database is not available"}
        if not count:
            response.status_code = 503
            return {"status": "the shop has no products: run daogou import"}
        said = {"status": "ready", "products": str(count)} | _finding(assistant)
        return said | _understanding(assistant)


def _finding(assistant: Assistant) -> dict[str, str]:
    """Which index finds products by their meaning, and whether it answers."""
    index = assistant.services.search.status()
    said = {"index": index.kind, "vectors": str(index.vectors), "waiting": str(index.pending)}
    return said | ({"search": _WORDS_ONLY} if index.problem else {})


def _understanding(assistant: Assistant) -> dict[str, str]:
    """What understands messages, and why it is less than it should be."""
    nlu = assistant.nlu
    said = {"nlu": nlu.kind, "nlu_failures": str(nlu.failures)}
    models = assistant.services.recommending.models
    if models is not None:
        said |= {"recommender": models.promoted or "none"}
        said |= {"recommender_problem": models.problem} if models.problem else {}
    return said | ({"degraded": _DEGRADED} if nlu.problem else {})


def _add_metrics(app: FastAPI, assistant: Assistant) -> None:
    @app.get("/metrics")
    def metrics() -> Response:
        written = assistant.metrics.text(_figures(assistant))
        return Response(written, media_type=CONTENT_TYPE)


def _figures(assistant: Assistant) -> Figures:
    try:
        products = assistant.services.store.count()
        tickets = assistant.storage.open_tickets()
    except DatabaseError:
        products, tickets = None, None
    models = assistant.services.recommending.models
    return Figures(
        assistant.nlu,
        products,
        tickets,
        models.promoted if models else "",
        models.failures if models else 0,
    )


def _add_media(app: FastAPI) -> None:
    @app.get("/media/{family}/{colour}.svg")
    def picture(family: str, colour: str) -> Response:
        try:
            drawn = draw(family, colour)
        except ValueError as error:
            raise HTTPException(404, "no such picture") from error
        return Response(drawn, media_type="image/svg+xml", headers=_CACHED)


class LimitBody:
    """Refuses a request whose body is larger than :data:`LARGEST_BODY`, before it is read whole."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless it declares or turns out to have too large a body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if int(headers.get(b"content-length", b"0") or 0) > LARGEST_BODY:
            await JSONResponse({"error": "the message is too large"}, 413)(scope, receive, send)
            return
        await self._app(scope, _counting(receive), send)


def _counting(receive: Receive) -> Receive:
    """Stop reading a body that never said how long it is once it is too long."""
    read = 0

    async def limited() -> Any:  # noqa: ANN401  # an ASGI message
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST_BODY:
            raise HTTPException(413, "the message is too large")
        return message

    return limited
