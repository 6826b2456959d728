from datetime import UTC, datetime, timedelta

import numpy as np

from assistant.storage import Said
from assistant.unanswered import group_questions

NOW = datetime(2026, 11, 1, tzinfo=UTC)
AXES = ("wrap", "engrave", "包装", "刻字")


def place(texts, language):
    """Vectors of length 1: which of four things a text is about."""
    found = np.array([[one in text.casefold() for one in AXES] for text in texts], float) + 0.01
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def asked(*texts):
    return [Said(text, NOW - timedelta(hours=n)) for n, text in enumerate(texts)]


def test_questions_for_the_same_stand_together_the_most_frequent_first():
    groups = group_questions(
        asked(
            "can you engrave it", "do you wrap gifts?", "Do you  WRAP gifts?", "wrap it please",
            "能刻字吗", "可以刻字么", "送礼包装",
        ),
        place,
    )  # fmt: skip
    assert [(one.language, one.count) for one in groups] == [
        ("en", 3), ("zh", 2), ("en", 1), ("zh", 1),
    ]  # fmt: skip
    first = groups[0]
    assert first.texts == ("do you wrap gifts?", "wrap it please")
    assert first.example in first.texts
    assert first.last == NOW - timedelta(hours=1)
    assert set(groups[1].texts) == {"能刻字吗", "可以刻字么"}


def test_nothing_asked_makes_no_group():
    assert group_questions(asked("", "  "), place) == ()
