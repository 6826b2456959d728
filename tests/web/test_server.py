"""The web application without a browser: the REST channel, health, pictures, limits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from assistant.web.server import LARGEST_BODY, make_app, rest_reply
from catalog.store import DatabaseError
from tests.web.builders import button, card, reply

WEBHOOK = "/webhooks/rest/webhook"


def say(client, text, sender=None, **metadata):
    body = {"sender": sender or f"test-{uuid4()}", "message": text, "metadata": metadata}
    return client.post(WEBHOOK, json=body)


def test_a_message_is_answered_in_the_shape_of_rasas_rest_channel(client):
    answer = say(client, "running shoes under $80", "anna")
    assert answer.status_code == 200
    (message,) = answer.json()
    assert message["recipient_id"] == "anna"
    assert message["text"]
    assert message["image"].startswith("/media/")
    assert all(set(one) == {"title", "payload"} for one in message["buttons"])
    custom = message["custom"]
    assert set(custom) == {
        "session",
        "turn",
        "language",
        "text",
        "products",
        "suggestions",
        "action",
        "intents",
        "slots",
        "cart",
        "handoff",
        "timings_ms",
    }
    assert custom["action"] == "search_products"
    assert all(one["price"] <= 8000 for one in custom["products"])


def test_a_message_in_chinese(client):
    (message,) = say(client, "有没有300块以内的蓝牙耳机").json()
    assert message["custom"]["language"] == "zh"
    assert all(one["currency"] == "CNY" for one in message["custom"]["products"])


def test_a_button_is_pressed_by_its_payload(client):
    sender = f"test-{uuid4()}"
    say(client, "running shoes", sender)
    (message,) = say(client, "/show_more", sender).json()
    assert message["custom"]["action"] == "show_more"


def test_the_metadata_may_be_left_out(client):
    answer = client.post(WEBHOOK, json={"sender": "bob", "message": "hello"})
    assert answer.json()[0]["custom"]["action"] == "greet"


@pytest.mark.parametrize("text", ["", "   ", "🥾", "\u202e\u0000\u0007"])
def test_nothing_to_understand_still_gets_an_answer(client, text):
    (message,) = say(client, text).json()
    assert message["text"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"sender": "telegram-77001", "message": "where is my order"},
        {"sender": "a"},
        {"message": "hi"},
        {"sender": "", "message": "hi"},
        {"sender": "x" * 256, "message": "hi"},
        {"sender": "a", "message": None},
        {"sender": 7, "message": "hi"},
        {"sender": "a", "message": "hi", "metadata": []},
        {"sender": "a", "message": "hi", "metadata": {"user_id": 7}},
        [],
        "hi",
    ],
)
def test_what_is_no_message_is_refused(client, body):
    assert client.post(WEBHOOK, json=body).status_code == 422


def test_what_is_no_json_is_refused(client):
    headers = {"content-type": "application/json"}
    assert client.post(WEBHOOK, content=b"{", headers=headers).status_code == 422


def test_a_long_message_is_read_at_its_beginning(client):
    (message,) = say(client, "running shoes " + "x" * 100_000).json()
    assert message["text"]


def test_a_body_that_says_it_is_too_large_is_refused(client):
    answer = say(client, "x" * (LARGEST_BODY + 1))
    assert answer.status_code == 413


def test_a_body_that_hides_how_large_it_is_is_refused(client):
    def pieces():
        yield b'{"sender": "a", "message": "'
        for _ in range(LARGEST_BODY // 10_000 + 1):
            yield b"x" * 10_000
        yield b'"}'

    headers = {"content-type": "application/json"}
    assert client.post(WEBHOOK, content=pieces(), headers=headers).status_code == 413


def test_messages_at_once_in_one_conversation_are_answered_one_after_the_other(
    client, demo_assistant
):
    sender = f"test-{uuid4()}"
    texts = [f"running shoes under ${price}" for price in range(70, 78)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: say(client, text, sender), texts))
    assert {answer.status_code for answer in answers} == {200}
    numbers = sorted(answer.json()[0]["custom"]["turn"] for answer in answers)
    assert numbers == list(range(1, 9))
    assert sorted(turn.utterance.text for turn in demo_assistant.storage.turns(sender)) == texts


def test_a_reply_without_words_is_no_message():
    assert rest_reply(reply("")) == []


def test_a_reply_carries_picture_and_buttons_where_it_has_them():
    (plain,) = rest_reply(reply("Hi"))
    assert set(plain) == {"recipient_id", "text", "custom"}
    (rich,) = rest_reply(reply(products=(card(),), suggestions=(button("More", "/show_more"),)))
    assert rich["image"] == "/media/shoe/blue.svg"
    assert rich["buttons"] == [{"title": "More", "payload": "/show_more"}]


def test_health(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_readiness_counts_the_products(client, demo_assistant):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["products"] == str(demo_assistant.services.store.count())
    assert answer.json()["nlu"] == demo_assistant.nlu.kind
    assert ("degraded" in answer.json()) is bool(demo_assistant.nlu.problem)


class Degraded:
    """The labelled examples in place of a model that is not there."""

    kind, problem, failures = "examples", "no model in /home/somebody", 2


def test_an_understanding_without_its_model_is_ready_and_says_so(demo_assistant, shop_settings):
    degraded = replace(demo_assistant, nlu=Degraded())
    client = TestClient(make_app(degraded, shop_settings))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["nlu"] == "examples"
    assert answer.json()["nlu_failures"] == "2"
    assert "daogou doctor" in answer.json()["degraded"]
    assert "somebody" not in answer.text
    assert 'daogou_nlu_info{kind="examples"} 1.0' in client.get("/metrics").text


def test_a_search_by_words_alone_is_ready_and_says_so(client, demo_assistant, monkeypatch):
    search = demo_assistant.services.search
    whole = client.get("/readyz").json()
    assert (whole["index"], whole["vectors"]) == ("flat", str(search.status().vectors))
    assert "search" not in whole
    broken = replace(search.status(), problem="Milvus at http://10.0.0.7 does not answer")
    monkeypatch.setattr(type(search), "status", lambda _: broken)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "found by their words alone" in answer.json()["search"]
    assert "10.0.0.7" not in answer.text


def figures(client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_metrics_of_turns_and_of_the_shop(client, demo_assistant):
    before = figures(client)
    say(client, "hello")
    say(client, "/request_human")
    after = figures(client)
    greeted = ("daogou_turns_total", "greet", "en")
    assert after[greeted] == before.get(greeted, 0) + 1
    assert after["daogou_turn_seconds_count",] == before["daogou_turn_seconds_count",] + 2
    waiting = ("daogou_tickets_open", "waiting")
    assert after[waiting] == before[waiting] + 1
    assert after["daogou_products",] == demo_assistant.services.store.count()
    assert after["daogou_nlu_info", demo_assistant.nlu.kind] == 1
    assert after["daogou_database_up",] == 1


def test_without_a_database_the_shop_is_not_ready(client, demo_assistant, monkeypatch):
    def gone(*_):
        raise DatabaseError("SELECT", {}, OSError("gone"))

    monkeypatch.setattr(type(demo_assistant.services.store), "count", gone)
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert figures(client)["daogou_database_up",] == 0
    monkeypatch.setattr(type(demo_assistant.storage), "load", gone)
    assert say(client, "hello").status_code == 503


def test_pictures_of_the_demo_shop_are_drawn(client, demo_assistant):
    product = next(iter(demo_assistant.services.store.iterate()))[0][1]
    answer = client.get(product.images[0])
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.lstrip().startswith("<svg")
    assert client.get("/media/shoe/no-such-colour.svg").status_code == 404
    assert client.get("/media/no-such-kind/blue.svg").status_code == 404


def test_other_sites_may_call_only_when_the_shop_lists_them(demo_assistant, shop_settings):
    listed = shop_settings.server.model_copy(update={"origins": ("https://shop.example",)})
    settings = shop_settings.model_copy(update={"server": listed})
    client = TestClient(make_app(demo_assistant, settings))
    for origin, allowed in (("https://shop.example", True), ("https://evil.example", False)):
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        answer = client.options(WEBHOOK, headers=headers)
        assert ("access-control-allow-origin" in answer.headers) is allowed
