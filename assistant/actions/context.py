"""What every action is given: the understood turn, and the services it may call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from assistant.bundles import BundleKind
from assistant.faq import Faq
from assistant.hours import OfficeHours
from assistant.narrowing import QuestionRules
from assistant.orders import OrderService
from assistant.storage.kept import Kept
from assistant.storage.tickets import TicketDetails
from assistant.traits import facts_of, names_of, numbers_of, traits_of
from assistant.types import (
    Action,
    Cart,
    CartItem,
    DialogueState,
    Handoff,
    Outcome,
    ShownList,
    ShownProduct,
)
from assistant.wording import product_price, write_variant
from catalog.answers import Encode
from catalog.money import to_minor
from catalog.recommending.service import Recommending
from catalog.search import ProductSearch
from catalog.sizing import SizeGuide
from catalog.store import ProductStore
from catalog.types import Language, Product, ScoredProduct, Variant
from catalog.vocabulary import Vocabulary
from intents.types import NLUResult


@dataclass(frozen=True, slots=True)
class TurnContext:
    """The turn so far: the updated state and what the utterance meant."""

    state: DialogueState
    nlu: NLUResult

    @property
    def language(self) -> Language:
        """The language of the reply."""
        return self.state.language


class TicketDesk(Protocol):
    """Where requests for a person are queued."""

    def open_ticket(
        self, session_id: str, reason: str, summary: str, details: TicketDetails | None = None
    ) -> Handoff:
        """Queue the conversation; one that already waits keeps its place."""
        ...

    def reopen_ticket(self, session_id: str, now: datetime) -> Handoff | None:
        """Queue a conversation again whose newest ticket was closed."""
        ...

    def rate_ticket(self, ticket_id: str, stars: int) -> bool:
        """Keep how the shopper found it, the first time only."""
        ...

    def set_ticket(self, ticket_id: str, values: Mapping[str, object]) -> None:
        """Write some columns of a ticket."""
        ...


CustomAction = Callable[[Action, TurnContext], Outcome]


_MOST_LISTS = 8
NO_QUESTIONS = QuestionRules(enabled=False)


@dataclass(frozen=True, slots=True)
class Services:
    """Everything an action may call, ready for use."""

    store: ProductStore
    search: ProductSearch
    vocabulary: Callable[[], Vocabulary]
    recommending: Recommending
    faq: Faq
    orders: OrderService
    tickets: TicketDesk
    order_attempts: int = 5
    products_shown: int = 5
    personal_search: float = 0.0
    most_of_one: int = 10
    checkout_url: str = ""
    shop_name: Mapping[Language, str] = field(default_factory=dict)
    helpline: Mapping[Language, str] = field(default_factory=dict)
    custom: Mapping[str, CustomAction] = field(default_factory=dict)
    encode: Encode | None = None
    kept: Kept | None = None
    sizes: SizeGuide = field(default_factory=SizeGuide)
    bundles: tuple[BundleKind, ...] = ()
    hours: OfficeHours = field(default_factory=OfficeHours)
    questions: QuestionRules = NO_QUESTIONS


def kept_in(services: Services) -> Kept:
    """Where watches and saved carts lie.

    Raises:
        ValueError: these services keep none.
    """
    if services.kept is None:
        raise ValueError("expected services that keep watches and carts, got some without")
    return services.kept


def show(state: DialogueState, products: Sequence[ScoredProduct]) -> DialogueState:
    """The state once these products are on the screen, on top of all lists before."""
    shown = tuple(shown_product(one, state.currency) for one in products)
    lists = (*state.lists, ShownList(state.goal, shown)) if shown else state.lists
    return replace(state, shown=shown, lists=lists[-_MOST_LISTS:])


def shown_product(scored: ScoredProduct, currency: str) -> ShownProduct:
    """What is remembered of a product that was shown."""
    money = product_price(scored.variant, currency)
    return ShownProduct(
        scored.product.id,
        scored.variant.id,
        money.amount if money else None,
        money.currency if money else "",
        traits_of(scored.product),
        names_of(scored.product),
        numbers_of(scored.product),
        facts_of(scored.product, scored.variant),
    )


def focus_on(state: DialogueState, product: Product, variant: Variant) -> DialogueState:
    """The state once one product is what is being talked about."""
    scored = ScoredProduct(product, variant, 1.0)
    return replace(state, focus=shown_product(scored, state.currency))


def pick_variant(product: Product, variant_id: str = "") -> Variant:
    """The variant of that id, else the first that can be ordered, else the first."""
    named = product.variant(variant_id) if variant_id else None
    if named is not None:
        return named
    return next((one for one in product.variants if one.available), product.variants[0])


def named_products(action: Action, services: Services) -> tuple[ScoredProduct, ...]:
    """The products an action was given, as they are in the shop now."""
    pairs = action.products
    known = services.store.get_many([id_ for id_, _ in pairs])
    return tuple(
        ScoredProduct(known[id_], pick_variant(known[id_], variant_id), 1.0)
        for id_, variant_id in pairs
        if id_ in known
    )


def view_cart(state: DialogueState, store: ProductStore) -> Cart | None:
    """The cart with today's prices; lines whose product left the shop are dropped."""
    if not state.cart:
        return None
    known = store.get_many([line.product_id for line in state.cart])
    items: list[CartItem] = []
    for line in state.cart:
        product = known.get(line.product_id)
        variant = product.variant(line.variant_id) if product else None
        if product is None or variant is None:
            continue
        money = product_price(variant, state.currency)
        items.append(
            CartItem(
                product_id=product.id,
                variant_id=variant.id,
                title=product.title.get(state.language),
                variant=write_variant(variant, state.language),
                quantity=line.quantity,
                price=to_minor(money.amount, money.currency) if money else None,
                currency=money.currency if money else state.currency,
                available=variant.available,
            )
        )
    total = sum(item.quantity * item.price for item in items if item.price is not None)
    return Cart(tuple(items), total, state.currency)
