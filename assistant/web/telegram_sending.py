"""What agents write, sent to the shoppers who are on Telegram: in order, until it got through.

How far each conversation was sent stands in the database, so that neither a failure nor a restart
loses a message. One whose answer was lost on the way may arrive twice; that is all.
"""

import logging
import queue
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from assistant.desk import is_from_desk
from assistant.storage import Storage
from assistant.storage.changes import EVERYTHING
from assistant.types import Reply, Suggestion, Turn
from catalog.store import DatabaseError

_log = logging.getLogger(__name__)

CHANNEL = "telegram"
SESSIONS = f"{CHANNEL}-"
"""What the ids of its conversations begin with; they can be guessed, so no other channel may."""

_CHAT = re.compile(rf"{SESSIONS}\d+")
_API = "https://api.telegram.org"
_LONGEST = 4_096
_LONGEST_BUTTON = 64
_BUTTONS = 8
_PATIENCE = 10.0
_HOLD = timedelta(minutes=2)
_LATELY = timedelta(minutes=5)
_TOO_OLD = timedelta(days=1)
_LONGEST_PAUSE = timedelta(hours=1)
_LOOKED_EVERY = 2.0
_FOR_GOOD = frozenset({400, 403, 404})
"""The chat is gone or blocks the bot: sending again would not help."""


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


def bot_client(token: str) -> httpx.Client:
    """Ready to call the bot's methods; its address holds the token, which no log is to show."""
    logging.getLogger("httpx").addFilter(without_token)
    return httpx.Client(base_url=f"{_API}/bot{token}/", timeout=_PATIENCE)


def without_token(record: logging.LogRecord) -> bool:
    """Take the path off the bot's addresses that httpx logs."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            one.copy_with(path="/bot")
            if isinstance(one, httpx.URL) and one.host == httpx.URL(_API).host
            else one
            for one in record.args
        )
    return True


def pause_after(tries: int) -> timedelta:
    """The pause after the first failure is a second, and twice as long after each further one."""
    return min(timedelta(seconds=2 ** min(tries, 20)), _LONGEST_PAUSE)


class Sender:
    """Sends each conversation's new turns of the desk; several processes share the work."""

    def __init__(
        self,
        storage: Storage,
        client: httpx.Client,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage, self._client, self._now = storage, client, now
        self._changed: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stopping = threading.Event()

    def start(self) -> None:
        """Begin to listen, in the background; what was left unsent is looked for first."""
        self._storage.changes.listen(self._hear)
        self._storage.changes.watch()
        self._changed.put(EVERYTHING)
        threading.Thread(target=self._run, name=CHANNEL, daemon=True).start()

    def stop(self) -> None:
        """Send no more once what is being sent is through."""
        self._stopping.set()

    def _hear(self, topic: str) -> None:
        if topic == EVERYTHING or topic.startswith(SESSIONS):
            self._changed.put(topic)

    def _run(self) -> None:
        while not self._stopping.is_set():
            topic = ""
            with suppress(queue.Empty):
                topic = self._changed.get(timeout=_LOOKED_EVERY)
            try:
                self.send_due(topic)
            except DatabaseError as error:
                _log.warning("nothing can be sent to Telegram just now: %s", error.orig)

    def send_due(self, topic: str = "") -> None:
        """Send what is new in a conversation, "*" for all of lately, and what is due again."""
        now = self._now()
        if topic == EVERYTHING:
            sessions = {*self._storage.talks_since(SESSIONS, now - _TOO_OLD)}
        else:
            sessions = {topic} if topic else set()
        due = self._storage.due_deliveries(now)
        for session in dict.fromkeys((*sorted(sessions), *due)):
            while _CHAT.fullmatch(session) and self._send_new(session):
                pass

    def _send_new(self, session: str) -> bool:
        """Send what is new; whether more came while it was sent."""
        taken = self._storage.take_delivery(session, self._now(), _HOLD, _LATELY)
        if taken is None:
            return False
        last, tries = taken
        for turn in self._storage.turns(session, last):
            if is_from_desk(turn) and not self._send(session, turn, tries):
                return False
            last, tries = turn.number, 0
            self._storage.delivered(session, last)
        self._storage.leave_delivery(session, self._now())
        return bool(self._storage.turns(session, last))

    def _send(self, session: str, turn: Turn, tries: int) -> bool:
        """Send one turn; whether it is done with, having got through or being given up."""
        call = send_message(int(session.removeprefix(SESSIONS)), turn.reply)
        try:
            answer = self._client.post(call.pop("method"), json=call)
        except httpx.HTTPError as error:
            return self._postpone(session, turn, pause_after(tries), type(error).__name__)
        if answer.is_success:
            return True
        if answer.status_code in _FOR_GOOD:
            _log.error("Telegram refused a message of an agent: %s", answer.status_code)
            return True
        pause = _asked_pause(answer) or pause_after(tries)
        return self._postpone(session, turn, pause, str(answer.status_code))

    def _postpone(self, session: str, turn: Turn, pause: timedelta, why: str) -> bool:
        now = self._now()
        if now - turn.time > _TOO_OLD:
            _log.error("a message of an agent was given up after a day: %s", why)
            return True
        _log.warning("Telegram did not take a message, tried again in %s: %s", pause, why)
        self._storage.postpone_delivery(session, now + pause)
        return False


def _asked_pause(answer: httpx.Response) -> timedelta | None:
    """How long Telegram asks to wait (``retry_after`` of a ResponseParameters)."""
    try:
        seconds = answer.json()["parameters"]["retry_after"]
    except (ValueError, LookupError, TypeError):
        return None
    usable = isinstance(seconds, int) and 0 < seconds <= _LONGEST_PAUSE.total_seconds()
    return timedelta(seconds=seconds) if usable else None
