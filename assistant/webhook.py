"""Telling the shop's own systems, signed and tried again; never within a shopper's turn."""

import hashlib
import hmac
import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from assistant.notices import Watcher
from assistant.types import Watch
from catalog.money import to_minor

_log = logging.getLogger(__name__)

SIGNATURE, TIMESTAMP = "X-Daogou-Signature", "X-Daogou-Timestamp"
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where notices go. ``secret`` signs them; ``timeout`` is in seconds."""

    url: str
    secret: str
    timeout: float = 5.0

    def send(self, body: Mapping[str, object], now: datetime) -> bool:
        """POST the body as JSON; whether it was taken (2xx). Redirects are not followed."""
        data = json.dumps(body, ensure_ascii=False).encode()
        stamp = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json",
            TIMESTAMP: stamp,
            SIGNATURE: sign(self.secret, stamp, data),
        }
        # What comes after the status is not read.
        post = httpx.stream("POST", self.url, content=data, headers=headers, timeout=self.timeout)
        try:
            with post as answer:
                status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            _log.warning("the webhook did not take a notice: %r", error)
            return False
        if not httpx.codes.is_success(status):
            _log.warning("the webhook did not take a notice: it answered %d", status)
        return httpx.codes.is_success(status)


def sign(secret: str, stamp: str, body: bytes) -> str:
    """``sha256=HEX``: HMAC-SHA256 (RFC 2104) of the timestamp, a full stop and the body."""
    code = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={code.hexdigest()}"


@dataclass(frozen=True, slots=True)
class NoticeSender:
    """Sends what happened to watched products, each until it is taken or ``tries`` are over."""

    watcher: Watcher
    webhook: Webhook
    tries: int = 8

    def send_due(self, now: datetime) -> int:
        """Send whatever is due; says how many were taken."""
        taken = 0
        for one, tried in self.watcher.kept.notices_to_send(now):
            done = self._send(one, now)
            again = None if done or tried + 1 >= self.tries else now + pause_after(tried)
            self.watcher.kept.notice_tried(one.number, again)
            taken += done
        return taken

    def _send(self, one: Watch, now: datetime) -> bool:
        """Whether it was taken; one that cannot be written does not hold up those behind it."""
        try:
            body = self.body(one)
        except ValueError:
            _log.exception("the notice of watch %d cannot be written", one.number)
            return False
        return self.webhook.send(body, now)

    def body(self, one: Watch) -> dict[str, object]:
        """The notice; ``id`` stays the same however often it is sent, prices in minor units."""
        product = self.watcher.store.get(one.product_id)
        return {
            "id": f"watch-{one.number}",
            "type": "price_drop" if one.kind == "price" else "back_in_stock",
            "session": one.session_id,
            "user": one.user_id,
            "language": one.language,
            "product_id": one.product_id,
            "variant_id": one.variant_id,
            "title": product.title.get(one.language) if product else "",
            "url": product.url if product else "",
            "price": to_minor(one.now, one.currency) if one.now is not None else None,
            "before": to_minor(one.amount, one.currency) if one.amount is not None else None,
            "currency": one.currency,
            "time": one.happened.isoformat() if one.happened else None,
        }


def pause_after(tried: int) -> timedelta:
    """The pause after the first try, and four times as long after each further one."""
    return min(_FIRST_PAUSE * int(4 ** min(tried, 10)), _LONGEST_PAUSE)


def watch_in_background(
    watcher: Watcher,
    sender: NoticeSender | None,
    seconds: float,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> threading.Event:
    """Look after watches every so many seconds until the event that is returned is set.

    What goes wrong is logged and tried again the next time.
    """
    stop, seen = threading.Event(), -1

    def look() -> None:
        nonlocal seen
        revision = watcher.store.revision()
        if revision != seen:
            watcher.check_all()
            seen = revision

    def send() -> None:
        if sender is not None:
            sender.send_due(now())

    def run() -> None:
        while not stop.wait(seconds):
            for step in (look, send):
                try:
                    step()
                except Exception:  # whatever it is: nobody would look after watches any more
                    _log.exception("watched products could not be looked after")

    threading.Thread(target=run, name="watches", daemon=True).start()
    return stop
