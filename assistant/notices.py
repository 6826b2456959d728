"""Watched products: whether what a shopper waits for has happened, and telling them in the chat."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from assistant.storage.kept import DUE, OPEN, Kept
from assistant.types import DialogueState, Money, Note, Watch
from catalog.store import ProductStore
from catalog.types import Product, Variant

_PAGE = 500


def came_true(one: Watch, product: Product | None, now: datetime) -> Watch | None:
    """The watch with what happened, or ``None`` while its product is as it was, or gone."""
    if product is None:
        return None
    orderable = [v for v in watched_variants(product, one.variant_id) if v.available]
    prices = prices_of(orderable, one.currency)
    if one.kind == "stock":
        lowest = min(prices.values(), default=None)
        return replace(one, happened=now, now=lowest) if orderable else None
    known = {} if one.at_most else dict(one.sold_out)
    fallen = [price for id_, price in prices.items() if id_ not in known or price < known[id_]]
    lowest = min(fallen, default=None)
    if lowest is None or one.amount is None:
        return None
    low_enough = lowest <= one.amount if one.at_most else lowest < one.amount
    return replace(one, happened=now, now=lowest) if low_enough else None


def from_now_on(one: Watch, product: Product) -> Watch:
    """A watch for any fall in price, with what the variants it is about cost now.

    That is the lowest price of those that can be ordered; where none can, of all.
    """
    watched = watched_variants(product, one.variant_id)
    prices = prices_of(watched, one.currency)
    orderable = prices_of([v for v in watched if v.available], one.currency)
    lowest = min((orderable or prices).values(), default=None)
    below = () if lowest is None else ((id_, p) for id_, p in prices.items() if p < lowest)
    return replace(one, amount=lowest, sold_out=tuple(below))


def watched_variants(product: Product, variant_id: str) -> tuple[Variant, ...]:
    """The variant of that id; all of them without an id."""
    return tuple(one for one in product.variants if variant_id in ("", one.id))


def prices_of(variants: Iterable[Variant], currency: str) -> dict[str, Decimal]:
    """What variants cost in exactly that currency, by id."""
    prices = ((one.id, one.price(currency)) for one in variants)
    return {id_: price.amount for id_, price in prices if price and price.currency == currency}


@dataclass(frozen=True, slots=True)
class Watcher:
    """Looks after every watch. ``announced`` says whether the shop's webhook is to hear of it."""

    store: ProductStore
    kept: Kept
    announced: bool = False

    def check_all(self) -> int:
        """Look at every open watch; says for how many something happened."""
        found, after = 0, 0
        while watches := self.kept.open_watches(after, _PAGE):
            found += self._check(watches)
            after = watches[-1].number
        return found

    def news(self, state: DialogueState) -> tuple[Watch, ...]:
        """What happened to what this shopper watches and has not been told, as of now."""
        live = self.kept.live_watches(state.session_id, state.user_id)
        if self._check(live[OPEN]):
            return self.kept.due_watches(state.session_id, state.user_id)
        return live[DUE]

    def told(self, watches: Sequence[Watch]) -> None:
        """The shopper knows."""
        if watches:
            self.kept.watches_told([one.number for one in watches])

    def notes(self, watches: Sequence[Watch]) -> tuple[Note, ...]:
        """What to say of each; a product that left the shop meanwhile is passed over."""
        products = self.store.get_many(one.product_id for one in watches)
        known = [one for one in watches if one.product_id in products]
        return tuple(_note(one, products[one.product_id]) for one in known)

    def _check(self, watches: Sequence[Watch]) -> int:
        if not watches:
            return 0
        products, now = self.store.get_many(one.product_id for one in watches), datetime.now(UTC)
        happened = [came_true(one, products.get(one.product_id), now) for one in watches]
        next_try = now if self.announced else None
        done = [self.kept.watch_came_true(one, next_try) for one in happened if one is not None]
        return sum(done)


def _note(one: Watch, product: Product) -> Note:
    now = Money(one.now, one.currency) if one.now is not None else None
    facts: dict[str, object] = {"title": product.title, "now": now}
    if one.kind == "stock":
        return Note("watch_back_in_stock", facts)
    before = Money(one.amount, one.currency) if one.amount is not None else None
    return Note("watch_reached" if one.at_most else "watch_dropped", facts | {"before": before})
