"""The courtesies of a conversation."""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext
from assistant.actions.handing_over import rate_service
from assistant.actions.safety import SELF_HARM
from assistant.actions.service import answer_from
from assistant.types import Action, Note, Outcome, SearchGoal, SuggestedResponse, settled

_STARTERS = (
    SuggestedResponse("try_search", "/search_product"),
    SuggestedResponse("try_recommend", "/recommend_product"),
    SuggestedResponse("try_order", "/track_order"),
    SuggestedResponse("try_shipping", "/ask_faq_shipping"),
)


def greet(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Say hello and what can be done here."""
    facts = {"shop": services.shop_name[turn.language]}
    return Outcome("greet", settled(turn.state), facts, suggestions=_STARTERS)


def show_help(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Say what the assistant can do."""
    return Outcome("help", settled(turn.state), suggestions=_STARTERS)


def say_goodbye(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Say goodbye."""
    return Outcome("goodbye", settled(turn.state))


def say_welcome(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Answer thanks."""
    return Outcome("welcome", settled(turn.state))


def chat(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Answer questions about the assistant itself."""
    return Outcome("about_me", settled(turn.state))


def acknowledge(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Answer a yes or a no that no question waited for."""
    return Outcome("acknowledge", settled(turn.state))


def drop_question(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """The shopper does not want what was asked about."""
    asked = turn.state.pending
    despair = asked is not None and asked.action.args.get("reason") == SELF_HARM
    return Outcome("comfort_stays" if despair else "dropped", settled(turn.state))


def apologise(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Answer a complaint, with what the shop says of such a case and a person at hand."""
    person = SuggestedResponse("ask_person", "/request_human")
    best = services.faq.best(services.faq.search(turn.nlu.text, turn.language, 1))
    if best is None:
        return Outcome("apologise", settled(turn.state), suggestions=(person,))
    return replace(answer_from(best, turn), notes=(Note("sorry"),), suggestions=(person,))


def take_feedback(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Thank for feedback; the turn itself is its record. Stars may be for a colleague's help."""
    stars = turn.nlu.first("rating")
    if stars is not None and isinstance(stars.value, int):
        rated = rate_service(stars.value, turn, services)
        if rated is not None:
            return rated
    return Outcome("feedback_taken", settled(turn.state))


def start_over(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Forget the search; the cart stays."""
    state = replace(settled(turn.state), goal=SearchGoal(), shown=(), focus=None, referred=())
    return Outcome("started_over", state, suggestions=_STARTERS[:2])


def stay_silent(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """A person has the conversation."""
    return Outcome("", turn.state)
