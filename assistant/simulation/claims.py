"""What a reply claims, checked against the shop's records: prices, stock, names and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from assistant.simulation.records import Records
from assistant.simulation.systems import Answered
from assistant.types import ProductCard, Reply
from assistant.wording import write_variant
from catalog.money import from_minor
from catalog.text import fold
from catalog.types import LocalText, Product, Variant

_MONEY = re.compile(
    r"(?:US\$|[$¥￥€£]|CN¥)\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s?(?:元|块(?!装)|美元|dollars|yuan)"
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\]\(([^)\s]+)\)|(https?://[^\s)\]，。]+)")
_IN_STOCK = frozenset({"in_stock", "in_stock_few"})
_OWN_WORDS = frozenset(
    {"answer_faq", "track_order", "cancel_order", "change_order", "return_items"}
    | {"exchange_items", "show_help"}
)
"""Actions that quote policies, orders and examples instead of products."""


@dataclass(slots=True)
class Claims:
    """The checks of one conversation; remembers what was shown and said in it."""

    records: Records
    currency: str
    checkout_url: str = ""
    kind_amounts: frozenset[Decimal] = frozenset()
    seen: dict[str, Product] = field(default_factory=dict)
    said_amounts: set[Decimal] = field(default_factory=set)

    def heard(self, text: str) -> None:
        """Remember the numbers of a message: the assistant may repeat them."""
        self.said_amounts.update(_decimal(one) for one in _NUMBER.findall(text))

    def unbacked(self, answered: Answered) -> list[str]:
        """Every claim of a reply that no record backs."""
        reply = answered.reply
        found = [problem for card in reply.products for problem in self._card(card)]
        for card in reply.products:
            if card.id in self.records.by_id:
                self.seen[card.id] = self.records.by_id[card.id]
        if reply.action not in _OWN_WORDS:
            found += self._amounts(reply)
        found += [*self._names(answered), *self._links(reply), *self._stock(answered)]
        return [*found, *self._cart(reply)]

    def _card(self, card: ProductCard) -> Iterator[str]:
        product = self.records.by_id.get(card.id)
        if product is None:
            yield f"product {card.id} is not in the shop"
            return
        if card.title not in product.title.all():
            yield f"title {card.title!r} of {card.id}"
        if card.url != product.url:
            yield f"link {card.url!r} of {card.id}"
        if not any(_is_shown(card, product, one) for one in product.variants):
            yield f"price or stock of {card.id}: {card.price} {card.currency} {card.available}"

    def _amounts(self, reply: Reply) -> Iterator[str]:
        told = [_decimal(one or other) for one, other in _MONEY.findall(reply.text)]
        if not told:
            return
        prices = {amount for product in self.seen.values() for amount in amounts_of(product)}
        known = prices | self.said_amounts | self.kind_amounts
        for one in reply.suggestions:
            known.update(_decimal(number) for number in _NUMBER.findall(one.title))
        if reply.cart is not None:
            known |= _cart_amounts(reply)
        known |= {abs(one - other) for one, other in combinations(prices, 2)}
        yield from (f"amount {one} in {reply.text!r}" for one in told if one not in known)

    def _names(self, answered: Answered) -> Iterator[str]:
        known = self.records.titles
        for name in _BOLD.findall(answered.reply.text):
            if fold(re.sub(r"\\(.)", r"\1", name)) not in known:
                yield f"name {name!r}"
        for said in answered.said:
            title = said.facts.get("title")
            if isinstance(title, LocalText | str):
                names = title.all() if isinstance(title, LocalText) else (title,)
                yield from (
                    f"name {one!r} in {said.name}" for one in names if fold(one) not in known
                )

    def _links(self, reply: Reply) -> Iterator[str]:
        start = self.checkout_url.partition("{")[0]
        urls = {one.url for one in self.seen.values()}
        for link in (one or other for one, other in _LINK.findall(reply.text)):
            if link not in urls and not (start and link.startswith(start)):
                yield f"link {link!r}"

    def _stock(self, answered: Answered) -> Iterator[str]:
        for said in answered.said:
            named = said.facts.get("title")
            products = [one for one in self.seen.values() if one.title == named]
            if said.name in _IN_STOCK and not any(one.available for one in products):
                yield f"{said.name} of {named}"
            if said.name == "sold_out" and products and all(map(_all_available, products)):
                yield f"sold_out of {named}"
            left = said.facts.get("quantity")
            known = {variant.quantity for one in products for variant in one.variants}
            if said.name == "in_stock_few" and left not in known:
                yield f"{left} left of {named}"

    def _cart(self, reply: Reply) -> Iterator[str]:
        if reply.cart is None:
            return
        for item in reply.cart.items:
            product = self.records.by_id.get(item.product_id)
            variant = product.variant(item.variant_id) if product else None
            price = variant.price(self.currency) if variant else None
            if price is None or item.price is None:
                yield f"{item.variant_id} in the cart"
            elif from_minor(item.price, item.currency) != price.amount:
                yield f"price of {item.variant_id} in the cart"
        total = sum(one.quantity * (one.price or 0) for one in reply.cart.items)
        if total != reply.cart.total:
            yield f"total {reply.cart.total} of the cart"


def amounts_of(product: Product) -> set[Decimal]:
    """Every price and former price of a product."""
    prices = [price for variant in product.variants for price in variant.prices]
    listed = {price.list_amount for price in prices if price.list_amount is not None}
    return {price.amount for price in prices} | listed


def _is_shown(card: ProductCard, product: Product, variant: Variant) -> bool:
    """Whether a variant is as a card says."""
    price = variant.price(card.currency)
    amount = price.amount if price else None
    listed = price.list_amount if price else None
    if not (_same(card.price, amount, card) and _same(card.list_price, listed, card)):
        return False
    choices = [write_variant(variant, language) for language in ("en", "zh")]
    named = not card.variant or any(
        set(card.variant.split(" · ")) <= set(one.split(" · ")) for one in choices
    )
    image = variant.image or (product.images[0] if product.images else "")
    return named and card.available == variant.available and card.image == image


def _same(minor: int | None, amount: Decimal | None, card: ProductCard) -> bool:
    if minor is None or amount is None:
        return minor is None and amount is None
    return from_minor(minor, card.currency) == amount


def _all_available(product: Product) -> bool:
    return all(variant.available for variant in product.variants)


def _cart_amounts(reply: Reply) -> set[Decimal]:
    cart = reply.cart
    assert cart is not None
    lines = {one.quantity * (one.price or 0) for one in cart.items}
    return {from_minor(amount, cart.currency) for amount in (cart.total, *lines)}


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
