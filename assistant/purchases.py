"""Customers, their orders and what may become of them, as values."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from catalog.types import LocalText

Act = Literal[
    "track_order",
    "list_orders",
    "cancel_order",
    "change_order_address",
    "change_payment",
    "change_items",
    "return_items",
    "exchange_items",
    "change_default_address",
    "show_refund",
    "show_invoice",
]
"""What a customer can ask for about their orders."""

WRITES: tuple[Act, ...] = (
    "cancel_order",
    "change_order_address",
    "change_payment",
    "change_items",
    "return_items",
    "exchange_items",
    "change_default_address",
)
"""The acts that change something, and are only done after a yes."""

STATUSES = (
    *("pending", "pending_changed", "processed", "shipped", "delivered", "cancelled"),
    *("return_requested", "exchange_requested", "returned"),
)
"""What an order can be."""

Actor = Literal["customer", "agent"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where an order goes; ``line`` is the street with its number, ``line2`` flat or suite."""

    name: str
    line: str
    city: str
    region: str
    postal_code: str
    country: str
    line2: str = ""


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """A way to pay that a customer has: ``kind`` is credit_card, gift_card, paypal or another.

    ``balance`` is what is left on a gift card, ``last_four`` the end of a card's number.
    """

    id: str
    kind: str
    brand: str = ""
    last_four: str = ""
    balance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who has ordered. ``given`` and ``family`` are the parts of the name."""

    id: str
    email: str
    given: str
    family: str
    address: Address
    currency: str
    methods: tuple[PaymentMethod, ...] = ()

    def method(self, id_: str) -> PaymentMethod | None:
        """The way to pay of that id."""
        return next((one for one in self.methods if one.id == id_), None)


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One line of an order, with the price that was paid for one piece."""

    product_id: str
    variant_id: str
    title: LocalText
    quantity: int
    amount: Decimal
    options: tuple[tuple[str, LocalText], ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that was taken or is given back."""

    kind: Literal["payment", "refund"]
    amount: Decimal
    method_id: str
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """A parcel: its tracking numbers, its carrier and the variants inside."""

    tracking: tuple[str, ...]
    variants: tuple[str, ...]
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """Goods that come back. An exchange names what goes out for each, and the difference."""

    kind: Literal["return", "exchange"]
    variants: tuple[str, ...]
    method_id: str
    new_variants: tuple[str, ...] = ()
    difference: Decimal = Decimal(0)
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order as the shop keeps it.

    ``status`` is one of :data:`STATUSES`; dates that are not known are ``None``.
    """

    id: str
    email: str
    status: str
    placed: datetime | None
    currency: str
    total: Decimal
    items: tuple[OrderItem, ...]
    address: Address
    carrier: str = ""
    tracking: str = ""
    shipped: datetime | None = None
    expected: datetime | None = None
    delivered: datetime | None = None
    customer_id: str = ""
    payments: tuple[Payment, ...] = ()
    fulfilments: tuple[Fulfilment, ...] = ()
    returns: tuple[Return, ...] = ()
    cancel_reason: str = ""

    @property
    def paid_with(self) -> str:
        """The id of the way to pay that the order was last paid with; "" without a payment."""
        paid = [one.method_id for one in self.payments if one.kind == "payment"]
        return paid[-1] if paid else ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change to be made, complete: nothing about it is left to decide.

    ``lines`` are places of items in the order, from 0; ``variants`` the new ones for each.
    """

    act: Act
    customer_id: str
    order_id: str = ""
    reason: str = ""
    lines: tuple[int, ...] = ()
    variants: tuple[str, ...] = ()
    method_id: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class LineWish:
    """What a customer wants for one line of an order, as far as it is known.

    ``options`` are values by option name; ``same`` asks for the same variant again, ``variant``
    is the one that was settled on.
    """

    line: int
    options: tuple[tuple[str, str], ...] = ()
    same: bool = False
    variant: str = ""


@dataclass(frozen=True, slots=True)
class OrderTask:
    """One request about an order, while its details are being found out.

    Attributes:
        act: What is asked for; "" where that is still open.
        said: What was said about it before the customer was known.
        order_id: The order; "" where that is still open.
        guessed: Whether the order was not named, but is the only one that it can be about.
        lines: The items it is about.
        unclear: Places of items of which one was named, and the words fit several.
        everything: Whether every item of the order is meant.
        reason: The id of the reason, as the rules name it.
        method_id: The way to pay or to be paid.
        address: The new address, as far as it is known.
        asked: The question that stands: order, items, variant, reason, method, address, confirm.
        offered: The ids that the question listed, in order.
        missed: Answers in a row that did not answer it.
        key: Names the change that was shown, so that it is done once at most.
        shown_turn: The turn in which the change was shown, as the yes must follow it.
    """

    act: str = ""
    said: tuple[str, ...] = ()
    order_id: str = ""
    guessed: bool = False
    lines: tuple[LineWish, ...] = ()
    unclear: tuple[str, ...] = ()
    everything: bool = False
    reason: str = ""
    method_id: str = ""
    address: Address | None = None
    asked: str = ""
    offered: tuple[str, ...] = ()
    missed: int = 0
    key: str = ""
    shown_turn: int = -1


@dataclass(frozen=True, slots=True)
class OrderTalk:
    """What a conversation knows about the customer and their requests.

    ``customer_id`` is proven and stays the same for the whole conversation; ``name``, ``email``
    and ``postal_code`` are what was said before. ``order_id`` is the order spoken of last.
    """

    customer_id: str = ""
    name: str = ""
    email: str = ""
    postal_code: str = ""
    order_id: str = ""
    tasks: tuple[OrderTask, ...] = ()
