import json
import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
import zlib
from dataclasses import replace

import httpx
import pytest

from assistant.policy import Limits
from assistant.rasa import load_actions
from assistant.types import Utterance

DOMAIN = {
    "config": {"store_entities_as_slots": True},
    "intents": [],
    "entities": [],
    "slots": {"color": {"type": "text"}, "shown_products": {"type": "list"}},
    "responses": {},
    "actions": ["action_search_products"],
    "forms": {},
    "e2e_actions": [],
}


@pytest.fixture(scope="module")
def server(kept_demo_home, tmp_path_factory):
    home = tmp_path_factory.mktemp("rasa") / "home"
    shutil.copytree(kept_demo_home, home, symlinks=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "actions", "--port", str(port)],
        env=os.environ | {"DAOGOU_HOME": str(home)},
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for _ in range(240):
            try:
                client.get("/health")
                break
            except httpx.TransportError:
                assert process.poll() is None, "the action server ended"
                time.sleep(0.5)
        yield client
    process.terminate()
    process.wait(20)


def call(action, text, sender=None, domain=DOMAIN, **fields):
    """A request as Rasa sends it."""
    message = {
        "text": text,
        "intent": {"name": "some_intent", "confidence": 0.9},
        "intent_ranking": [{"name": "some_intent", "confidence": 0.9}],
        "entities": [],
    }
    tracker = {
        "sender_id": sender or str(uuid.uuid4()),
        "slots": {"color": None},
        "latest_message": message,
        "latest_event_time": 1_790_000_000.0,
        "followup_action": None,
        "paused": False,
        "events": [],
        "latest_input_channel": "rest",
        "active_loop": {},
        "latest_action_name": "action_listen",
        "stack": [],
    }
    body = {
        "next_action": action,
        "sender_id": tracker["sender_id"],
        "tracker": tracker,
        "version": "3.16.0",
    }
    return body | ({"domain": domain} if domain else {}) | fields


def test_health_and_the_list_of_actions(server):
    assert server.get("/health").json() == {"status": "ok"}
    names = {one["name"] for one in server.get("/actions").json()}
    wanted = ("search_products", "recommend_products", "compare_products", "add_to_cart")
    wanted += ("answer_faq", "track_order", "hand_off")
    wanted += ("comfort", "decline_abuse", "decline_override")
    assert {f"action_{name}" for name in wanted} <= names


@pytest.mark.parametrize(
    ("text", "language"), [("blue running shoes under $80", "en"), ("蓝色的跑步鞋", "zh")]
)
def test_a_search_for_a_rasa_bot(server, text, language):
    answer = server.post("/webhook", json=call("action_search_products", text)).json()
    reply = answer["responses"][0]["custom"]
    assert reply["language"] == language
    assert reply["products"]
    assert answer["responses"][0]["text"] == reply["text"]
    events = {event["name"]: event["value"] for event in answer["events"]}
    assert events["shown_products"] == [one["id"] for one in reply["products"]]
    assert events.keys() <= DOMAIN["slots"].keys()


def test_actions_of_one_sender_are_one_conversation(server):
    sender = str(uuid.uuid4())

    def ask(action, text):
        answer = server.post("/webhook", json=call(action, text, sender)).json()
        return answer["responses"][0]["custom"]

    found = ask("action_search_products", "bluetooth earbuds")
    compared = ask("action_compare_products", "which of the first two")
    ids = [one["id"] for one in found["products"]][:2]
    assert [one["id"] for one in compared["products"]] == ids
    cart = ask("action_add_to_cart", "two of the second one please")["cart"]
    assert [(one["product_id"], one["quantity"]) for one in cart["items"]] == [(ids[1], 2)]


def test_policies_orders_and_a_person(server):
    faq = server.post("/webhook", json=call("action_answer_faq", "do you ship to Canada?")).json()
    assert "Canada" in faq["responses"][0]["text"]
    order = server.post("/webhook", json=call("action_track_order", "where is it")).json()
    assert order["responses"][0]["custom"]["action"] == "track_order"
    human = server.post("/webhook", json=call("action_hand_off", "转人工")).json()
    assert human["responses"][0]["custom"]["handoff"]["status"] == "waiting"


def test_a_cry_for_help_told_by_a_rasa_bot(server):
    answer = server.post("/webhook", json=call("action_comfort", "我不想活了")).json()
    reply = answer["responses"][0]["custom"]
    assert "急救或报警电话" in reply["text"]
    assert (reply["action"], reply["products"]) == ("comfort", [])


def test_a_compressed_request(server):
    body = zlib.compress(json.dumps(call("action_greet", "你好")).encode())
    headers = {"Content-Encoding": "deflate", "Content-Type": "application/json"}
    answer = server.post("/webhook", content=body, headers=headers)
    assert answer.status_code == 200
    assert answer.json()["responses"][0]["custom"]["language"] == "zh"


def test_an_unknown_action_is_404(server):
    answer = server.post("/webhook", json=call("action_fly", "hello"))
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_fly"


def test_a_missing_domain_is_449(server):
    unknown = call("action_greet", "hi", domain=None, domain_digest=str(uuid.uuid4()))
    assert server.post("/webhook", json=unknown).status_code == 449
    resent = unknown | {"domain": DOMAIN}
    assert server.post("/webhook", json=resent).status_code == 200


@pytest.fixture(scope="module")
def with_own_actions(demo_assistant):
    custom = load_actions("tests.assistant.shop_actions")
    intents = {
        "chitchat": "action_loyalty_points",
        "thank": "action_forget",
        "goodbye": "action_broken",
    }
    return replace(
        demo_assistant,
        services=replace(demo_assistant.services, custom=custom),
        limits=Limits(custom_actions=intents),
    )


def say(assistant, session, text):
    return assistant.reply(Utterance(session, text))


def test_the_shops_own_action_runs_in_our_turn(with_own_actions):
    session = str(uuid.uuid4())
    first = say(with_own_actions, session, "/chitchat")
    assert first.action == "action_loyalty_points"
    assert first.text == f"{session} asked 1 times by chitchat, no colour"
    assert (first.suggestions[0].title, first.suggestions[0].payload) == ("Again", "/chitchat")
    second = say(with_own_actions, session, '/chitchat{"color": "red"}')
    assert second.text == f"{session} asked 2 times by chitchat, red"
    say(with_own_actions, session, "/thank")
    assert "asked 1 times" in say(with_own_actions, session, "/chitchat").text


def test_a_broken_action_is_told_and_nothing_is_lost(with_own_actions):
    session = str(uuid.uuid4())
    found = say(with_own_actions, session, "running shoes")
    reply = say(with_own_actions, session, "/goodbye")
    assert reply.action == "report_error"
    assert reply.text
    assert say(with_own_actions, session, "the first one").products[0].id == found.products[0].id


def test_no_module_means_no_actions():
    assert load_actions("") == {}


@pytest.mark.parametrize("module", ["no.such.module", "tests.assistant.builders"])
def test_a_module_without_actions_is_refused(module):
    with pytest.raises(ValueError, match=module):
        load_actions(module)
