"""The values a turn is made of, from the utterance to the reply. Dictionaries only at the wire."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import JsonValue

from assistant.memory import NO_GOAL
from assistant.memory import Answer as Answer
from assistant.memory import AskedQuestion as AskedQuestion
from assistant.memory import Listing as Listing
from assistant.memory import SearchGoal as SearchGoal
from assistant.memory import ShownList as ShownList
from assistant.memory import ShownNumber as ShownNumber
from assistant.memory import ShownProduct as ShownProduct
from assistant.purchases import OrderTalk
from catalog.types import Language, LocalText, ScoredProduct
from intents.types import Intent, NLUResult, Slot

HandoffStatus = Literal["waiting", "with_agent", "closed"]

TONES = (
    "none",
    "asked_for",
    "angry",
    "distressed",
    "safety",
    "legal",
    "payment_dispute",
    "insists",
)
"""How a message can sound, or what it can touch, as :mod:`assistant.tone` measures it."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a shopper. ``user_id`` is empty for a guest.

    ``message_id`` is the sender's own: a message that comes twice under it is answered once.
    ``page_product`` is the product on whose page it was written.
    ``proven`` says that the shop itself has vouched for the user's id, with a signed token.
    """

    session_id: str
    text: str
    user_id: str = ""
    channel: str = "web"
    message_id: str = ""
    page_product: str = ""
    proven: bool = False


@dataclass(frozen=True, slots=True)
class CartLine:
    """How many of one variant are in the cart."""

    product_id: str
    variant_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Action:
    """What to do in this turn.

    ``products`` are (product id, variant id or ""); ``args`` are words the name does not say,
    such as a size, a quantity or an order number. ``instead`` is what to do when the action finds
    that the message is not for it.
    """

    name: str
    products: tuple[tuple[str, str], ...] = ()
    args: Mapping[str, str] = field(default_factory=dict)
    instead: "Action | None" = None


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A question the assistant asked: which slot would answer it, and what happens then.

    The slot ``confirm`` is answered by yes or no.
    """

    slot: str
    action: Action


@dataclass(frozen=True, slots=True)
class Handoff:
    """A conversation that a person was asked to take. ``position`` counts from 1.

    ``reopens``: it was closed a short while ago, and is taken up again when the shopper writes.
    """

    ticket: str
    status: HandoffStatus
    position: int = 0
    reopens: bool = False


@dataclass(frozen=True, slots=True)
class Mood:
    """How the newest message sounds, from 0 to about 1; anger and distress also remember.

    ``topic`` is the risky topic it comes nearest to; ``risk`` is how likely any of it is meant.
    """

    anger: float = 0.0
    distress: float = 0.0
    topic: str = ""
    topic_score: float = 0.0
    asked: float = 0.0
    insists: float = 0.0
    risk: float = 0.0


@dataclass(frozen=True, slots=True)
class DialogueState:
    """Everything a conversation remembers between two turns.

    ``pending`` stops an action until it is answered; ``question`` is asked beside a list, and may
    be passed over. ``lists`` is every list that was shown, the newest last. ``referred`` are the
    products that the newest utterance points at, ``candidates`` those it may point at, ``unknown``
    that it names what was never shown. ``shop_slots`` is what the shop's own actions keep, as JSON;
    ``faq_question`` is what was answered last from the shop's own entries and pages; ``gift_asked``
    are the questions that the gift finder has asked; ``refused`` is the intent that the last answer
    refused; ``size_asked`` is the size that the shopper last asked for and the product in focus
    has; ``turned_down`` are the ids of products that are not to be shown again, and ``listing`` is
    what made the newest list.
    """

    session_id: str
    user_id: str = ""
    language: Language = "en"
    currency: str = ""
    turn: int = 0
    goal: SearchGoal = NO_GOAL
    shown: tuple[ShownProduct, ...] = ()
    lists: tuple[ShownList, ...] = ()
    focus: ShownProduct | None = None
    referred: tuple[ShownProduct, ...] = ()
    candidates: tuple[ShownProduct, ...] = ()
    unknown: bool = False
    cart: tuple[CartLine, ...] = ()
    pending: PendingQuestion | None = None
    question: AskedQuestion | None = None
    previous_action: str = ""
    failed_turns: int = 0
    order_attempts: int = 0
    verified_email: str = ""
    user_proven: bool = False
    orders: OrderTalk = field(default_factory=OrderTalk)
    handoff: Handoff | None = None
    mood: Mood = Mood()
    refused: str = ""
    page_product: str = ""
    shop_slots: Mapping[str, JsonValue] = field(default_factory=dict)
    faq_question: str = ""
    gift_asked: tuple[str, ...] = ()
    size_asked: str = ""
    turned_down: tuple[str, ...] = ()
    listing: Listing | None = None


def settled(state: DialogueState) -> DialogueState:
    """The state once a message has its answer: no question waits, and nothing has failed."""
    return replace(state, pending=None, failed_turns=0)


def with_agent(state: DialogueState) -> bool:
    """Whether a person has the conversation, so that the assistant keeps still."""
    return state.handoff is not None and state.handoff.status == "with_agent"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A quick reply: a button's title in the shopper's language and the text it sends."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """What put products in their order: a model's name and, where it was trained, its version."""

    model: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action found or did.

    ``response`` names the template in ``responses/``, ``facts`` fill it; every value comes from
    a record. ``state`` is the state after the action. ``notes`` are further responses said
    before the main one, ``closing`` after it. ``table`` is a comparison: rows of cells, the header
    first. ``action`` names what was really done where that is not the action asked for. ``text``
    replaces the template where the words are the shop's own. ``ranking`` says what ranked
    ``products``.
    """

    response: str
    state: DialogueState
    facts: Mapping[str, object] = field(default_factory=dict)
    notes: tuple["Note", ...] = ()
    products: tuple[ScoredProduct, ...] = ()
    suggestions: tuple["Suggestion | SuggestedResponse", ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    cart: "Cart | None" = None
    action: str = ""
    text: str = ""
    closing: tuple["Note", ...] = ()
    ranking: Ranking = Ranking()


@dataclass(frozen=True, slots=True)
class Note:
    """One more sentence of a reply: a response's name and the facts that fill it.

    ``special`` is a response to prefer where the shop has one of that name.
    """

    response: str
    facts: Mapping[str, object] = field(default_factory=dict)
    special: str = ""


@dataclass(frozen=True, slots=True)
class SuggestedResponse:
    """A quick reply whose title is a response, filled with facts."""

    response: str
    payload: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Verbatim(str):
    """Markdown of the shop's own, as a fact that a response takes in as it is."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as a fact for a response, written in the shopper's language."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product as the wire shows it: one language, one currency, the matching variant.

    ``choice`` are the slots by which a button adds just this variant to the cart, long after it
    was shown; they are not on the wire.
    """

    id: str
    title: str
    price: int | None
    list_price: int | None
    currency: str
    available: bool
    url: str
    image: str
    variant: str
    reasons: tuple[str, ...]
    choice: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CartItem:
    """A line of the cart as the wire shows it; prices in minor units."""

    product_id: str
    variant_id: str
    title: str
    variant: str
    quantity: int
    price: int | None
    currency: str
    available: bool


@dataclass(frozen=True, slots=True)
class Cart:
    """The cart as the wire shows it; ``total`` in minor units."""

    items: tuple[CartItem, ...]
    total: int
    currency: str


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds spent in a turn."""

    nlu: float
    action: float
    total: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What the shopper gets, the same on every channel. ``text`` is Markdown, empty for silence."""

    session: str
    turn: int
    language: Language
    text: str
    products: tuple[ProductCard, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    action: str = ""
    intents: tuple[Intent, ...] = ()
    slots: tuple[Slot, ...] = ()
    cart: Cart | None = None
    handoff: Handoff | None = None
    timings_ms: Timings = Timings(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the append-only log: what came, what was understood, done and answered."""

    session_id: str
    number: int
    time: datetime
    utterance: Utterance
    nlu: NLUResult
    action: Action
    reply: Reply


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question customers ask and the shop's own answer, in both languages where given.

    ``source`` names the page of the policy, ``updated`` its date (ISO 8601).
    """

    id: str
    topic: str
    question: LocalText
    answer: LocalText
    source: LocalText
    updated: str
    variants: tuple[LocalText, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch:
    """A product that a shopper wants to hear of: when its price falls or it is back in stock.

    ``variant_id`` is empty where any variant will do. For the kind ``price`` the notice is due
    below ``amount`` (with ``at_most`` also at it); ``amount`` is what it cost, or the shopper's
    own limit. ``sold_out`` are variants that cost less than it but were sold out then, with their
    prices: that one of them is back is no fall in price. What came of it stands in ``now`` (a
    price) and ``happened``.
    """

    session_id: str
    user_id: str
    product_id: str
    variant_id: str
    kind: Literal["price", "stock"]
    created: datetime
    language: Language = "en"
    amount: Decimal | None = None
    currency: str = ""
    at_most: bool = False
    now: Decimal | None = None
    happened: datetime | None = None
    number: int = 0
    sold_out: tuple[tuple[str, Decimal], ...] = ()
