"""Which intents belong together, for the lines of doubt between them."""

from collections.abc import Mapping, Sequence

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
)


def adds(intent: Intent, best: Intent) -> bool:
    """Whether an intent may stand beside the best one; a correction is no act of its own."""
    return intent is best or intent.name != "correct_previous"


def in_order(intents: tuple[Intent, ...], firsts: Sequence[Intent]) -> tuple[Intent, ...]:
    """Several intents in the order their clauses come; best first where clauses do not tell."""
    places: dict[str, int] = {}
    for place, first in enumerate(firsts):
        places.setdefault(first.name, place)
    return tuple(sorted(intents, key=lambda intent: places.get(intent.name, len(places))))
