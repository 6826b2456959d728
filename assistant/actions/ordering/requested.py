"""What a message asks for about orders, and whether it is about them at all."""

from assistant.actions.context import TurnContext
from assistant.actions.ordering.course import OWN
from assistant.ordered import says_who, speaks_of_orders
from assistant.orders.reading.details import read_numbers
from assistant.orders.reading.requests import Request, read_requests
from assistant.purchases import OrderTalk
from assistant.types import Action
from catalog.text import fold

_OF_INTENT = {
    "track_order": "track_order",
    "list_orders": "list_orders",
    "cancel_order": "cancel_order",
    "modify_order": "change_items",
    "change_address": "change_order_address",
    "return_item": "return_items",
    "exchange_item": "exchange_items",
    "ask_refund": "show_refund",
    "ask_invoice": "show_invoice",
}
_ELSEWHERE = ("ask_faq", "search", "recommend", "find_", "add_to_cart", "checkout", "show_cart")
_OF_PRODUCTS = ("ask_product", "ask_availability", "ask_reviews", "compare", "build_bundle")
_ASIDE = ("greet", "goodbye", "thank", "help", "chitchat", "complain", "ask_faq", "ask_size")


def requests_of(action: Action, turn: TurnContext) -> tuple[Request, ...]:
    """What the message asks for; what the NLU saw where no words say it."""
    if turn.nlu.text.startswith("/"):
        act = _OF_INTENT.get(turn.nlu.intent, "")
        return (Request(act, "", ""),) if act else ()
    read = [one for one in read_requests(turn.nlu.text)]
    elsewhere = turn.nlu.intent.startswith(_ELSEWHERE)
    numbered = bool(read_numbers(fold(turn.nlu.text)))
    if elsewhere and not numbered and not _waiting(turn) and not speaks_of_orders(turn.nlu.text):
        return ()
    acting = tuple(one for one in read if one.act)
    if acting:
        return tuple(read)
    act = _OF_INTENT.get(turn.nlu.intent, "")
    if act and not _waiting(turn):
        whole = fold(turn.nlu.text)
        return (Request(act, whole, turn.nlu.text),)
    return ()


def number_spoken_of(turn: TurnContext, talk: OrderTalk) -> str:
    """The number of an order that the customer spoke of, now or before they were known."""
    texts = [turn.nlu.text, *(text for task in talk.tasks for text in task.said)]
    return next(iter(read_numbers(fold(" ".join(texts)))), "")


def has_number(text: str) -> bool:
    """Whether a number of an order is named: a postal code is none."""
    return any(one[0].isalpha() or f"#{one}" in text for one in read_numbers(fold(text)))


def _waiting(turn: TurnContext) -> bool:
    """Whether a question of ours stands."""
    pending = turn.state.pending
    return pending is not None and pending.action.name == OWN


def is_ours(turn: TurnContext, action: Action) -> bool:
    """Whether a message is for us: by our question, by the action, or by its words."""
    pending = turn.state.pending
    mine = pending is not None and pending.action.name == OWN
    return mine or action.name != OWN or speaks_of_orders(turn.nlu.text) or says_who(turn.nlu.text)


def is_about_else(turn: TurnContext, talk: OrderTalk) -> bool:
    """Whether a message that answers nothing is clearly about something else."""
    intent = turn.nlu.intent
    listing = bool(talk.tasks) and talk.tasks[0].asked in ("items", "variant", "order", "method")
    return intent.startswith(_ASIDE) or (not listing and intent.startswith(_ELSEWHERE))


def is_about_products(turn: TurnContext) -> bool:
    """Whether a message asks something of what the shop sells, and of nothing ordered."""
    named = any(slot.name in ("product_type", "reference") for slot in turn.nlu.slots)
    return named and turn.nlu.intent.startswith(_OF_PRODUCTS)
