from dataclasses import replace

import pytest

from assistant.actions import gifts, recommending
from assistant.types import Action, Outcome, SearchGoal
from catalog.types import LANGUAGES, ScoredProduct
from intents.types import Slot
from tests.assistant.builders import mug, under

MUM = Slot("recipient", "mum", "mum")


@pytest.fixture
def ask(counter, turn, monkeypatch):
    made_of = {}

    def ideas(_, context, __):
        found = ScoredProduct(mug(), replace(mug().variants[0], **made_of), 1.0)
        return Outcome("gift_popular", context.state, {"count": 1}, products=(found,))

    monkeypatch.setattr(recommending, "find_gifts", ideas)

    def made(*wishes, asked=(), query="", language="en", **fields):
        made_of.update(fields)
        goal = SearchGoal(query, wishes)
        context = turn("find_gift", language=language, goal=goal, gift_asked=asked)
        return gifts.find_gifts(Action("find_gifts"), context, counter)

    return made


@pytest.mark.parametrize("query", ["", "gift", "a nice present", "礼物", "想买个礼物"])
def test_with_nothing_known_only_the_first_question_is_asked(ask, query):
    outcome = ask(query=query)
    assert (outcome.response, outcome.products) == ("gift_who", ())
    assert outcome.state.pending.slot == "recipient"
    assert len(outcome.suggestions) >= 4


def test_ideas_come_with_the_next_question(ask):
    outcome = ask(MUM, asked=("recipient",))
    assert outcome.response == "gift_popular"
    assert len(outcome.products) == 1
    assert outcome.facts["question"].response == "gift_budget"
    assert outcome.state.gift_asked == ("recipient", "price")


@pytest.mark.parametrize(
    ("wishes", "asked", "question"),
    [
        ((under("50"),), (), "gift_who"),
        ((MUM, under("50")), (), "gift_occasion"),
        ((MUM, under("50")), ("occasion",), "gift_interests"),
        ((MUM, Slot("occasion", "birthday", "birthday")), (), "gift_budget"),
        ((MUM,), ("recipient", "price", "occasion"), ""),
    ],
)
def test_what_is_known_or_was_asked_is_not_asked(ask, wishes, asked, question):
    facts = ask(*wishes, asked=asked).facts
    assert (facts["question"].response if "question" in facts else "") == question


def test_no_budget_is_asked_for_where_nothing_has_a_price(ask):
    outcome = ask(MUM, asked=("recipient",), prices=())
    assert outcome.facts["question"].response == "gift_occasion"
    assert outcome.state.gift_asked == ("recipient", "occasion")
    last = ask(MUM, asked=("occasion", "interests"), prices=())
    assert "question" not in last.facts


def test_an_interest_in_words_counts(ask):
    everything = (MUM, under("50"), Slot("occasion", "birthday", "birthday"))
    assert "question" not in ask(*everything, query="coffee lover").facts


def test_the_buttons_are_in_the_language(ask):
    assert ask(language="zh").suggestions[0].title == "妈妈"
    assert ask().suggestions[0].payload == "A gift for my mum"


def test_the_form_has_every_question_in_both_languages():
    form = gifts.load_form()
    assert set(form) == set(gifts._QUESTIONS)
    assert all(form[name][language] for name in form for language in LANGUAGES)


def test_a_broken_form_is_refused(tmp_path):
    path = tmp_path / "form.yml"
    path.write_text("recipient: {en: [[a, b]]}", "utf-8")
    with pytest.raises(ValueError, match="recipient"):
        gifts.load_form.__wrapped__(path)


def test_no_ideas_ask_nothing(ask, monkeypatch):
    empty = Outcome("nothing_to_recommend", replace(ask(MUM).state))
    monkeypatch.setattr(recommending, "find_gifts", lambda *_: empty)
    assert ask(MUM) == empty


def test_beside_its_question_nothing_else_is_asked(ask, monkeypatch):
    find, goals = recommending.find_gifts, []

    def watched(action, turn, services):
        goals.append(turn.state.goal)
        return find(action, turn, services)

    monkeypatch.setattr(recommending, "find_gifts", watched)
    outcome = ask(MUM)
    assert outcome.suggestions and not outcome.closing
    assert goals[0].quiet and not outcome.state.goal.quiet
