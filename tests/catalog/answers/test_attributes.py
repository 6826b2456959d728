import pytest

from catalog.answers import answer_question
from tests.catalog.answers.products import sleeve


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Is it waterproof?", "no"),
        ("is it water proof", "no"),
        ("防水吗？", "no"),
        ("这个防不防水", "no"),
        ("Can I put it in the washing machine?", "yes"),
        ("能机洗吗", "yes"),
        ("Does it contain fragrance?", "no"),
        ("含香精吗？", "no"),
        ("Is it fragrance free?", "yes"),
    ],
)
def test_a_yes_no_attribute_decides(question, kind):
    answer = answer_question(question, sleeve())
    assert (answer.kind, answer.source, answer.score) == (kind, "attribute", 1.0)


def test_the_fact_is_quoted_in_both_languages():
    answer = answer_question("is it waterproof?", sleeve())
    assert answer.attribute == "waterproof"
    assert answer.sentence.all() == ("Waterproof: no", "防水：否")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Does it fit a 15 inch laptop?", "yes"),
        ('Will a 17" laptop fit in it?', "no"),
        ("放得下15.6寸的电脑吗？", "yes"),
        ("17寸的笔记本装得下吗", "no"),
        ("Can it carry 4 kg?", "yes"),
        ("Can it carry 12 lb?", "no"),
        ("能放三公斤吗？", "yes"),
        ("六公斤能装吗", "no"),
        ("Does it weigh less than 0.5 kg?", "yes"),
        ("Does it weigh more than 500 g?", "no"),
        ("重量超过100克吗", "yes"),
    ],
)
def test_a_number_is_compared_in_its_unit(question, kind):
    assert answer_question(question, sleeve()).kind == kind


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what is it made of", "material"),
        ("什么材质的？", "material"),
        ("How heavy is it?", "weight"),
        ("多重", "weight"),
        ("几个口", "ports"),
        ("How many ports does it have?", "ports"),
    ],
)
def test_an_open_question_is_told_the_value(question, name):
    answer = answer_question(question, sleeve())
    assert (answer.kind, answer.attribute) == ("value", name)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Is it made of felt?", "yes"),
        ("Is it leather?", "no"),
        ("是皮革的吗？", "no"),
        ("Does it come in red?", "yes"),
        ("有绿色吗", "no"),
        ("Is it transparent?", "unknown"),
    ],
)
def test_another_value_is_denied_only_where_one_excludes_the_others(question, kind):
    assert answer_question(question, sleeve()).kind == kind


@pytest.mark.parametrize(
    "question",
    [
        "How many USB ports does it have?",
        "Is the strap waterproof?",
        "Is it waterproof to 50 m?",
        "Does it fit a 15 inch monitor?",
        "肩带防水吗？",
        "Does it have a rain cover?",
        "有防尘罩吗",
        "Does it come with a power plug?",
        "",
        "?",
        "<b>' OR 1=1 --",
        "x" * 10_000,
    ],
)
def test_what_the_record_does_not_say_stays_unknown(question):
    assert answer_question(question, sleeve()).kind == "unknown"


@pytest.mark.parametrize(
    "question", ["tell me more about it", "详细介绍一下", "", "details please"]
)
def test_a_general_request_is_no_question(question):
    answer = answer_question(question, sleeve())
    assert not answer and answer.general


def test_a_question_without_an_answer_is_not_general():
    assert not answer_question("does it have a rain cover?", sleeve()).general
