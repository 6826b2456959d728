"""``/ws``: a conversation over one WebSocket (RFC 6455), for apps and pages of the shop.

The client first sends ``{"session": "", "token": "", "after": 0}`` and gets the session it has;
then ``{"text": …, "id": …}`` for each message. It is sent ``{"type": "reply", …}`` with the Reply,
and ``{"type": "turn", …}`` for what an agent says, in the order of the conversation. A message that
comes too fast is answered with ``{"type": "error", "error": "too_fast", "wait": seconds, …}``.
"""

import asyncio
import logging
import math
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
from assistant.web.labels import load_labels
from assistant.web.live import Hub, next_topics
from assistant.web.pace import Pace, address_of
from assistant.web.sessions import is_session, new_session
from assistant.wire import reply_to_wire
from catalog.types import LANGUAGES

_log = logging.getLogger(__name__)

_LARGEST = 100_000
_REFUSED, _NOT_OURS = 1008, 4403


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
    app: FastAPI, assistant: Assistant, hub: Hub, settings: Settings, pace: Pace
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
            session = hello.session or new_session()
            if not is_session(session):
                raise ValueError("no such session")
            user_id = await asyncio.to_thread(_user, hello.token, session, assistant, settings)
        except (ValidationError, ValueError):
            await socket.close(_REFUSED)
            return
        except WebSocketDisconnect:
            return
        await socket.send_json({"type": "session", "session": session})
        await _talk(socket, assistant, hub, _Guest(session, user_id, hello.after), pace)


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
    socket: WebSocket, assistant: Assistant, hub: Hub, guest: _Guest, pace: Pace
) -> None:
    """Hear and tell until either side has enough."""
    async with hub.listening(guest.session) as queue:
        telling = asyncio.create_task(_tell(socket, assistant, guest, queue))
        try:
            while True:
                said = Said.model_validate_json(await socket.receive_text())
                wait = pace.wait(guest.session, address_of(socket.client))
                if wait:
                    async with guest.sending:
                        await socket.send_json(_too_fast(said.id, wait))
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


def _too_fast(message_id: str, wait: float) -> dict[str, Any]:
    """That a message was not taken, in both languages: the app knows which it speaks."""
    seconds = math.ceil(wait)
    words = {one: load_labels()[one]("too_fast", count=seconds) for one in LANGUAGES}
    error = {"type": "error", "id": message_id, "error": "too_fast"}
    return error | {"wait": seconds, "words": words}


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
