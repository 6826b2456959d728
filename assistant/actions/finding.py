"""Finding products: search, refinement, more of the same, and the truth when nothing fits."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from assistant.actions.asking import chooser, with_question
from assistant.actions.context import Services, TurnContext, show
from assistant.actions.differences import best_known, eased, not_compared, with_differences
from assistant.actions.relaxing import explain_nothing
from assistant.actions.searching import measured_here, search_goal
from assistant.actions.sold_sizes import converted_notes
from assistant.actions.unfiltered import not_filtered
from assistant.goal import describe, goal_filter, in_order, without
from assistant.types import (
    Action,
    Money,
    Note,
    Outcome,
    Ranking,
    SearchGoal,
    SuggestedResponse,
    settled,
)
from assistant.wording import product_price
from catalog.correction import Correction
from catalog.kinds import kinds_asked, may_be
from catalog.results import SearchResult
from catalog.text import fold
from catalog.titled import is_called
from catalog.types import AttributeOrder, Language, LocalText, SortKey
from catalog.wording import write_name
from intents.types import Measure, PriceRange, Slot
from intents.values.superlatives import SIZE

_BY_SIZE = (
    "screen_size", "capacity", "volume", "diameter", "length", "width", "height", "depth",
)  # fmt: skip
"""What "the biggest" may go by: whichever most of the products are measured by."""

_BY_SEARCH = Ranking("search")

_BY_MEANING = frozenset({"meaning"})
_BY_PARTS = _BY_MEANING | {"words", "under_price", "below"}
"""Reasons that prove nothing where a product has some words but not the thing they name."""


def search_products(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Show the best matches of the goal, or say what stands in the way."""
    goal = measured_here(replace(turn.state.goal, offset=0), turn, services)
    goal, notes = _ordered(goal, turn, services)
    found = search_goal(goal, turn, services, chooser(goal, turn, services))
    outcome = _said_if_incomplete(found, _outcome(goal, found, notes, turn, services))
    return replace(outcome, ranking=_BY_SEARCH)


def _outcome(
    goal: SearchGoal,
    found: SearchResult,
    notes: tuple[Note, ...],
    turn: TurnContext,
    services: Services,
) -> Outcome:
    if not found.products and _not_carried(goal, services):
        # Its price or size is beside the point where the thing itself is not to be had.
        words = SearchGoal(goal.query or describe(goal, turn.language))
        return _nearest(goal, search_goal(words, turn, services), turn)
    if not found.products:
        return _nothing(goal, turn, services)
    if _is_relative(goal, turn) and _cheaper_first(goal, turn) and _none_below(found, turn):
        return _least_already(goal, found, turn, services)
    if _unproven(goal, found) or _is_another_thing(found) or _lacks(goal, found, services):
        return _nearest(goal, found, turn)
    outcome = with_question(_found(goal, found, turn, services), found, turn, services)
    outcome = with_differences(outcome, turn, services)
    return replace(outcome, notes=(*not_compared(turn, services), *notes, *outcome.notes))


def _ordered(
    goal: SearchGoal, turn: TurnContext, services: Services
) -> tuple[SearchGoal, tuple[Note, ...]]:
    """The goal with its order in the catalogue's own terms; a note where it has none for it."""
    order = goal.sort
    if not isinstance(order, AttributeOrder):
        return goal, ()
    common = _BY_SIZE if order.name == SIZE else (order.name,)
    vocabulary = services.vocabulary()
    names = [found for one in common if (found := vocabulary.attribute(one.replace("_", " ")))]
    name = services.search.most_measured(goal_filter(goal, turn.state.currency), names)
    if name is not None:
        return replace(goal, sort=AttributeOrder(name, order.descending)), ()
    slot = turn.nlu.first("sort_key")
    what = slot.raw if slot is not None else _order_name(order, turn.language)
    return replace(goal, sort=SortKey.RELEVANCE), (Note("cannot_sort", {"what": what}),)


def _order_name(order: AttributeOrder, language: Language) -> str:
    if order.name == SIZE:
        return LocalText("size", "大小").get(language)
    return write_name(order.name, language).lower()


def show_more(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Show the next matches of the running search."""
    goal = turn.state.goal
    if not (goal.query or goal.wishes):
        return Outcome("ask_what_to_find", turn.state)
    found = search_goal(goal, turn, services)
    if not found.products:
        outcome = Outcome("no_more", turn.state, {"what": describe(goal, turn.language)})
    else:
        outcome = replace(_found(goal, found, turn, services, "more"), ranking=_BY_SEARCH)
    return _said_if_incomplete(found, outcome)


def _said_if_incomplete(found: SearchResult, outcome: Outcome) -> Outcome:
    """Tell the shopper when a part of the search did not answer."""
    if found.complete:
        return outcome
    return replace(outcome, notes=(Note("search_incomplete"), *outcome.notes))


def ask_what_to_find(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """Ask what the shopper is looking for."""
    return Outcome("ask_what_to_find", turn.state)


def _found(
    goal: SearchGoal,
    found: SearchResult,
    turn: TurnContext,
    services: Services,
    response: str = "found",
) -> Outcome:
    corrections = _corrections(goal, turn, services)
    notes = (*_corrected(corrections, found, turn), *_notes(goal, found, turn, services))
    goal = _as_meant(goal, corrections)
    shown = goal.offset + len(found.products)
    focused = turn.nlu.first("comparative") is not None and turn.state.focus is not None
    state = settled(show(turn.state, found.products))
    state = replace(
        state,
        goal=replace(goal, offset=shown),
        focus=state.shown[0] if focused or len(state.shown) == 1 else None,
    )
    what = describe(goal, turn.language)
    facts: dict[str, object] = {"total": found.total, "count": len(found.products), "what": what}
    suggestions = [SuggestedResponse("show_more", "/show_more")] if found.total > shown else []
    if len(found.products) > 1:
        suggestions.append(SuggestedResponse("compare_first_two", "/compare_products"))
        if any(one.variant.prices for one in found.products):
            suggestions.append(SuggestedResponse("cheaper", "/refine_search" + _CHEAPER))
    if not what and response == "found":
        response = "found_any"
    return Outcome(
        response, state, facts, notes, products=found.products, suggestions=tuple(suggestions)
    )


def _kinds_wanted(goal: SearchGoal) -> list[Slot]:
    return [wish for wish in goal.wishes if wish.name == "product_type" and wish.role == "include"]


def _not_carried(goal: SearchGoal, services: Services) -> bool:
    """Whether every kind of product that was named is one the catalogue does not have."""
    kinds = _kinds_wanted(goal)
    vocabulary = services.vocabulary()
    return bool(kinds) and not any(
        wish.resolved is not None or vocabulary.carries(str(wish.value)) for wish in kinds
    )


def _lacks(goal: SearchGoal, found: SearchResult, services: Services) -> bool:
    """Whether what was named, as a kind of product or only in words, is not in the catalogue.

    The words count where no wish says the kind, or where they say more than the wish that was
    made of them: of an "adjustable wrench" not only the adjustable. What a product is called is
    carried, whatever else its name means.
    """
    titles = [one.product.title for one in found.products]
    if any(wish.name == "product_type" for wish in goal.wishes):
        missing = _not_carried(goal, services) or _are_other_things(goal, found)
        wanted = [wish.raw for wish in _kinds_wanted(goal)] if missing else []
        return missing and not any(is_called(title, words) for words in wanted for title in titles)
    lacks = services.vocabulary().lacks
    if lacks(goal.query):
        return fold(goal.query) not in {fold(text) for title in titles for text in title.all()}
    features = (one for one in goal.wishes if one.name == "feature" and one.role == "include")
    return any(
        lacks(one.raw) and (one.resolved is None or not lacks(str(one.value))) for one in features
    )


def _are_other_things(goal: SearchGoal, found: SearchResult) -> bool:
    """Whether the kind that was named has no shelf, and what was found is of quite other kinds.

    A dock whose text says that network cables fit is no network cable.
    """
    kinds = _kinds_wanted(goal)
    if any(wish.resolved is not None for wish in kinds):
        return False
    asked = frozenset().union(*(kinds_asked(str(wish.value)) for wish in kinds))
    return bool(asked) and not any(may_be(one.product, asked) for one in found.products)


def _unproven(goal: SearchGoal, found: SearchResult) -> bool:
    """Whether no words fit, and no shelf of the shop says that these are the things meant."""
    shelved = any(wish.resolved is not None for wish in _kinds_wanted(goal))
    return not found.relevant and not shelved


def _is_another_thing(found: SearchResult) -> bool:
    """Whether no product has what was named in its record, nor fulfils any of the wish.

    Some words alone prove nothing: a toy train is no train ticket.
    """
    weak = _BY_MEANING if found.named else _BY_PARTS
    told = [{reason.name for reason in one.reasons} - {"well_rated"} for one in found.products]
    return all(names and names <= weak for names in told)


def _corrections(
    goal: SearchGoal, turn: TurnContext, services: Services
) -> Mapping[Slot, Correction]:
    """What the wishes that this turn made in words were taken for."""
    said = fold(turn.nlu.text)
    return {
        wish: services.search.correct(wish.raw)
        for wish in goal.wishes
        if wish.role == "include" and isinstance(wish.value, str) and fold(wish.raw) in said
    }


def _corrected(
    corrections: Mapping[Slot, Correction], found: SearchResult, turn: TurnContext
) -> tuple[Note, ...]:
    """What of the words of this turn was taken for something else, in what was searched."""
    changes = list(found.correction.changes) if found.correction else []
    changes += [change for one in corrections.values() for change in one.changes]
    said = fold(turn.nlu.text)
    new = dict.fromkeys(change for change in changes if change.written in said)
    if not new:
        return ()
    written, meant = (
        " ".join(parts) for parts in zip(*((c.written, c.meant) for c in new), strict=True)
    )
    return (Note("searched_as", {"written": written, "meant": meant}),)


def _as_meant(goal: SearchGoal, corrections: Mapping[Slot, Correction]) -> SearchGoal:
    """The goal with its new wishes in the words they were taken for."""
    meant = {wish: one.text for wish, one in corrections.items() if one.changes}
    wishes = tuple(replace(one, raw=meant.get(one, one.raw)) for one in goal.wishes)
    return replace(goal, wishes=wishes)


def _nearest(goal: SearchGoal, found: SearchResult, turn: TurnContext) -> Outcome:
    """Nothing in the shop is what was asked for: say so, and show what comes closest."""
    state = replace(show(turn.state, found.products), goal=goal, focus=None, pending=None)
    facts: dict[str, object] = {"what": goal.query or describe(goal, turn.language)}
    return Outcome("nearest_instead", state, facts, products=found.products)


_CHEAPER = '{"comparative": "cheaper"}'


def _notes(
    goal: SearchGoal, found: SearchResult, turn: TurnContext, services: Services
) -> tuple[Note, ...]:
    """What the shopper should know about how the wishes were read."""
    notes = []
    currency = turn.state.currency
    for wish in goal.wishes:
        price = wish.value
        if isinstance(price, PriceRange) and price.spoken_currency and price.currency != currency:
            notes.append(Note("other_currency", {"said": price.currency, "currency": currency}))
        notes.extend(_range_note(wish, currency))
        notes.extend(converted_notes(wish, goal, turn, services))
        notes.extend(not_filtered(wish, found, turn, services))
    if _cheaper_first(goal, turn):
        notes.extend(_cheaper_note(found, turn))
    return tuple(notes)


def _range_note(wish: Slot, currency: str) -> Iterator[Note]:
    """How a range was read whose lower bound was said to be above the upper one."""
    value = wish.value
    if not isinstance(value, PriceRange | Measure) or None in (value.minimum, value.maximum):
        return
    low, high = in_order(value.minimum, value.maximum)
    assert low is not None and high is not None
    if low == value.minimum:
        return
    if isinstance(value, PriceRange):
        yield Note("range_read", {"low": Money(low, currency), "high": Money(high, currency)})
    else:
        bounds = {"low": f"{low:f} {value.unit}".strip(), "high": f"{high:f} {value.unit}".strip()}
        yield Note("range_read", bounds)


def _none_below(found: SearchResult, turn: TurnContext) -> bool:
    """Whether the cheapest that is cheaper than most of a list was on it already."""
    known = [one.amount for one in turn.state.shown if one.amount is not None]
    lowest = product_price(found.products[0].variant, turn.state.currency)
    return bool(known) and lowest is not None and lowest.amount >= min(known)


def _least_already(
    goal: SearchGoal, found: SearchResult, turn: TurnContext, services: Services
) -> Outcome:
    """The cheaper ones of a list that began with the cheapest there is."""
    known = [one.amount for one in turn.state.shown if one.amount is not None]
    facts: dict[str, object] = {"price": _as_sold(min(known), found, turn)}
    outcome = _found(goal, found, turn, services)
    return replace(outcome, response="none_cheaper", facts=facts, notes=())


def _as_sold(amount: Decimal, found: SearchResult, turn: TurnContext) -> Money:
    """An amount that was shown, in the currency that what was found is sold in."""
    price = product_price(found.products[0].variant, turn.state.currency)
    return Money(amount, price.currency if price is not None else turn.state.currency)


def _cheaper_first(goal: SearchGoal, turn: TurnContext) -> bool:
    """Whether cheaper ones than a list are asked for, and the cheapest stands first."""
    cheaper = turn.nlu.first("comparative")
    asked = cheaper is not None and cheaper.value == "cheaper" and turn.state.focus is None
    return asked and goal.sort is SortKey.PRICE_ASCENDING


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
        return _none_beyond(goal, turn, services)
    return explain_nothing(goal, turn, services)


def _is_relative(goal: SearchGoal, turn: TurnContext) -> bool:
    """Whether a wish is "cheaper than that one", or lighter, said just now."""
    raws = {slot.raw for slot in turn.nlu.all("comparative")}
    return any(wish.raw in raws and wish.name in _COMPARED for wish in goal.wishes)


def _none_beyond(goal: SearchGoal, turn: TurnContext, services: Services) -> Outcome:
    """Nothing is beyond what it is compared with: say so, and show what comes closest."""
    raws = {slot.raw for slot in turn.nlu.all("comparative")}
    if any(wish.name == "price" and wish.raw in raws for wish in goal.wishes):
        return _none_cheaper(goal, turn, services)
    near = eased(goal, turn)
    found = search_goal(near, turn, services)
    if not found.products:
        return explain_nothing(goal, turn, services)
    outcome = _found(near, found, turn, services)
    facts = best_known(turn) | {"what": describe(near, turn.language)}
    state = replace(outcome.state, focus=turn.state.focus)
    return replace(outcome, response="none_beyond", facts=facts, notes=(), state=state)


_COMPARED = frozenset({"price", "rating", "measure"})


def _none_cheaper(goal: SearchGoal, turn: TurnContext, services: Services) -> Outcome:
    """Nothing is cheaper (or dearer) than what was talked about: the others by price."""
    order = _price_order(turn)
    goal = replace(without(goal, frozenset({"price"})), sort=order)
    found = search_goal(goal, turn, services)
    if not found.products:
        return explain_nothing(goal, turn, services)  # another wish failed before
    outcome = _found(goal, found, turn, services)
    focus = turn.state.referred[0] if turn.state.referred else turn.state.focus
    known = [one for one in (focus,) if one is not None] or list(turn.state.shown)
    amounts = [one.amount for one in known if one.amount is not None]
    price = _as_sold(min(amounts), found, turn) if amounts else None
    response = "none_cheaper" if order is SortKey.PRICE_ASCENDING else "none_dearer"
    state = replace(outcome.state, focus=focus)
    return replace(outcome, response=response, facts={"price": price}, notes=(), state=state)


def _price_order(turn: TurnContext) -> SortKey:
    """The order that puts the products nearest to the failed price first."""
    dearer = any(slot.value == "more_expensive" for slot in turn.nlu.all("comparative"))
    return SortKey.PRICE_DESCENDING if dearer else SortKey.PRICE_ASCENDING
