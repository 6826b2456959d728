"""Finding products: search, refinement, more of the same, and the truth when nothing fits."""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext, show
from assistant.goal import CONTEXT_SLOTS, describe, goal_filter, without
from assistant.types import Action, Money, Note, Outcome, Ranking, SearchGoal, SuggestedResponse
from assistant.wording import product_price
from catalog.search import SearchResult
from catalog.types import SortKey
from intents.types import PriceRange

_BY_SEARCH = Ranking("search")

_FILTERING = frozenset({"brand", "color", "size", "material", "pattern", "measure"})
"""Wishes that should rule products out; where the catalogue cannot, the shopper is told."""

_RELAXED_FIRST = (
    "price",
    "rating",
    "measure",
    "feature",
    "season",
    "pattern",
    "material",
    "size",
    "color",
    "age_group",
    "gender",
    "brand",
)
"""Which wish to give up first when nothing fits, from the least to the most telling."""


def search_products(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Show the best matches of the goal, or say what stands in the way."""
    return replace(_best_matches(turn, services), ranking=_BY_SEARCH)


def _best_matches(turn: TurnContext, services: Services) -> Outcome:
    goal = replace(turn.state.goal, offset=0)
    found = _search(goal, turn, services)
    if not found.products:
        return _nothing(goal, turn, services)
    if not found.relevant or _only_by_meaning(found) or _not_carried(goal, services):
        return _nearest(goal, found, turn)
    return _found(goal, found, turn)


def show_more(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Show the next matches of the running search."""
    goal = turn.state.goal
    if not (goal.query or goal.wishes):
        return Outcome("ask_what_to_find", turn.state)
    found = _search(goal, turn, services)
    if not found.products:
        return Outcome("no_more", turn.state, {"what": describe(goal, turn.language)})
    return replace(_found(goal, found, turn, "more"), ranking=_BY_SEARCH)


def ask_what_to_find(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Ask what the shopper is looking for."""
    return Outcome("ask_what_to_find", turn.state)


def _search(goal: SearchGoal, turn: TurnContext, services: Services, k: int = 0) -> SearchResult:
    state = turn.state
    return services.search.search(
        search_text(goal),
        goal_filter(goal, state.currency),
        k or services.products_shown,
        sort=goal.sort,
        offset=goal.offset,
        currency=state.currency,
        language=state.language,
    )


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


def _found(
    goal: SearchGoal, found: SearchResult, turn: TurnContext, response: str = "found"
) -> Outcome:
    shown = goal.offset + len(found.products)
    focused = turn.nlu.first("comparative") is not None and turn.state.focus is not None
    state = show(turn.state, found.products)
    state = replace(
        state,
        goal=replace(goal, offset=shown),
        focus=state.shown[0] if focused or len(state.shown) == 1 else None,
        pending=None,
        failed_turns=0,
    )
    what = describe(goal, turn.language)
    facts: dict[str, object] = {"total": found.total, "count": len(found.products), "what": what}
    suggestions = [SuggestedResponse("show_more", "/show_more")] if found.total > shown else []
    if len(found.products) > 1:
        suggestions.append(SuggestedResponse("compare_first_two", "/compare_products"))
        suggestions.append(SuggestedResponse("cheaper", "/refine_search" + _CHEAPER))
    notes = _notes(goal, found, turn)
    if not what and response == "found":
        response = "found_any"
    return Outcome(
        response, state, facts, notes, products=found.products, suggestions=tuple(suggestions)
    )


def _not_carried(goal: SearchGoal, services: Services) -> bool:
    """Whether every kind of product that was named is one the catalogue does not have."""
    kinds = [wish for wish in goal.wishes if wish.name == "product_type" and wish.role == "include"]
    vocabulary = services.vocabulary()
    return bool(kinds) and not any(
        wish.resolved is not None or vocabulary.carries(str(wish.value)) for wish in kinds
    )


def _only_by_meaning(found: SearchResult) -> bool:
    """Whether no product has a word of the wish in its record, nor fulfils any of it."""
    return all(
        any(reason.name == "meaning" for reason in product.reasons) for product in found.products
    )


def _nearest(goal: SearchGoal, found: SearchResult, turn: TurnContext) -> Outcome:
    """Nothing in the shop is what was asked for: say so, and show what comes closest."""
    state = replace(show(turn.state, found.products), goal=goal, focus=None, pending=None)
    facts: dict[str, object] = {"what": goal.query or describe(goal, turn.language)}
    return Outcome("nearest_instead", state, facts, products=found.products)


_CHEAPER = '{"comparative": "cheaper"}'


def _notes(goal: SearchGoal, found: SearchResult, turn: TurnContext) -> tuple[Note, ...]:
    """What the shopper should know about how the wishes were read."""
    notes = []
    currency = turn.state.currency
    for wish in goal.wishes:
        price = wish.value
        if isinstance(price, PriceRange) and price.spoken_currency and price.currency != currency:
            notes.append(Note("other_currency", {"said": price.currency, "currency": currency}))
        if wish.resolved is None and wish.role == "exclude":
            notes.append(Note("cannot_exclude", {"what": wish.raw}))
        elif wish.resolved is None and wish.name in _FILTERING:
            notes.append(Note("cannot_filter", {"what": wish.raw}))
    cheaper = turn.nlu.first("comparative")
    if cheaper is not None and cheaper.value == "cheaper" and turn.state.focus is None:
        notes.extend(_cheaper_note(found, turn))
    return tuple(notes)


def _cheaper_note(found: SearchResult, turn: TurnContext) -> list[Note]:
    """How the cheapest match compares with what was on the screen."""
    known = [one.amount for one in turn.state.shown if one.amount is not None]
    lowest = product_price(found.products[0].variant, turn.state.currency)
    if not known or lowest is None:
        return []
    least = Money(min(known), lowest.currency)
    if lowest.amount < least.amount:
        return [Note("cheapest_is", {"price": lowest, "before": least})]
    return [Note("none_cheaper", {"price": least})]


def _nothing(goal: SearchGoal, turn: TurnContext, services: Services) -> Outcome:
    """Say which wish fails and show the nearest products that exist."""
    if _is_relative(goal, turn):
        return _none_cheaper(goal, turn, services)
    names = {wish.name for wish in goal.wishes}
    for name in (one for one in _RELAXED_FIRST if one in names):
        relaxed = without(goal, frozenset({name}))
        if name == "price":
            relaxed = replace(relaxed, sort=_price_order(goal))
        found = _search(relaxed, turn, services)
        if found.products:
            return _relaxed(goal, relaxed, name, found, turn)
    kind_only = without(goal, frozenset(_RELAXED_FIRST))
    found = _search(kind_only, turn, services)
    state = replace(turn.state, pending=None)
    if not found.products:
        return Outcome("not_carried", state, {"what": goal.query or describe(goal, turn.language)})
    state = replace(show(state, found.products), goal=replace(goal, offset=0), focus=None)
    facts: dict[str, object] = {
        "what": describe(goal, turn.language),
        "instead": describe(kind_only, turn.language),
    }
    return Outcome("none_with_all", state, facts, products=found.products)


def _is_relative(goal: SearchGoal, turn: TurnContext) -> bool:
    """Whether the price wish is "cheaper than that one", said just now."""
    comparative = turn.nlu.first("comparative")
    return comparative is not None and any(
        wish.name == "price" and wish.raw == comparative.raw for wish in goal.wishes
    )


def _none_cheaper(goal: SearchGoal, turn: TurnContext, services: Services) -> Outcome:
    """Nothing is cheaper (or dearer) than the product talked about: the others by price."""
    order = _price_order(goal)
    goal = replace(without(goal, frozenset({"price"})), sort=order)
    found = _search(goal, turn, services)
    if not found.products:
        return Outcome("not_carried", turn.state, {"what": describe(goal, turn.language)})
    outcome = _found(goal, found, turn)
    focus = turn.state.referred[0] if turn.state.referred else turn.state.focus
    price = Money(focus.amount, focus.currency) if focus and focus.amount is not None else None
    response = "none_cheaper" if order is SortKey.PRICE_ASCENDING else "none_dearer"
    state = replace(outcome.state, focus=focus)
    return replace(outcome, response=response, facts={"price": price}, notes=(), state=state)


def _price_order(goal: SearchGoal) -> SortKey:
    """The order that puts the products nearest to the failed price first."""
    wish = next(one.value for one in goal.wishes if one.name == "price")
    too_high = isinstance(wish, PriceRange) and wish.maximum is None
    return SortKey.PRICE_DESCENDING if too_high else SortKey.PRICE_ASCENDING


def _relaxed(
    goal: SearchGoal, relaxed: SearchGoal, name: str, found: SearchResult, turn: TurnContext
) -> Outcome:
    missing = " · ".join(wish.raw for wish in goal.wishes if wish.name == name)
    facts: dict[str, object] = {
        "what": describe(relaxed, turn.language),
        "missing": missing,
        "total": found.total,
        "count": len(found.products),
        "nearest": product_price(found.products[0].variant, turn.state.currency),
    }
    # The goal keeps every wish: what the shopper asked for stays asked for.
    state = replace(show(turn.state, found.products), goal=goal, focus=None, pending=None)
    named = name == "price" and facts["nearest"] is not None
    payload = f'/relax_search{{"attribute": "{name}"}}'
    suggestion = SuggestedResponse("drop_wish", payload, {"missing": missing})
    return Outcome(
        "none_at_price" if named else "none_with",
        replace(state, failed_turns=0),
        facts,
        products=found.products,
        suggestions=(suggestion,),
    )
