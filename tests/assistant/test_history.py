"""The search in the history: Chinese and English, words of any length, erased with the rest."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from assistant.storage import Storage
from assistant.types import Action, Reply, Turn, Utterance
from intents.types import NLUResult
from tests.assistant.builders import state

SAID = {
    "s-en": ("My parcel W1000001 never came", "It is in Leeds, 100% sure."),
    "s-zh": ("我的快递包裹丢了", "您好，包裹在上海仓库。"),
    "s-ü": ('He said "hello" to O\'Neil', "Grüße aus München"),
}


@pytest.fixture
def storage(tmp_path):
    opened = Storage.open(f"sqlite:///{tmp_path / 'shop.db'}")
    fill_history(opened)
    yield opened
    opened.close()


def fill_history(storage):
    for number, (session, (asked, answered)) in enumerate(SAID.items()):
        storage.open_ticket(session, "asked_for", "")
        say(storage, session, asked, answered, f"u{number}")
    storage.add_note("s-en", "anna", "called 仓库 about it")


def say(storage, session, asked, answered, user="", number=1):
    utterance = Utterance(session, asked, user)
    reply = Reply(session, number, "en", answered)
    turn = Turn(
        session, number, datetime.now(UTC), utterance, NLUResult(asked, "en"), Action("x"), reply
    )
    known = replace(state(turn=number, user_id=user), session_id=session)
    storage.save(known, turn)


def found(storage, words, **limits):
    return {one.session_id for one in storage.search_tickets(words, **limits)}


FINDS = [
    ("leeds", {"s-en"}),
    ("LEEDS parcel", {"s-en"}),
    ("w1000001", {"s-en"}),
    ("100%", {"s-en"}),
    ("100_", set()),
    ("Paris", set()),
    ("包裹", {"s-zh"}),
    ("丢", {"s-zh"}),
    ("快递包裹", {"s-zh"}),
    ("仓库", {"s-zh", "s-en"}),
    ("上海 包裹", {"s-zh"}),
    ("包裹上海", set()),
    ('"hello"', {"s-ü"}),
    ("o'neil", {"s-ü"}),
    ('"', {"s-ü"}),
    ("AND OR NOT", set()),
    ("hello*", set()),
    ("münchen", {"s-ü"}),
    ("", set(SAID)),
]


@pytest.mark.parametrize(("words", "sessions"), FINDS)
def test_words_find_conversations(storage, words, sessions):
    assert found(storage, words) == sessions


def test_in_pages_the_newest_first(storage):
    everything = [one.id for one in storage.search_tickets("")]
    pages = [storage.search_tickets("", most=2, skip=skip) for skip in (0, 2)]
    assert [one.id for page in pages for one in page] == everything


def test_long_words_are_looked_up_in_the_index(storage):
    """SQLite's plan names the index; without it every text would be read."""
    with storage._engine.connect() as connection:
        sql = str(storage._holding("包裹在").compile(storage._engine))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ('"x"',))
        steps = [row[3] for row in plan]
    assert any("VIRTUAL TABLE INDEX" in one for one in steps)
    assert "SCAN history" not in steps


def words_left(storage, word):
    """Whether any block of the index still holds the end of a trigram."""
    with storage._engine.connect() as connection:
        blocks = connection.execute(text("SELECT block FROM history_index_data")).scalars()
        return any(word.encode() in block for block in blocks)


def test_what_is_erased_is_found_no_more_and_gone_from_the_index(storage):
    assert words_left(storage, "递包")
    storage.erase_user("u1")
    assert found(storage, "包裹") == set()
    with storage._engine.connect() as connection:
        texts = connection.execute(text("SELECT text FROM history")).scalars().all()
    assert not any("包裹" in one for one in texts)
    assert not words_left(storage, "递包")
    assert found(storage, "leeds") == {"s-en"}


def test_in_a_conversation_that_went_on_with_somebody_else_only_their_own_words_go(storage):
    say(storage, "s-en", "I am somebody new", "Welcome.", "other", number=2)
    storage.erase_user("u0")
    assert found(storage, "parcel") == set()
    assert found(storage, "somebody") == {"s-en"}


def test_conversations_of_before_are_found(tmp_path):
    """A database of the last version, with a turn and a note, is brought up to date."""
    from alembic import command
    from alembic.config import Config

    from assistant.storage import database, tables
    from catalog.store.database import open_engine, writing

    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    folder = str(database.Path(database.__file__).parent / "migrations")
    config.set_main_option("script_location", folder)
    config.attributes |= {"version_table": "assistant_version", "metadata": tables.metadata}
    body = '{"utterance": {"text": "旧的包裹"}, "reply": {"text": "old answer"}}'
    now = "2026-01-01 00:00:00"
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "orders")
        connection.exec_driver_sql(
            "INSERT INTO turn VALUES (?, 1, ?, 'x', ?)", ("s-old", now, body)
        )
        connection.exec_driver_sql(
            "INSERT INTO note (session_id, agent, time, text) VALUES ('s-old', 'a', ?, 'noted')",
            (now,),
        )
    engine.dispose()
    storage = Storage.open(f"sqlite:///{tmp_path / 'old.db'}")
    storage.open_ticket("s-old", "asked_for", "")
    assert [found(storage, one) for one in ("旧的包", "noted", "old")] == [{"s-old"}] * 3
    storage.close()


@pytest.mark.parametrize("said", ["parcel \ud83d and \udfff gone", "包裹\0不见了"])
def test_what_no_database_keeps_as_text_is_left_out(storage, said):
    storage.open_ticket("s-odd", "asked_for", "")
    say(storage, "s-odd", said, "Oh.")
    word = "gone" if said.isascii() or "gone" in said else "包裹不见了"
    assert "s-odd" in {ticket.session_id for ticket in storage.search_tickets(word)}
    assert storage.search_tickets("\ud83d \0") is not None
