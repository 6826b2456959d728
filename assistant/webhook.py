"""Telling the shop's own systems, signed and tried again; never within a shopper's turn."""

import hashlib
import hmac
import http.client
import json
import logging
import threading
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assistant.notices import Watcher
from assistant.types import Watch
from catalog.money import to_minor
from catalog.store import DatabaseError

_log = logging.getLogger(__name__)

SIGNATURE, TIMESTAMP = "X-Daogou-Signature", "X-Daogou-Timestamp"
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=6)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """A notice goes to the address that was set, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where notices go. ``secret`` signs them; ``timeout`` is in seconds."""

    url: str
    secret: str
    timeout: float = 5.0

    def send(self, body: Mapping[str, object], now: datetime) -> bool:
        """POST the body as JSON; whether it was taken (2xx)."""
        data = json.dumps(body, ensure_ascii=False).encode()
        stamp = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json",
            TIMESTAMP: stamp,
            SIGNATURE: sign(self.secret, stamp, data),
        }
        request = urllib.request.Request(self.url, data, headers)
        opener = urllib.request.build_opener(_NoRedirect)
        try:
            with opener.open(request, timeout=self.timeout) as answer:
                return 200 <= int(answer.status) < 300
        except (OSError, http.client.HTTPException, ValueError) as error:
            _log.warning("the webhook did not take a notice: %s", error)
            return False


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
            done = self.webhook.send(self.body(one), now)
            again = None if done or tried + 1 >= self.tries else now + pause_after(tried)
            self.watcher.kept.notice_tried(one.number, again)
            taken += done
        return taken

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
    """Look after watches every so many seconds until the event that is returned is set."""
    stop = threading.Event()

    def run() -> None:
        seen = -1
        while not stop.wait(seconds):
            try:
                revision = watcher.store.revision()
                if revision != seen:
                    watcher.check_all()
                    seen = revision
                if sender is not None:
                    sender.send_due(now())
            except DatabaseError as error:
                _log.exception("watched products could not be looked at: %s", error)

    threading.Thread(target=run, name="watches", daemon=True).start()
    return stop
