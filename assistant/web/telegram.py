"""``/webhooks/telegram``: Telegram's Bot API (core.telegram.org/bots/api, Update and setWebhook).

Telegram sends each update with the secret given to ``setWebhook``, again until it gets a 200. The
answer to a message is the body of that 200, as a call of ``sendMessage``; what agents say later is
sent with the bot's token.
"""

import json
import logging
import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, Field, ValidationError

from assistant.desk import is_from_desk
from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.storage.agents import same_secret
from assistant.types import Reply, Suggestion, Turn, Utterance

_log = logging.getLogger(__name__)

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # a header's name
CHANNEL = "telegram"
SESSIONS = f"{CHANNEL}-"
"""What the ids of its conversations begin with; they can be guessed, so no other channel may."""
_LONGEST = 4_096
_LONGEST_BUTTON = 64
_BUTTONS = 8
_PATIENCE = 10
_LATELY = timedelta(minutes=5)


class Chat(BaseModel):
    """Where a message came from."""

    id: int
    type: str = "private"


class TelegramMessage(BaseModel):
    """A message; one without words has no text."""

    message_id: int
    chat: Chat
    text: str = ""


class Pressed(BaseModel):
    """A button under a message was pressed."""

    id: str
    data: str = ""
    message: TelegramMessage | None = None


class Update(BaseModel):
    """What Telegram sends; kinds of updates that are not listed here are let pass."""

    update_id: int = Field(ge=0)
    message: TelegramMessage | None = None
    callback_query: Pressed | None = None


def add_telegram(app: FastAPI, assistant: Assistant, settings: Settings) -> None:
    """Serve the webhook, if a secret is set."""
    secret, token = settings.widget.telegram_secret, settings.widget.telegram_token
    if not secret:
        return

    @app.post("/webhooks/telegram")
    async def webhook(request: Request) -> dict[str, Any]:
        if not same_secret(request.headers.get(SECRET_HEADER, ""), secret):
            raise HTTPException(403, "expected Telegram's secret")
        try:
            update = Update.model_validate_json(await request.body())
        except ValidationError as error:
            raise HTTPException(422, "expected an Update of the Bot API") from error
        from starlette.concurrency import run_in_threadpool

        return await run_in_threadpool(answer, update, assistant)

    if token:
        _Forwarder(assistant, token).start()


def answer(update: Update, assistant: Assistant) -> dict[str, Any]:
    """The call of a method that answers an update; ``{}`` where nothing is to be said.

    An update that comes again is answered as before, and nothing is done twice.
    """
    message, text = update.message, update.message.text if update.message else ""
    if update.callback_query is not None:
        message, text = update.callback_query.message, update.callback_query.data
    if message is None or message.chat.type != "private" or not text:
        return {}
    text = "/greet" if text.startswith("/start") else text
    session = f"{SESSIONS}{message.chat.id}"
    utterance = Utterance(session, text, "", CHANNEL, f"{CHANNEL}-{update.update_id}")
    reply = assistant.reply(utterance)
    return send_message(message.chat.id, reply) if reply.text else {}


def send_message(chat_id: int, reply: Reply) -> dict[str, Any]:
    """A reply as a call of ``sendMessage``, in plain text with buttons."""
    text = reply.text
    for card in reply.products:
        text += f"\n• {card.title}"
    call: dict[str, Any] = {
        "method": "sendMessage",
        "chat_id": chat_id,
        "text": text[:_LONGEST],
        "link_preview_options": {"is_disabled": True},
    }
    buttons = [_button(one) for one in reply.suggestions if _fits(one)][:_BUTTONS]
    if buttons:
        call["reply_markup"] = {"inline_keyboard": [[one] for one in buttons]}
    return call


def _fits(one: Suggestion) -> bool:
    return 0 < len(one.payload.encode()) <= _LONGEST_BUTTON


def _button(one: Suggestion) -> dict[str, str]:
    return {"text": one.title, "callback_data": one.payload}


class _Forwarder:
    """Sends what agents write to the shoppers who are on Telegram, each message once."""

    def __init__(self, assistant: Assistant, token: str) -> None:
        self._assistant, self._token = assistant, token
        self._guard = threading.Lock()

    def start(self) -> None:
        """Begin to listen."""
        self._assistant.storage.changes.listen(self._hear)

    def _hear(self, topic: str) -> None:
        if topic.startswith(f"{CHANNEL}-"):
            threading.Thread(target=self._forward, args=(topic,), daemon=True).start()

    def _forward(self, session: str) -> None:
        storage, lately = self._assistant.storage, datetime.now(UTC) - _LATELY
        with self._guard:
            for turn in storage.turns(session):
                new = is_from_desk(turn) and turn.time > lately
                if new and storage.once(session, f"{CHANNEL}-turn-{turn.number}"):
                    self._send(session, turn)

    def _send(self, session: str, turn: Turn) -> None:
        chat_id = int(session.removeprefix(f"{CHANNEL}-"))
        call = send_message(chat_id, turn.reply)
        request = urllib.request.Request(  # a fixed https address
            f"https://api.telegram.org/bot{self._token}/{call.pop('method')}",
            json.dumps(call).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE):
                pass
        except (urllib.error.URLError, OSError) as error:
            reason = str(error).replace(self._token, "…")
            _log.error("a message of an agent could not be sent to Telegram: %s", reason)
