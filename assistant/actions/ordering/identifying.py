"""Finding out whose orders the conversation is about: one customer, with few tries."""

from dataclasses import dataclass, replace

from assistant.actions.context import Services, TurnContext
from assistant.ordered import asks_about_shop
from assistant.orders import Caller
from assistant.orders.reading.details import read_answer
from assistant.orders.reading.people import Identity, read_identity, writes_for_another
from assistant.orders.service import has_name
from assistant.purchases import Customer, OrderTalk
from assistant.types import Note
from catalog.text import fold


@dataclass(frozen=True, slots=True)
class Identified:
    """What became of the question who is writing.

    ``asked`` is the slot of the question that ``note`` asks, if it is one; ``given`` says that
    the message said something about it.
    """

    talk: OrderTalk
    attempts: int
    customer: Customer | None = None
    note: Note | None = None
    asked: str = ""
    given: bool = False
    locked: bool = False


def identify(turn: TurnContext, services: Services, number: str) -> Identified:
    """Look the writer up from what they said now and before.

    Args:
        turn: The turn.
        services: With the order service.
        number: The number of an order that they spoke of, or "".
    """
    state, talk = turn.state, turn.state.orders
    caller = Caller(state.session_id)
    asked = state.pending is not None and state.pending.slot in ("email", "person", "postal_code")
    named = not (talk.customer_id or _asks_else(turn) or read_answer(fold(turn.nlu.text)))
    bare = asked and named
    said = read_identity(turn.nlu, asked=bare)
    if talk.customer_id:
        customer = services.orders.customer(talk.customer_id, caller)
        return _known(said, customer, turn, talk)
    if writes_for_another(turn.nlu.text):
        return Identified(OrderTalk(), state.order_attempts, note=Note("who_own"), given=True)
    ways = services.orders.rules.identify.ways
    if "token" in ways and state.user_proven and state.user_id:
        customer = services.orders.customer(state.user_id, caller)
        if customer is not None:
            return Identified(_with(talk, customer), state.order_attempts, customer, given=True)
    if state.order_attempts >= services.order_attempts:
        return Identified(talk, state.order_attempts, note=Note("order_locked"), locked=True)
    return _look_up(said, turn, services, talk, number)


def _asks_else(turn: TurnContext) -> bool:
    """Whether a message asks for a product or about the shop, so that its words are no name."""
    return turn.nlu.first("product_type") is not None or asks_about_shop(turn.nlu)


def _known(
    said: Identity, customer: Customer | None, turn: TurnContext, talk: OrderTalk
) -> Identified:
    """The customer stays who they are: another name or address is not looked up."""
    attempts = turn.state.order_attempts
    if customer is None:
        return Identified(replace(talk, customer_id=""), attempts, note=Note("who"), asked="email")
    other_mail = any(one != customer.email.casefold() for one in said.emails)
    named = said.names[:1] if _names_somebody(turn.nlu.text) else ()
    other_name = any(not has_name(customer, one) for one in named) and bool(said.postal_code)
    if other_mail or other_name:
        return Identified(talk, attempts, customer, Note("who_other"), given=True)
    return Identified(talk, attempts, customer, given=bool(said.emails or named))


def _names_somebody(text: str) -> bool:
    folded = fold(text)
    return "name" in folded or "我叫" in folded or "姓名" in folded or "i am " in folded


def _look_up(
    said: Identity, turn: TurnContext, services: Services, talk: OrderTalk, number: str
) -> Identified:
    attempts, most = turn.state.order_attempts, services.order_attempts
    caller, ways = Caller(turn.state.session_id), services.orders.rules.identify.ways
    tried = False
    if "email" in ways:
        for email in said.emails:
            if attempts >= most:
                break
            customer, tried = services.orders.customer_by_email(email, caller), True
            if customer is not None:
                return Identified(_with(talk, customer), attempts, customer, given=True)
            attempts += 1
    names = said.names or ((talk.name,) if talk.name else ())
    postal = said.postal_code or talk.postal_code
    given = bool(said.emails or said.names or said.postal_code)
    talk = replace(talk, name=names[0] if names else "", postal_code=postal)
    if "name_and_postal_code" in ways and names and postal and given and attempts < most:
        tried = True
        for name in names[:4]:
            customer = services.orders.customer_by_name(name, postal, caller)
            if customer is not None:
                return Identified(_with(talk, customer), attempts, customer, given=True)
        attempts += 1
        talk = replace(talk, name="", postal_code="")
    if tried:
        refused = Note("order_refused" if number else "who_refused")
        locked = attempts >= most
        return Identified(talk, attempts, note=refused, asked="email", given=True, locked=locked)
    return replace(_ask(talk, given, number), attempts=attempts)


def _ask(talk: OrderTalk, given: bool, number: str) -> Identified:
    """The question that is open: all of it, or the half that is missing."""
    if given and talk.name and not talk.postal_code:
        return Identified(talk, 0, note=Note("who_postal_code"), asked="postal_code", given=True)
    if given and talk.postal_code and not talk.name:
        return Identified(talk, 0, note=Note("who_name"), asked="person", given=True)
    return Identified(talk, 0, note=Note("who"), asked="email")


def _with(talk: OrderTalk, customer: Customer) -> OrderTalk:
    return replace(talk, customer_id=customer.id, email=customer.email, name="", postal_code="")
