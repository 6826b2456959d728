"""What a turn of the conversation says of the shopper's wishes, as events. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.state import TURNED_DOWN, refused_products, shopper_of
from assistant.types import DialogueState, Outcome, ShownProduct
from catalog.events.types import (
    ADD_TO_CART,
    BEGIN_CHECKOUT,
    DISMISS,
    HIGHEST_RATING,
    LOWEST_RATING,
    RATE,
    REMOVE_FROM_CART,
    SEARCH,
    SELECT,
    VIEW,
    VIEW_LIST,
    Event,
)
from intents.types import NLUResult

SOURCE = "chat"

LISTS = frozenset(
    {"search_products", "show_more", "recommend_products", "find_gifts", "find_similar"}
    | {"find_complements"}
)
"""Actions that show a ranking; its list has the action's name."""

VIEWS = frozenset({"show_product_detail", "show_price", "show_availability", "show_reviews"})
"""Actions that show one product."""


def events_of(
    before: DialogueState, nlu: NLUResult, outcome: Outcome, time: datetime
) -> tuple[Event, ...]:
    """The events of one act of a turn.

    Args:
        before: The state in which the act was understood, with what it points at.
        nlu: What it means.
        outcome: What was found or done, with the state afterwards.
        time: When.
    """
    state = outcome.state
    shopper = shopper_of(state.session_id, state.user_id)
    common = Event(shopper, "", time, session_id=state.session_id, source=SOURCE)
    refused = refused_products(before, nlu)
    found = [
        *_refused(common, before, refused, outcome),
        *_rated(common, before, nlu),
        *_shown(common, before, outcome),
        *_viewed(common, before, outcome, {one.product_id for one in refused}),
        *_moved(common, before, outcome),
        *_checked_out(common, outcome),
    ]
    return tuple(found)


def numbered(events: Sequence[Event], session_id: str, turn: int) -> list[Event]:
    """The events of a turn with ids, so that a turn recorded twice counts once."""
    return [
        replace(one, event_id=f"{session_id}/{turn}/{number}") for number, one in enumerate(events)
    ]


def _refused(
    common: Event, before: DialogueState, refused: Sequence[ShownProduct], outcome: Outcome
) -> Iterator[Event]:
    """What is turned down; while it is asked which other one is meant, the answer is awaited."""
    if outcome.response == "ask_which":
        return
    ids = [one.product_id for one in refused]
    if before.pending is not None and len(outcome.products) == 1:
        told = before.pending.action.args.get(TURNED_DOWN, "").split("\n")
        ids += [id_ for id_ in told if id_ and id_ != outcome.products[0].product.id]
    for id_ in dict.fromkeys(ids):
        yield replace(common, kind=DISMISS, product_id=id_)


def _rated(common: Event, before: DialogueState, nlu: NLUResult) -> Iterator[Event]:
    """A rating in stars for what the message points at."""
    slot = nlu.first("rating")
    if nlu.intent != "give_feedback" or slot is None or not isinstance(slot.value, int | float):
        return
    stars = float(slot.value)
    if LOWEST_RATING <= stars <= HIGHEST_RATING:
        for one in before.referred:
            yield replace(common, kind=RATE, product_id=one.product_id, rating=stars)


def _shown(common: Event, before: DialogueState, outcome: Outcome) -> Iterator[Event]:
    """A search, and every product of a ranking with its place."""
    if outcome.action not in LISTS:
        return
    goal = outcome.state.goal
    common = replace(
        common, list_id=outcome.action, model=outcome.ranking.model, version=outcome.ranking.version
    )
    if outcome.action == "search_products":
        words = " ".join([goal.query, *(wish.raw for wish in goal.wishes)])
        yield replace(common, kind=SEARCH, query=" ".join(dict.fromkeys(words.split())))
    first = before.goal.offset if outcome.action == "show_more" else 0
    for place, one in enumerate(outcome.products, start=first):
        yield replace(common, kind=VIEW_LIST, product_id=one.product.id, position=place)


def _viewed(
    common: Event, before: DialogueState, outcome: Outcome, refused: set[str]
) -> Iterator[Event]:
    """A product that was looked at, and that it was chosen from a list where it was."""
    if outcome.action not in VIEWS:
        return
    listed = {one.product_id: place for place, one in enumerate(before.shown)}
    for one in outcome.products:
        id_ = one.product.id
        if id_ in refused:
            continue
        if id_ in listed and len(listed) > 1:
            yield replace(common, kind=SELECT, product_id=id_, position=listed[id_])
        yield replace(common, kind=VIEW, product_id=id_)


def _moved(common: Event, before: DialogueState, outcome: Outcome) -> Iterator[Event]:
    """What went into the cart and out of it."""
    old = {(line.product_id, line.variant_id): line.quantity for line in before.cart}
    new = {(line.product_id, line.variant_id): line.quantity for line in outcome.state.cart}
    for line in dict.fromkeys((*old, *new)):
        more = new.get(line, 0) - old.get(line, 0)
        if more:
            kind = ADD_TO_CART if more > 0 else REMOVE_FROM_CART
            yield replace(common, kind=kind, product_id=line[0])


def _checked_out(common: Event, outcome: Outcome) -> Iterator[Event]:
    """The cart as it is handed to the shop's own checkout; the shop reports the purchase."""
    if outcome.response == "checkout":
        for id_ in dict.fromkeys(line.product_id for line in outcome.state.cart):
            yield replace(common, kind=BEGIN_CHECKOUT, product_id=id_)
