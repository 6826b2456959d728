"""A question for recommendations as this conversation asks it, and the answer as it is shown."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.actions.context import (
    Services,
    TurnContext,
    show,
)
from assistant.actions.searching import (
    measured_here,
)
from assistant.goal import goal_filter
from assistant.state import shopper_of
from assistant.types import Outcome, Ranking, SuggestedResponse, settled
from catalog.recommending.request import Recommendations, Request
from catalog.types import ProductFilter


def wanted_now(turn: TurnContext, services: Services) -> ProductFilter:
    """What the conversation has established, of what can be ordered."""
    goal = measured_here(turn.state.goal, turn, services)
    return replace(goal_filter(goal, turn.state.currency), available_only=True)


def ask(request: Request, turn: TurnContext, services: Services) -> Recommendations:
    """What is recommended, without what lies in the cart or was turned down."""
    state = turn.state
    in_cart = tuple(line.product_id for line in state.cart)
    request = replace(
        request,
        shopper=shopper_of(state.session_id, state.user_id),
        k=services.products_shown,
        language=turn.language,
        left_out=(*in_cart, *state.turned_down),
        in_cart=in_cart,
    )
    try:
        found = services.recommending.recommend(request)
        if found.products or not in_cart:
            return found
        return services.recommending.recommend(replace(request, in_cart=()))
    except ValueError:  # what the conversation is about has left the shop
        return Recommendations()


def shown(
    response: str,
    found: Recommendations,
    turn: TurnContext,
    facts: Mapping[str, object] | None = None,
) -> Outcome:
    """The recommendations as the list that the conversation goes on from."""
    state = replace(settled(show(turn.state, found.products)), focus=None)
    buttons = (SuggestedResponse("compare_first_two", "/compare_products"),)
    return Outcome(
        response,
        state,
        {"count": len(found.products)} | dict(facts or {}),
        products=found.products,
        suggestions=buttons[: len(found.products) - 1],
        ranking=Ranking(found.model, found.version),
    )
