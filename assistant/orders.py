"""Order status for the one it belongs to: who may see which order, and what its record says."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from assistant.types import Order

_LABEL = re.compile(
    r"(?:\b(?:orders?|numbers?|num|no|nr|id)(?=[\W\d_]|$)|订单编号|订单号码|订单号|订单|单号|编号)",
    re.IGNORECASE,
)
_ORDER_ID = re.compile(
    r"(?<![A-Z0-9])(?:[A-Z]{1,5}-?|[A-Z] )?\d(?:[ -]?\d+)*(?:-[A-Z0-9]+)*(?![A-Z0-9])"
)
_LEAST_DIGITS = 3
_CHARACTERS = 500
_EMAIL = re.compile(r"[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")
_AROUND_AT = re.compile(r"\s*@\s*")

Place = Literal["shop", "carrier", "customer", "nowhere"]
_PLACES: dict[str, Place] = {
    "pending": "shop",
    "processed": "shop",
    "shipped": "carrier",
    "delivered": "customer",
    "cancelled": "nowhere",
    "returned": "shop",
}
_UNDER_WAY = ("pending", "processed", "shipped")


class OrderSource(Protocol):
    """Where orders are kept."""

    def find_order(self, order_id: str) -> Order | None:
        """The order of exactly that id."""
        ...

    def orders_of(self, email: str) -> tuple[Order, ...]:
        """The orders placed with an e-mail address, newest first; case does not matter."""
        ...


class OrderResult(StrEnum):
    """What asking for an order can come to."""

    FOUND = "found"
    REFUSED = "refused"
    NEEDS_ORDER_ID = "needs_order_id"
    NEEDS_EMAIL = "needs_email"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """What to tell who asked.

    Attributes:
        result: Decides which of the rest is given.
        attempts: Failed tries of this conversation, this one included; hand it in next time.
        order: The order, only when it was found and belongs to who asked.
        email: The address that is now proven, only together with the order.
    """

    result: OrderResult
    attempts: int
    order: Order | None = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where an order is and when it should arrive, from its record alone.

    Attributes:
        place: Who has the goods; ``nowhere`` for an order that was cancelled.
        expected: When it should arrive; ``None`` where the record says nothing or nothing comes.
        carrier: Who carries it, once it was shipped.
        tracking: The carrier's number, once it was shipped.
    """

    place: Place
    expected: datetime | None = None
    carrier: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class OrderService:
    """Shows an order to whoever knows its number and its e-mail address.

    A number that does not exist and a number of somebody else get the same answer, and after
    ``max_attempts`` failed tries of a conversation not even the right pair is answered. A
    success does not give tries back: an own order is no ticket for guessing others.
    """

    source: OrderSource
    max_attempts: int = 5

    def status(self, order_id: str, email: str, attempts: int) -> OrderAnswer:
        """Answer a question about one order.

        Args:
            order_id: The number as the shopper wrote it, or "".
            email: The address as the shopper wrote it or proved earlier, or "".
            attempts: Failed tries so far, from the last answer.
        """
        number, address = normalize_order_id(order_id), normalize_email(email)
        if attempts >= self.max_attempts:
            return OrderAnswer(OrderResult.LOCKED, attempts)
        if not number:
            return OrderAnswer(OrderResult.NEEDS_ORDER_ID, attempts)
        if not address:
            return OrderAnswer(OrderResult.NEEDS_EMAIL, attempts)
        order = self._find(number)
        if order is None or normalize_email(order.email) != address:
            return OrderAnswer(OrderResult.REFUSED, attempts + 1)
        return OrderAnswer(OrderResult.FOUND, attempts, order, address)

    def orders(self, proven_email: str) -> tuple[Order, ...]:
        """The orders of an address that :meth:`status` has proven, newest first."""
        address = normalize_email(proven_email)
        return self.source.orders_of(address) if address else ()

    def _find(self, number: str) -> Order | None:
        order = self.source.find_order(number)
        if order is None and "-" in number:
            order = self.source.find_order(number.replace("-", ""))
        return order


def normalize_order_id(text: str) -> str:
    """The order number in a text, in capitals and without spaces; "" when there is none.

    "#w 1234567", "订单号Ｗ１２３４５６７" and "my order is W1234567" all give "W1234567". The
    candidate with most digits wins, and at least three digits make one. Only the first 500
    characters are read.
    """
    plain = unicodedata.normalize("NFKC", text[:_CHARACTERS]).replace("_", "-")
    plain = _LABEL.sub(" ", _EMAIL.sub(" ", plain.lower())).upper()
    found = [match.group().replace(" ", "") for match in _ORDER_ID.finditer(plain)]
    best = max(found, key=_digits, default="")
    return best if _digits(best) >= _LEAST_DIGITS else ""


def normalize_email(text: str) -> str:
    """The e-mail address in the first 500 characters, in lower case; "" when there is none."""
    plain = _AROUND_AT.sub("@", unicodedata.normalize("NFKC", text[:_CHARACTERS]).casefold())
    match = _EMAIL.search(plain)
    return match.group().lstrip(".") if match else ""


def next_step(order: Order) -> NextStep:
    """Where the order is and what comes next.

    Raises:
        ValueError: the record has a status that is not one of the six.
    """
    if order.status not in _PLACES:
        raise ValueError(
            f"order {order.id}: expected a status of {', '.join(_PLACES)}, got {order.status!r}"
        )
    return NextStep(
        place=_PLACES[order.status],
        expected=order.expected if order.status in _UNDER_WAY else None,
        carrier=order.carrier,
        tracking=order.tracking,
    )


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)
