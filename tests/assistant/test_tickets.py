from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.tickets import (
    HIGH,
    URGENT,
    Agent,
    DeskError,
    Ticket,
    answer,
    can_reopen,
    claim,
    give_back,
    hand_to,
    is_forgotten,
    put_back,
    reopen,
    resolve,
    snooze,
    wake,
)

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
ANNA = Agent("anna", shown_as="Anna")
BEN = Agent("ben")
BOSS = Agent("boss", "supervisor")
MINUTE = timedelta(minutes=1)


def ticket(**fields):
    known = {"created": NOW, "waiting_since": NOW}
    return Ticket(1, "T1001", "s1", "asked_for", "", **(known | fields))


def after(one, change):
    return replace(one, **change.values)


def test_a_conversation_goes_from_the_queue_to_an_agent_and_to_its_end():
    taken = after(ticket(), claim(ticket(), ANNA, NOW, 0))
    assert (taken.status, taken.agent, taken.owed_since) == ("with_agent", "anna", NOW)
    said = answer(taken, ANNA, NOW + MINUTE)
    answered = after(taken, said)
    assert said.told == "agent_message"
    assert (answered.owed_since, answered.first_reply) == (None, NOW + MINUTE)
    again = after(answered, answer(answered, ANNA, NOW + 2 * MINUTE))
    assert again.first_reply == NOW + MINUTE
    done = after(again, resolve(again, ANNA, NOW + 3 * MINUTE))
    assert (done.status, done.outcome, done.is_open) == ("closed", "resolved", False)


def test_the_shopper_is_asked_how_it_was_only_once():
    mine = ticket(status="with_agent", agent="anna")
    first = resolve(mine, ANNA, NOW)
    assert first.told == "ask_rating"
    reopened = after(after(mine, first), reopen(after(mine, first), NOW))
    taken = after(reopened, claim(reopened, ANNA, NOW, 0))
    assert resolve(taken, ANNA, NOW).told == "say_resolved"


@pytest.mark.parametrize(
    ("fields", "agent", "load", "reason"),
    [
        ({"status": "closed"}, ANNA, 0, "closed"),
        ({"status": "with_agent", "agent": "ben"}, ANNA, 0, "taken"),
        ({}, ANNA, 4, "capacity"),
    ],
)
def test_what_cannot_be_claimed(fields, agent, load, reason):
    with pytest.raises(DeskError) as refused:
        claim(ticket(**fields), agent, NOW, load)
    assert refused.value.reason == reason


def test_a_colleagues_conversation_is_left_alone_except_by_a_supervisor():
    bens = ticket(status="with_agent", agent="ben")
    for act in (resolve, give_back):
        with pytest.raises(DeskError, match="not_yours"):
            act(bens, ANNA, NOW)
        assert act(bens, BOSS, NOW).values["status"] == "closed"
    with pytest.raises(DeskError, match="not_yours"):
        answer(bens, BOSS, NOW)
    assert after(bens, hand_to(bens, BOSS, ANNA, NOW)).agent == "anna"
    with pytest.raises(DeskError, match="gone"):
        hand_to(bens, BEN, replace(ANNA, active=False), NOW)


def test_back_in_the_queue_it_keeps_its_waiting_time_and_comes_first():
    mine = ticket(status="with_agent", agent="anna", owed_since=NOW - 9 * MINUTE)
    back = after(mine, put_back(mine, None, NOW))
    assert (back.status, back.agent, back.priority) == ("waiting", "", HIGH)
    assert back.waiting_since == NOW - 9 * MINUTE
    urgent = replace(mine, priority=URGENT)
    assert after(urgent, put_back(urgent, ANNA, NOW)).priority == URGENT


def test_snoozed_until_a_time_or_a_word():
    mine = ticket(status="with_agent", agent="anna")
    asleep = after(mine, snooze(mine, ANNA, NOW, NOW + MINUTE))
    assert (asleep.status, asleep.agent) == ("snoozed", "anna")
    assert after(asleep, wake(asleep, NOW)).status == "with_agent"
    assert wake(mine, NOW).values == {}
    with pytest.raises(DeskError, match="past"):
        snooze(mine, ANNA, NOW, NOW)


def test_it_is_taken_up_again_for_a_while_and_for_the_same_agent():
    mine = ticket(status="with_agent", agent="anna")
    done = after(mine, resolve(mine, ANNA, NOW))
    assert can_reopen(done, NOW + 5 * MINUTE, 10 * MINUTE)
    assert not can_reopen(done, NOW + 15 * MINUTE, 10 * MINUTE)
    assert not can_reopen(after(mine, give_back(mine, ANNA, NOW)), NOW, 10 * MINUTE)
    again = after(done, reopen(done, NOW))
    assert (again.status, again.wanted_agent, again.priority) == ("waiting", "anna", HIGH)


def test_only_an_unanswered_shopper_is_forgotten():
    owed = ticket(status="with_agent", agent="anna", owed_since=NOW - 6 * MINUTE)
    assert is_forgotten(owed, NOW, 5 * MINUTE)
    assert not is_forgotten(owed, NOW, 7 * MINUTE)
    assert not is_forgotten(replace(owed, owed_since=None), NOW, 5 * MINUTE)
    assert not is_forgotten(ticket(owed_since=NOW - 9 * MINUTE), NOW, 5 * MINUTE)
