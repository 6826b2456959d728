"""What an assertion demands of a reply, checked against the reply and the shop's records."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.dialogues.form import CartAssertion, ProductsAssertion, Step
from assistant.types import Cart, ProductCard, Reply
from catalog.money import from_minor
from catalog.store import ProductStore
from catalog.text import fold
from catalog.types import LocalText, Product
from intents.types import Slot

Mismatch = tuple[str, str]
"""What was expected, and what came."""


def check(step: Step, reply: Reply, store: ProductStore) -> Iterator[Mismatch]:
    """Everything in which a reply is not as a step demands."""
    yield from _check_text(step, reply)
    if step.action_executed not in (None, reply.action):
        yield f"action {step.action_executed}", reply.action
    best = reply.intents[0].name if reply.intents else "none"
    if step.intent not in (None, best):
        yield f"intent {step.intent}", best
    if step.language not in (None, reply.language):
        yield f"language {step.language}", reply.language
    status = reply.handoff.status if reply.handoff else "none"
    if step.handoff not in (None, status):
        yield f"handoff {step.handoff}", status
    yield from _check_slots(step, reply.slots)
    if step.products is not None:
        yield from _check_products(step.products, reply, store)
    if step.cart is not None:
        yield from _check_cart(step.cart, reply)


def _check_text(step: Step, reply: Reply) -> Iterator[Mismatch]:
    if step.bot_uttered is not None and not matches(step.bot_uttered, reply.text):
        yield f"a text matching {step.bot_uttered!r}", repr(reply.text)
    if step.bot_did_not_utter is not None and matches(step.bot_did_not_utter, reply.text):
        yield f"no text matching {step.bot_did_not_utter!r}", repr(reply.text)
    shown = [one.title for one in reply.suggestions]
    for pattern in step.buttons or ():
        if not any(matches(pattern, title) for title in shown):
            yield f"a button matching {pattern!r}", ", ".join(map(repr, shown)) or "no buttons"


def _check_slots(step: Step, slots: Sequence[Slot]) -> Iterator[Mismatch]:
    found = [f"{slot.name}={slot.value!r} ({slot.role}, {slot.raw!r})" for slot in slots]
    for name, value in (step.slot_was_set or {}).items():
        if not any(slot.name == name and _slot_is(slot, value) for slot in slots):
            yield f"slot {name} = {value!r}", "; ".join(found) or "no slots"
    for name in step.slot_was_not_set or ():
        if any(slot.name == name for slot in slots):
            yield f"no slot {name}", "; ".join(found)


def _slot_is(slot: Slot, value: object) -> bool:
    """``None`` accepts any value, ``exclude`` any value of that role, else value or raw words."""
    if value is None:
        return True
    if value == "exclude":
        return slot.role == "exclude"
    return fold(str(value)) in (fold(str(slot.value)), fold(slot.raw))


def _check_products(
    wanted: ProductsAssertion, reply: Reply, store: ProductStore
) -> Iterator[Mismatch]:
    cards = reply.products
    got = ", ".join(f"{card.id} {card.title!r}" for card in cards) or "none"
    if wanted.min is not None and len(cards) < wanted.min:
        yield f"at least {wanted.min} products", got
    if wanted.max is not None and len(cards) > wanted.max:
        yield f"at most {wanted.max} products", got
    ids = {card.id for card in cards}
    for missing in [id_ for id_ in wanted.includes if id_ not in ids]:
        yield f"product {missing}", got
    for extra in [id_ for id_ in wanted.none_of if id_ in ids]:
        yield f"no product {extra}", got
    if wanted.title_matches is not None:
        for card in cards:
            if not matches(wanted.title_matches, card.title):
                yield f"titles matching {wanted.title_matches!r}", card.title
    yield from _check_prices(wanted, cards)
    yield from _check_attributes(wanted, cards, store)


def _check_prices(wanted: ProductsAssertion, cards: Sequence[ProductCard]) -> Iterator[Mismatch]:
    amounts = [
        (card.title, from_minor(card.price, card.currency))
        for card in cards
        if card.price is not None
    ]
    for title, amount in amounts:
        if wanted.all_within is not None and amount > wanted.all_within:
            yield f"prices up to {wanted.all_within}", f"{amount} for {title!r}"
        if wanted.all_above is not None and amount < wanted.all_above:
            yield f"prices from {wanted.all_above}", f"{amount} for {title!r}"
    prices = [amount for _, amount in amounts]
    if wanted.sorted_by_price and prices != sorted(prices):
        yield "the cheapest first", str([str(price) for price in prices])
    if wanted.dearest_first and prices != sorted(prices, reverse=True):
        yield "the dearest first", str([str(price) for price in prices])


def _check_attributes(
    wanted: ProductsAssertion, cards: Sequence[ProductCard], store: ProductStore
) -> Iterator[Mismatch]:
    products = store.get_many(card.id for card in cards)
    for card in cards:
        product = products.get(card.id)
        if product is None:
            yield "products of the shop", f"{card.id}, which is not in it"
            continue
        if wanted.rated_from is not None and (product.rating or 0) < wanted.rated_from:
            yield f"ratings from {wanted.rated_from}", f"{product.rating} for {card.title!r}"
        for name, value in wanted.all_have.items():
            if not _has(product, card, name, value):
                yield f"{name} {value!r} in every product", card.title
        for name, value in wanted.none_have.items():
            if _has(product, card, name, value):
                yield f"{name} {value!r} in no product", card.title


def _has(product: Product, card: ProductCard, name: str, value: str) -> bool:
    """Whether the product has the value, by its record: an attribute, an option, brand, kind."""
    if name == "brand":
        known: list[object] = [product.brand]
    elif name == "category":
        known = list(product.category)
    else:
        known = list(product.values(name))
        known += [
            text
            for one in product.variants
            for option, text in one.options
            if option == name
            and (
                not card.variant
                or fold(text.en) in fold(card.variant)
                or fold(text.zh) in fold(card.variant)
            )
        ]
    wanted = fold(value)
    return any(wanted in fold(text) for one in known for text in _texts(one))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, LocalText):
        return value.all()
    if isinstance(value, bool):
        return ("yes",) if value else ("no",)
    return (str(value),)


def _check_cart(wanted: CartAssertion, reply: Reply) -> Iterator[Mismatch]:
    items = reply.cart.items if reply.cart else ()
    got = "; ".join(f"{one.quantity} × {one.title} ({one.variant})" for one in items) or "empty"
    if wanted.lines is not None and len(items) != wanted.lines:
        yield f"{wanted.lines} lines in the cart", got
    pieces = sum(one.quantity for one in items)
    if wanted.quantity is not None and pieces != wanted.quantity:
        yield f"{wanted.quantity} pieces in the cart", got
    pattern = wanted.variant
    if pattern is not None and not any(matches(pattern, one.variant) for one in items):
        yield f"a variant matching {pattern!r} in the cart", got
    ids = {one.product_id for one in items}
    for missing in [id_ for id_ in wanted.includes if id_ not in ids]:
        yield f"product {missing} in the cart", got
    for extra in [id_ for id_ in wanted.none_of if id_ in ids]:
        yield f"no product {extra} in the cart", got
    total = _total(reply.cart)
    if wanted.total not in (None, total):
        yield f"a total of {wanted.total}", str(total)


def _total(cart: Cart | None) -> Decimal:
    return from_minor(cart.total, cart.currency) if cart else Decimal(0)


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text, whatever the case."""
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None
