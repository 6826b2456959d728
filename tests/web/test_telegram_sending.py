"""What agents write reaches Telegram in order and once, also when Telegram or we fail."""

import json
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from assistant.desk import CHANNEL as CONSOLE
from assistant.storage import Storage
from assistant.storage.changes import EVERYTHING
from assistant.types import Action, Reply, Turn, Utterance
from assistant.web.telegram_sending import Sender, bot_client, pause_after, without_token
from intents.types import NLUResult
from tests.assistant.builders import state

SESSION, TOKEN = "telegram-77001", "123:secret"
START = datetime(2026, 11, 28, 12, tzinfo=UTC)


class Telegram:
    """The Bot API: answers as it is told, 200 otherwise, and keeps what it took."""

    def __init__(self):
        self.answers, self.took, self.asked = [], [], 0

    def __call__(self, request):
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        status, body = answer if isinstance(answer, tuple) else (answer, {"ok": answer == 200})
        assert request.url.path == f"/bot{TOKEN}/sendMessage"
        if status == 200:
            call = json.loads(request.content)
            self.took.append((call["chat_id"], call["text"]))
        return httpx.Response(status, json=body)


@pytest.fixture
def telegram():
    return Telegram()


@pytest.fixture
def storage(tmp_path):
    opened = Storage.open(f"sqlite:///{tmp_path / 'shop.db'}")
    yield opened
    opened.close()


class Clock:
    now = START

    def __call__(self):
        return self.now

    def later(self, seconds):
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sender(storage, telegram, clock):
    return new_sender(storage, telegram, clock)


def new_sender(storage, telegram, clock):
    address = f"https://api.telegram.org/bot{TOKEN}/"
    client = httpx.Client(base_url=address, transport=httpx.MockTransport(telegram))
    return Sender(storage, client, clock)


def write(storage, number, text, clock, channel=CONSOLE, session=SESSION):
    utterance = Utterance(session, "" if channel == CONSOLE else "hi", "", channel)
    reply = Reply(session, number, "en", text)
    nlu = NLUResult("", "en")
    turn = Turn(session, number, clock(), utterance, nlu, Action("agent_message"), reply)
    storage.save(replace(state(turn=number), session_id=session), turn)


def texts(telegram):
    return [text for _, text in telegram.took]


def test_new_words_of_the_desk_are_sent_once_and_in_order(storage, telegram, sender, clock):
    write(storage, 1, "the assistant's answer", clock, "telegram")
    write(storage, 2, "Hello, Anna here", clock)
    write(storage, 3, "您好，我是小梅", clock)
    for _ in range(2):
        sender.send_due(SESSION)
    assert telegram.took == [(77001, "Hello, Anna here"), (77001, "您好，我是小梅")]


@pytest.mark.parametrize("failure", [500, 502, httpx.ConnectTimeout("x"), httpx.ReadError("x")])
def test_what_did_not_get_through_is_sent_again_later(storage, telegram, sender, clock, failure):
    telegram.answers = [failure, failure]
    write(storage, 1, "first", clock)
    write(storage, 2, "second", clock)
    sender.send_due(SESSION)
    sender.send_due()
    assert (telegram.asked, texts(telegram)) == (1, [])
    clock.later(1)
    sender.send_due()
    sender.send_due(SESSION)
    assert telegram.asked == 2
    clock.later(2)
    sender.send_due()
    assert texts(telegram) == ["first", "second"]
    clock.later(3600)
    sender.send_due()
    assert telegram.asked == 4


def test_as_long_is_waited_as_telegram_asks(storage, telegram, sender, clock):
    telegram.answers = [(429, {"ok": False, "parameters": {"retry_after": 30}})]
    write(storage, 1, "hello", clock)
    sender.send_due(SESSION)
    clock.later(29)
    sender.send_due()
    assert texts(telegram) == []
    clock.later(1)
    sender.send_due()
    assert texts(telegram) == ["hello"]


def test_a_blocked_bot_does_not_hold_up_what_follows(storage, telegram, sender, clock):
    telegram.answers = [403]
    write(storage, 1, "to nobody", clock)
    write(storage, 2, "unblocked", clock)
    sender.send_due(SESSION)
    assert texts(telegram) == ["unblocked"]


def test_after_a_day_a_message_is_given_up(storage, telegram, sender, clock):
    telegram.answers = [500, 500]
    write(storage, 1, "stale", clock)
    sender.send_due(SESSION)
    clock.later(25 * 3600)
    sender.send_due()
    assert telegram.asked == 2
    clock.later(3600)
    sender.send_due()
    assert telegram.asked == 2


def test_a_process_that_died_while_it_sent_loses_nothing(storage, telegram, clock):
    def die(_):
        raise KeyboardInterrupt

    write(storage, 1, "hello", clock)
    with pytest.raises(KeyboardInterrupt):
        new_sender(storage, die, clock).send_due(SESSION)
    other = new_sender(storage, telegram, clock)
    other.send_due(EVERYTHING)
    assert texts(telegram) == []
    clock.later(121)
    other.send_due()
    assert texts(telegram) == ["hello"]


def test_two_processes_do_not_send_the_same(storage, telegram, clock):
    first = new_sender(storage, telegram, clock)
    second = new_sender(storage, telegram, clock)
    write(storage, 1, "hello", clock)
    taken = storage.take_delivery(SESSION, clock(), timedelta(minutes=2), timedelta(minutes=5))
    assert taken == (0, 0)
    second.send_due(SESSION)
    assert texts(telegram) == []
    storage.leave_delivery(SESSION, clock())
    for one in (first, second):
        one.send_due(SESSION)
    assert texts(telegram) == ["hello"]


def test_what_was_said_before_is_not_sent_and_not_read_again(storage, telegram, sender, clock):
    write(storage, 1, "long ago", clock)
    clock.later(600)
    write(storage, 2, "now", clock)
    sender.send_due(SESSION)
    assert texts(telegram) == ["now"]
    read = []
    turns = storage.turns
    storage.turns = lambda session, after=0: read.append(after) or turns(session, after)
    write(storage, 3, "later", clock)
    sender.send_due(SESSION)
    assert read[0] == 2


def test_a_start_sends_what_was_left(storage, telegram, sender, clock):
    write(storage, 1, "left over", clock)
    write(storage, 1, "not ours", clock, session="web-" + "x" * 32)
    write(storage, 1, "no chat", clock, session="telegram-somebody")
    sender.send_due(EVERYTHING)
    assert telegram.took == [(77001, "left over")]


def test_it_listens(storage, telegram, sender, clock):
    sender.start()
    write(storage, 1, "heard", clock)
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    while not telegram.took and datetime.now(UTC) < deadline:
        time.sleep(0.02)
    sender.stop()
    assert texts(telegram) == ["heard"]


def test_the_erased_leave_nothing(storage, sender, clock):
    write(storage, 1, "x", clock)
    sender.send_due(SESSION)
    storage.erase_user("nobody", [SESSION])
    assert storage.take_delivery(SESSION, clock(), timedelta(0), timedelta(0)) == (0, 0)


def test_pauses_grow_up_to_an_hour():
    assert [pause_after(n).total_seconds() for n in (0, 1, 2, 30)] == [1, 2, 4, 3600]


def test_no_log_shows_the_token(caplog):
    with bot_client(TOKEN) as client, caplog.at_level(logging.INFO, "httpx"):
        client._transport = httpx.MockTransport(lambda _: httpx.Response(200))
        client.post("sendMessage", json={})
    logging.getLogger("httpx").removeFilter(without_token)
    assert "api.telegram.org" in caplog.text
    assert "secret" not in caplog.text
