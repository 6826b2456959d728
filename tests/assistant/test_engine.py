import threading
from dataclasses import replace

import pytest

from assistant.engine import Assistant
from assistant.policy import Limits
from assistant.responses import Responses
from assistant.storage import Storage
from assistant.types import Utterance
from catalog.types import LocalText
from intents.types import Intent, NLUResult
from tests.assistant.builders import CURRENCIES, mug


class Scripted:
    """Understands "intent name" as that intent, and remembers what it was told."""

    def __init__(self):
        self.contexts = []

    def parse(self, text, context):
        self.contexts.append(context)
        return NLUResult(text, "en", (Intent(text.split("!")[0], 1.0),), query="mug")


@pytest.fixture
def storage(tmp_path):
    storage = Storage.open(f"sqlite:///{tmp_path / 'talk.db'}")
    yield storage
    storage.close()


@pytest.fixture
def assistant(services, storage):
    return Assistant(
        nlu=Scripted(),
        services=services,
        storage=storage,
        responses=Responses.load(),
        limits=Limits(),
        currencies=CURRENCIES,
        message_characters=100,
    )


def say(assistant, text, session="s1"):
    return assistant.reply(Utterance(session, text))


def test_a_turn_is_answered_and_written_down(assistant, storage):
    reply = say(assistant, "search_product")
    assert (reply.turn, reply.action) == (1, "search_products")
    assert reply.products
    assert storage.turns("s1")[0].reply == reply
    assert storage.load("s1").shown
    assert reply.timings_ms.total >= reply.timings_ms.nlu


def test_the_state_goes_on_in_the_next_turn(assistant):
    say(assistant, "search_product")
    assert say(assistant, "compare_products").action == "compare_products"
    contexts = assistant.nlu.contexts
    assert [one.previous_action for one in contexts] == ["", "search_products"]


def test_conversations_are_apart(assistant):
    say(assistant, "search_product", "s1")
    assert say(assistant, "compare_products", "s2").action == "ask_what_to_find"


def test_messages_at_once_are_all_answered_in_order(assistant, storage):
    threads = [
        threading.Thread(target=say, args=(assistant, f"thank!{number}")) for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = storage.turns("s1")
    assert [one.number for one in turns] == list(range(1, 13))
    assert {one.utterance.text for one in turns} == {f"thank!{number}" for number in range(12)}


def test_two_processes_do_not_answer_one_turn_twice(assistant, storage):
    """Another process is another assistant with locks of its own."""
    other = replace(assistant, locks=type(assistant.locks)())
    both = [assistant, other] * 4
    threads = [threading.Thread(target=say, args=(one, "thank")) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [one.number for one in storage.turns("s1")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_an_action_that_breaks_is_told_and_changes_nothing(assistant, storage, caplog):
    def broken(action, turn):
        raise RuntimeError("no such thing")

    own = replace(
        assistant,
        services=replace(assistant.services, custom={"action_x": broken}),
        limits=Limits(custom_actions={"thank": "action_x"}),
    )
    say(own, "search_product")
    shown = storage.load("s1").shown
    reply = say(own, "thank")
    assert reply.action == "report_error"
    assert "no such thing" in caplog.text
    assert "no such thing" not in reply.text
    assert storage.load("s1").shown == shown


def test_a_long_message_is_cut_and_that_is_said(assistant, storage):
    reply = say(assistant, "thank!" + "x" * 1_000)
    assert reply.text.startswith("Your message was very long")
    assert len(storage.turns("s1")[0].utterance.text) == 100


@pytest.mark.parametrize("session", ["", "x" * 256])
def test_an_unusable_session_id_is_refused(assistant, session):
    with pytest.raises(ValueError, match="1 to 255"):
        say(assistant, "thank", session)


def test_an_outside_bot_may_decide_on_the_action(assistant):
    reply = assistant.perform(Utterance("s1", "some_intent"), "search_products")
    assert reply.action == "search_products"
    assert reply.products


def test_markup_in_a_product_is_only_text(assistant):
    title = LocalText("<script>alert(1)</script> mug", "<b>杯</b>")
    assistant.services.store.upsert([mug("X1", title=title)], "test")
    assistant.services.store.delete(["M1", "M2", "M3", "M4", "T1"])
    reply = say(assistant, "search_product")
    assert reply.products[0].title == "<script>alert(1)</script> mug"
