"""``/ws``: a conversation over one WebSocket (RFC 6455), for apps and pages of the shop.

The client first sends ``{"session": "", "token": "", "after": 0}`` and gets the session it has;
then ``{"text": …, "id": …}`` for each message. It is sent ``{"type": "reply", …}`` with the Reply,
and ``{"type": "turn", …}`` for what an agent says, in the order of the conversation.
"""

import asyncio
import logging
import secrets
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.desk import is_from_desk
from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.types import Utterance
from assistant.web.identity import IdentityError, accept
from assistant.web.live import Hub, next_topics
from assistant.web.shopper_live import SESSION
from assistant.wire import reply_to_wire
from catalog.events.limits import RateLimiter

_log = logging.getLogger(__name__)

_LARGEST = 100_000
_REFUSED, _TOO_FAST, _NOT_OURS = 1008, 1013, 4403


class Hello(BaseModel):
    """The first thing a client says."""

    model_config = ConfigDict(extra="forbid")

    session: str = Field("", max_length=64)
    token: str = Field("", max_length=2_000)
    after: int = Field(0, ge=0)


class Said(BaseModel):
    """One message."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=_LARGEST)
    id: str = Field("", max_length=64)
    page_product: str = Field("", max_length=255)


def add_socket(
    app: FastAPI, assistant: Assistant, hub: Hub, settings: Settings, limit: RateLimiter
) -> None:
    """Serve the WebSocket channel."""

    @app.websocket("/ws")
    async def socket(socket: WebSocket) -> None:
        if not allowed_origin(socket, settings.server.origins):
            await socket.close(_NOT_OURS)
            return
        await socket.accept()
        try:
            hello = Hello.model_validate_json(await socket.receive_text())
            session = hello.session or f"web-{secrets.token_urlsafe(24)}"
            if SESSION.fullmatch(session) is None:
                raise ValueError("no such session")
            user_id = await asyncio.to_thread(_user, hello.token, session, assistant, settings)
        except (ValidationError, ValueError):
            await socket.close(_REFUSED)
            return
        except WebSocketDisconnect:
            return
        await socket.send_json({"type": "session", "session": session})
        await _talk(socket, assistant, hub, _Guest(session, user_id, hello.after), limit)


class _Guest:
    """Who is at the other end, and the last turn they have."""

    def __init__(self, session: str, user_id: str, after: int) -> None:
        self.session, self.user_id, self.after = session, user_id, after
        self.sending = asyncio.Lock()


def allowed_origin(socket: WebSocket, origins: tuple[str, ...]) -> bool:
    """Whether a browser comes from our own pages or a listed site; programs send no origin."""
    origin = socket.headers.get("origin", "")
    own = urlsplit(origin).netloc == socket.headers.get("host", "")
    return not origin or own or origin in origins


def _user(token: str, session: str, assistant: Assistant, settings: Settings) -> str:
    if not token:
        return ""
    try:
        return accept(token, session, settings.widget.identity_secret, assistant.storage)
    except IdentityError as error:
        _log.warning("a token was refused: %s", error)
        raise


async def _talk(
    socket: WebSocket, assistant: Assistant, hub: Hub, guest: _Guest, limit: RateLimiter
) -> None:
    """Hear and tell until either side has enough."""
    async with hub.listening(guest.session) as queue:
        telling = asyncio.create_task(_tell(socket, assistant, guest, queue))
        try:
            while True:
                said = Said.model_validate_json(await socket.receive_text())
                if limit.take(guest.session, 1):
                    await socket.send_json({"type": "error", "error": "too many messages"})
                    continue
                utterance = Utterance(
                    guest.session,
                    said.text,
                    guest.user_id,
                    "socket",
                    said.id,
                    said.page_product,
                    proven=bool(guest.user_id),
                )
                reply = await asyncio.to_thread(assistant.reply, utterance)
                wire = {"type": "reply", "id": said.id, "reply": reply_to_wire(reply)}
                async with guest.sending:
                    await socket.send_json(wire)
        except ValidationError:
            await socket.close(_REFUSED)
        except WebSocketDisconnect:
            pass
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                await telling


async def _tell(
    socket: WebSocket, assistant: Assistant, guest: _Guest, queue: asyncio.Queue[str]
) -> None:
    """Send what the desk says, beginning with what the client does not have yet."""
    while True:
        for turn in await asyncio.to_thread(assistant.storage.turns, guest.session, guest.after):
            guest.after = turn.number
            if is_from_desk(turn):
                told: dict[str, Any] = {
                    "type": "turn",
                    "agent": turn.action.args.get("agent", ""),
                    "reply": reply_to_wire(turn.reply),
                }
                async with guest.sending:
                    await socket.send_json(told)
        await next_topics(queue)
