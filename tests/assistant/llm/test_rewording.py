import pytest

from assistant.llm import LLMError, Rewriter
from assistant.types import Reply


class Says:
    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def complete(self, messages, most_tokens):
        self.asked.append(messages)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def reworded(answer, text, action="show_price", language="en"):
    model = Says(answer)
    reply = Rewriter(model).reword(Reply("s", 1, language, text, action=action))
    return reply.text, len(model.asked)


@pytest.mark.parametrize(
    ("language", "plain", "other"),
    [
        ("en", "Clay mug is $12.50.", "Sure, the Clay mug is $12.50!"),
        ("zh", "陶土马克杯，售价¥88。", "好的，陶土马克杯售价¥88哦。"),
    ],
)
def test_a_backed_wording_is_sent(language, plain, other):
    assert reworded(other, plain, language=language) == (other, 1)


@pytest.mark.parametrize("answer", ["Clay mug is $1.", "", LLMError("late"), "Clay mug is free."])
def test_else_the_plain_answer_is_sent(answer):
    assert reworded(answer, "Clay mug is $12.50.")[0] == "Clay mug is $12.50."


def test_lists_tables_and_links_stay_as_they_are():
    text = "Here is your cart, $5 in all:\n- 1 × Mug\n\nPay [here](/x)."
    assert reworded("whatever", text) == (text, 0)
    text = "Your total is $5.\n\n| a | b |\n| --- | --- |"
    assert reworded("Okay, your total is $5!", text) == (
        "Okay, your total is $5!\n\n| a | b |\n| --- | --- |",
        1,
    )


@pytest.mark.parametrize("action", ["comfort", "decline_card", "answer_faq", "check_out"])
def test_grave_and_binding_words_are_never_touched(action):
    assert reworded("x", "Clay mug is $12.50.", action) == ("Clay mug is $12.50.", 0)
    assert reworded("x", "", "stay_silent") == ("", 0)
