"""Recommendations: for this shopper, like this product, or for somebody else."""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext, named_products, show
from assistant.actions.finding import search_products
from assistant.goal import describe, goal_filter
from assistant.types import Action, Outcome, Ranking, SuggestedResponse
from catalog.types import ScoredProduct


def recommend_products(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """What suits this shopper: by their history if there is one, else what is popular."""
    if turn.state.goal.query and turn.nlu.first("product_type") is not None:
        return replace(search_products(action, turn, services), action="search_products")
    wanted = replace(goal_filter(turn.state.goal, turn.state.currency), available_only=True)
    k = services.products_shown
    found: tuple[ScoredProduct, ...] = ()
    if turn.state.user_id:
        found = services.recommender.recommend(turn.state.user_id, k, wanted)
    personal = bool(found)
    found = found or services.popular.recommend(turn.state.user_id, k, wanted)
    if not found:
        return Outcome("nothing_to_recommend", turn.state)
    if personal:
        return _shown("recommended_personal", found, turn, "content_based")
    return _shown("recommended_popular", found, turn, "popularity")


def find_gifts(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Ideas for somebody else: by the words about them, else what is popular in the budget."""
    if turn.state.goal.query or any(w.name == "product_type" for w in turn.state.goal.wishes):
        found = search_products(action, turn, services)
        if found.products:
            facts = {"what": describe(turn.state.goal, turn.language), "count": len(found.products)}
            return replace(found, response="gift_ideas", facts=facts)
    wanted = replace(goal_filter(turn.state.goal, turn.state.currency), available_only=True)
    popular = services.popular.recommend("", services.products_shown, wanted)
    if not popular:
        return Outcome("nothing_to_recommend", turn.state)
    return _shown("gift_popular", popular, turn, "popularity")


def find_similar(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Products like the one that is pointed at."""
    named = named_products(action, services)
    if not named:
        return Outcome("product_gone", turn.state)
    wanted = replace(goal_filter(replace(turn.state.goal, wishes=()), ""), available_only=True)
    wanted = replace(wanted, currency=turn.state.currency)
    found = services.search.similar(named[0].product.id, wanted, services.products_shown)
    facts = {"title": named[0].product.title}
    if not found:
        return Outcome("nothing_similar", turn.state, facts)
    return replace(_shown("similar_products", found, turn, "content_similar"), facts=facts)


def find_complements(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """What other shoppers bought together with a product, or with others of its kind."""
    named = named_products(action, services)
    if not named:
        return Outcome("product_gone", turn.state)
    product = named[0].product
    found = services.complements.bought_with(product.id, services.products_shown)
    if not found:
        return Outcome("nothing_bought_with", turn.state, {"title": product.title})
    if found[0].reasons[0].name == "bought_with":
        shown = _shown("bought_together", found, turn, "bought_together")
        return replace(shown, facts={"title": product.title})
    shown = _shown("bought_with_kind", found, turn, "bought_with_kind")
    return replace(shown, facts={"kind": product.category[-1]})


def _shown(
    response: str, found: tuple[ScoredProduct, ...], turn: TurnContext, model: str
) -> Outcome:
    state = replace(show(turn.state, found), focus=None, pending=None, failed_turns=0)
    buttons = (SuggestedResponse("compare_first_two", "/compare_products"),)
    facts: dict[str, object] = {"count": len(found)}
    return Outcome(
        response,
        state,
        facts,
        products=found,
        suggestions=buttons[: len(found) - 1],
        ranking=Ranking(model),
    )
