"""Messages that come too fast: of one conversation, and of many invented ones at one address."""

import pytest
from starlette.datastructures import Address
from starlette.testclient import TestClient

from assistant.web.labels import load_labels
from assistant.web.pace import Pace, address_of
from assistant.web.server import make_app
from assistant.web.sessions import is_session, new_session
from tests.web.test_chat import call


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_address_is_what_one_subscriber_has(host, address):
    assert address_of(Address(host, 1)) == address


def test_a_request_may_come_from_nowhere():
    assert address_of(None) == ""


def test_one_sender_and_all_senders_of_an_address_are_held_up():
    pace = Pace.of(0.01, 2, 0.01, 3)
    assert [bool(pace.wait("s1", "a")) for _ in range(3)] == [False, False, True]
    assert not pace.wait("s2", "a")
    assert pace.wait("s3", "a")
    assert not pace.wait("s3", "b")


def test_ids_of_sessions():
    first, second = new_session(), new_session()
    assert first != second
    assert is_session(first)
    for wrong in ("", "web-", f"{first}x", f"x{first}", f"{first}\n", "cli-1"):
        assert not is_session(wrong)


@pytest.fixture
def slow(demo_assistant, shop_settings):
    """A shop that takes two messages of an address."""
    pace = {"per_second": 0.01, "burst": 2, "address_per_second": 0.01, "address_burst": 2}
    widget = shop_settings.widget.model_copy(update=pace)
    return TestClient(make_app(demo_assistant, shop_settings.model_copy(update={"widget": widget})))


def test_invented_sessions_of_one_address_are_stopped_at_the_chat_page(slow, demo_assistant):
    sessions = [new_session() for _ in range(4)]
    answers = [
        call(slow, "send_message", {"session": one, "text": "hello"}).json() for one in sessions
    ]
    assert ["turn" in one for one in answers] == [True, True, False, False]
    assert all(one["too_fast"] >= 1 for one in answers[2:])
    assert demo_assistant.storage.turns(sessions[3]) == ()


def test_the_websocket_says_so_in_both_languages(slow):
    for number in range(3):
        with slow.websocket_connect("/ws") as socket:
            socket.send_json({})
            socket.receive_json()
            socket.send_json({"text": "hello", "id": str(number)})
            answer = socket.receive_json()
    assert (answer["type"], answer["error"], answer["id"]) == ("error", "too_fast", "2")
    for language in ("en", "zh"):
        words = load_labels()[language]("too_fast", count=answer["wait"])
        assert answer["words"][language] == words


def test_a_session_with_something_around_it_is_refused(client):
    for wrong in (f"{new_session()}x", f"x{new_session()}"):
        request = {"session": wrong, "text": "hello"}
        assert call(client, "send_message", request).status_code == 422
