import numpy as np
import pytest

from catalog.answers import answer_question
from catalog.answers.sentences import split_sentences
from tests.catalog.answers.products import sleeve


@pytest.mark.parametrize(
    ("question", "kind", "quoted"),
    [
        ("Is there a zip pocket inside?", "yes", "There is a zip pocket inside."),
        ("Does it come with a charger?", "no", "It comes without a charger."),
        ("附充电器吗？", "no", "不附充电器。"),
        ("有拉链袋吗", "yes", "内有拉链袋。"),
        ("How long can I use the strap?", "quote", "Use the strap within two years."),
    ],
)
def test_a_sentence_with_every_word_answers(question, kind, quoted):
    answer = answer_question(question, sleeve())
    assert (answer.kind, answer.source) == (kind, "description")
    assert quoted in answer.sentence.all()


@pytest.mark.parametrize(
    "question",
    [
        "Is there a pen loop?",
        "有笔插吗？",
        "Is there a leather pocket?",
        "How many zip pockets inside?",
    ],
)
def test_conditions_and_missing_words_do_not(question):
    assert answer_question(question, sleeve()).kind == "unknown"


def test_a_sentence_that_means_something_else_is_not_quoted():
    def apart(texts):
        return np.eye(len(texts), 8, dtype=np.float32)

    def alike(texts):
        return np.tile(np.eye(1, 8, dtype=np.float32), (len(texts), 1))

    question = "Is there a zip pocket inside?"
    assert answer_question(question, sleeve(), apart).kind == "unknown"
    assert answer_question(question, sleeve(), alike).kind == "yes"


def test_sentences_of_both_languages():
    assert split_sentences("It holds 1.5 L. Wash it! 容量1.5升。可洗。") == [
        "It holds 1.5 L.",
        "Wash it!",
        "容量1.5升。",
        "可洗。",
    ]
    assert split_sentences("  ") == []
