"""What no shopper means to send, over HTTP in both languages: bounded, answered, told."""

import json
from uuid import uuid4

import pytest

WEBHOOK = "/webhooks/rest/webhook"
LONGEST_TEXT = 20_000
GREETING = {"en": "hello", "zh": "你好"}
CUT = {"en": "only its beginning", "zh": "只看了开头"}

LONG = {
    "en": ["running shoes under $80 " * 4_200, "a" * 100_000, "🥾" * 100_000],
    "zh": ["三百以内的蓝牙耳机，" * 10_000, "鞋" * 100_000, "👟" * 100_000],
}
STRANGE = {
    "en": [
        "show\x00 me\x07 \x1b[31mmugs\x1b[0m\x7f\x85",
        "\x00\x01\x02\x1b",
        "🥾👟🤔👩‍👩‍👧‍👦🏳️‍🌈",
        "😡",
    ],
    "zh": ["有没有\x00马克杯\x07\x1b[31m\x7f", "\u202e\u200b\x08", "🥾👟🤔👩‍👩‍👧‍👦🏳️‍🌈", "😡"],
}


def talk(client, text, language):
    """The answer to a text in a conversation that began in a language."""
    sender = f"bad-{uuid4()}"
    for message in (GREETING[language], text):
        body = json.dumps({"sender": sender, "message": message})
        answer = client.post(WEBHOOK, content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 200
    (reply,) = answer.json()
    assert reply["custom"]["language"] == language
    assert reply["custom"]["action"] != "report_error"
    assert 0 < len(reply["text"]) < LONGEST_TEXT
    return sender, reply["text"]


def each(texts):
    return [(language, text) for language in texts for text in texts[language]]


@pytest.mark.parametrize(("language", "text"), each(LONG))
def test_a_very_long_message_is_cut_and_that_is_said(client, demo_assistant, language, text):
    sender, said = talk(client, text, language)
    assert CUT[language] in said
    kept = demo_assistant.storage.turns(sender)[-1]
    assert len(kept.utterance.text) == demo_assistant.message_characters
    assert len(kept.nlu.text) <= demo_assistant.message_characters


@pytest.mark.parametrize(("language", "text"), each(STRANGE))
def test_control_characters_and_emoji_alone_are_answered(client, language, text):
    _, said = talk(client, text, language)
    assert CUT[language] not in said


@pytest.mark.parametrize(
    ("language", "text"), [("en", "show\x00 me\x07 mugs\x1b"), ("zh", "有没有\x00马克杯\x07")]
)
def test_what_is_hidden_between_words_does_not_hide_them(client, demo_assistant, language, text):
    sender, _ = talk(client, text, language)
    assert demo_assistant.storage.turns(sender)[-1].reply.products
