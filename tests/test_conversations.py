"""Every scripted conversation, played against the demo shop."""

from pathlib import Path

import pytest

from assistant.actions import ACTIONS
from assistant.dialogues import DialogueCase, load_dialogues, run_case
from tests.conftest import PROJECT

FOLDER = Path(__file__).parent / "conversations"
LEAST = {"en": 80, "zh": 85, "mixed": 20}
NEVER_SEEN = {
    "serve_orders",  # answers under the name of what was asked for
    "stay_silent",  # only while a colleague has the conversation
    "fall_back",  # answers under the name of what it came to
    "take_message",  # only outside of office hours; the demo shop's people are always there
    "take_up_again",  # only once a colleague has closed the conversation
}

KNOWN_FAILURES = [f"1.3.{row}" for row in range(1, 13)] + [f"7.{row}" for row in range(1, 21)]
"""The rows of the list of what other shopping assistants got wrong in public."""
NO_CONVERSATION = {
    "7.17": PROJECT / "pyproject.toml",  # installs on a current Python, without TensorFlow
    "7.18": PROJECT / "tests" / "web" / "test_browser.py",  # the widget on any page
}
"""Rows that no conversation can show, and where they are kept instead."""

PROMISED = {
    "en": (
        "Hi, I need running shoes under $80",
        "in blue please",
        "anything cheaper?",
        "compare the first two",
        "add the second one in size 42 to my cart",
        "do you ship to Canada?",
        "talk to a human",
    ),
    "zh": (
        "有没有300块以内的蓝牙耳机",
        "要降噪的",
        "第二个怎么样",
        "换个便宜点的",
        "加两个到购物车",
        "几天能到货",
        "转人工",
    ),
}


def cases(language: str = "") -> list[tuple[str, DialogueCase]]:
    return [
        (f"{file.parent.name}/{file.stem}: {case.test_case}", case)
        for file in sorted((FOLDER / language).rglob("*.yml"))
        for case in load_dialogues(file)
    ]


def said(case: DialogueCase) -> tuple[str, ...]:
    return tuple(step.user for step in case.steps if step.user is not None)


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases()])
def test_conversation_goes_as_written(case, demo_assistant):
    failures = run_case(case, demo_assistant).failures
    assert not failures, "\n".join(["", *map(str, failures)])


@pytest.mark.parametrize("language", LEAST)
def test_there_are_enough_conversations(language):
    assert len(cases(language)) >= LEAST[language]


@pytest.mark.parametrize("language", LEAST)
def test_every_conversation_has_three_to_nine_messages(language):
    lengths = {name: len(said(case)) for name, case in cases(language)}
    assert {name: n for name, n in lengths.items() if not 3 <= n <= 9} == {}


def test_every_message_is_followed_by_an_assertion():
    silent = [
        f"{name}: {step.user}"
        for name, case in cases()
        for step, after in zip(case.steps, (*case.steps[1:], None), strict=True)
        if step.user is not None and (after is None or after.user is not None)
    ]
    # A message may only prepare the next one; a quarter of them at most do.
    assert len(silent) * 4 <= sum(len(said(case)) for _, case in cases())


@pytest.mark.parametrize("language", PROMISED)
def test_the_promised_conversation_is_there_word_for_word(language):
    assert PROMISED[language] in [said(case) for _, case in cases(language)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_action_has_a_conversation(language):
    asserted = {step.action_executed for _, case in cases(language) for step in case.steps}
    assert set(ACTIONS) - NEVER_SEEN - asserted == set()


@pytest.mark.parametrize("row", KNOWN_FAILURES)
def test_every_known_failure_has_a_conversation(row):
    named = [name for name, case in cases() if f"known failure {row}:" in case.test_case]
    assert named or NO_CONVERSATION[row].exists()


def test_no_other_row_is_excused():
    assert NO_CONVERSATION.keys() < set(KNOWN_FAILURES)
    assert "tensorflow" not in NO_CONVERSATION["7.17"].read_text("utf-8").lower()
