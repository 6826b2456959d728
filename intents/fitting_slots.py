"""Which slots an intent can have at all: small talk has none, and few intents ask of an attribute.

A word that is a value elsewhere is none there: "i want a shirt" said to insult, the city in
"hi from Dublin". Which intents these are was counted in the training language, where none of them
has such a slot in more than one example of thirty.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from intents.names import OUT_OF_SCOPE
from intents.types import Slot

_NONE = frozenset({
    "goodbye", "thank", "affirm", "deny", "chitchat", "help", "express_hate", "express_self_harm",
    "override_rules",
})  # fmt: skip
_NO_ATTRIBUTE = frozenset({
    "ask_faq_store", "ask_faq_payment", "ask_faq_returns", "ask_faq_account", "ask_size_help",
    "search_product", "find_gift", "find_complement", "track_order", "list_orders",
    "cancel_order", "ask_refund", "ask_invoice", "request_human", "change_address", "show_cart",
    "clear_cart", "checkout", "start_over", "give_feedback", "complain", "remove_from_cart",
})  # fmt: skip
_SERVICE = frozenset({
    "ask_faq_store", "ask_faq_payment", "ask_faq_returns", "ask_faq_account", "ask_faq_warranty",
    "ask_faq_shipping", "track_order", "list_orders", "cancel_order", "return_item", "ask_refund",
    "ask_invoice", "change_address", "request_human", "complain", "give_feedback", "checkout",
    "clear_cart", "show_cart", "start_over",
})  # fmt: skip
"""Intents that look for nothing."""
_UNCOUNTED = frozenset({
    "track_order", "ask_invoice", "ask_faq_store", "ask_faq_payment", "ask_faq_account",
    "ask_faq_warranty", "ask_faq_shipping", "complain", "give_feedback", "request_human",
})  # fmt: skip
"""Intents in which no number says how many are wanted: 发票发我一份."""
_HAVE_NONE: Mapping[str, frozenset[str]] = {
    "attribute": _NO_ATTRIBUTE,
    "comparative": _SERVICE,
    "sort_key": _SERVICE | {"ask_reviews"},
    "occasion": _SERVICE | {"ask_reviews", "ask_price", "modify_order"},
    "quantity": _UNCOUNTED,
}
"""The intents that have no such slot."""
_FITTED = frozenset({"exchange_item", "ask_size_help"})
"""Intents in which "too small" is a reason, and "a size up" what is asked for."""
_REASON = re.compile(r"too |so |太|偏|过于")
_TAKEN_AWAY = frozenset({"product_type", "quantity", "reference"})


def drop_unfitting(slots: Sequence[Slot], intents: Sequence[str]) -> tuple[Slot, ...]:
    """The slots that at least one of the intents can have; all of them where none is known."""
    kept = (slot for slot in slots if not intents or any(_fits(slot, one) for one in intents))
    return tuple(_taken(slot) if tuple(intents) == ("remove_from_cart",) else slot for slot in kept)


def _fits(slot: Slot, intent: str) -> bool:
    if intent == OUT_OF_SCOPE or intent in _NONE:
        return False
    if intent == "greet":
        return slot.name == "person"
    if slot.name == "comparative" and intent in _FITTED:
        return _REASON.match(slot.raw.lower()) is None
    return intent not in _HAVE_NONE.get(slot.name, ())


def _taken(slot: Slot) -> Slot:
    """What is refused where something is to leave the cart is what leaves it: 面条不要了."""
    refused = slot.role == "exclude" and slot.name in _TAKEN_AWAY
    return replace(slot, role="include") if refused else slot
