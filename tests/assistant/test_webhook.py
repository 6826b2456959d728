import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from assistant.notices import Watcher
from assistant.types import Watch
from assistant.webhook import (
    SIGNATURE,
    TIMESTAMP,
    NoticeSender,
    Webhook,
    pause_after,
    sign,
    watch_in_background,
)
from tests.assistant.builders import price

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


class Hook(BaseHTTPRequestHandler):
    """Answers with the statuses it is given, then 204, and keeps what came."""

    statuses: list[int] = []  # noqa: RUF012  # reset by the fixture
    got: list[tuple[dict[str, str], bytes]] = []  # noqa: RUF012  # reset by the fixture

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.got.append((dict(self.headers), self.rfile.read(length)))
        self.send_response(self.statuses.pop(0) if self.statuses else 204)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def hook():
    Hook.statuses, Hook.got = [], []
    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Webhook(f"http://127.0.0.1:{server.server_port}/hook", "secret", 2.0)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def due(counter):
    """A watch whose price has fallen."""
    one = Watch("s1", "u1", "M1", "", "price", NOW, "zh", Decimal("12.50"), "USD")
    counter.kept.add_watch(one)
    counter.store.update_price("M1-one", price("9.99"))
    watcher = Watcher(counter.store, counter.kept, announced=True)
    assert watcher.check_all() == 1
    return watcher


def later(**gap):
    return datetime.now(UTC) + timedelta(**gap)


def test_a_notice_is_sent_once_and_signed(due, hook):
    sender = NoticeSender(due, hook)
    assert sender.send_due(later(seconds=1)) == 1
    assert sender.send_due(later(days=1)) == 0
    (headers, body), *more = Hook.got
    assert more == []
    assert headers[SIGNATURE] == sign("secret", headers[TIMESTAMP], body)
    told = json.loads(body)
    assert (told["type"], told["id"], told["user"]) == ("price_drop", "watch-1", "u1")
    assert (told["price"], told["before"], told["title"]) == (999, 1250, "陶土马克杯")


def test_it_is_tried_again_with_longer_pauses_until_it_is_taken(due, hook):
    Hook.statuses = [500, 302]
    sender, now = NoticeSender(due, hook), later(seconds=1)
    assert sender.send_due(now) == 0
    assert sender.send_due(now + timedelta(seconds=29)) == 0
    assert len(Hook.got) == 1
    assert sender.send_due(now + timedelta(seconds=31)) == 0
    assert sender.send_due(now + timedelta(seconds=200)) == 1
    assert len(Hook.got) == 3
    assert len({json.loads(body)["id"] for _, body in Hook.got}) == 1


def test_after_so_many_tries_it_is_let_be(due):
    sender, now = NoticeSender(due, Webhook("http://127.0.0.1:9/", "s", 0.2), tries=2), later()
    for days in range(4):
        assert sender.send_due(now + timedelta(days=days)) == 0
    assert due.kept.notices_to_send(now + timedelta(days=9)) == ()


def test_pauses_grow_to_six_hours():
    pauses = [pause_after(n) for n in range(12)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=30), timedelta(hours=6))


def test_without_a_webhook_nothing_waits_to_be_sent(counter):
    one = Watch("s1", "", "M1", "", "price", NOW, "en", Decimal("20"), "USD")
    counter.kept.add_watch(one)
    assert Watcher(counter.store, counter.kept).check_all() == 1
    assert counter.kept.notices_to_send(later(days=1)) == ()


def test_the_background_finds_sends_and_stops(counter, hook):
    one = Watch("s1", "", "M3", "", "stock", NOW, "en", None, "USD")
    counter.kept.add_watch(one)
    watcher = Watcher(counter.store, counter.kept, announced=True)
    stop = watch_in_background(watcher, NoticeSender(watcher, hook), 0.02)
    counter.store.update_stock("M3-one", quantity=4)
    wait_for_notice(stop)
    assert json.loads(Hook.got[0][1])["type"] == "back_in_stock"


class Failing:
    """Fails in a way nobody expects, the first times it is asked."""

    def __init__(self, inner, name, times):
        self.inner, self.name, self.times = inner, name, times

    def __getattr__(self, name):
        if name == self.name and self.times:
            self.times -= 1
            raise RuntimeError("nobody expected this")
        return getattr(self.inner, name)


@pytest.mark.parametrize("name", ["store", "check_all"])
def test_the_background_goes_on_after_whatever_goes_wrong(counter, hook, caplog, name):
    counter.kept.add_watch(Watch("s1", "", "M3", "", "stock", NOW, "en", None, "USD"))
    watcher = Watcher(counter.store, counter.kept, announced=True)
    failing = Failing(watcher, name, 2)
    stop = watch_in_background(failing, NoticeSender(watcher, hook), 0.02)
    counter.store.update_stock("M3-one", quantity=4)
    wait_for_notice(stop)
    assert [record.exc_info[0] for record in caplog.records] == [RuntimeError] * 2


def test_the_background_goes_on_after_a_notice_that_could_not_be_sent(due, hook, caplog):
    failing = Failing(NoticeSender(due, hook), "send_due", 2)
    wait_for_notice(watch_in_background(due, failing, 0.02))
    assert [record.exc_info[0] for record in caplog.records] == [RuntimeError] * 2


def wait_for_notice(stop):
    """Wait until one has come, then end the background."""
    for _ in range(300):
        if Hook.got:
            break
        threading.Event().wait(0.02)
    stop.set()
    for thread in threading.enumerate():
        if thread.name == "watches":
            thread.join(5)
            assert not thread.is_alive()
    assert Hook.got


def test_a_notice_that_cannot_be_written_does_not_hold_up_the_others(counter, hook, caplog):
    for product, currency in (("M1", "???"), ("M2", "USD")):
        one = Watch("s1", "", product, "", "price", NOW, "zh", Decimal("20"), currency)
        kept = counter.kept.add_watch(one)
        counter.kept.watch_came_true(replace(kept, happened=NOW, now=Decimal("9")), NOW)
    sender = NoticeSender(Watcher(counter.store, counter.kept), hook, tries=1)
    assert sender.send_due(later(seconds=1)) == 1
    assert [json.loads(body)["title"] for _, body in Hook.got] == ["不锈钢随行杯"]
    assert "watch 1" in caplog.text
    assert counter.kept.notices_to_send(later(days=9)) == ()


@pytest.mark.parametrize("url", ["http://[::bad", "nothing", "http://127.0.0.1:9/", "gopher://x"])
def test_an_address_that_cannot_be_asked_takes_no_notice(url, caplog):
    assert not Webhook(url, "secret", 0.5).send({"type": "price_drop"}, NOW)
    assert "did not take a notice" in caplog.text
