import pytest

from assistant.actions import run_action
from assistant.faq import Faq, FaqMatch
from assistant.types import Action, FaqEntry, SearchGoal
from catalog.types import LocalText
from intents.types import Intent
from tests.assistant.builders import shown


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("how long does shipping take", "en", "Three working days."),
        ("几天能到货", "zh", "三个工作日。"),
    ],
)
def test_an_answer_is_the_shops_own_with_its_source(services, turn, text, language, answer):
    context = turn("ask_faq_shipping", text=text, language=language)
    outcome = run_action(Action("answer_faq"), context, services)
    assert outcome.response == "faq"
    assert outcome.facts["answer"] == answer
    assert outcome.facts["source"].en == "Shipping"


def test_a_button_of_a_topic_offers_its_questions(services, turn):
    context = turn("ask_faq_returns", text="/ask_faq_returns", language="zh")
    outcome = run_action(Action("answer_faq"), context, services)
    assert outcome.response == "faq_topic"
    assert outcome.suggestions[0].title == "可以退货吗？"


def test_what_nobody_answered_is_not_made_up(services, turn):
    context = turn("ask_faq_store", text="who won the world cup in 1998")
    outcome = run_action(Action("answer_faq"), context, services)
    assert (outcome.response, outcome.action) == ("faq_unknown", "report_unanswered")
    assert outcome.state.failed_turns == 1


@pytest.mark.parametrize(
    ("before", "text", "language"),
    [("Can I return things?", "and for sale items?", "en"), ("可以退货吗？", "那打折的呢", "zh")],
)
def test_a_question_goes_on_with_the_one_before(
    services, turn, monkeypatch, before, text, language
):
    asked = []
    monkeypatch.setattr(Faq, "search", lambda _, words, *__: asked.append(words) or ())
    context = turn(text=text, language=language, faq_question=before, previous_action="answer_faq")
    run_action(Action("answer_faq"), context, services)
    assert asked == [text, f"{before} {text}"]
    asked.clear()
    elsewhere = turn(text=text, language=language, faq_question=before)
    run_action(Action("answer_faq"), elsewhere, services)
    assert asked == [text]


@pytest.mark.parametrize(
    ("text", "language"), [("how long does shipping take", "en"), ("几天能到货", "zh")]
)
def test_what_was_answered_is_remembered(services, turn, text, language):
    context = turn("ask_faq_shipping", text=text, language=language)
    state = run_action(Action("answer_faq"), context, services).state
    assert state.faq_question in [one.question.get(language) for one in services.faq.entries]


def test_a_passage_of_a_page_is_quoted_as_the_nearest_there_is(services, turn, monkeypatch):
    passage = FaqMatch(
        FaqEntry(
            "rings#1", "page", LocalText(zh="刻字"), LocalText(zh="戒指刻字要两天。"),
            LocalText(zh="其他服务 › 刻字"), "2026-09-01",
        ),
        0.9,
        "zh",
    )  # fmt: skip
    monkeypatch.setattr(Faq, "best", lambda *_: None)
    monkeypatch.setattr(Faq, "passage", lambda *_: passage)
    found = run_action(Action("answer_faq"), turn(text="how long does engraving take"), services)
    assert found.response == "faq_passage"
    assert [note.response for note in found.notes] == ["faq_other_language"]
    assert found.facts["answer"] == "戒指刻字要两天。"
    assert found.suggestions[-1].payload == "/request_human"


def test_falling_back_tries_the_answers_then_asks(services, turn):
    known = run_action(Action("fall_back"), turn(text="how long does shipping take"), services)
    assert (known.action, known.response) == ("answer_faq", "faq")
    unclear = turn(text="blue monday").nlu
    guesses = (Intent("search_product", 0.3), Intent("show_cart", 0.2))
    context = turn(text="blue monday")
    context = type(context)(context.state, type(unclear)("x", "en", guesses=guesses))
    asked = run_action(Action("fall_back"), context, services)
    assert (asked.action, asked.response) == ("clarify", "clarify")
    assert [one.payload for one in asked.suggestions] == ["/search_product", "/show_cart"]
    assert asked.state.failed_turns == 1


def test_a_person_is_offered_and_fetched_with_what_they_need_to_know(services, turn):
    offered = run_action(Action("offer_person"), turn(), services)
    assert offered.state.pending.action.name == "hand_off"
    goal = SearchGoal("mugs")
    context = turn("request_human", text="转人工", language="zh", goal=goal, shown=(shown("M1"),))
    fetched = run_action(Action("hand_off"), context, services)
    assert fetched.state.handoff.status == "waiting"
    assert fetched.facts["count"] == 1
    again = run_action(Action("hand_off"), context, services)
    assert again.state.handoff == fetched.state.handoff


def test_an_unknown_action_is_refused(services, turn):
    with pytest.raises(ValueError, match="fly"):
        run_action(Action("fly"), turn(), services)
