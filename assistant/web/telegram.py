"""``/webhooks/telegram``: Telegram's Bot API (core.telegram.org/bots/api, Update and setWebhook).

Telegram sends each update with the secret given to ``setWebhook``, again until it gets a 200. The
answer to a message is the body of that 200, as a call of ``sendMessage``; what agents say later is
sent with the bot's token (:mod:`assistant.web.telegram_sending`).
"""

from typing import Any

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, Field, ValidationError

from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.storage.agents import same_secret
from assistant.types import Utterance
from assistant.web.telegram_sending import CHANNEL, SESSIONS, Sender, bot_client, send_message

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # a header's name


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
        Sender(assistant.storage, bot_client(token)).start()


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
