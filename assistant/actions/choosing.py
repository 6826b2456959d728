"""Which of several is meant, an earlier list once more, and wishes that cannot both hold."""

from dataclasses import replace

from assistant.actions.context import Services, TurnContext, named_products, show
from assistant.goal import describe
from assistant.state import TURNED_DOWN, refused_products
from assistant.types import Action, Outcome, PendingQuestion, SuggestedResponse, Suggestion, settled
from catalog.types import Language, ScoredProduct
from intents.payloads import write_bounds, write_payload
from intents.types import Measure, PriceRange, Slot

_MOST_CANDIDATES = 5


def ask_which(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Ask which of the products that fit the words is meant; the answer goes on with the act."""
    found = named_products(action, services)[:_MOST_CANDIDATES]
    if not found:
        return Outcome("product_gone", turn.state)
    args = {name: value for name, value in action.args.items() if name != "then"}
    refused = refused_products(turn.state, turn.nlu)
    if refused:
        args[TURNED_DOWN] = "\n".join(one.product_id for one in refused)
    pending = PendingQuestion("product_id", Action(action.args["then"], args=args))
    state = replace(turn.state, pending=pending, failed_turns=0)
    buttons = tuple(_pick(one, turn.language) for one in found)
    facts: dict[str, object] = {"titles": tuple(one.product.title for one in found)}
    return Outcome("ask_which", state, facts, suggestions=buttons)


def _pick(one: ScoredProduct, language: Language) -> Suggestion:
    slots = {"product_id": one.product.id, "variant_id": one.variant.id}
    title = one.product.title.get(language)
    return Suggestion(title, write_payload("select_product", **slots))


def show_again(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """An earlier list as it was, at today's prices; the search goes on from there."""
    state = turn.state
    earlier = state.lists[int(action.args["list"])]
    pairs = tuple((one.product_id, one.variant_id) for one in earlier.products)
    found = named_products(Action("show_again", pairs), services)
    if not found:
        return Outcome("product_gone", state)
    state = show(replace(state, goal=earlier.goal, focus=None, pending=None), found)
    what = describe(earlier.goal, turn.language)
    facts: dict[str, object] = {"what": what, "count": len(found)}
    more = (SuggestedResponse("show_more", "/show_more"),)
    state = replace(state, failed_turns=0)
    return Outcome("shown_again", state, facts, products=found, suggestions=more)


def report_clash(action: Action, turn: TurnContext, _: Services) -> Outcome:
    """Say which two wishes no product can fulfil both, with a button for each."""
    first, second = action.args["first"], action.args["second"]
    clashing = [s for s in turn.nlu.slots if s.raw in (first, second)]
    buttons = tuple(
        Suggestion(slot.raw, payload) for slot in clashing if (payload := _payload(slot))
    )
    state = settled(turn.state)
    return Outcome("wishes_clash", state, {"first": first, "second": second}, suggestions=buttons)


def _payload(slot: Slot) -> str:
    value: object = slot.value
    if isinstance(slot.value, PriceRange | Measure):
        given = write_bounds(slot.value.minimum, slot.value.maximum)
        if isinstance(slot.value, Measure):
            given |= {"attribute": slot.value.attribute, "unit": slot.value.unit}
        elif slot.value.currency:
            given |= {"currency": slot.value.currency}
        value = given
    elif slot.role != "include" or not isinstance(value, str):
        return ""
    return write_payload("refine_search", **{slot.name: value})
