"""After-sales service: policies and orders."""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext
from assistant.acts import SAFETY
from assistant.faq import FaqMatch
from assistant.follow_up import follows_up
from assistant.types import (
    Action,
    FaqEntry,
    Note,
    Outcome,
    SuggestedResponse,
    Suggestion,
    Verbatim,
    settled,
)

_GUESSES = 3
_NEAR_MISSES = 3
_QUESTIONS_OFFERED = 4
_PERSON = SuggestedResponse("ask_person", "/request_human")


def answer_faq(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Answer from the shop's own entries and pages, naming the source; never from anything else.

    "And for sale items?" is read after the question that was answered last.
    """
    if turn.nlu.text.startswith("/"):
        return _offer_topic(turn, services)
    asked = turn.nlu.text
    matches = services.faq.search(asked, turn.language, _NEAR_MISSES)
    best = services.faq.best(matches)
    if _goes_on(turn) and (best is None or _answered(best, turn)):
        asked = f"{turn.state.faq_question} {asked}"
        found = services.faq.search(asked, turn.language, _NEAR_MISSES + 1)
        matches = tuple(one for one in found if not _answered(one, turn))[:_NEAR_MISSES]
        best = services.faq.best(matches)
    if best is not None:
        return answer_from(best, turn)
    near = tuple(_question(one.entry, turn) for one in matches)
    passage = services.faq.passage(asked, turn.language)
    if passage is not None:
        quoted = answer_from(passage, turn)
        return replace(quoted, response="faq_passage", suggestions=(*near, _PERSON))
    state = replace(turn.state, failed_turns=turn.state.failed_turns + 1, pending=None)
    return Outcome("faq_unknown", state, suggestions=(*near, _PERSON), action="report_unanswered")


def _goes_on(turn: TurnContext) -> bool:
    """Whether the message goes on with the question that was answered just now."""
    asked = turn.state.previous_action == "answer_faq" and turn.state.faq_question
    return bool(asked) and follows_up(turn.nlu.text)


def _answered(match: FaqMatch, turn: TurnContext) -> bool:
    """Whether it is what was answered just now."""
    return match.entry.question.get(match.language) == turn.state.faq_question


def _offer_topic(turn: TurnContext, services: Services) -> Outcome:
    """A button named a topic: offer its questions."""
    topic = turn.nlu.intent.removeprefix("ask_faq_")
    asked = [one for one in services.faq.entries if one.topic == topic][:_QUESTIONS_OFFERED]
    buttons = tuple(_question(one, turn) for one in asked)
    state = settled(turn.state)
    return Outcome("faq_topic", state, suggestions=(*buttons, _PERSON))


def fall_back(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Try the shop's entries; else ask one question with the best guesses as buttons."""
    matches = services.faq.search(turn.nlu.text, turn.language, 1) if turn.nlu.text else ()
    best = services.faq.best(matches)
    if best is not None:
        return replace(answer_from(best, turn), action="answer_faq")
    state = replace(turn.state, failed_turns=turn.state.failed_turns + 1)
    unasked = ("out_of_scope", *SAFETY)
    guesses = [one for one in turn.nlu.guesses if one.name not in unasked][:_GUESSES]
    if turn.nlu.intent == "out_of_scope" or not guesses:
        return Outcome("out_of_scope", state, suggestions=(_PERSON,), action="report_out_of_scope")
    buttons = tuple(SuggestedResponse(f"guess_{one.name}", f"/{one.name}") for one in guesses)
    return Outcome("clarify", state, suggestions=buttons, action="clarify")


def answer_from(match: FaqMatch, turn: TurnContext) -> Outcome:
    """The answer of an entry, with its source."""
    facts: dict[str, object] = {
        "answer": Verbatim(match.entry.answer.get(match.language)),
        "source": match.entry.source,
        "updated": match.entry.updated,
    }
    state = settled(turn.state)
    question = match.entry.question.get(match.language)
    state = replace(state, faq_question=question)
    other = () if match.language == turn.language else (Note("faq_other_language"),)
    return Outcome("faq", state, facts, other)


def _question(entry: FaqEntry, turn: TurnContext) -> Suggestion:
    question = entry.question.get(turn.language)
    return Suggestion(question, question)
