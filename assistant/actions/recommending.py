"""Recommendations: for this shopper, because of a product, or for somebody else."""

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.actions.context import (
    Services,
    TurnContext,
    named_products,
    pick_variant,
    show,
)
from assistant.actions.finding import search_products
from assistant.actions.naming import product_called
from assistant.actions.searching import is_told_by_filter, measured_here, search_text
from assistant.goal import WISH_SLOTS, cheaper_than, describe, goal_filter
from assistant.interests import interests
from assistant.state import shopper_of
from assistant.types import Action, Outcome, Ranking, SearchGoal, SuggestedResponse, settled
from assistant.wording import product_price
from catalog.recommending.request import Kind, Recommendations, Request
from catalog.text import fold
from catalog.types import Product, ProductFilter
from intents.likeness import read_likeness
from intents.types import Slot

_TRENDING = re.compile(
    r"\btrend|\bwhat(?:'s| is) (?:new and )?hot\b|\bhot right now|最近.{0,4}火|流行|爆款",
    re.IGNORECASE,
)
_POPULAR = re.compile(r"\bpopular|\bevery(?:body|one) likes?|热门|受欢迎", re.IGNORECASE)
_BEST_SELLING = re.compile(
    r"\bbest.?sell|\btop.?sell|\bsells? (?:the )?best|\b(?:everybody|everyone|people) buys?"
    r"|\bbought (?:the )?most|\bmost.bought|卖得?(?:最|比较|很)?(?:好|多)|畅销|热销|销量"
    r"|买得?最多|大家都?在?买",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\bre-?order|\bre-?stock|\bbuy\b.*\bagain\b|\bbought before\b|复购|回购|再买|补货|买过的",
    re.IGNORECASE,
)

_MOST_CHOSEN = frozenset({Kind.POPULAR, Kind.BEST_SELLING})


def recommend_products(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """What suits this shopper: by what they did if there is anything, else what is popular."""
    kind = _kind(turn)
    if turn.state.goal.query and turn.nlu.first("product_type") is not None:
        chosen = _chosen_most(turn, services)
        return chosen or replace(search_products(action, turn, services), action="search_products")
    focus = turn.state.focus.product_id if turn.state.focus else ""
    request = Request(
        kind, product_id=focus if kind is Kind.VIEWED else "", wanted=_wanted(turn, services)
    )
    found = _ask(request, turn, services)
    if kind is Kind.BEST_SELLING and not found.products:
        found = _ask(replace(request, kind=Kind.POPULAR), turn, services)
    if not found.products:
        shop = services.shop_name.get(turn.language, "")
        nothing = "nothing_to_buy_again" if kind is Kind.REORDER else "nothing_to_recommend"
        return Outcome(nothing, turn.state, {"shop": shop})
    facts = {"title": found.about.title} if found.about else {}
    return _shown(_response(kind, found), found, turn, facts)


def search_or_best_selling(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """The best matches of the goal; of a shelf whose best sellers are asked for, these."""
    most = _chosen_most(turn, services)
    if most is None:
        return search_products(action, turn, services)
    return replace(most, action="recommend_products")


def _chosen_most(turn: TurnContext, services: Services) -> Outcome | None:
    """What is bought most of a shelf, or else is popular there; ``None`` if that is not asked."""
    goal = measured_here(turn.state.goal, turn, services)
    asked = turn.nlu.first("product_type") is not None and _kind(turn) in _MOST_CHOSEN
    if not asked or not is_told_by_filter(goal, turn, services):
        return None
    request = Request(Kind.BEST_SELLING, wanted=_wanted(turn, services))
    for kind in (Kind.BEST_SELLING, Kind.POPULAR):
        found = _ask(replace(request, kind=kind), turn, services)
        if found.products:
            return _shown(_response(kind, found), found, turn)
    return None


def find_gifts(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Ideas for somebody else: by the words about them, else what is popular in the budget."""
    goal = turn.state.goal
    told = turn.nlu.slots if interests(turn.nlu.slots) else goal.wishes
    liked = interests(told)
    if len(liked) < 2 and any(wish.name == "product_type" for wish in told):
        found = search_products(action, turn, services)
        if found.products:
            facts = {"what": describe(goal, turn.language), "count": len(found.products)}
            return replace(found, response="gift_ideas", facts=facts)
    wanted = replace(_wanted(turn, services), categories=()) if liked else _wanted(turn, services)
    request = Request(Kind.GIFT, wanted=wanted, described=search_text(goal), interests=liked)
    ideas = _ask(request, turn, services)
    if ideas.products and request.described:
        facts = {"what": describe(goal, turn.language), "count": len(ideas.products)}
        return _shown("gift_ideas", ideas, turn, facts)
    popular = ideas if ideas.products else _ask(replace(request, described=""), turn, services)
    if not popular.products:
        return Outcome("nothing_to_recommend", turn.state)
    return _shown("gift_popular", popular, turn)


def find_similar(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Products like the one that is named or pointed at, with whatever else is wished of them."""
    said = read_likeness(action.args.get("like", ""))
    called = product_called(said.names, services, turn.language) if said else None
    if said and called is None and not (action.products or turn.nlu.first("product_type")):
        nearest = search_products(action, _looking_for(said.names[-1], turn), services)
        return replace(nearest, action="search_products")
    if said and called is None and turn.nlu.first("product_type"):
        return replace(search_products(action, turn, services), action="search_products")
    named = named_products(action, services)
    about = called or (named[0].product if named else None)
    if about is None:
        return Outcome("product_gone", turn.state)
    wishes = _wishes_besides(turn, about)
    wanted = _cheaper(goal_filter(SearchGoal(wishes=wishes), turn.state.currency), turn, about)
    besides = said.besides if said and not any(wish.resolved for wish in wishes) else ""
    values = services.search.shelf.values_in(besides) if besides else ()
    wanted = replace(wanted, attributes=(*wanted.attributes, *values))
    request = Request(
        Kind.SIMILAR, product_id=about.id, wanted=wanted, described="" if values else besides
    )
    found = _ask(request, turn, services)
    if not found.products and (wishes or values):
        plain = _cheaper(ProductFilter(), turn, about)
        request = replace(request, wanted=plain, described=besides)
        found = _ask(request, turn, services)
    if not found.products:
        return Outcome("nothing_similar", turn.state, {"title": about.title})
    return _shown("similar_products", found, turn, {"title": about.title})


def _looking_for(name: str, turn: TurnContext) -> TurnContext:
    """The turn as a search for something that nothing in the shop is called."""
    return replace(turn, state=replace(turn.state, goal=SearchGoal(query=name)))


def _wishes_besides(turn: TurnContext, about: Product) -> tuple[Slot, ...]:
    """What the message wishes besides the likeness, as far as the catalogue has values for it."""
    own = {fold(text) for text in (*about.title.all(), *about.brand.all())}
    return tuple(
        slot
        for slot in turn.nlu.slots
        if slot.role != "reference"
        and slot.name in WISH_SLOTS - {"product_type"}
        and not any(fold(slot.raw) in title for title in own)
    )


def _cheaper(wanted: ProductFilter, turn: TurnContext, about: Product) -> ProductFilter:
    """The filter, for what can be ordered; below the product's own price if that was wished."""
    wanted = replace(wanted, available_only=True, currency=turn.state.currency)
    comparative = turn.nlu.first("comparative")
    price = product_price(pick_variant(about), turn.state.currency)
    if comparative is None or comparative.value != "cheaper" or price is None:
        return wanted
    limit = cheaper_than(price.amount, price.currency, comparative.raw)
    return goal_filter(SearchGoal(wishes=(limit,)), price.currency, wanted)


def find_complements(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """What other shoppers bought together with a product, or with others of its kind."""
    named = named_products(action, services)
    if not named:
        return Outcome("product_gone", turn.state)
    about = named[0].product
    wanted = ProductFilter(currency=turn.state.currency, available_only=True)
    found = _ask(Request(Kind.COMPLEMENT, product_id=about.id, wanted=wanted), turn, services)
    if not found.products:
        return Outcome("nothing_bought_with", turn.state, {"title": about.title})
    if found.model == "bought_with":
        return _shown("bought_together", found, turn, {"title": about.title})
    return _shown("bought_with_kind", found, turn, {"kind": about.category[-1]})


def _kind(turn: TurnContext) -> Kind:
    """Which kind of recommendation is meant: by the words, else by what is looked at."""
    if _AGAIN.search(turn.nlu.text):
        return Kind.REORDER
    if _TRENDING.search(turn.nlu.text):
        return Kind.TRENDING
    if _BEST_SELLING.search(turn.nlu.text):
        return Kind.BEST_SELLING
    if _POPULAR.search(turn.nlu.text):
        return Kind.POPULAR
    guest = not turn.state.user_id
    return Kind.VIEWED if guest and turn.state.focus is not None else Kind.FOR_YOU


def _wanted(turn: TurnContext, services: Services) -> ProductFilter:
    """What the conversation has established, of what can be ordered."""
    goal = measured_here(turn.state.goal, turn, services)
    return replace(goal_filter(goal, turn.state.currency), available_only=True)


def _ask(request: Request, turn: TurnContext, services: Services) -> Recommendations:
    state = turn.state
    request = replace(
        request,
        shopper=shopper_of(state.session_id, state.user_id),
        k=services.products_shown,
        language=turn.language,
        left_out=tuple(line.product_id for line in state.cart),
    )
    try:
        return services.recommending.recommend(request)
    except ValueError:  # what the conversation is about has left the shop
        return Recommendations()


def _response(kind: Kind, found: Recommendations) -> str:
    if kind is Kind.REORDER:
        return "buy_again"
    if kind is Kind.VIEWED:
        return "recommended_because"
    if found.model == "best_selling":
        return "recommended_best_selling"
    if found.model == "trending":
        return "recommended_trending"
    return "recommended_personal" if found.personal else "recommended_popular"


def _shown(
    response: str,
    found: Recommendations,
    turn: TurnContext,
    facts: Mapping[str, object] | None = None,
) -> Outcome:
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
