"""Who hears of which change: SQLite over two processes' worth of storage at one file."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from assistant.storage import Storage
from assistant.storage.changes import DESK, EVERYTHING
from assistant.storage.desk_tables import change
from assistant.types import Action, Reply, Turn, Utterance
from intents.types import NLUResult
from tests.assistant.builders import state


class Ears:
    """A process that watches, and what it heard."""

    def __init__(self, url):
        self.storage, self.heard = Storage.open(url), []
        self.storage.changes.listen(self.heard.append)
        self.storage.changes.watch()
        self.until(lambda: EVERYTHING in self.heard)
        self.heard.clear()

    def until(self, true):
        deadline = time.monotonic() + 10
        while not true() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert true(), self.heard

    def quiet(self):
        """What was heard once a change that came last was heard."""
        self.until(lambda: "last" in self.heard)
        return self.heard[: self.heard.index("last")]


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture
def here(url):
    here = Ears(url)
    yield here
    here.storage.close()


@pytest.fixture
def there(url):
    there = Ears(url)
    yield there
    there.storage.close()


def say(storage, session="s1", number=1):
    reply, nlu = Reply(session, number, "en", "x"), NLUResult("hi", "en")
    now = datetime.now(UTC)
    turn = Turn(session, number, now, Utterance(session, "hi"), nlu, Action("greet"), reply)
    storage.save(state(turn=number), turn)


def test_another_process_hears_exactly_what_changed(here, there):
    say(here.storage)
    here.storage.add_note("s2", "anna", "x")
    here.storage.open_ticket("s3", "asked_for", "")
    here.storage.changes.send("typing:agent:s1")
    here.storage.changes.send("last")
    assert there.quiet() == ["s1", "s2", DESK, "typing:agent:s1"]


def test_what_concerns_nobody_wakes_nobody(here, there):
    here.storage.audit("anna", "search")
    here.storage.use_token("t1", "s1", datetime.now(UTC) + timedelta(days=1))
    here.storage.add_customers(())
    here.storage.changes.send("last")
    assert there.quiet() == []


def test_a_process_hears_its_own_changes_once(here, there):
    say(here.storage)
    there.storage.changes.send("last")
    assert here.quiet() == ["s1"]


def test_the_erased_are_told_of(here, there):
    say(here.storage)
    there.until(lambda: there.heard == ["s1"])
    here.storage.erase_user("nobody", ["s1"])
    here.storage.changes.send("last")
    assert there.quiet() == ["s1", "s1", DESK]


def test_who_missed_changes_hears_that_anything_may_have_changed(here, there):
    there.storage.changes.stop()
    time.sleep(0.5)
    say(here.storage)
    past = datetime.now(UTC) - timedelta(minutes=2)
    with here.storage._engine.begin() as connection:
        connection.execute(update(change).values(time=past))
    here.storage.changes.send("last")
    last = there.storage.changes._newest() - 2
    there.heard.clear()
    there.storage.changes._read(last)
    assert there.heard == [EVERYTHING]
