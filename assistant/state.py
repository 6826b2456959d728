"""From one state to the next: fill, correct, negate, carry over; "the second one" → a product."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.goal import (
    WISH_SLOTS,
    as_named_before,
    clash_in,
    is_wish,
    with_wishes,
    without,
    without_values_of,
)
from assistant.narrowing import lets_be
from assistant.places import at_places
from assistant.pointing import Pointing, point
from assistant.relative import relative_order, relative_wishes
from assistant.returning import list_asked_for
from assistant.turning_down import turned_down_ids
from assistant.types import DialogueState, SearchGoal, ShownProduct, Utterance
from catalog.events.types import LONGEST_CLIENT, guest_id
from catalog.types import Language, SortKey, SortOrder, read_order
from intents.types import NLUResult, PriceRange, Reference, Slot

NEW_SEARCH = frozenset({"search_product", "recommend_product", "find_gift"})
CHANGED_SEARCH = frozenset({"refine_search", "correct_previous", "sort_results"})
OWN_SUBJECT = frozenset(
    {"select_product", "ask_product_detail", "ask_availability", "ask_price", "ask_reviews"}
    | {"find_similar", "find_complement", "add_to_cart"}
)
"""Intents about a product that may name a new one instead of pointing at one."""

_ATTRIBUTE_SLOTS = {"colour": "color", "budget": "price", "type": "product_type"}


def update_state(
    state: DialogueState, nlu: NLUResult, utterance: Utterance, currencies: Mapping[Language, str]
) -> DialogueState:
    """The state once the utterance is understood, before anything is done.

    ``currencies`` maps a language to the currency its shoppers are shown first.
    """
    user_id = utterance.user_id or state.user_id
    proven = utterance.proven or (state.user_proven and user_id == state.user_id)
    state = replace(state, turn=state.turn + 1, user_id=user_id, user_proven=proven)
    return take_in(_on_page(state, utterance.page_product), nlu, currencies)


def _on_page(state: DialogueState, product_id: str) -> DialogueState:
    """On another product's page than before, that product is what is being talked about."""
    if product_id in ("", state.page_product):
        return state
    return replace(state, page_product=product_id, focus=ShownProduct(product_id, ""))


def take_in(
    state: DialogueState, nlu: NLUResult, currencies: Mapping[Language, str]
) -> DialogueState:
    """The state once one more act of the same turn is understood."""
    pointed = _pointed(state, nlu)
    state = replace(
        state,
        language=nlu.language,
        currency=_currency(state, nlu, currencies),
        referred=pointed.products,
        candidates=pointed.candidates,
        unknown=pointed.missing,
    )
    if nlu.intent in NEW_SEARCH and not _goes_on_with_gift(state, nlu):
        state = replace(state, gift_asked=())
    state = replace(state, goal=replace(_next_goal(state, nlu), failing=()), question=None)
    return _without_turned_down(state, turned_down_ids(nlu))


def _without_turned_down(state: DialogueState, ids: Sequence[str]) -> DialogueState:
    """The state once products are out for good; the next ones of the list come a place nearer."""
    new = [one for one in ids if one not in state.turned_down]
    if not new:
        return state
    past = [one.product_id for shown in reversed(state.lists) for one in shown.products]
    nearer = len(set(new) & set(past[: state.goal.offset]))
    focus = state.focus if state.focus is None or state.focus.product_id not in new else None
    return replace(
        state,
        turned_down=(*state.turned_down, *new),
        focus=focus,
        goal=replace(state.goal, offset=max(0, state.goal.offset - nearer)),
    )


def _currency(state: DialogueState, nlu: NLUResult, currencies: Mapping[Language, str]) -> str:
    """The named currency if the shop sells in it, else that of the conversation so far."""
    prices = [slot.value for slot in nlu.slots if isinstance(slot.value, PriceRange)]
    named = [one.currency for one in prices if one.spoken_currency]
    sold = [currency for currency in named if currency in currencies.values()]
    return sold[0] if sold else state.currency or currencies[nlu.language]


def _next_goal(state: DialogueState, nlu: NLUResult) -> SearchGoal:
    intent = nlu.intent
    wishes = tuple(_wish(slot, intent) for slot in nlu.slots if is_wish(slot))
    wishes = tuple(slot for slot in wishes if slot.role != "reference" and slot.value != "")
    wishes = _without_clash(wishes)
    if intent == "start_over":
        return SearchGoal()
    if _goes_on_with_gift(state, nlu):
        goal = with_wishes(state.goal, wishes)
        return replace(goal, query=" ".join(dict.fromkeys((goal.query, nlu.query))).strip())
    back = list_asked_for(state, nlu) if intent in CHANGED_SEARCH else None
    if back is not None:
        kept = tuple(wish for wish in wishes if wish.name != "product_type")
        return with_wishes(back.goal, kept)
    if intent in NEW_SEARCH or _names_new_subject(state, nlu):
        meant = tuple(as_named_before(state.goal, wish) for wish in wishes)
        return with_wishes(SearchGoal(query=nlu.query, sort=_sort(nlu)), meant)
    if intent == "relax_search":
        return _relaxed(state, nlu, wishes)
    if intent in CHANGED_SEARCH:
        return _changed(state, nlu, wishes)
    return replace(state.goal, quiet=True) if intent == "show_more" else state.goal


def _goes_on_with_gift(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether this tells more of the gift that is being looked for: its price, not another one."""
    if nlu.intent != "find_gift" or state.previous_action != "find_gifts":
        return False
    known = {wish.name for wish in state.goal.wishes}
    return not (nlu.first("recipient") and "recipient" in known)


def _wish(slot: Slot, intent: str) -> Slot:
    """A description of what is searched ("only the red ones", "one of Acme's") is a wish."""
    narrows = slot.role == "reference" and intent in CHANGED_SEARCH | NEW_SEARCH
    return replace(slot, role="include") if narrows else slot


def _names_new_subject(state: DialogueState, nlu: NLUResult) -> bool:
    return (
        nlu.intent in OWN_SUBJECT
        and nlu.first("product_type") is not None
        and not state.referred
        and not (nlu.first("reference") and state.shown)
    )


def _without_clash(wishes: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The wishes but for two that contradict each other; which holds, the shopper must say."""
    clash = clash_in(wishes)
    return tuple(wish for wish in wishes if clash is None or wish not in clash)


def _relaxed(state: DialogueState, nlu: NLUResult, wishes: tuple[Slot, ...]) -> SearchGoal:
    """The goal without what is given up; what was never wished for is a wish of its own.

    "800以内都行" moves a bound of 500, and "the colour doesn't matter" lets it go.
    """
    held = {(wish.name, str(wish.value)) for wish in state.goal.wishes}
    new = tuple(
        wish
        for wish in wishes
        if (_is_refused(wish) or (wish.name, str(wish.value)) not in held)
        and (wish.resolved is not None or wish.name in ("price", "rating"))
    )
    new += relative_wishes(state, nlu)
    bound = {wish.resolved.name for wish in new if wish.resolved is not None}
    if new and {str(slot.value) for slot in nlu.all("attribute")} <= bound:
        return with_wishes(state.goal, new)
    named = replace(nlu, slots=tuple(slot for slot in nlu.slots if slot not in new))
    return with_wishes(without(state.goal, _given_up(named, state.goal.failing)), new)


def _is_refused(wish: Slot) -> bool:
    """Whether products with it are not wanted: 黑色免了, while 不用防水 lets waterproof ones be."""
    return wish.role == "exclude" and wish.name in ("brand", "color", "material", "pattern")


def _changed(state: DialogueState, nlu: NLUResult, wishes: tuple[Slot, ...]) -> SearchGoal:
    corrects = nlu.intent == "correct_previous"
    if corrects:
        wishes = tuple(as_named_before(state.goal, wish) for wish in wishes)
    before = without_values_of(state.goal, wishes) if corrects else state.goal
    goal = with_wishes(before, wishes + relative_wishes(state, nlu))
    if nlu.first("product_type") is not None and nlu.query:
        goal = replace(goal, query=nlu.query)
    if lets_be(state.question, nlu.text):
        goal = replace(goal, quiet=True)
    said = _sort(nlu)
    sort = said if said is not SortKey.RELEVANCE else relative_order(state, nlu) or said
    return replace(goal, sort=sort) if sort is not SortKey.RELEVANCE else goal


def _sort(nlu: NLUResult) -> SortOrder:
    key = nlu.first("sort_key")
    if key is not None:
        try:
            return read_order(str(key.value))
        except ValueError:  # a button's payload may hold anything
            return SortKey.RELEVANCE
    return SortKey.RELEVANCE


def _given_up(nlu: NLUResult, failing: Sequence[str]) -> frozenset[str]:
    """The slots a relaxing message lets go.

    Those it names, else those that nothing was found for, else everything but the kind.
    """
    named = {slot.name for slot in nlu.slots if slot.name in WISH_SLOTS}
    for slot in nlu.all("attribute"):
        word = str(slot.value)
        named.add(_ATTRIBUTE_SLOTS.get(word, word))
    return frozenset(named & WISH_SLOTS or set(failing) or WISH_SLOTS - {"product_type"})


def _pointed(state: DialogueState, nlu: NLUResult) -> Pointing:
    """What the utterance points at; a narrowing search points at what it is compared with."""
    pressed = [slot for slot in nlu.all("product_id") if slot.role != "exclude"]
    if pressed:
        return Pointing(tuple(_pressed(state, str(slot.value), nlu) for slot in pressed))
    answers = state.pending is not None and nlu.first(state.pending.slot) is not None
    if answers or nlu.intent in CHANGED_SEARCH or nlu.intent in NEW_SEARCH:
        places = [s.value for s in nlu.slots if isinstance(s.value, Reference)]
        found = [one for place in places for one in at_places(state.shown, place)]
        pronoun = Reference() in places and state.focus is not None
        return Pointing((*found, *((state.focus,) if pronoun and state.focus else ())))
    return point(state, nlu)


def shopper_of(session_id: str, user_id: str) -> str:
    """The shopper's id in the events: the user's, else that of the conversation's guest."""
    return user_id or guest_id(session_id[:LONGEST_CLIENT])


TURNED_DOWN = "turned_down"
"""The argument of a waiting action with the products that its message turned down, a line each."""


def refused_products(state: DialogueState, nlu: NLUResult) -> tuple[ShownProduct, ...]:
    """The products that the utterance turns down, as in "not the second one"."""
    refused = [ShownProduct(id_, "") for id_ in turned_down_ids(nlu)]
    for slot in nlu.slots:
        if slot.role == "exclude" and isinstance(slot.value, Reference):
            refused.extend(at_places(state.shown, slot.value))
            if slot.value == Reference():
                refused.extend((state.focus,) if state.focus else state.shown[:1])
    return tuple(dict.fromkeys(refused))


def _pressed(state: DialogueState, product_id: str, nlu: NLUResult) -> ShownProduct:
    variant = nlu.first("variant_id")
    if variant is not None:
        return ShownProduct(product_id, str(variant.value))
    known = (*state.shown, *((state.focus,) if state.focus else ()))
    return next(
        (one for one in known if one.product_id == product_id), ShownProduct(product_id, "")
    )


def new_state(session_id: str, language: Language) -> DialogueState:
    """The state of a conversation that has not begun."""
    return DialogueState(session_id=session_id, language=language)
