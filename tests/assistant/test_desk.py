import threading
from datetime import UTC, datetime, timedelta

import pytest

from assistant.desk import Desk, is_from_desk
from assistant.engine import Assistant
from assistant.policy import Limits
from assistant.responses import Responses
from assistant.storage.notes import CannedReply
from assistant.storage.tickets import TicketDetails
from assistant.tickets import HIGH, Agent, DeskError
from assistant.types import Utterance
from intents.types import Intent, NLUResult

ANNA = Agent("anna", shown_as="Anna", capacity=2)
BOSS = Agent("boss", "supervisor")
PASSWORD = "correct horse battery"


class Reader:
    """Understands a few texts by heart."""

    kind, failures, problem = "test", 0, ""

    def parse(self, text, context):
        known = {"human": "request_human", "thanks": "thank", "mugs": "search_product"}
        stars = text.startswith("/give_feedback")
        intent = "give_feedback" if stars else known.get(text, "greet")
        from intents.payloads import read_payload

        payload = read_payload(text)
        slots = payload.slots if payload else ()
        language = "zh" if text.startswith("你") else "en"
        return NLUResult(text, language, (Intent(intent, 0.9),), slots, query=text)


@pytest.fixture
def desk(services):
    assistant = Assistant(
        nlu=Reader(),
        services=services,
        storage=services.tickets,
        responses=Responses.load(),
        limits=Limits(),
        currencies={"en": "USD", "zh": "CNY"},
    )
    for agent in (ANNA, BOSS, Agent("ben", capacity=1)):
        assistant.storage.add_agent(agent, PASSWORD)
    return Desk(assistant)


def say(desk, text, session="s1", message_id=""):
    return desk.assistant.reply(Utterance(session, text, message_id=message_id))


def asked(desk, session="s1"):
    return say(desk, "human", session).handoff.ticket


def test_from_the_assistant_to_a_person_and_back(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)
    silent = say(desk, "mugs")
    assert (silent.text, silent.action) == ("", "stay_silent")
    assert silent.handoff.status == "with_agent"
    desk.say(ticket, ANNA, "Hello, *how* can I help?")
    desk.give_back(ticket, ANNA)
    assert say(desk, "mugs").text
    turns = desk.storage.turns("s1")
    assert [one.number for one in turns] == list(range(1, 7))
    told = [(one.action.name, one.reply.text) for one in turns if is_from_desk(one)]
    assert told[0] == ("join_agent", "Anna is here now. You're talking to a person.")
    assert told[1] == ("agent_message", "Hello, *how* can I help?")
    assert told[2][0] == "return_to_assistant"


def test_the_stars_count_once_and_only_when_asked(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)
    desk.resolve(ticket, ANNA)
    question = desk.storage.turns("s1")[-1].reply
    assert question.suggestions[0].payload == '/give_feedback{"rating": 5}'
    assert "4 stars" in say(desk, '/give_feedback{"rating": 4}').text
    say(desk, '/give_feedback{"rating": 1}')
    assert desk.ticket(ticket).rating == 4


def test_a_resolved_conversation_reopens_when_the_shopper_writes(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)
    desk.resolve(ticket, ANNA)
    assert say(desk, "thanks").handoff.status == "closed"
    again = say(desk, "mugs")
    assert (again.handoff.ticket, again.handoff.status) == (ticket, "waiting")
    found = desk.ticket(ticket)
    assert (found.wanted_agent, found.priority) == ("anna", HIGH)


def test_a_snoozed_one_wakes_when_the_shopper_writes_or_the_time_comes(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)
    desk.snooze(ticket, ANNA, 10)
    assert say(desk, "mugs").text == ""
    assert desk.ticket(ticket).status == "with_agent"
    desk.snooze(ticket, ANNA, 10)
    desk.storage.set_ticket(ticket, {"snoozed_until": datetime.now(UTC)})
    desk.sweep()
    assert desk.ticket(ticket).status == "with_agent"


def test_two_agents_reach_for_one_conversation_and_one_gets_it(desk):
    ticket = asked(desk)
    ben = desk.storage.find_agent("ben")
    got, refused = [], []

    def reach(agent):
        try:
            got.append(desk.claim(ticket, agent).agent)
        except DeskError as error:
            refused.append(error.reason)

    threads = [threading.Thread(target=reach, args=(one,)) for one in (ANNA, ben)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(got), refused) == (1, ["taken"])
    joined = [one for one in desk.storage.turns("s1") if one.action.name == "join_agent"]
    assert len(joined) == 1


def test_a_message_sent_twice_is_written_once(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)
    for _ in range(3):
        desk.say(ticket, ANNA, "On it.", "m-1")
    first = say(desk, "hello?", message_id="c-1")
    assert say(desk, "hello?", message_id="c-1") == first
    turns = desk.storage.turns("s1")
    assert [one.reply.text for one in turns].count("On it.") == 1
    assert [one.utterance.text for one in turns].count("hello?") == 1


def test_nothing_is_lost_doubled_or_reordered_when_both_write_at_once(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)

    def shopper():
        for number in range(15):
            say(desk, f"s{number}", message_id=f"s{number}")

    def agent():
        for number in range(15):
            desk.say(ticket, ANNA, f"a{number}", f"a{number}")

    threads = [threading.Thread(target=one) for one in (shopper, agent)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    turns = desk.storage.turns("s1")
    assert [one.number for one in turns] == list(range(1, len(turns) + 1))
    said = [one.utterance.text for one in turns if one.utterance.text.startswith("s")]
    written = [one.reply.text for one in turns if one.action.name == "agent_message"]
    assert said == [f"s{number}" for number in range(15)]
    assert written == [f"a{number}" for number in range(15)]


def test_waiting_conversations_are_given_out_in_turn_as_far_as_there_is_room(desk):
    for session in ("s1", "s2", "s3", "s4"):
        asked(desk, session)
    for name in ("anna", "ben"):
        assert desk.storage.sign_in(name, PASSWORD)
    desk.sweep()
    agents = [desk.storage.newest_ticket(f"s{n}").agent for n in range(1, 5)]
    assert agents == ["anna", "ben", "anna", ""]


def test_a_shopper_left_alone_goes_back_into_the_queue(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)
    past = datetime.now(UTC) - timedelta(minutes=6)
    desk.storage.set_ticket(ticket, {"owed_since": past})
    desk.sweep()
    found = desk.ticket(ticket)
    assert (found.status, found.agent, found.priority) == ("waiting", "", HIGH)
    assert desk.storage.turns("s1")[-1].action.name == "leave_agent"


def test_the_place_in_the_queue_follows_urgency_then_time(desk):
    first, second = asked(desk, "s1"), asked(desk, "s2")
    urgent = desk.storage.open_ticket("s3", "safety", "", TicketDetails(priority=3))
    assert urgent.position == 1
    assert desk.storage.handoff("s1").position == 2
    desk.set_priority(second, BOSS, 2)
    assert desk.storage.handoff("s1").position == 3
    assert [one.id for one in desk.storage.tickets(("waiting",))] == [urgent.ticket, second, first]


def test_notes_stay_inside_and_everything_can_be_searched(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)
    desk.note(ticket, ANNA, "called 仓库 about the parcel")
    desk.say(ticket, ANNA, "Your parcel is in Leeds, 100% sure")
    assert "仓库" not in "".join(one.reply.text for one in desk.storage.turns("s1"))
    for words in ("仓库", "Leeds parcel", "100%", ticket):
        assert [one.id for one in desk.storage.search_tickets(words)] == [ticket]
    for words in ("Paris", "100_"):
        assert desk.storage.search_tickets(words) == ()


def test_suggestions_come_from_the_answers_with_their_source(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)
    say(desk, "how long does shipping take")
    found = desk.suggest(desk.ticket(ticket))
    assert (found[0].text, found[0].source, found[0].date) == (
        "Three working days.",
        "Shipping",
        "2026-09-01",
    )
    desk.say(ticket, ANNA, "Three days to you.")
    other = asked(desk, "s2")
    desk.claim(other, ANNA)
    say(desk, "how long does shipping take?", "s2")
    past = [one for one in desk.suggest(desk.ticket(other)) if one.source == "Anna"]
    assert [one.text for one in past] == ["Three days to you."]


def test_everything_done_is_in_the_audit(desk):
    ticket = asked(desk)
    desk.claim(ticket, ANNA)
    desk.say(ticket, ANNA, "hello")
    desk.note(ticket, ANNA, "x")
    acts = [(one["who"], one["act"]) for one in desk.storage.audited("s1")]
    assert acts == [("anna", "note"), ("anna", "say"), ("anna", "claim")]
    assert "hello" not in str(desk.storage.audited())


def test_passwords_are_kept_as_hashes_and_sessions_end(desk):
    storage = desk.storage
    assert storage.sign_in("anna", "wrong password") is None
    assert storage.sign_in("nobody", PASSWORD) is None
    token, session = storage.sign_in("anna", PASSWORD)
    hour = timedelta(hours=1)
    assert storage.session(token, hour, hour).agent.name == "anna"
    assert storage.session(token, hour, hour).csrf == session.csrf
    assert storage.session(token, timedelta(0), hour) is None
    assert storage.session(token, hour, timedelta(0)) is None
    storage.set_password("anna", "another password")
    assert storage.session(token, hour, hour) is None
    assert storage.sign_in("anna", PASSWORD) is None
    for wrong in ("short", ""):
        with pytest.raises(DeskError, match="password"):
            storage.add_agent(Agent("eve"), wrong)


def test_canned_replies_are_kept_replaced_and_dropped(desk):
    storage = desk.storage
    storage.set_canned(CannedReply("hello", "en", "Hi from {agent}"))
    storage.set_canned(CannedReply("hello", "zh", "您好，我是{agent}"))
    storage.set_canned(CannedReply("hello", "en", "Hello from {agent}"))
    assert [one.text for one in storage.canned("en")] == ["Hello from {agent}"]
    storage.set_canned(CannedReply("hello", "en", ""))
    assert [one.language for one in storage.canned()] == ["zh"]


def test_what_is_erased_takes_notes_and_tickets_with_it(desk):
    desk.assistant.reply(Utterance("s9", "human", "u9"))
    ticket = desk.storage.newest_ticket("s9")
    desk.note(ticket.id, ANNA, "secret")
    exported = desk.storage.export_user("u9")
    assert exported[0]["notes"][0]["text"] == "secret"
    assert exported[0]["tickets"][0]["id"] == ticket.id
    desk.storage.erase_user("u9")
    assert desk.storage.notes_of("s9") == ()
    assert desk.storage.find_ticket(ticket.id) is None
