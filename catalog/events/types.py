"""One event as it is kept, and the names of the kinds there are."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SEARCH = "search"
VIEW_LIST = "view_item_list"
SELECT = "select_item"
VIEW = "view_item"
ADD_TO_CART = "add_to_cart"
REMOVE_FROM_CART = "remove_from_cart"
ADD_TO_WISHLIST = "add_to_wishlist"
BEGIN_CHECKOUT = "begin_checkout"
PURCHASE = "purchase"
DISMISS = "dismiss"
RATE = "rate"

KINDS = (
    SEARCH,
    VIEW_LIST,
    SELECT,
    VIEW,
    ADD_TO_CART,
    REMOVE_FROM_CART,
    ADD_TO_WISHLIST,
    BEGIN_CHECKOUT,
    PURCHASE,
    DISMISS,
    RATE,
)
"""The names of GA4, and two of our own: ``dismiss`` ("not this one") and ``rate``."""

LOWEST_RATING, HIGHEST_RATING = 1.0, 5.0

_GUEST = "guest:"
LONGEST_ID = 255
LONGEST_CLIENT = LONGEST_ID - len(_GUEST)


class Excluded(StrEnum):
    """Why an event is kept but does not count."""

    UNKNOWN_PRODUCT = "unknown_product"
    BOT_AGENT = "bot_agent"
    BOT_RATE = "bot_rate"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a shopper did with one product; a search has none.

    ``shopper`` is the user's id, or :func:`guest_id`. ``list_id`` names the list the product
    stood in (GA4 ``item_list_id``), ``position`` its place from 0 (GA4 ``index``), ``model`` and
    ``version`` what ranked it. ``rating`` is 1 to 5. ``event_id`` is the sender's own; with it a
    repetition is known whenever it comes, as it is by the ``transaction_id`` of a purchase.
    ``client`` is the browser's :func:`guest_id` where one is named: what is sent again once the
    guest has signed in is the same event.
    """

    shopper: str
    kind: str
    time: datetime
    product_id: str = ""
    session_id: str = ""
    list_id: str = ""
    position: int | None = None
    model: str = ""
    version: str = ""
    source: str = ""
    query: str = ""
    transaction_id: str = ""
    rating: float | None = None
    event_id: str = ""
    excluded: Excluded | None = None
    client: str = ""

    @property
    def weight(self) -> float:
        """How strongly it says what its kind says: a rating from -1 (worst) to 1, others 1."""
        if self.rating is None:
            return 1.0
        middle = (LOWEST_RATING + HIGHEST_RATING) / 2
        return (self.rating - middle) / (HIGHEST_RATING - middle)

    @property
    def has_id(self) -> bool:
        """Whether a repetition is known by an id, not by what it says and when."""
        return bool(self.event_id or (self.transaction_id and self.kind == PURCHASE))

    @property
    def key(self) -> str:
        """The same for two reports of one event; without an id, for two that say the same."""
        sender = self.client or self.shopper
        about: list[object] = [self.kind, self.product_id, self.list_id, self.position]
        if self.event_id:
            parts: list[object] = ["id", sender, self.event_id, *about]
        elif self.has_id:
            parts = ["transaction", self.transaction_id, self.product_id]
        else:
            said = [self.session_id, self.query, self.transaction_id, self.rating]
            parts = ["content", sender, *about, *said]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def guest_id(client_id: str) -> str:
    """The shopper's id of somebody who has not signed in, known by their browser.

    Raises:
        ValueError: ``client_id`` is empty or too long.
    """
    if not 0 < len(client_id) <= LONGEST_CLIENT:
        raise ValueError(
            f"expected a client id of 1 to {LONGEST_CLIENT} characters, got {len(client_id)}"
        )
    return _GUEST + client_id


def is_guest(shopper: str) -> bool:
    """Whether a shopper's id is a guest's."""
    return shopper.startswith(_GUEST)


def client_of(shopper: str) -> str:
    """The client id of a guest."""
    return shopper.removeprefix(_GUEST)
