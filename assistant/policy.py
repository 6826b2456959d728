"""Which action answers what was meant. Pure: the state and the understanding decide alone."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from assistant.acts import SAFETY
from assistant.contact import find_contact
from assistant.follow_up import follows_up
from assistant.goal import WISH_SLOTS, clash_in, is_wish
from assistant.handoff import HandoffRules, decide, takes_up_again
from assistant.ordered import asks_about_shop, says_who, speaks_of_orders
from assistant.places import names_likeness
from assistant.returning import list_asked_for
from assistant.turning_down import turns_down
from assistant.types import Action, DialogueState, PendingQuestion, ShownProduct, with_agent
from intents.types import Intent, NLUResult, Slot

_SIMPLE = {
    "greet": "greet",
    "goodbye": "say_goodbye",
    "thank": "say_welcome",
    "help": "show_help",
    "chitchat": "chat",
    "complain": "apologise",
    "give_feedback": "take_feedback",
    "express_self_harm": "comfort",
    "express_hate": "decline_abuse",
    "override_rules": "decline_override",
    "search_product": "search_products",
    "refine_search": "search_products",
    "relax_search": "search_products",
    "sort_results": "search_products",
    "correct_previous": "search_products",
    "show_more": "show_more",
    "recommend_product": "recommend_products",
    "find_gift": "find_gifts",
    "show_cart": "show_cart",
    "clear_cart": "clear_cart",
    "checkout": "check_out",
    "start_over": "start_over",
    "list_watches": "list_watches",
    "save_cart": "save_cart",
    "restore_cart": "restore_cart",
    "reorder": "reorder",
    "build_bundle": "build_bundle",
    "request_human": "hand_off",
    "list_orders": "track_order",
    "track_order": "track_order",
    "cancel_order": "cancel_order",
    "modify_order": "change_order",
    "change_address": "change_order",
    "return_item": "return_items",
    "exchange_item": "exchange_items",
    "ask_refund": "answer_faq",
    "ask_invoice": "answer_faq",
    "ask_faq_shipping": "answer_faq",
    "ask_faq_returns": "answer_faq",
    "ask_faq_payment": "answer_faq",
    "ask_faq_warranty": "answer_faq",
    "ask_faq_account": "answer_faq",
    "ask_faq_store": "answer_faq",
}

_ABOUT_PRODUCT = {
    "select_product": "show_product_detail",
    "ask_product_detail": "show_product_detail",
    "ask_availability": "show_availability",
    "ask_price": "show_price",
    "ask_reviews": "show_reviews",
    "find_similar": "find_similar",
    "find_complement": "find_complements",
    "add_to_cart": "add_to_cart",
    "watch_product": "watch_product",
}

_SIZE_HELP = {"ask_size_help": "help_with_size"}

_CART_LINE = ("remove_from_cart", "change_quantity")

_ORDER_SLOTS = ("order_id", "email")
_WHO_SLOTS = ("email", "person", "postal_code")

_YES_OR_NO = ("affirm", "deny")

_NEVER_ORDERS = frozenset({"request_human", "start_over", "reorder", *SAFETY})
"""What the conversation about orders never takes for itself."""

_ANSWERS = frozenset(
    {"", "affirm", "deny", "add_to_cart", "change_quantity", "select_product", "refine_search"}
    | {"search_product", "correct_previous", "track_order", "list_orders", "out_of_scope"}
)
"""What a message can look like and still be no more than the answer to a question."""

_MAY_ASK_ON = frozenset(
    {"", "search_product", "refine_search", "correct_previous", "out_of_scope", "sort_results"}
    | {"ask_price", "ask_availability", "ask_product_detail", "select_product", "find_gift"}
)
_FOR = re.compile(r"\b(?:for|with|of|to)\b|呢|也|的话", re.IGNORECASE)
"""What makes a product the subject of the question before: "and for headphones?", 那耳机呢."""

_CHANGING = frozenset({"refine_search", "correct_previous", "sort_results"})
_SEARCHING = _CHANGING | {"search_product", "find_gift", "recommend_product"}
_NEEDS_SUBJECT = frozenset({"refine_search", "sort_results", "relax_search", "correct_previous"})
_NEEDS_LIST = _NEEDS_SUBJECT | {"select_product"}
"""What changes a list, or picks from it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds a shop sets. ``custom_actions`` maps an intent to the shop's own action."""

    failed_turns: int = 2
    custom_actions: Mapping[str, str] = field(default_factory=dict)
    handoff: HandoffRules = field(default_factory=HandoffRules)


def as_if_asked(wanted: str, nlu: NLUResult) -> NLUResult:
    """The understanding when an outside bot has decided on an action: its intent comes first."""
    fitting = intents_of(wanted)
    if not fitting or nlu.intent in fitting:
        return nlu
    return replace(nlu, intents=(Intent(fitting[0], 1.0),), out_of_scope=False)


def intents_of(action: str) -> list[str]:
    """The intents that lead to an action."""
    same = (*_CART_LINE, "compare_products", "stop_watching")
    known = _SIMPLE | _ABOUT_PRODUCT | _SIZE_HELP | {name: name for name in same}
    return [intent for intent, leads_to in known.items() if leads_to == action]


def next_action(state: DialogueState, nlu: NLUResult, limits: Limits, wanted: str = "") -> Action:
    """What to do now. ``wanted`` names the action that an outside bot has decided on."""
    if wanted:
        return _act_on(nlu.intent, state, nlu) if intents_of(wanted) else Action(wanted)
    if with_agent(state):
        return Action("stay_silent")
    if nlu.intent in limits.custom_actions:
        return Action(limits.custom_actions[nlu.intent])
    if person := _to_a_person(state, nlu, limits):
        return person
    if _is_for_orders(state, nlu):
        return Action("serve_orders", instead=_decided(replace(state, pending=None), nlu, limits))
    if answered := _answer_pending(state, nlu):
        return answered
    if _asks_on(state, nlu):
        return Action("answer_faq")
    return _decided(state, nlu, limits)


def _is_for_orders(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether the customer's orders have the first word, whatever else the message may be.

    A question of theirs stands, or the customer is known and no other question is open.
    """
    if nlu.intent in _NEVER_ORDERS or (nlu.text.startswith("/") and nlu.intent not in _YES_OR_NO):
        return False
    if turns_down(nlu) or (asks_about_shop(nlu) and not state.orders.customer_id):
        return False
    if state.pending is not None and state.pending.action.name == "serve_orders":
        return True
    named = any(one.name in _ORDER_SLOTS for one in nlu.slots) or says_who(nlu.text)
    asked = state.pending.slot if state.pending is not None else ""
    elsewhere = asked in _ORDER_SLOTS + _WHO_SLOTS
    if elsewhere or (state.pending is not None and nlu.intent in _YES_OR_NO):
        return False
    known = state.pending is None and bool(state.orders.customer_id or state.orders.tasks)
    return known or named or speaks_of_orders(nlu.text)


def _decided(state: DialogueState, nlu: NLUResult, limits: Limits) -> Action:
    """What to do with a message that answers no question."""
    if nlu.out_of_scope or not nlu.intents or _relates_to_nothing(state, nlu):
        return _not_understood(state, limits)
    return _act_on(nlu.intent, state, nlu)


def _relates_to_nothing(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether it answers, changes or picks what is not there, after what was not understood.

    An "ok" to being told what the assistant is not for is taken as one.
    """
    if not state.failed_turns or state.pending is not None or nlu.first("sort_key") is not None:
        return False
    if nlu.intent in _YES_OR_NO:
        return state.previous_action != "report_out_of_scope"
    return nlu.intent in _NEEDS_LIST and not state.shown and not state.goal.query


def _to_a_person(state: DialogueState, nlu: NLUResult, limits: Limits) -> Action | None:
    """What brings a person in, if one should come, or hears what is left for one."""
    if takes_up_again(state, nlu):
        return Action("take_up_again")
    if state.pending is not None and state.pending.slot == "contact" and find_contact(nlu.text):
        return state.pending.action
    decision = decide(state, nlu, limits.handoff)
    if decision is None:
        return None
    return Action("offer_person" if decision.offer else "hand_off", args=decision.args())


def _asks_on(state: DialogueState, nlu: NLUResult) -> bool:
    """Whether a message goes on with a question about the shop: "and for sale items?"."""
    if state.previous_action != "answer_faq" or nlu.intent not in _MAY_ASK_ON:
        return False
    pointing = any(slot.name == "reference" or slot.role == "reference" for slot in nlu.slots)
    of_product = nlu.first("product_type") is not None and not _FOR.search(nlu.text)
    return not pointing and not of_product and follows_up(nlu.text)


def _answer_pending(state: DialogueState, nlu: NLUResult) -> Action | None:
    """Go on with what was asked, if this message answers it."""
    pending = state.pending
    if pending is None:
        return None
    if pending.slot == "product_id":
        picked = nlu.intent in ("select_product", "affirm") and len(state.referred) == 1
        return replace(pending.action, products=_ids(state)) if picked else None
    if pending.slot == "confirm":
        if nlu.intent == "affirm":
            return pending.action
        return Action("drop_question") if nlu.intent == "deny" else None
    if pending.slot in _WHO_SLOTS and _answers_who(pending, nlu):
        return replace(pending.action, args={**pending.action.args, **_order_args(nlu)})
    slot = nlu.first(pending.slot)
    if slot is not None and not _is_answer(pending, state, nlu):
        return None
    if slot is None:
        return Action("drop_question") if nlu.intent == "deny" else None
    said = {pending.slot: _text(slot)} | _options(nlu)
    if pending.slot in _ORDER_SLOTS:
        said |= _order_args(nlu)
    args = {**pending.action.args, **said}
    return replace(pending.action, args=args)


def _answers_who(pending: PendingQuestion, nlu: NLUResult) -> bool:
    """Whether a message says who is writing, or which order is meant, and asks for nothing else."""
    if says_who(nlu.text) and not speaks_of_orders(nlu.text):
        return True
    if nlu.intent not in _ANSWERS or nlu.intent == "deny":
        return False
    return pending.slot != "email" or any(s.name in (*_ORDER_SLOTS, "person") for s in nlu.slots)


def _is_answer(pending: PendingQuestion, state: DialogueState, nlu: NLUResult) -> bool:
    """Whether a message with the asked slot answers the question, instead of being a new wish."""
    if nlu.intent not in _ANSWERS:
        return False
    asked_about = {id_ for id_, _ in pending.action.products}
    elsewhere = bool(asked_about) and any(id_ not in asked_about for id_, _ in _ids(state))
    new_subject = bool(asked_about) and nlu.first("product_type") is not None
    return not elsewhere and not new_subject


def _not_understood(state: DialogueState, limits: Limits) -> Action:
    if state.failed_turns + 1 >= limits.failed_turns:
        return Action("offer_person")
    return Action("fall_back")


def _act_on(intent: str, state: DialogueState, nlu: NLUResult) -> Action:
    whole_shop = nlu.first("sort_key") is not None
    if intent in _CHANGING and (back := list_asked_for(state, nlu)) is not None:
        named = any(slot.name in WISH_SLOTS - {"product_type"} for slot in nlu.slots)
        place = str(state.lists.index(back))
        return Action("search_products") if named else Action("show_again", args={"list": place})
    clash = clash_in([slot for slot in nlu.slots if is_wish(slot)])
    if clash is not None and intent in _SEARCHING:
        return Action("report_clash", args={"first": clash[0].raw, "second": clash[1].raw})
    aimless = not (state.goal.query or state.goal.wishes or whole_shop)
    if aimless and (intent == "search_product" or (intent in _NEEDS_SUBJECT and not state.shown)):
        return Action("ask_what_to_find")
    if intent == "compare_products" or _asks_which(intent, state, nlu):
        return _compare(state, nlu)
    if intent in _SIMPLE:
        return Action(_SIMPLE[intent], args=_order_args(nlu))
    takes = intent == "change_quantity" and not state.cart and bool(state.referred)
    if intent in _ABOUT_PRODUCT or takes:
        return _about_product("add_to_cart" if takes else intent, state, nlu)
    if intent == "ask_size_help":
        return Action("help_with_size", _ids(state) or _in_view(state))
    if intent == "stop_watching":
        return Action(intent, _ids(state))
    if intent in _CART_LINE:
        return Action(intent, _ids(state), _quantity(nlu) | _options(nlu))
    return Action("acknowledge" if intent in ("affirm", "deny") else "fall_back")


_ALL = re.compile(
    r"^\W*(?:把)?(?:这些|它们)?(?:全部|全都|都)(?:加|放|要)"
    r"|\ball of (?:them|these|those)\b|\bthem all\b",
    re.IGNORECASE,
)
"""Everything on the list is meant, though no word points at it."""


def _about_product(intent: str, state: DialogueState, nlu: NLUResult) -> Action:
    products = _ids(state)
    if intent == "find_similar" and names_likeness(nlu):
        return Action("find_similar", products or _in_view(state), {"like": nlu.text})
    if state.candidates:
        args = _quantity(nlu) | _options(nlu) | _asked(nlu) | {"then": _ABOUT_PRODUCT[intent]}
        return Action("ask_which", _pairs(state.candidates), args)
    if state.unknown:
        return Action("report_unknown_reference")
    pointing = any(slot.name == "reference" or slot.role == "reference" for slot in nlu.slots)
    if not products and pointing and state.shown:
        return Action("report_unknown_reference")
    if not products and nlu.first("product_type") is not None:
        return Action("find_complements" if intent == "find_complement" else "search_products")
    if not products and intent == "add_to_cart" and _ALL.search(nlu.text):
        products = tuple((one.product_id, one.variant_id) for one in state.shown)
    products = products or _in_view(state)
    if not products:
        return Action("ask_what_to_find")
    args = _quantity(nlu) | _quantities(nlu, len(products)) | _options(nlu) | _asked(nlu)
    if intent == "ask_availability" and "asked" in args:
        return Action("show_product_detail", products, args)
    in_size = intent == "select_product" and "size" in args  # the first one, in 42
    return Action("show_availability" if in_size else _ABOUT_PRODUCT[intent], products, args)


_MOST_COMPARED = 4
_WHICH = re.compile(r"\bwhich\b|哪(?:一?[款个台件双只部条]|种)")


def _asks_which(intent: str, state: DialogueState, nlu: NLUResult) -> bool:
    """Whether one of those on the screen is to be recommended: "which would you take?"."""
    if intent != "recommend_product":
        return False
    named = any(slot.name in ("product_type", "recipient", "brand") for slot in nlu.slots)
    return len(state.shown) > 1 and not named and _WHICH.search(nlu.text.lower()) is not None


def _compare(state: DialogueState, nlu: NLUResult) -> Action:
    """What is pointed at; else the first two, or as many as fit where it is asked which to take."""
    products = _ids(state)
    if len(products) == 1 and state.focus is not None:
        focus = (state.focus.product_id, "")
        products = products if focus[0] == products[0][0] else (*products, focus)
    if len(products) < 2:
        many = _MOST_COMPARED if _WHICH.search(nlu.text.lower()) else 2
        products = tuple((one.product_id, one.variant_id) for one in state.shown[:many])
    if len(products) < 2:
        return Action("ask_what_to_find")
    return Action("compare_products", products[:_MOST_COMPARED])


def _ids(state: DialogueState) -> tuple[tuple[str, str], ...]:
    return _pairs(state.referred)


def _pairs(products: Iterable[ShownProduct]) -> tuple[tuple[str, str], ...]:
    return tuple((one.product_id, one.variant_id) for one in products)


def _in_view(state: DialogueState) -> tuple[tuple[str, str], ...]:
    """Without words that point, the product in focus is meant, else the first one shown."""
    one = state.focus or (state.shown[0] if state.shown else None)
    return ((one.product_id, one.variant_id),) if one else ()


def _quantity(nlu: NLUResult) -> dict[str, str]:
    return _values(nlu, "quantity")


def _quantities(nlu: NLUResult, products: int) -> dict[str, str]:
    """Different numbers for several products, one each in the order said, else one of each."""
    said = [_text(slot) for slot in nlu.all("quantity")]
    if products < 2 or len(set(said)) < 2:
        return {}
    return {"quantities": ",".join(said if len(said) == products else ["1"] * products)}


def _options(nlu: NLUResult) -> dict[str, str]:
    """The options of a variant that the message names."""
    return _values(nlu, "size", "color", "variant_id")


def _asked(nlu: NLUResult) -> dict[str, str]:
    """The attribute a question is about; a feature that only says which is meant is not asked."""
    names = ("attribute",) if nlu.intent == "select_product" else ("attribute", "feature")
    slot = next((found for name in names if (found := nlu.first(name)) is not None), None)
    if slot is None:
        return {}
    return {"attribute": slot.resolved.name if slot.resolved else _text(slot), "asked": slot.raw}


def _order_args(nlu: NLUResult) -> dict[str, str]:
    return _values(nlu, *_ORDER_SLOTS)


def _values(nlu: NLUResult, *names: str) -> dict[str, str]:
    return {name: _text(slot) for name in names if (slot := nlu.first(name)) is not None}


def _text(slot: Slot) -> str:
    return str(slot.value)
