import re

import pytest

from assistant.actions import run_action
from assistant.responses import Responses, render
from assistant.types import Action, CartLine, PendingQuestion
from catalog.types import LANGUAGES
from intents.types import Intent, NLUResult
from tests.assistant.builders import searching, shown

ACTS = {
    "comfort": "express_self_harm",
    "decline_abuse": "express_hate",
    "decline_override": "override_rules",
}
TALKING = {
    "goal": searching(),
    "shown": (shown("M1"),),
    "cart": (CartLine("M1", "M1-one", 2),),
    "failed_turns": 1,
}


@pytest.fixture(scope="module")
def responses():
    return Responses.load()


def said(responses, services, context, name, **args):
    action = Action(name, args=args)
    outcome = run_action(action, context, services)
    return outcome, render(responses, outcome, action, context.nlu)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACTS)
def test_the_conversation_is_kept_and_no_product_is_shown(
    responses, services, turn, name, language
):
    context = turn(ACTS[name], language=language, **TALKING)
    outcome, reply = said(responses, services, context, name)
    kept = outcome.state
    assert (kept.goal, kept.shown, kept.cart) == (
        TALKING["goal"],
        TALKING["shown"],
        TALKING["cart"],
    )
    assert kept.failed_turns == 0
    assert (reply.products, reply.action, reply.language) == ((), name, language)
    assert "/request_human" in [one.payload for one in reply.suggestions]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["comfort", "abuse_declined", "override_declined"])
def test_there_are_three_ways_to_say_it(responses, language, name):
    texts = {responses.say(name, language, {"helpline": None}, number) for number in range(3)}
    assert len(texts) == 3


@pytest.mark.parametrize(
    ("language", "emergency", "person"),
    [("en", "emergency services", "person"), ("zh", "急救或报警电话", "转人工|转接|真人")],
)
def test_comfort_names_help_at_once_and_no_number_of_its_own(
    responses, services, turn, language, emergency, person
):
    for number in range(3):
        context = turn("express_self_harm", language=language, turn=number)
        _, reply = said(responses, services, context, "comfort")
        assert emergency in reply.text
        assert re.search(person, reply.text)
        assert not re.search(r"\d", reply.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_helpline_is_what_the_shop_has_set(responses, services, turn, language):
    line = "*Line*: 000"
    services = type(services)(
        **{name: getattr(services, name) for name in services.__slots__ if name != "helpline"},
        helpline={language: line},
    )
    for number in range(3):
        context = turn("express_self_harm", language=language, turn=number)
        assert line in said(responses, services, context, "comfort")[1].text


def test_a_yes_fetches_a_person_who_knows_why_and_says_not_to_wait(responses, services, turn):
    offered, _ = said(responses, services, turn("express_self_harm"), "comfort")
    assert offered.state.pending == PendingQuestion(
        "confirm", Action("hand_off", args={"reason": "self_harm"})
    )
    context = turn("affirm", pending=offered.state.pending)
    fetched, reply = said(responses, services, context, "hand_off", reason="self_harm")
    assert fetched.state.handoff.status == "waiting"
    assert reply.text.startswith("Please don't wait for us")


class Desk:
    def __init__(self, desk):
        self.desk, self.reasons = desk, []

    def open_ticket(self, session_id, reason, summary, details=None):
        self.reasons.append(reason)
        return self.desk.open_ticket(session_id, reason, summary, details)


def test_asking_for_a_person_in_other_words_keeps_the_reason(services, turn):
    desk = Desk(services.tickets)
    services = type(services)(
        **{name: getattr(services, name) for name in services.__slots__ if name != "tickets"},
        tickets=desk,
    )
    offered = run_action(Action("comfort"), turn("express_self_harm"), services)
    context = turn("request_human", pending=offered.state.pending)
    run_action(Action("hand_off"), context, services)
    run_action(Action("hand_off"), turn("request_human"), services)
    assert desk.reasons == ["self_harm", "asked_for"]


@pytest.mark.parametrize(("language", "words"), [("en", "don't stay alone"), ("zh", "别一个人")])
def test_a_no_is_answered_with_care(responses, services, turn, language, words):
    pending = PendingQuestion("confirm", Action("hand_off", args={"reason": "self_harm"}))
    context = turn("deny", language=language, pending=pending)
    outcome, reply = said(responses, services, context, "drop_question")
    assert words in reply.text
    assert outcome.state.pending is None


def test_an_open_question_stays_open_after_an_insult(services, turn):
    size = PendingQuestion("size", Action("add_to_cart", (("T1", ""),)))
    for name in ("decline_abuse", "decline_override"):
        outcome = run_action(Action(name), turn(ACTS[name], pending=size), services)
        assert outcome.state.pending == size


def test_the_way_on_leads_back_to_the_running_search(services, turn):
    idle = run_action(Action("decline_override"), turn("override_rules"), services)
    busy = run_action(Action("decline_override"), turn("override_rules", **TALKING), services)
    assert idle.suggestions[0].payload == "/search_product"
    assert busy.suggestions[0].payload == "/show_more"


def test_nobody_is_asked_whether_they_meant_to_hurt_themselves(services, turn):
    context = turn(text="blue monday")
    guesses = tuple(Intent(name, 0.3) for name in (*ACTS.values(), "show_cart"))
    context = type(context)(context.state, NLUResult("blue monday", "en", guesses=guesses))
    asked = run_action(Action("fall_back"), context, services)
    assert [one.payload for one in asked.suggestions] == ["/show_cart"]
