import threading
import time
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from assistant.tickets import Agent
from assistant.types import Utterance
from assistant.web.console.access import COOKIE
from assistant.web.console.views import console_labels, duration
from assistant.web.server import make_app
from tests.web.builders import BROKEN_OUT, SCRIPT
from tests.web.small_desk import PASSWORD, Console


@pytest.fixture(scope="module")
def agents(demo_assistant):
    for agent in (Agent("anna", shown_as="Anna"), Agent("ben"), Agent("boss", "supervisor")):
        if demo_assistant.storage.find_agent(agent.name) is None:
            demo_assistant.storage.add_agent(agent, PASSWORD)
    return demo_assistant.storage


@pytest.fixture
def app(agents, demo_assistant, shop_settings):
    return make_app(demo_assistant, shop_settings)


@pytest.fixture
def ticket(demo_assistant, request):
    session = f"web-{abs(hash(request.node.name)):032d}"[:36]
    text = f"talk to a human {SCRIPT}"
    reply = demo_assistant.perform(Utterance(session, text), "hand_off")
    yield reply.handoff.ticket
    demo_assistant.storage.set_ticket_status(reply.handoff.ticket, "closed")


def test_nobody_gets_in_without_a_password(app):
    client = TestClient(app, follow_redirects=False)
    assert client.get("/console").headers["location"] == "/console/sign-in"
    for path in ("queue", "tickets/T1001", "history", "overview", "live"):
        assert client.get(f"/console/{path}").status_code == 401
    assert client.post("/console/tickets/T1001/claim", json={}).status_code == 401


def test_the_cookie_is_out_of_reach_and_new_at_every_sign_in(app):
    client = TestClient(app, base_url="https://shop.test", follow_redirects=False)
    client.cookies.set(COOKIE, "chosen-by-somebody-else", path="/console")
    form = urlencode({"name": "anna", "password": PASSWORD})
    answer = client.post("/console/sign-in", content=form)
    cookie = answer.headers["set-cookie"]
    assert "chosen-by-somebody-else" not in cookie
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/console"} <= {
        part.strip() for part in cookie.split(";")
    }


def test_a_flood_of_passwords_is_stopped_and_says_the_same_of_any_name(app):
    console = Console(app, "nobody-here")
    assert console.answer.status_code == 403
    wrong = [console.sign_in("boss", f"wrong {n}") for n in range(12)]
    assert [one.status_code for one in wrong][-1] == 429
    assert console.sign_in("boss", PASSWORD).status_code == 429
    assert "Retry-After" in wrong[-1].headers


def test_requests_from_other_sites_do_nothing(app, ticket, agents):
    console = Console(app, "anna")
    act = f"tickets/{ticket}/claim"
    assert console.do(act, **{"X-CSRF-Token": "guessed"}).status_code == 403
    assert console.do(act, Origin="https://evil.test").status_code == 403
    assert console.do(act, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    evil = console.sign_in("anna", PASSWORD, Origin="https://evil.test")
    assert evil.status_code == 403
    assert agents.find_ticket(ticket).status == "waiting"
    assert console.do(act).status_code == 200
    assert agents.find_ticket(ticket).agent == "anna"


def test_the_console_cannot_be_framed_or_cached(app):
    console = Console(app, "anna")
    page = console.client.get("/console")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_scripts_in_messages_notes_and_names_stay_text(app, ticket, agents):
    console = Console(app, "anna")
    console.do(f"tickets/{ticket}/claim")
    console.do(f"tickets/{ticket}/say", {"text": BROKEN_OUT, "id": "1"})
    console.do(f"tickets/{ticket}/note", {"text": SCRIPT})
    for path in (f"tickets/{ticket}", "queue?queue=mine", "history?q=script"):
        page = console.client.get(f"/console/{path}").text
        assert SCRIPT not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;" in console.client.get(f"/console/tickets/{ticket}").text


def test_an_agent_sees_what_waits_and_their_own_a_supervisor_everything(app, ticket):
    anna, ben = Console(app, "anna"), Console(app, "ben")
    assert ticket in ben.client.get("/console/queue").text
    anna.do(f"tickets/{ticket}/claim")
    assert ticket not in ben.client.get("/console/queue").text
    foreign = ben.client.get(f"/console/tickets/{ticket}")
    unknown = ben.client.get("/console/tickets/T999999")
    assert (foreign.status_code, foreign.text) == (unknown.status_code, unknown.text)
    assert ben.do(f"tickets/{ticket}/say", {"text": "hi"}).status_code == 404
    assert ben.client.get("/console/overview").status_code == 403
    boss = Console(app, "boss")
    assert ticket in boss.client.get("/console/queue").text
    assert "Anna" in boss.client.get("/console/overview").text


def test_what_the_desk_refuses_is_said_in_the_agents_language(app, ticket):
    anna = Console(app, "anna")
    answer = anna.do(f"tickets/{ticket}/say?lang=zh", {"text": "hi"})
    assert answer.status_code == 409
    assert answer.json()["words"] == console_labels()["zh"]("error_not_yours")


def test_every_look_at_a_conversation_is_in_the_audit(app, ticket, agents):
    anna = Console(app, "anna")
    anna.client.get(f"/console/tickets/{ticket}")
    acts = [
        (one["who"], one["act"]) for one in agents.audited(agents.find_ticket(ticket).session_id)
    ]
    assert acts[0] == ("anna", "read")


def test_signing_out_ends_the_session(app):
    anna = Console(app, "anna")
    assert anna.do("sign-out").status_code == 204
    assert anna.client.get("/console/queue").status_code == 401


def test_the_filters_of_the_queue(app, ticket, agents):
    anna = Console(app, "anna")
    for query, there in (
        ("queue=waiting", True),
        ("queue=closed", False),
        ("language=en", True),
        ("language=zh", False),
        ("priority=urgent", False),
    ):
        assert (ticket in anna.client.get(f"/console/queue?{query}").text) is there, query
    assert anna.client.get("/console/queue?queue=other").status_code == 422


@pytest.mark.parametrize("language", ["en", "zh"])
def test_how_long_something_took(language):
    labels = console_labels()[language]
    assert [duration(seconds, labels) for seconds in (5, 61, 3_600, 3_700, 90_000)] == {
        "en": ["5 s", "1 min", "1 h", "1 h 1 min", "1 d 1 h"],
        "zh": ["5秒", "1分钟", "1小时", "1小时1分钟", "1天1小时"],
    }[language]


def test_a_message_is_there_and_back_within_a_second(shop, agents, demo_assistant):
    """Over real HTTP, with both streams open: shopper to agent, and agent to shopper."""
    import httpx

    from assistant.desk import Desk

    session = "web-" + "t" * 32
    reply = demo_assistant.perform(Utterance(session, "a person please"), "hand_off")
    desk, anna = Desk(demo_assistant), agents.find_agent("anna")
    desk.claim(reply.handoff.ticket, anna)
    heard: dict[str, float] = {}

    def listen():
        with httpx.stream("GET", f"{shop.address}/live/{session}", timeout=30) as stream:
            for line in stream.iter_lines():
                if "message-" in line:
                    for number in range(20):
                        if f"message-{number}." in line:
                            heard.setdefault(str(number), time.monotonic())
                if len(heard) == 20:
                    return

    listener = threading.Thread(target=listen)
    listener.start()
    time.sleep(0.5)
    sent = {}
    for number in range(20):
        sent[str(number)] = time.monotonic()
        desk.say(reply.handoff.ticket, anna, f"message-{number}.", str(number))
        time.sleep(0.02)
    listener.join(20)
    delays = sorted(heard[one] - sent[one] for one in sent)
    assert len(delays) == 20
    assert delays[18] <= 1.0
    desk.resolve(reply.handoff.ticket, anna)
