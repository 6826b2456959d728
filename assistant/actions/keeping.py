"""Carts kept for later, and what was bought before put into the cart again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal

from assistant.actions.cart import cart_buttons, cart_facts, with_lines
from assistant.actions.context import Services, TurnContext, kept_in, show, view_cart
from assistant.actions.finding import search_products
from assistant.actions.ordering.course import Course, foreign
from assistant.actions.ordering.down import service_down
from assistant.actions.ordering.identifying import Identified, identify
from assistant.actions.ordering.telling import PERSON
from assistant.goal import goal_filter, with_wishes
from assistant.orders import Caller, OrderServiceError, normalize_order_id
from assistant.purchases import Order
from assistant.storage.kept import guest_owner
from assistant.types import (
    Action,
    CartLine,
    DialogueState,
    Money,
    Note,
    Outcome,
    PendingQuestion,
    Ranking,
    SearchGoal,
    SuggestedResponse,
    Suggestion,
    settled,
)
from assistant.wording import product_price, write_date
from catalog.recommending.request import AVAILABLE, Kind, Request
from catalog.text import fold
from catalog.types import LocalText, Product, ScoredProduct
from intents.ruled import ruled_intent
from intents.types import NLUResult, Slot

MOST_SAVED = 20
"""So many carts one shopper may keep."""
_NAME_LENGTH = 40
_NAMED = re.compile(
    r"(?:cart|basket|it|this)\s+(?:as|under|named|called)\s+(?:the name\s+)?"
    r"[\"“']?([\w][\w '&-]{0,39})"
    r"|(?:叫做?|命名为|名字是|名为|存为|存成|保存为|保存成)[“\"「'\s]*([\w][\w -]{0,39})"
)
_CALL = {"en": "load my saved cart {}", "zh": "恢复保存的购物车 {}"}
"""What a button of a saved cart sends."""


def save_cart(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Keep the cart as it is under the name that was said, else under today's date."""
    if not turn.state.cart:
        return Outcome("cart_empty", turn.state)
    kept, now = kept_in(services), datetime.now(UTC)
    carts = kept.saved_carts(*_owners(turn.state))
    name = _name(turn.nlu.text) or write_date(now, turn.language)
    if len(carts) >= MOST_SAVED and name not in carts:
        return Outcome("saved_carts_full", turn.state, {"most": MOST_SAVED})
    kept.save_cart(_owners(turn.state)[0], name, turn.state.cart, now)
    count = sum(line.quantity for line in turn.state.cart)
    load = SuggestedResponse("load_cart", "/restore_cart")
    facts: dict[str, object] = {"name": name, "count": count}
    return Outcome("cart_saved", settled(turn.state), facts, suggestions=(load,))


def _name(text: str) -> str:
    match = _NAMED.search(text)
    said = (match[1] or match[2]) if match else ""
    return re.sub(r"\s+(?:please|thanks|for me)$|吧$", "", said.strip())[:_NAME_LENGTH].strip()


def restore_cart(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """Put what a saved cart holds into the cart; of several the shopper is asked for one."""
    carts = kept_in(services).saved_carts(*_owners(turn.state))
    if not carts:
        return Outcome("no_saved_carts", settled(turn.state))
    text = fold(turn.nlu.text)
    named = sorted((name for name in carts if fold(name) in text), key=len)
    if not named and len(carts) > 1:
        buttons = tuple(Suggestion(name, _CALL[turn.language].format(name)) for name in carts)
        return Outcome("which_cart", settled(turn.state), suggestions=buttons)
    name = named[-1] if named else next(iter(carts))
    wanted = [_Wanted(one.product_id, one.variant_id, one.quantity) for one in carts[name]]
    return _filled(wanted, "cart_restored", {"name": name}, turn, services)


def reorder(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Put what an order held into the cart again, for the one it belongs to."""
    try:
        return _reorder(action, turn, services)
    except OrderServiceError as error:
        course = Course(turn.state.orders, attempts=turn.state.order_attempts)
        return service_down(error, course, turn, services)


def _reorder(action: Action, turn: TurnContext, services: Services) -> Outcome:
    number = normalize_order_id(action.args.get("order_id", ""))
    kinds = [s for s in turn.nlu.slots if s.name == "product_type" and s.role == "include"]
    if kinds and not number and (bought := _bought_before(turn, services, kinds)):
        return bought
    found = identify(turn, services, number)
    course = Course(found.talk, attempts=found.attempts)
    unknown = found.customer is None and not (number or found.given or found.locked)
    if unknown and not kinds and (bought := _bought_before(turn, services, ())):
        return bought
    if unknown and kinds and turn.state.user_id and not _asks_for_order(turn.nlu):
        return _of_kind(action, turn, kinds, services)
    if found.customer is None:
        return _ask_who(found, number, action, _known_as(course, turn))
    if found.note is not None:
        state = _known_as(course, turn)
        return Outcome(found.note.response, state, found.note.facts, suggestions=(PERSON,))
    orders = services.orders.orders(found.customer, Caller(turn.state.session_id))
    if not orders:
        nothing = Outcome("no_orders", _known_as(course, turn))
        return _bought_before(turn, services, kinds) or nothing
    mine = next((one for one in orders if number in ("", one.id.upper())), None)
    if mine is None:
        foreign(course, turn)
        refused = course.notes[-1].response
        return _ask("order_id", refused, Action("reorder"), _known_as(course, turn))
    return _again(mine, _known_as(course, turn), turn, services)


def _bought_before(turn: TurnContext, services: Services, kinds: Sequence[Slot]) -> Outcome | None:
    """What the shopper who is signed in bought, by the shop's record; None where it has nothing.

    Nothing goes into the cart: each is there to be taken.
    """
    state = turn.state
    if not state.user_id:
        return None
    wanted = goal_filter(SearchGoal(wishes=tuple(kinds)), state.currency, AVAILABLE)
    left_out = tuple(line.product_id for line in state.cart)
    request = Request(
        Kind.REORDER,
        shopper=state.user_id,
        k=services.products_shown,
        wanted=wanted,
        language=turn.language,
        left_out=left_out,
    )
    found = services.recommending.recommend(request)
    if not found.products:
        return None
    state = replace(settled(show(state, found.products)), focus=None)
    bought = tuple(Note(*_told(one)) for one in found.products)
    facts: dict[str, object] = {"count": len(found.products), "bought": bought}
    ranking = Ranking(found.model, found.version)
    return Outcome("bought_again", state, facts, products=found.products, ranking=ranking)


def _asks_for_order(nlu: NLUResult) -> bool:
    """Whether a message speaks of an order or of last time, not only of a product again."""
    return ruled_intent(nlu.text, nlu.slots) == "reorder"


def _of_kind(
    action: Action, turn: TurnContext, kinds: Sequence[Slot], services: Services
) -> Outcome:
    """Products of a kind that is on no record of the shopper's."""
    goal = with_wishes(SearchGoal(query=turn.nlu.query), tuple(kinds))
    found = search_products(action, replace(turn, state=replace(turn.state, goal=goal)), services)
    return replace(found, action="search_products")


def _told(scored: ScoredProduct) -> tuple[str, dict[str, object]]:
    """One product with how often and when it was bought, as a response."""
    reason = scored.reasons[0]
    day = datetime.fromisoformat(reason.facts["date"])
    response = "bought_times" if reason.name == "bought_often" else "bought_once"
    return response, {"title": scored.product.title, "times": reason.facts["times"], "date": day}


def _known_as(course: Course, turn: TurnContext) -> DialogueState:
    """The state with what is known of the customer by now."""
    talk, email = course.talk, course.talk.email or turn.state.verified_email
    state = replace(settled(turn.state), orders=talk, verified_email=email)
    return replace(state, order_attempts=course.attempts)


def _ask_who(found: Identified, number: str, action: Action, state: DialogueState) -> Outcome:
    """Ask which order and who is writing; too many tries, and nothing more is asked."""
    refused = found.note or Note("who")
    if found.locked:
        notes = () if refused.response == "order_locked" else (refused,)
        return Outcome("order_locked", state, notes=notes, suggestions=(PERSON,))
    if not (number or found.given):
        return _ask("order_id", "reorder_which", action, state)
    if not found.asked:
        return Outcome(refused.response, state, refused.facts, suggestions=(PERSON,))
    return _ask(found.asked, refused.response, action, state)


def _ask(slot: str, response: str, action: Action, state: DialogueState) -> Outcome:
    asked = PendingQuestion(slot, Action("reorder", args=dict(action.args)))
    return Outcome(response, replace(state, pending=asked))


def _again(order: Order, state: DialogueState, turn: TurnContext, services: Services) -> Outcome:
    wanted = [
        _Wanted(one.product_id, one.variant_id, one.quantity, one.title, one.amount, order.currency)
        for one in order.items
    ]
    facts: dict[str, object] = {"order": order.id, "placed": order.placed}
    return _filled(wanted, "reordered", facts, replace(turn, state=state), services)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A line to go into the cart: of an order also what it was called and what was paid."""

    product_id: str
    variant_id: str
    quantity: int
    title: LocalText = field(default_factory=LocalText)
    paid: Decimal | None = None
    currency: str = ""


def _filled(
    wanted: Sequence[_Wanted],
    response: str,
    facts: dict[str, object],
    turn: TurnContext,
    services: Services,
) -> Outcome:
    """The cart with all that can still be bought; what cannot is said, and new prices too."""
    products = services.store.get_many(one.product_id for one in wanted)
    lines, notes = [], []
    for one in wanted:
        line, said = _line(one, products.get(one.product_id), turn, services.most_of_one)
        lines += [line] if line else []
        notes += said
    if not lines:
        return Outcome("nothing_left_of_it", settled(turn.state), facts, tuple(notes))
    state = with_lines(settled(turn.state), lines)
    cart = view_cart(state, services.store)
    if cart is None:
        return Outcome("nothing_left_of_it", state, facts, tuple(notes))
    told = facts | cart_facts(cart)
    return Outcome(response, state, told, tuple(notes), suggestions=cart_buttons())


def _line(
    one: _Wanted, product: Product | None, turn: TurnContext, most: int
) -> tuple[CartLine | None, list[Note]]:
    """The line as far as the shop has it now, and what is to be said of it."""
    variant = product.variant(one.variant_id) if product else None
    if product is None or variant is None or not variant.available:
        title = product.title if product else one.title
        return None, [Note("gone_meanwhile", {"title": title})] if title else []
    stock = variant.quantity if variant.quantity is not None else most
    count = min(one.quantity, stock, most)
    notes = []
    if count < one.quantity:
        notes.append(Note("fewer_left", {"title": product.title, "count": count}))
    price = product_price(variant, turn.state.currency)
    same = price is not None and one.paid is not None and price.currency == one.currency
    if price is not None and one.paid is not None and same and price.amount != one.paid:
        before = Money(one.paid, one.currency)
        notes.append(Note("price_since", {"title": product.title, "before": before, "now": price}))
    return CartLine(product.id, variant.id, count), notes


def _owners(state: DialogueState) -> tuple[str, ...]:
    """Whose carts these are: the user's, and those of the time before they signed in."""
    guest = guest_owner(state.session_id)
    return (state.user_id, guest) if state.user_id else (guest,)
