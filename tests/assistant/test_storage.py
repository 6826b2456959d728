import multiprocessing
import os
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assistant.purchases import Address, Order, OrderItem
from assistant.storage import Storage, TurnConflictError
from assistant.types import (
    Action,
    CartLine,
    Handoff,
    PendingQuestion,
    Reply,
    SearchGoal,
    Turn,
    Utterance,
)
from catalog.types import LocalText, NumberConstraint, SortKey
from intents.types import Intent, Measure, NLUResult, Slot
from tests.assistant.builders import color, feature, reference, shown, state, under

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'shop.db'}"


@pytest.fixture
def storage(url):
    storage = Storage.open(url)
    yield storage
    storage.close()


def turn(number=1, text="hi", session="s1", slots=()):
    nlu = NLUResult(text, "en", (Intent("greet", 0.9),), slots)
    reply = Reply(session, number, "en", f"answer {number}")
    return Turn(session, number, NOW, Utterance(session, text), nlu, Action("greet"), reply)


MEASURE = Slot(
    "measure",
    Measure("memory", Decimal(8), None, "GB"),
    "at least 8GB",
    resolved=NumberConstraint("memory", Decimal(8), None, "GB"),
)
SLOTS = (
    color("blue"),
    color("red", "exclude"),
    under("80", "USD", True),
    feature("waterproof"),
    MEASURE,
    reference(2),
    reference(),
    Slot("quantity", 2, "two"),
    Slot("size", "42", "42"),
    Slot("rating", 4.5, "4.5"),
)


def test_a_full_state_comes_back_as_it_went_in(storage):
    full = state(
        turn=1,
        language="zh",
        user_id="u1",
        goal=SearchGoal("shoes", SLOTS, SortKey.RATING, 5),
        shown=(shown("A"), shown("B")),
        focus=shown("B"),
        referred=(shown("A"),),
        cart=(CartLine("A", "A-v", 2),),
        pending=PendingQuestion("size", Action("add_to_cart", (("A", "A-v"),), {"color": "blue"})),
        handoff=Handoff("T1", "waiting", 1),
        shop_slots={"points": 5, "tags": ["a", None]},
        faq_question="几天能到货？",
    )
    storage.save(full, turn())
    assert storage.load("s1") == full


def test_turns_come_back_as_they_went_in(storage):
    first, second = turn(1, slots=SLOTS), turn(2, "再见")
    storage.save(state(turn=1), first)
    storage.save(state(turn=2), second)
    assert storage.turns("s1") == (first, second)


def test_what_was_answered_with_an_action_is_found_newest_first(storage):
    for number, (text, action) in enumerate(
        [("包装要钱吗", "report_unanswered"), ("hi", "greet"), ("engraving?", "clarify")], start=1
    ):
        said = turn(number, text)
        said = replace(said, time=NOW + timedelta(hours=number))
        said = replace(said, reply=replace(said.reply, action=action))
        storage.save(state(turn=number), said)
    wanted = ("report_unanswered", "clarify")
    found = storage.said_to(wanted, NOW, 10)
    assert [one.text for one in found] == ["engraving?", "包装要钱吗"]
    assert found[0].time == NOW + timedelta(hours=3)
    assert len(storage.said_to(wanted, NOW, 1)) == 1
    assert storage.said_to(wanted, NOW + timedelta(hours=4), 10) == []


def test_an_unknown_conversation_is_none(storage):
    assert storage.load("nobody") is None
    assert storage.turns("nobody") == ()


def test_a_turn_is_never_written_twice(storage):
    storage.save(state(turn=1, user_id="first"), turn())
    with pytest.raises(TurnConflictError):
        storage.save(state(turn=1, user_id="second"), turn())
    assert storage.load("s1").user_id == "first"
    assert len(storage.turns("s1")) == 1


def test_conversations_of_a_user_can_be_listed_and_erased(storage):
    storage.save(state(turn=1, user_id="u1"), turn())
    other = replace(state(turn=1, user_id="u2"), session_id="s2")
    storage.save(other, turn(session="s2"))
    assert storage.conversations_of("u1") == ("s1",)
    assert storage.erase_user("u1") == 1
    assert storage.load("s1") is None
    assert storage.turns("s1") == ()
    assert storage.load("s2") == other


def order(id_="W1", email="Ann@example.com"):
    return Order(
        id_,
        email,
        "shipped",
        NOW,
        "USD",
        Decimal("25.00"),
        (OrderItem("M1", "M1-one", LocalText("Mug", "杯"), 2, Decimal("12.50")),),
        Address("Ann", "1 Main St", "Town", "CA", "90210", "US"),
        "Swift",
        "SW1",
        NOW,
        NOW,
    )


def test_orders_are_found_by_id_and_by_email_in_any_case(storage):
    assert storage.add_orders([order(), order("W2")]) == 2
    (ann,) = storage.customers_by_email("ANN@EXAMPLE.COM")
    kept = replace(order(), email="ann@example.com", customer_id=ann.id)
    assert storage.find_order("W1") == kept
    assert storage.find_order("W9") is None
    assert {one.id for one in storage.orders_of_customer(ann.id)} == {"W1", "W2"}
    storage.add_orders([replace(order(), status="delivered")])
    assert storage.find_order("W1").status == "delivered"
    assert storage.order_count() == 2


def test_tickets_queue_in_order_and_once_per_conversation(storage):
    first = storage.open_ticket("s1", "asked_for", "summary")
    second = storage.open_ticket("s2", "asked_for", "summary")
    assert (first.position, second.position) == (1, 2)
    assert storage.open_ticket("s1", "asked_for", "again") == first
    storage.set_ticket_status(first.ticket, "with_agent")
    assert storage.handoff("s1") == Handoff(first.ticket, "with_agent", 0)
    assert storage.handoff("s2").position == 1
    storage.set_ticket_status(first.ticket, "closed")
    assert storage.handoff("s1") is None
    assert storage.open_ticket("s1", "asked_for", "new").ticket != first.ticket


def test_open_tickets_are_counted_by_status(storage):
    assert storage.open_tickets() == {"waiting": 0, "with_agent": 0}
    tickets = [storage.open_ticket(f"s{n}", "asked_for", "").ticket for n in range(4)]
    storage.set_ticket_status(tickets[0], "with_agent")
    storage.set_ticket_status(tickets[1], "closed")
    assert storage.open_tickets() == {"waiting": 2, "with_agent": 1}


@pytest.mark.parametrize(("id_", "status"), [("T9", "closed"), ("T1001", "lost")])
def test_wrong_ticket_updates_are_refused(storage, id_, status):
    storage.open_ticket("s1", "asked_for", "")
    with pytest.raises(ValueError, match="expected"):
        storage.set_ticket_status(id_, status)


def _answer_forever(url, ready):
    storage = Storage.open(url)
    number = 0
    while True:
        number += 1
        storage.save(state(turn=number), turn(number))
        ready.put(number)


def test_a_killed_process_keeps_every_answered_turn(url):
    context = multiprocessing.get_context("spawn")
    answered = context.Queue()
    process = context.Process(target=_answer_forever, args=(url, answered))
    process.start()
    answered.get(timeout=60)
    time.sleep(0.3)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    storage = Storage.open(url)
    turns = storage.turns("s1")
    assert [one.number for one in turns] == list(range(1, len(turns) + 1))
    assert storage.load("s1").turn == len(turns)
    storage.close()
