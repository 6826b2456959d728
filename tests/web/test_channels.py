import gzip
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from assistant.desk import Desk
from assistant.tickets import Agent
from assistant.types import Utterance
from assistant.web.identity import sign
from assistant.web.server import make_app
from assistant.web.telegram import SECRET_HEADER

SECRET = "telegram-says-this"

# As Telegram's documentation shows an update, with a shopper's own words.
UPDATE = {
    "update_id": 910001,
    "message": {
        "message_id": 1365,
        "from": {"id": 77001, "is_bot": False, "first_name": "Ann", "language_code": "en"},
        "chat": {"id": 77001, "first_name": "Ann", "type": "private"},
        "date": 1764333600,
        "text": "what is your return policy?",
    },
}
PRESSED = {
    "update_id": 910050,
    "callback_query": {
        "id": "4382bfdwdsb323b2d9",
        "from": {"id": 77001, "is_bot": False, "first_name": "Ann"},
        "message": {
            "message_id": 1366,
            "chat": {"id": 77001, "type": "private"},
            "date": 1764333601,
            "text": "…",
        },
        "data": "/request_human",
    },
}


@pytest.fixture(scope="module")
def telegram(demo_assistant, shop_settings):
    widget = shop_settings.widget.model_copy(update={"telegram_secret": SECRET})
    return TestClient(make_app(demo_assistant, shop_settings.model_copy(update={"widget": widget})))


def send(client, update, secret=SECRET):
    return client.post("/webhooks/telegram", json=update, headers={SECRET_HEADER: secret})


def test_telegram_gets_the_answer_as_a_call(telegram):
    call = send(telegram, UPDATE).json()
    assert (call["method"], call["chat_id"]) == ("sendMessage", 77001)
    assert call["text"]
    chinese = {**UPDATE, "update_id": 910002, "message": {**UPDATE["message"], "text": "你好"}}
    assert "灯笼集市" in send(telegram, chinese).json()["text"]


def test_an_update_that_comes_again_is_answered_once(telegram, demo_assistant):
    first = send(telegram, UPDATE).json()
    before = len(demo_assistant.storage.turns("telegram-77001"))
    assert send(telegram, UPDATE).json() == first
    assert len(demo_assistant.storage.turns("telegram-77001")) == before


def test_a_pressed_button_brings_a_person(telegram, demo_assistant):
    send(telegram, PRESSED)
    handoff = demo_assistant.storage.handoff("telegram-77001")
    assert handoff.status == "waiting"
    demo_assistant.storage.set_ticket_status(handoff.ticket, "closed")


@pytest.mark.parametrize("secret", ["", "guessed"])
def test_only_telegram_is_answered(telegram, secret):
    assert send(telegram, UPDATE, secret).status_code == 403


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "edited_message": {}},
        {"update_id": 2, "message": {**UPDATE["message"], "text": ""}},
        {"update_id": 3, "message": {**UPDATE["message"], "chat": {"id": -5, "type": "group"}}},
    ],
)
def test_what_is_no_message_of_one_person_is_let_pass(telegram, update):
    assert send(telegram, update).json() == {}


def test_nonsense_is_refused(telegram):
    headers = {SECRET_HEADER: SECRET}
    for body in ("", "[]", "{", '{"update_id": "x"}'):
        assert telegram.post("/webhooks/telegram", content=body, headers=headers).status_code == 422


def test_without_a_secret_there_is_no_webhook(client):
    assert send(client, UPDATE).status_code in (404, 405)


def test_a_conversation_over_a_websocket(client, demo_assistant):
    with client.websocket_connect("/ws") as socket:
        socket.send_json({})
        session = socket.receive_json()["session"]
        socket.send_json({"text": "hello", "id": "a"})
        first = socket.receive_json()
        assert (first["type"], first["id"]) == ("reply", "a")
        assert first["reply"]["text"]
        socket.send_json({"text": "hello", "id": "a"})
        assert socket.receive_json()["reply"] == first["reply"]
        ticket = demo_assistant.perform(Utterance(session, "a person"), "hand_off").handoff.ticket
        desk, agent = Desk(demo_assistant), Agent("socket-agent", shown_as="Ola")
        desk.claim(ticket, agent)
        desk.say(ticket, agent, "Hi, Ola here")
        told = [socket.receive_json() for _ in range(2)]
        assert [one["reply"]["action"] for one in told] == ["join_agent", "agent_message"]
        assert told[1]["agent"] == "Ola"
        last = told[1]["reply"]["turn"]
    desk.say(ticket, agent, "Still there?")
    with client.websocket_connect("/ws") as socket:
        socket.send_json({"session": session, "after": last})
        socket.receive_json()
        assert socket.receive_json()["reply"]["text"] == "Still there?"
    desk.resolve(ticket, agent)


def test_a_token_proves_who_writes_over_a_websocket(demo_assistant, shop_settings):
    secret = "s" * 32
    widget = shop_settings.widget.model_copy(update={"identity_secret": secret})
    app = make_app(demo_assistant, shop_settings.model_copy(update={"widget": widget}))
    for token, proven in ((sign("u-socket", secret, datetime.now(UTC)), True), ("", False)):
        with TestClient(app).websocket_connect("/ws") as socket:
            socket.send_json({"token": token} if token else {})
            session = socket.receive_json()["session"]
            socket.send_json({"text": "hello", "id": "a"})
            socket.receive_json()
        assert demo_assistant.storage.load(session).user_proven is proven


@pytest.mark.parametrize(
    "first", ["nonsense", '{"session": "somebody"}', '{"token": "forged"}', '{"x": 1}']
)
def test_a_wrong_greeting_ends_it(client, first):
    with client.websocket_connect("/ws") as socket:
        socket.send_text(first)
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()


def test_other_sites_may_not_connect(client):
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/ws", headers={"Origin": "https://evil.test"}) as socket,
    ):
        socket.receive_json()


def test_the_loader_is_small_and_asks_nobody_else(client):
    script = client.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert len(gzip.compress(script.content)) < 5 * 1024
    assert "//" not in next(line for line in script.text.splitlines() if "src =" in line)


@pytest.mark.parametrize(("language", "name"), [("en", "Lantern Market"), ("zh", "灯笼集市")])
def test_the_demo_page_shows_products_and_the_widget(client, language, name):
    page = client.get(f"/shop?lang={language}").text
    assert name in page
    assert page.count("<li>") >= 8
    assert f'widget.js" data-lang="{language}"' in page
