"""Numbers of orders and e-mail addresses as customers write them, and where an order is."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.purchases import Order

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
    "pending_changed": "shop",
    "return_requested": "customer",
    "exchange_requested": "customer",
}
_UNDER_WAY = ("pending", "pending_changed", "processed", "shipped")


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
        ValueError: the record has a status that is not known.
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
