"""The running goal put to search."""

from assistant.actions.context import Services, TurnContext
from assistant.goal import CONTEXT_SLOTS, goal_filter
from assistant.types import SearchGoal
from catalog.encoder import Vectors
from catalog.results import SearchResult


def search_goal(goal: SearchGoal, turn: TurnContext, services: Services) -> SearchResult:
    """One page of what fits the goal."""
    state = turn.state
    return services.search.search(
        search_text(goal),
        goal_filter(goal, state.currency),
        services.products_shown,
        sort=goal.sort,
        offset=goal.offset,
        currency=state.currency,
        language=state.language,
        taste=_taste(turn, services),
    )


def _taste(turn: TurnContext, services: Services) -> tuple[Vectors, float] | None:
    """What a signed-in shopper chose before, to lean towards a little."""
    user_id = turn.state.user_id
    if not user_id or not services.personal_search:
        return None
    taste = services.recommending.taste(user_id)
    return None if taste is None else (taste, services.personal_search)


def search_text(goal: SearchGoal) -> str:
    """The words for search: the subject, and every wish the catalogue has no value for."""
    loose = [
        wish.raw
        for wish in goal.wishes
        if (wish.resolved is None or wish.name in CONTEXT_SLOTS)
        and wish.role == "include"
        and wish.name not in ("price", "rating", "product_type")
        and wish.raw not in goal.query
    ]
    return " ".join([goal.query, *loose]).strip()
