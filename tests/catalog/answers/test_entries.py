import pytest

from catalog.answers import answer_question
from catalog.answers.polarity import read_polarity
from tests.catalog.answers.products import asked, sleeve

HANDLE = asked(
    "Is the handle detachable?", "No, it is sewn on.", "提手能拆吗？", "不能，是缝死的。"
)
MODEL = asked("Will it fit a ZX-200?", "Yes it does.")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("is the handle detachable", "no"),
        ("Hi, is this handle detachable please?", "no"),
        ("请问提手能拆吗", "no"),
        ("does it work with ZX-200?", "yes"),
        ("does it work with ZX-300?", "unknown"),
        ("is the handle not detachable?", "unknown"),
        ("is the handle washable by hand?", "unknown"),
    ],
)
def test_a_question_asked_again_gets_its_answer(question, kind):
    answer = answer_question(question, sleeve(HANDLE, MODEL))
    assert answer.kind == kind
    assert not answer or answer.source == "question"


def test_the_answer_is_quoted():
    answer = answer_question("提手能拆吗", sleeve(HANDLE))
    assert answer.sentence.all() == ("No, it is sewn on.", "不能，是缝死的。")


def test_answers_that_contradict_each_other_are_not_believed():
    other = asked("is the handle detachable?", "Yes, it is.")
    assert answer_question("is the handle detachable?", sleeve(HANDLE, other)).kind == "quote"


def test_an_unsure_answer_is_quoted_without_a_yes():
    unsure = asked("Is the handle detachable?", "I think so but am not sure.")
    assert answer_question("is the handle detachable?", sleeve(unsure)).kind == "quote"


@pytest.mark.parametrize(
    ("answer", "polarity"),
    [
        ("Yes", "yes"),
        ("yes it does, works great", "yes"),
        ("It fits perfectly.", "yes"),
        ("No", "no"),
        ("Nope. You need part 12.", "no"),
        ("It does not.", "no"),
        ("This will NOT fit your model", "no"),
        ("I don't know", ""),
        ("Probably", ""),
        ("Yes, but it does not fit the new one", ""),
        ("Call the store.", ""),
        ("No problem at all", ""),
        ("可以的，亲", "yes"),
        ("不可以哦", "no"),
        ("没有", "no"),
        ("不太清楚", ""),
        ("应该可以", ""),
        ("", ""),
    ],
)
def test_polarity(answer, polarity):
    assert read_polarity(answer) == polarity
