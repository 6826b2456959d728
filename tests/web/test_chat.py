"""What the chat page's script is answered, without a browser."""

import json
import re
from uuid import uuid4

import pytest
from lxml import html

from assistant.types import Utterance
from assistant.web.chat import open_chat, render_shell, send_message
from tests.web.builders import SCRIPT


@pytest.fixture
def opens(demo_assistant):
    return open_chat(demo_assistant)


@pytest.fixture
def sends(demo_assistant):
    return send_message(demo_assistant)


@pytest.fixture
def session(opens):
    return opens({"session": "", "language": "en"})["session"]


def bubbles(markup):
    tree = html.fragment_fromstring(markup, create_parent=True)
    return tree.xpath("//p[@class='bubble']/text()")


def call(client, function, request):
    (page,) = (one for one in client.get("/config").json()["components"] if one["type"] == "html")
    body = {"data": request, "component_id": page["id"], "fn_name": function, "session_hash": "x"}
    headers = {"content-type": "application/json"}
    path = "/gradio_api/component_server/"
    return client.post(path, content=json.dumps(body), headers=headers)


def test_a_new_shopper_gets_a_session_nobody_can_guess(opens):
    first, second = opens({"language": "zh"}), opens({"language": "zh"})
    assert re.fullmatch(r"web-[\w-]{32}", first["session"])
    assert first["session"] != second["session"]
    assert first["turns"] == ""
    assert first["turn"] == 0
    assert "购物车还是空的" in first["cart"]


def test_a_message_is_answered_with_what_the_page_shows(sends, session):
    answer = sends({"session": session, "text": "running shoes under $80"})
    assert answer["turn"] == 1
    assert answer["language"] == "en"
    assert '<article class="card' in answer["reply"]
    json.dumps(answer)


def test_a_returning_shopper_gets_the_conversation_back(opens, sends, session):
    sends({"session": session, "text": "跑步鞋"})
    sends({"session": session, "text": "/show_more"})
    again = opens({"session": session, "language": "en"})
    assert again["session"] == session
    assert again["language"] == "zh"
    assert again["turn"] == 2
    assert bubbles(again["turns"]) == ["跑步鞋", "看更多"]


def test_the_cart_comes_back_with_todays_records(opens, sends, session, demo_assistant):
    batch = next(iter(demo_assistant.services.store.iterate()))
    one = next(p for _, p in batch if len(p.variants) == 1 and p.available)
    added = sends({"session": session, "text": f'/add_to_cart{{"product_id": "{one.id}"}}'})
    assert added["count"] == 1
    again = opens({"session": session, "language": "en"})
    assert again["count"] == 1
    assert (
        one.title.en in html.fragment_fromstring(again["cart"], create_parent=True).text_content()
    )


def test_an_old_card_adds_the_variant_it_shows(sends, session):
    found = sends({"session": session, "text": "blue running shoes"})
    tree = html.fragment_fromstring(found["reply"], create_parent=True)
    (add, *_) = tree.xpath("//button[starts-with(@data-payload, '/add_to_cart')]/@data-payload")
    sends({"session": session, "text": "ceramic mug"})
    asked = sends({"session": session, "text": add})
    tree = html.fragment_fromstring(asked["reply"], create_parent=True)
    (size, *_) = tree.xpath("//button[@class='chip']/@data-payload")
    added = sends({"session": session, "text": size})
    tree = html.fragment_fromstring(added["cart"], create_parent=True)
    assert tree.xpath("string(//p[@class='variant'])").startswith("blue")


def test_conversations_of_other_channels_cannot_be_opened(opens, demo_assistant):
    demo_assistant.reply(Utterance("anna", "hello"))
    opened = opens({"session": "anna", "language": "en"})
    assert opened["session"] != "anna"
    assert opened["turns"] == ""


def test_a_message_that_is_sent_again_is_not_answered_twice(sends, session, demo_assistant):
    message = {"session": session, "text": "hello", "known_turn": 0}
    first = sends(message)
    again = sends(message | {"again": True})
    assert (again["turn"], again["reply"]) == (first["turn"], first["reply"])
    assert len(demo_assistant.storage.turns(session)) == 1


def test_a_message_that_never_arrived_is_answered_when_sent_again(sends, session):
    sends({"session": session, "text": "hello"})
    late = sends({"session": session, "text": "hello", "known_turn": 1, "again": True})
    assert late["turn"] == 2


def test_asking_for_a_person_shows_the_place_in_line(opens, sends, session):
    answer = sends({"session": session, "text": "/request_human"})
    assert "Ticket T" in answer["handoff"]
    assert opens({"session": session, "language": "en"})["handoff"] == answer["handoff"]


@pytest.mark.parametrize("text", [SCRIPT, "\x00\x1b[31m", "x" * 100_000, "‮abc"])
def test_odd_messages_come_back_as_text(opens, sends, session, text):
    sends({"session": session, "text": text})
    turns = opens({"session": session, "language": "en"})["turns"]
    turns.encode("utf-8")
    tree = html.fragment_fromstring(turns, create_parent=True)
    assert len(tree.xpath("//section")) == 1
    assert not tree.xpath("//script")


@pytest.mark.parametrize(
    ("function", "request_"),
    [
        ("send_message", {"session": "anna", "text": "hi"}),
        ("send_message", {"session": f"web-{uuid4().hex}", "text": ""}),
        ("send_message", {"session": f"web-{uuid4().hex}"}),
        ("send_message", {"session": f"web-{uuid4().hex}", "text": "hi", "known_turn": -1}),
        ("send_message", {"session": f"web-{uuid4().hex}", "text": "hi", "more": 1}),
        ("send_message", {"session": f"web-{uuid4().hex}", "text": "half a sign \ud83d"}),
        ("send_message", "hi"),
        ("send_message", None),
        ("open_chat", {"language": "fr"}),
        ("open_chat", {"session": 7, "language": "en"}),
    ],
)
def test_what_the_page_never_sends_is_refused(client, function, request_):
    assert call(client, function, request_).status_code == 422


def test_the_functions_are_reached_through_gradio(client):
    opened = call(client, "open_chat", {"session": "", "language": "en"})
    assert opened.status_code == 200
    request = {"session": opened.json()["session"], "text": "hello"}
    assert call(client, "send_message", request).json()["turn"] == 1
    assert call(client, "no_such_function", {}).status_code == 404


def test_no_file_can_be_sent(client):
    answer = client.post("/gradio_api/upload", files={"files": ("x.txt", b"x")})
    assert answer.status_code == 404


def test_the_first_screen_offers_examples_in_both_languages(shop_settings):
    tree = html.fragment_fromstring(render_shell(shop_settings))
    for language in ("en", "zh"):
        shown = tree.xpath(f"//div[@data-welcome='{language}']//button/text()")
        assert tuple(shown) == shop_settings.shop.examples[language]


def test_gradio_tells_nobody_about_the_page(client):
    config = client.get("/config").json()
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []


def test_the_page_itself_names_no_other_site(client):
    text = client.get("/").text
    found = set(re.findall(r"https?://[^\s\"'<>\\]+", text))
    assert found <= {"http://testserver"}


def test_a_card_number_does_not_stay_on_the_page(sends, opens, session):
    answer = sends({"session": session, "text": "my card is 4111 1111 1111 1111"})
    assert answer["said"] == "my card is ••••"
    assert "1111" not in json.dumps(answer)
    assert "1111" not in opens({"session": session, "language": "en"})["turns"]
    assert "said" not in sends({"session": session, "text": "hello"})
