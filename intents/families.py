"""Which intents belong together, for the lines of doubt between them."""

import re
from collections.abc import Mapping, Sequence

from intents.numbers import align
from intents.types import Intent

LOOKING = frozenset({"search_product", "refine_search"})
MAY_NAME = LOOKING | {"", "ask_availability", "sort_results", "recommend_product"}
SERVICE = frozenset({
    "complain", "give_feedback", "request_human", "track_order", "list_orders", "cancel_order",
    "modify_order", "change_address", "return_item", "exchange_item", "ask_refund", "ask_invoice",
    "ask_size_help", "add_to_cart", "remove_from_cart", "change_quantity", "compare_products",
})  # fmt: skip
CART = frozenset({
    "add_to_cart", "remove_from_cart", "change_quantity", "clear_cart", "checkout",
})  # fmt: skip
CHANGING = CART | {
    "start_over", "cancel_order", "modify_order", "change_address", "return_item", "exchange_item",
}  # fmt: skip
"""What changes something is asked about when it is meant with less than an even chance."""
TELLS_MORE: Mapping[str, frozenset[str]] = {
    "watch_product": frozenset({"add_to_cart", "checkout", "ask_price", "ask_availability"}),
    "build_bundle": LOOKING
    | {"recommend_product", "find_gift", "relax_search", "sort_results", "add_to_cart"},
}
"""What beside such an intent says why or how: "tell me when it drops, I want to buy it then"."""
FAMILIES = (
    LOOKING | {"recommend_product", "find_gift", "relax_search", "show_more"},
    frozenset({"track_order", "list_orders"}),
    frozenset({"return_item", "ask_refund", "ask_faq_returns", "exchange_item"}),
    frozenset({"ask_product_detail", "ask_availability", "ask_price", "ask_reviews"}),
    frozenset({"greet", "chitchat", "help"}),
    frozenset({"thank", "goodbye", "affirm"}),
    frozenset(
        {
            "ask_faq_shipping",
            "ask_faq_returns",
            "ask_faq_payment",
            "ask_faq_warranty",
            "ask_faq_account",
            "ask_faq_store",
        }
    ),
)


def adds(intent: Intent, best: Intent) -> bool:
    """Whether an intent may stand beside the best one; a correction is no act of its own."""
    apart = intent.name != "correct_previous" and not merely_agrees(intent, best)
    return intent is best or apart


def merely_agrees(intent: Intent, best: Intent) -> bool:
    """Whether an intent is the yes of "yes, add this"."""
    return intent.name == "affirm" and best.name == "add_to_cart"


def akin(first: Intent, second: Intent) -> bool:
    """Whether two intents lead to much the same, so that asking which is meant would annoy."""
    return any({first.name, second.name} <= family for family in FAMILIES)


_RUN_TOGETHER = frozenset({
    "search_product", "refine_search", "sort_results", "compare_products", "checkout", "show_cart",
    "ask_price", "ask_product_detail", "ask_availability", "thank", "goodbye",
})  # fmt: skip
"""Acts that are said without any word or sign before them: 加进去买单吧, "by price"."""
_ONE_ACT = frozenset({
    frozenset({"sort_results", "select_product"}), frozenset({"refine_search", "add_to_cart"}),
    frozenset({"search_product", "ask_availability"}),
    frozenset({"ask_availability", "ask_faq_shipping"}),
    frozenset({"ask_price", "refine_search"}),
})  # fmt: skip
"""Acts that few words may look like: "the cheapest first" picks nothing, 加M码, "pricier"."""
_GRAVE = frozenset({"express_self_harm", "express_hate"})
_JOINT = re.compile(
    r"[,;:!?，。；：！？、&+]|[./-](?!\w)"
    r"|\b(?:and|then|plus|also|but|so|before|after|while|or|if|now|next)\b"
    r"|[\u4e00-\u9fff] +[\u4e00-\u9fffa-z]"
    r"|然后|顺便|顺带|另外|还有|并|同时|接着|再|之后|完(?!全)|先"
)


def are_apart(intents: Sequence[Intent], text: str) -> bool:
    """Whether a text has room for several acts, best first: 删除购物车所有东西 is one.

    What may be grave is never lost beside something else.
    """
    joined = _JOINT.search(align(text).strip(" .,!?;。，！？；")) is not None
    names = frozenset(intent.name for intent in intents)
    grave = any(intent.name in _GRAVE for intent in intents[1:])
    return joined or grave or bool(names & _RUN_TOGETHER and names not in _ONE_ACT)


def without_made_up(intents: tuple[Intent, ...], firsts: Sequence[Intent]) -> tuple[Intent, ...]:
    """Several intents but for a search that no clause asks for: "where is it, can I return it".

    Args:
        intents: what is heard in a whole text.
        firsts: the best intent of each of its clauses.
    """
    asked = {first.name for first in firsts}
    if len(firsts) < 2 or asked & LOOKING or any(first.score < _PLAIN for first in firsts):
        return intents
    return tuple(one for one in intents if one.name not in LOOKING) or intents


_PLAIN = 0.5
"""The score from which on a clause is taken at its word."""


def in_order(intents: tuple[Intent, ...], firsts: Sequence[Intent]) -> tuple[Intent, ...]:
    """Several intents in the order their clauses come; best first where clauses do not tell."""
    places: dict[str, int] = {}
    for place, first in enumerate(firsts):
        places.setdefault(first.name, place)
    return tuple(sorted(intents, key=lambda intent: places.get(intent.name, len(places))))
