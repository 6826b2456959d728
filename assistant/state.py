"""From one state to the next: fill, correct, negate, carry over; "the second one" → a product."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.goal import WISH_SLOTS, cheaper_than, dearer_than, with_wishes, without
from assistant.types import DialogueState, SearchGoal, ShownProduct, Utterance
from catalog.events.types import LONGEST_CLIENT, guest_id
from catalog.text import fold
from catalog.types import Language, SortKey, SortOrder, TextConstraint, read_order
from intents.types import Extreme, NLUResult, PriceRange, Reference, Slot

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
    state = replace(
        state,
        language=nlu.language,
        currency=_currency(state, nlu, currencies),
        referred=_referred(state, nlu),
    )
    if nlu.intent in NEW_SEARCH and not _goes_on_with_gift(state, nlu):
        state = replace(state, gift_asked=())
    return replace(state, goal=_next_goal(state, nlu))


def _currency(state: DialogueState, nlu: NLUResult, currencies: Mapping[Language, str]) -> str:
    """The named currency if the shop sells in it, else that of the conversation so far."""
    prices = [slot.value for slot in nlu.slots if isinstance(slot.value, PriceRange)]
    named = [one.currency for one in prices if one.spoken_currency]
    sold = [currency for currency in named if currency in currencies.values()]
    return sold[0] if sold else state.currency or currencies[nlu.language]


def _next_goal(state: DialogueState, nlu: NLUResult) -> SearchGoal:
    intent = nlu.intent
    wishes = tuple(_wish(slot, intent) for slot in nlu.slots if slot.name in WISH_SLOTS)
    wishes = tuple(slot for slot in wishes if slot.role != "reference")
    if intent == "start_over":
        return SearchGoal()
    if _goes_on_with_gift(state, nlu):
        goal = with_wishes(state.goal, wishes)
        return replace(goal, query=" ".join(dict.fromkeys((goal.query, nlu.query))).strip())
    if intent in NEW_SEARCH or _names_new_subject(state, nlu):
        return with_wishes(SearchGoal(query=nlu.query, sort=_sort(nlu)), wishes)
    if intent == "relax_search":
        return without(state.goal, _given_up(nlu))
    if intent in CHANGED_SEARCH:
        return _changed(state, nlu, wishes)
    return state.goal


def _goes_on_with_gift(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether this tells more of the gift that is being looked for: its price, not another one."""
    if nlu.intent != "find_gift" or state.previous_action != "find_gifts":
        return False
    known = {wish.name for wish in state.goal.wishes}
    return not (nlu.first("recipient") and "recipient" in known)


def _wish(slot: Slot, intent: str) -> Slot:
    """A description that narrows the search ("only the red ones") is a wish, not a pointer."""
    narrows = slot.role == "reference" and intent in CHANGED_SEARCH
    return replace(slot, role="include") if narrows else slot


def _names_new_subject(state: DialogueState, nlu: NLUResult) -> bool:
    return (
        nlu.intent in OWN_SUBJECT
        and nlu.first("product_type") is not None
        and not state.referred
        and not (nlu.first("reference") and state.shown)
    )


def _changed(state: DialogueState, nlu: NLUResult, wishes: tuple[Slot, ...]) -> SearchGoal:
    goal = with_wishes(state.goal, wishes + _relative(state, nlu))
    if nlu.first("product_type") is not None and nlu.query:
        goal = replace(goal, query=nlu.query)
    sort = _sort(nlu)
    return replace(goal, sort=sort) if sort is not SortKey.RELEVANCE else goal


def _relative(state: DialogueState, nlu: NLUResult) -> tuple[Slot, ...]:
    """Turn "cheaper" into a price wish against the product in focus, when there is one."""
    slot = nlu.first("comparative")
    focus = state.referred[0] if state.referred else state.focus
    if slot is None or focus is None or focus.amount is None:
        return ()
    if slot.value == "cheaper":
        return (cheaper_than(focus.amount, focus.currency, slot.raw),)
    if slot.value == "more_expensive":
        return (dearer_than(focus.amount, focus.currency, slot.raw),)
    return ()


_COMPARATIVE_SORTS = {
    "cheaper": SortKey.PRICE_ASCENDING,
    "more_expensive": SortKey.PRICE_DESCENDING,
    "better_rated": SortKey.RATING,
    "newer": SortKey.NEWEST,
}


def _sort(nlu: NLUResult) -> SortOrder:
    key = nlu.first("sort_key")
    if key is not None:
        try:
            return read_order(str(key.value))
        except ValueError:  # a button's payload may hold anything
            return SortKey.RELEVANCE
    comparative = nlu.first("comparative")
    wanted = str(comparative.value) if comparative else ""
    return _COMPARATIVE_SORTS.get(wanted, SortKey.RELEVANCE)


def _given_up(nlu: NLUResult) -> frozenset[str]:
    """The slots a relaxing message lets go: those it names, else everything but the kind."""
    named = {slot.name for slot in nlu.slots if slot.name in WISH_SLOTS}
    for slot in nlu.all("attribute"):
        word = str(slot.value)
        named.add(_ATTRIBUTE_SLOTS.get(word, word))
    return frozenset(named & WISH_SLOTS or WISH_SLOTS - {"product_type"})


def _referred(state: DialogueState, nlu: NLUResult) -> tuple[ShownProduct, ...]:
    """The products that the utterance points at, in the order it names them."""
    pressed = nlu.first("product_id")
    if pressed is not None:
        return tuple(_pressed(state, str(slot.value), nlu) for slot in nlu.all("product_id"))
    found: list[ShownProduct] = []
    for slot in nlu.slots:
        if isinstance(slot.value, Reference):
            found.extend(_pointed_at(state, slot.value))
        elif slot.role == "reference":
            found.extend(_described(state, slot))
    return tuple(dict.fromkeys(found))


def shopper_of(session_id: str, user_id: str) -> str:
    """The shopper's id in the events: the user's, else that of the conversation's guest."""
    return user_id or guest_id(session_id[:LONGEST_CLIENT])


def refused_products(state: DialogueState, nlu: NLUResult) -> tuple[ShownProduct, ...]:
    """The products on the list that the utterance turns down, as in "not the second one"."""
    refused: list[ShownProduct] = []
    for slot in nlu.slots:
        if slot.role == "exclude" and isinstance(slot.value, Reference):
            refused.extend(_pointed_at(state, slot.value))
    return tuple(dict.fromkeys(refused))


def _described(state: DialogueState, slot: Slot) -> tuple[ShownProduct, ...]:
    """The products on the list that "the red one" or "那个惠普的" describes."""
    resolved = slot.resolved
    known = resolved.values if isinstance(resolved, TextConstraint) else ()
    words = {fold(text) for text in (*known, str(slot.value), slot.raw)}
    return tuple(one for one in state.shown if words & set(one.traits))


def _pressed(state: DialogueState, product_id: str, nlu: NLUResult) -> ShownProduct:
    variant = nlu.first("variant_id")
    if variant is not None:
        return ShownProduct(product_id, str(variant.value))
    known = (*state.shown, *((state.focus,) if state.focus else ()))
    return next(
        (one for one in known if one.product_id == product_id), ShownProduct(product_id, "")
    )


def _pointed_at(state: DialogueState, reference: Reference) -> tuple[ShownProduct, ...]:
    shown = state.shown
    if reference.everything:
        return shown
    if reference.first:
        return shown[: reference.first]
    if reference.positions:
        places = [p - 1 if p > 0 else len(shown) + p for p in reference.positions]
        return tuple(shown[place] for place in places if 0 <= place < len(shown))
    if reference.extreme:
        return _standing_out(shown, reference.extreme)
    if state.focus is not None:
        return (state.focus,)
    return shown[:1]


def _standing_out(shown: Sequence[ShownProduct], extreme: Extreme) -> tuple[ShownProduct, ...]:
    """The cheapest, the dearest, or the one in the middle, where one is."""
    if extreme == "middle":
        half, odd = divmod(len(shown), 2)
        return (shown[half],) if odd else ()
    priced = [one for one in shown if one.amount is not None]
    if not priced or len({one.currency for one in priced}) > 1:
        return ()
    pick = min if extreme == "cheapest" else max
    return (pick(priced, key=lambda one: one.amount or 0),)


def new_state(session_id: str, language: Language) -> DialogueState:
    """The state of a conversation that has not begun."""
    return DialogueState(session_id=session_id, language=language)
