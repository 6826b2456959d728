"""One product, or a few side by side, told from their records."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.actions.answering import about, answer_about, options_of
from assistant.actions.context import Services, TurnContext, named_products, show
from assistant.types import Action, Note, Outcome
from assistant.wording import describe_attributes, product_price, write_money
from catalog.text import fold
from catalog.types import Language, Product, ScoredProduct, Variant

_COMPARED_ATTRIBUTES = 14
_DETAIL_ATTRIBUTES = 8
_REVIEWS_QUOTED = 3


def show_product_detail(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Everything worth knowing about a product, or the answer to what was asked about it."""
    found = named_products(action, services)
    if not found:
        return Outcome("product_gone", turn.state)
    scored = found[0]
    answered = answer_about(scored, action, turn, services)
    if answered is not None:
        return answered
    attributes = describe_attributes(scored.product, turn.language)
    colon = "：" if turn.language == "zh" else ": "
    told = [label + colon + value for label, value in attributes.values()][:_DETAIL_ATTRIBUTES]
    return about(
        "product_detail",
        scored,
        turn,
        {
            "description": scored.product.description,
            "attributes": tuple(told),
            "brand": scored.product.brand,
        },
    )


def show_price(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """What a product costs now."""
    found = named_products(action, services)
    if not found:
        return Outcome("product_gone", turn.state)
    price = found[0].variant.price(turn.state.currency)
    if price is None:
        return about("price_unknown", found[0], turn, {})
    return about("price", found[0], turn, {})


def show_availability(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Whether a product can be ordered, in the size and colour that were asked about."""
    found = named_products(action, services)
    if not found:
        return Outcome("product_gone", turn.state)
    product = found[0].product
    asked = {name: action.args[name] for name in ("size", "color") if name in action.args}
    matching = _as_shown(matching_variants(product, asked), found[0].variant)
    facts: dict[str, object] = {"asked": tuple(asked.values())}
    if asked and not matching:
        facts["options"] = tuple(
            dict.fromkeys(
                text for name, text in options_of(product, turn.language) if name in asked
            )
        )
        return about("option_unknown", found[0], turn, facts)
    available = [one for one in matching or product.variants if one.available]
    if not available:
        return about("sold_out", found[0], turn, facts)
    scored = found[0] if found[0].variant in available else replace(found[0], variant=available[0])
    facts["quantity"] = available[0].quantity if asked else None
    return about("in_stock_few" if _few(available[0], asked) else "in_stock", scored, turn, facts)


def _as_shown(matching: tuple[Variant, ...], shown: Variant) -> tuple[Variant, ...]:
    """Those in the colour that was shown, if there are any."""
    same = tuple(one for one in matching if one.option("color") == shown.option("color"))
    return same or matching


def show_reviews(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """The rating of a product and what its buyers wrote last."""
    found = named_products(action, services)
    if not found:
        return Outcome("product_gone", turn.state)
    product = found[0].product
    reviews = services.store.reviews(product.id)
    if not reviews and product.rating is None:
        return about("no_reviews", found[0], turn, {})
    own = [one for one in reviews if getattr(one.text, turn.language)]
    quoted = tuple(
        f"{'★' * one.rating} {one.text.get(turn.language)}"
        for one in (own or list(reviews))[:_REVIEWS_QUOTED]
    )
    facts: dict[str, object] = {
        "rating": product.rating,
        "total": product.review_count,
        "quotes": quoted,
    }
    return about("reviews" if quoted else "rating_only", found[0], turn, facts)


def compare_products(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """Two to four products side by side, what differs first."""
    found = named_products(action, services)
    if len(found) < 2:
        return Outcome("compare_what", turn.state)
    state = replace(show(turn.state, found), focus=None, pending=None, failed_turns=0)
    notes = _verdicts(found, turn)
    return Outcome(
        "compared",
        state,
        {"count": len(found)},
        notes,
        products=found,
        table=comparison(found, turn.language, turn.state.currency),
    )


def report_unknown_reference(_: Action, turn: TurnContext, __: Services) -> Outcome:
    """The words point at a place where nothing was shown."""
    return Outcome("unknown_reference", turn.state, {"count": len(turn.state.shown)})


def matching_variants(product: Product, options: dict[str, str]) -> tuple[Variant, ...]:
    """The variants that have every one of the options, compared in both languages."""
    return tuple(
        one
        for one in product.variants
        if all(_has_option(one, name, value) for name, value in options.items())
    )


def comparison(
    products: Sequence[ScoredProduct], language: Language, currency: str
) -> tuple[tuple[str, ...], ...]:
    """The rows of a comparison, the header first: its first cell is empty."""
    columns = [_facts_of(one, language, currency) for one in products]
    names = list(dict.fromkeys(name for column in columns for name in column))
    rows = [tuple(column.get(name, "—") for column in columns) for name in names]
    order = sorted(range(len(names)), key=lambda i: (len(set(rows[i])) == 1, i))
    header = ("", *(one.product.title.get(language) for one in products))
    body = [(names[i], *rows[i]) for i in order[:_COMPARED_ATTRIBUTES]]
    return (header, *body)


_ROWS = {
    "en": {"price": "Price", "brand": "Brand", "rating": "Rating", "stock": "Availability"},
    "zh": {"price": "价格", "brand": "品牌", "rating": "评分", "stock": "库存"},
}
_STOCK = {"en": ("in stock", "sold out"), "zh": ("有货", "无货")}


def _facts_of(scored: ScoredProduct, language: Language, currency: str) -> dict[str, str]:
    product, names = scored.product, _ROWS[language]
    money = product_price(scored.variant, currency)
    facts = {names["price"]: write_money(money, language) if money else "—"}
    if product.brand:
        facts[names["brand"]] = product.brand.get(language)
    if product.rating is not None:
        facts[names["rating"]] = f"{product.rating:.1f} ({product.review_count})"
    facts[names["stock"]] = _STOCK[language][0 if product.available else 1]
    return facts | dict(describe_attributes(product, language).values())


def _verdicts(products: Sequence[ScoredProduct], turn: TurnContext) -> tuple[Note, ...]:
    """Which is cheapest and which is best rated, where the records tell them apart."""
    notes = []
    priced = [
        (money.amount, one)
        for one in products
        if (money := product_price(one.variant, turn.state.currency)) is not None
    ]
    if len(priced) == len(products) and len({amount for amount, _ in priced}) > 1:
        cheapest = min(priced, key=lambda pair: pair[0])[1]
        notes.append(Note("compare_cheapest", {"title": cheapest.product.title}))
    rated = [(one.product.rating, one) for one in products if one.product.rating is not None]
    if len(rated) == len(products) and len({rating for rating, _ in rated}) > 1:
        best = max(rated, key=lambda pair: pair[0])
        notes.append(Note("compare_best", {"title": best[1].product.title, "rating": best[0]}))
    return tuple(notes)


def _has_option(variant: Variant, name: str, value: str) -> bool:
    wanted = fold(value)
    return any(wanted == fold(text) for text in variant.option(name).all())


def _few(variant: Variant, asked: dict[str, str]) -> bool:
    return bool(asked) and variant.quantity is not None and variant.quantity <= 5
