"""Others than those that were shown, of the same search or recommendation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.actions import finding, gifts, recommending, related
from assistant.actions.context import Services, TurnContext
from assistant.turning_down import turned_down_ids
from assistant.types import Action, Listing, Note, Outcome, settled
from intents.types import Intent

_AGAIN = {
    "recommend_products": recommending.recommend_products,
    "find_gifts": gifts.find_gifts,
    "find_similar": related.find_similar,
    "find_complements": related.find_complements,
}
"""Actions that are done once more, without what they showed."""

_INTENTS: Mapping[str, str] = {
    "recommend_products": "recommend_product",
    "find_gifts": "find_gift",
    "find_similar": "find_similar",
    "find_complements": "find_complement",
}


def show_more(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Show what was not shown yet; where that is all, what is left without what is turned down."""
    refused = turned_down_ids(turn.nlu)
    listing = turn.state.listing
    if listing is not None and listing.action in _AGAIN:
        outcome = _recommended(listing, turn, services)
    elif refused and not (turn.state.goal.query or turn.state.goal.wishes):
        outcome = _like(refused[0], turn, services)
    else:
        outcome = _searched(action, turn, services)
    notes = (*_left_out(refused, services), *outcome.notes)
    return replace(outcome, notes=notes) if outcome.products else outcome


def _searched(action: Action, turn: TurnContext, services: Services) -> Outcome:
    outcome = finding.show_more(action, turn, services)
    if outcome.products or not turned_down_ids(turn.nlu):
        return outcome
    left = finding.search_products(action, turn, services)
    return replace(left, action="search_products") if left.products else outcome


def _recommended(listing: Listing, turn: TurnContext, services: Services) -> Outcome:
    """The recommendation once more, without all that was shown; if need be with what is left."""
    state = turn.state
    shown = [one.product_id for kept in state.lists for one in kept.products]
    found = _once_more(listing, turn, services, shown)
    if not found.products and turned_down_ids(turn.nlu):
        found = _once_more(listing, turn, services, ())
    if not found.products:
        return Outcome("no_others", settled(state))
    return found


def _once_more(
    listing: Listing, turn: TurnContext, services: Services, besides: Sequence[str]
) -> Outcome:
    """Do again what made the list, in the words that asked for it."""
    kept = turn.state.turned_down
    state = replace(turn.state, turned_down=(*kept, *besides))
    intents = (Intent(_INTENTS[listing.action], 1.0),)
    nlu = replace(turn.nlu, text=listing.text, slots=listing.slots, intents=intents)
    action = Action(listing.action, listing.products, dict(listing.args))
    found = _AGAIN[listing.action](action, TurnContext(state, nlu), services)
    done = found.action or listing.action
    return replace(found, state=replace(found.state, turned_down=kept), action=done)


def _like(product_id: str, turn: TurnContext, services: Services) -> Outcome:
    """Where nothing was looked for, products like the one that is turned down."""
    action = Action("find_similar", ((product_id, ""),))
    nlu = replace(turn.nlu, text="", slots=())
    found = related.find_similar(action, TurnContext(turn.state, nlu), services)
    return replace(found, action="find_similar")


def _left_out(refused: tuple[str, ...], services: Services) -> tuple[Note, ...]:
    """What stays out from now on, by name."""
    known = services.store.get_many(refused)
    titles = tuple(known[id_].title for id_ in refused if id_ in known)
    return (Note("left_out", {"what": titles, "count": len(titles)}),) if titles else ()
