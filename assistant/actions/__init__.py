"""What we can do: every action by its name, and the one way to run it."""

from collections.abc import Callable
from dataclasses import replace

from assistant.actions import (
    bundling,
    cart,
    choosing,
    comparing,
    gifts,
    handing_over,
    keeping,
    ordering,
    others,
    products,
    recommending,
    related,
    safety,
    service,
    sizing,
    smalltalk,
    watching,
)
from assistant.actions.context import (
    CustomAction,
    Services,
    TicketDesk,
    TurnContext,
    view_cart,
)
from assistant.types import Action, Listing, Outcome

__all__ = [
    "ACTIONS",
    "REPORTED",
    "CustomAction",
    "Services",
    "TicketDesk",
    "TurnContext",
    "run_action",
    "view_cart",
]

ACTIONS: dict[str, Callable[[Action, TurnContext, Services], Outcome | None]] = {
    "search_products": recommending.search_or_best_selling,
    "show_more": others.show_more,
    "ask_what_to_find": recommending.ask_what_to_find,
    "show_product_detail": products.show_product_detail,
    "show_price": products.show_price,
    "show_availability": products.show_availability,
    "show_reviews": products.show_reviews,
    "compare_products": comparing.compare_products,
    "ask_which": choosing.ask_which,
    "show_again": choosing.show_again,
    "report_clash": choosing.report_clash,
    "report_unknown_reference": products.report_unknown_reference,
    "recommend_products": recommending.recommend_products,
    "find_gifts": gifts.find_gifts,
    "build_bundle": bundling.build_bundle,
    "find_similar": related.find_similar,
    "find_complements": related.find_complements,
    "add_to_cart": cart.add_to_cart,
    "remove_from_cart": cart.remove_from_cart,
    "change_quantity": cart.change_quantity,
    "show_cart": cart.show_cart,
    "clear_cart": cart.clear_cart,
    "check_out": cart.check_out,
    "save_cart": keeping.save_cart,
    "restore_cart": keeping.restore_cart,
    "reorder": keeping.reorder,
    "watch_product": watching.watch_product,
    "list_watches": watching.list_watches,
    "stop_watching": watching.stop_watching,
    "help_with_size": sizing.help_with_size,
    "serve_orders": ordering.serve_orders,
    "track_order": ordering.serve_orders,
    "cancel_order": ordering.serve_orders,
    "change_order": ordering.serve_orders,
    "return_items": ordering.serve_orders,
    "exchange_items": ordering.serve_orders,
    "answer_faq": service.answer_faq,
    "hand_off": handing_over.hand_off,
    "offer_person": handing_over.offer_person,
    "take_message": handing_over.take_message,
    "take_up_again": handing_over.take_up_again,
    "fall_back": service.fall_back,
    "comfort": safety.comfort,
    "decline_abuse": safety.decline_abuse,
    "decline_override": safety.decline_override,
    "decline_card": safety.decline_card,
    "greet": smalltalk.greet,
    "say_goodbye": smalltalk.say_goodbye,
    "say_welcome": smalltalk.say_welcome,
    "show_help": smalltalk.show_help,
    "chat": smalltalk.chat,
    "acknowledge": smalltalk.acknowledge,
    "drop_question": smalltalk.drop_question,
    "apologise": smalltalk.apologise,
    "take_feedback": smalltalk.take_feedback,
    "start_over": smalltalk.start_over,
    "stay_silent": smalltalk.stay_silent,
}

LISTS = frozenset(
    {"search_products", "recommend_products", "find_gifts", "find_similar", "find_complements"}
)
"""Actions that make a list of products."""
OTHER_LISTS = frozenset({"show_again", "reorder", "start_over"})
"""Actions after which the list on the screen, if any, is of none of those."""

REPORTED = frozenset({"clarify", "report_out_of_scope", "report_error"})
"""What an action that could not do what it is for says it did instead."""


def run_action(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Do it, and look at the cart as it is afterwards.

    Raises:
        ValueError: there is no action of that name, neither ours nor the shop's own.
    """
    own = services.custom.get(action.name)
    outcome: Outcome | None
    if own is not None:
        outcome = own(action, turn)
    elif action.name in ACTIONS:
        outcome = ACTIONS[action.name](action, turn, services)
    else:
        raise ValueError(f"expected the name of an action, got {action.name!r}")
    if outcome is None:
        return run_action(action.instead or Action("fall_back"), turn, services)
    done = outcome.action or action.name
    state = replace(outcome.state, previous_action=done)
    if outcome.products and done in LISTS and action.name != "show_more":
        state = replace(state, listing=_listing(done, action, turn))
    elif done in OTHER_LISTS:
        state = replace(state, listing=None)
    return replace(outcome, state=state, action=done, cart=view_cart(state, services.store))


def _listing(done: str, action: Action, turn: TurnContext) -> Listing:
    """What made the list that is on the screen now."""
    args = tuple(action.args.items())
    return Listing(done, action.products, args, turn.nlu.text, turn.nlu.slots)
