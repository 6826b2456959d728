"""Watches: a shopper hears of it when a price falls or a product is back in stock."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from assistant.actions.context import Services, TurnContext, focus_on, kept_in, named_products
from assistant.actions.products import matching_variants
from assistant.notices import came_true, from_now_on
from assistant.types import (
    Action,
    Money,
    Note,
    Outcome,
    ShownProduct,
    SuggestedResponse,
    Watch,
    settled,
)
from assistant.wording import product_price, write_variant
from catalog.types import ScoredProduct, Variant
from intents.payloads import write_payload
from intents.ruled import WATCHED_STOCK
from intents.types import PriceRange

MOST_WATCHES = 50
"""So many products one shopper may watch at once."""

_LIST = SuggestedResponse("my_watches", "/list_watches")


def watch_product(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Watch a product: for its stock where that is said or where it is sold out, else its price."""
    found = named_products(action, services)
    if not found:
        return Outcome("product_gone", turn.state)
    kept, scored = kept_in(services), found[0]
    if kept.count_watches(turn.state.session_id, turn.state.user_id) >= MOST_WATCHES:
        return Outcome("watches_full", turn.state, {"most": MOST_WATCHES}, suggestions=(_LIST,))
    limit = _limit(turn)
    one = _watch(scored, limit, action, turn)
    state = settled(focus_on(turn.state, scored.product, scored.variant))
    facts = _facts(one, scored)
    already = came_true(one, scored.product, one.created)
    if already is not None:
        now = Money(already.now, one.currency) if already.now is not None else None
        add = SuggestedResponse("add_it", write_payload("add_to_cart", product_id=one.product_id))
        response = "watch_needless_stock" if one.kind == "stock" else "watch_needless_price"
        told = facts | {"now": now}
        return Outcome(response, state, told, _notes(one, limit), suggestions=(add,))
    if one.kind == "price" and one.amount is None:
        return Outcome("price_unknown", state, facts)
    kept.add_watch(one)
    response = _RESPONSES[one.kind, one.at_most]
    return Outcome(response, state, facts, _notes(one, limit), suggestions=(_LIST,))


_RESPONSES = {
    ("stock", False): "watching_stock",
    ("price", False): "watching_price",
    ("price", True): "watching_limit",
}


def _watch(
    scored: ScoredProduct, limit: PriceRange | None, action: Action, turn: TurnContext
) -> Watch:
    price = product_price(scored.variant, turn.state.currency)
    asked = {name: action.args[name] for name in ("size", "color") if name in action.args}
    matching = matching_variants(scored.product, asked) if asked else ()
    one = Watch(
        turn.state.session_id,
        turn.state.user_id,
        scored.product.id,
        matching[0].id if len(matching) == 1 else "",
        _kind(scored, limit, turn),
        datetime.now(UTC),
        turn.language,
        _amount(limit) if limit else None,
        price.currency if price else turn.state.currency,
        limit is not None,
    )
    return one if limit else from_now_on(one, scored.product)


def _limit(turn: TurnContext) -> PriceRange | None:
    """The price that the shopper would pay, where one was named."""
    wishes = [s.value for s in turn.nlu.slots if isinstance(s.value, PriceRange)]
    return next((one for one in wishes if _amount(one) is not None), None)


def _amount(limit: PriceRange) -> Decimal | None:
    return limit.maximum if limit.maximum is not None else limit.minimum


def _notes(one: Watch, limit: PriceRange | None) -> tuple[Note, ...]:
    """What the shopper should know about how the limit was read."""
    if limit is None or not limit.spoken_currency or limit.currency == one.currency:
        return ()
    return (Note("other_currency", {"said": limit.currency, "currency": one.currency}),)


def _kind(
    scored: ScoredProduct, limit: PriceRange | None, turn: TurnContext
) -> Literal["price", "stock"]:
    text = turn.nlu.text
    if limit is not None:
        return "price"
    if text.startswith("/"):
        return "price" if scored.product.available else "stock"
    return "stock" if WATCHED_STOCK.search(text.casefold()) else "price"


def _facts(one: Watch, scored: ScoredProduct) -> dict[str, object]:
    return {
        "title": scored.product.title,
        "variant": _options(scored.product.variant(one.variant_id), one),
        "before": Money(one.amount, one.currency) if one.amount is not None else None,
    }


def _options(variant: Variant | None, one: Watch) -> str:
    return write_variant(variant, one.language) if variant else ""


_WATCHED = {"price": "watched_price", "stock": "watched_stock"}


def list_watches(_: Action, turn: TurnContext, services: Services) -> Outcome:
    """What is being watched. The products can then be pointed at."""
    watches = kept_in(services).watches(turn.state.session_id, turn.state.user_id)
    products = services.store.get_many(one.product_id for one in watches)
    watches = tuple(one for one in watches if one.product_id in products)
    if not watches:
        return Outcome("no_watches", settled(turn.state))
    lines = tuple(
        Note(
            _WATCHED[one.kind],
            {
                "title": products[one.product_id].title,
                "before": Money(one.amount, one.currency) if one.amount is not None else None,
            },
        )
        for one in watches
    )
    shown = tuple(dict.fromkeys(ShownProduct(one.product_id, one.variant_id) for one in watches))
    state = replace(settled(turn.state), shown=shown, focus=None)
    stop = SuggestedResponse("stop_watching", "/stop_watching")
    facts: dict[str, object] = {"count": len(lines), "lines": lines}
    return Outcome("watches", state, facts, suggestions=(stop,))


def stop_watching(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Forget the watches of the products that are meant, or all of them."""
    kept = kept_in(services)
    watches = kept.watches(turn.state.session_id, turn.state.user_id)
    meant = {id_ for id_, _ in action.products}
    chosen = [one for one in watches if not meant or one.product_id in meant]
    if not chosen:
        return Outcome("no_watches", settled(turn.state))
    kept.drop_watches([one.number for one in chosen])
    products = services.store.get_many(one.product_id for one in chosen)
    titles = tuple(dict.fromkeys(one.title.get(turn.language) for one in products.values()))
    return Outcome("watches_dropped", settled(turn.state), {"titles": titles})
