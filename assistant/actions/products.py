"""One product, told from its record and its reviews."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.actions.answering import about, answer_about, options_of
from assistant.actions.context import Services, TurnContext, named_products
from assistant.types import Action, Note, Outcome, SuggestedResponse
from assistant.wording import describe_attributes
from catalog.lexicon import load_lexicon
from catalog.opinions import AspectCount, Digest, digest_reviews
from catalog.text import fold
from catalog.types import Language, LocalText, Product, TextConstraint, Variant
from intents.payloads import write_payload
from intents.types import Slot

_DETAIL_ATTRIBUTES = 8
_REVIEWS_QUOTED = 3
_REVIEWS_READ = 1_000
_ASPECTS_TOLD = 4


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
    turn = replace(turn, state=replace(turn.state, size_asked=""))
    matching = _as_shown(matching_variants(product, asked), found[0].variant)
    facts: dict[str, object] = {"asked": option_words(product, asked, turn.language)}
    if asked and not matching:
        facts["options"] = tuple(
            dict.fromkeys(
                text for name, text in options_of(product, turn.language) if name in asked
            )
        )
        return about("option_unknown", found[0], turn, facts)
    available = [one for one in matching or product.variants if one.available]
    if not available:
        outcome = about("sold_out", found[0], turn, facts)
        watch = SuggestedResponse("watch_it", write_payload("watch_product", product_id=product.id))
        return replace(outcome, suggestions=(watch, *outcome.suggestions[1:]))
    counted = any(one.quantity is not None for one in product.variants)
    if not (asked or counted or services.search.currencies()):
        outcome = about("stock_unknown", found[0], turn, {})
        return replace(outcome, suggestions=outcome.suggestions[1:])
    scored = found[0] if found[0].variant in available else replace(found[0], variant=available[0])
    facts["quantity"] = available[0].quantity if asked else None
    turn = replace(turn, state=replace(turn.state, size_asked=asked.get("size", "")))
    return about("in_stock_few" if _few(available[0], asked) else "in_stock", scored, turn, facts)


def _as_shown(matching: tuple[Variant, ...], shown: Variant) -> tuple[Variant, ...]:
    """Those in the colour that was shown, if there are any."""
    same = tuple(one for one in matching if one.option("color") == shown.option("color"))
    return same or matching


def show_reviews(action: Action, turn: TurnContext, services: Services) -> Outcome:
    """The rating of a product and what its buyers praise and blame, counted."""
    found = named_products(action, services)
    if not found:
        return Outcome("product_gone", turn.state)
    product = found[0].product
    reviews = services.store.reviews(product.id, _REVIEWS_READ)
    if not reviews and product.rating is None:
        return about("no_reviews", found[0], turn, {})
    facts: dict[str, object] = {"rating": product.rating, "total": product.review_count}
    digest = digest_reviews(reviews, turn.language)
    if digest.pros or digest.cons:
        return about("review_digest", found[0], turn, facts | _counted(digest))
    own = [one for one in reviews if getattr(one.text, turn.language)]
    facts["quotes"] = tuple(
        f"{'★' * one.rating} {one.text.get(turn.language)}"
        for one in (own or list(reviews))[:_REVIEWS_QUOTED]
    )
    return about("reviews" if facts["quotes"] else "rating_only", found[0], turn, facts)


def _counted(digest: Digest) -> dict[str, object]:
    """The digest as facts: a line for each of the aspects that most reviews speak of."""
    return {
        "count": digest.read,
        "pros": tuple(_aspect(one) for one in digest.pros[:_ASPECTS_TOLD]),
        "cons": tuple(_aspect(one) for one in digest.cons[:_ASPECTS_TOLD]),
    }


def _aspect(one: AspectCount) -> Note:
    return Note("review_aspect", {"aspect": one.label, "count": one.count, "quote": one.quote})


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


def size_wished(product: Product, wish: Slot) -> str:
    """The size wished for as the product has it, or "": 160x230 of a rug of 160 × 230 cm."""
    known = wish.resolved.values if isinstance(wish.resolved, TextConstraint) else ()
    names = (one for one in (str(wish.value), *known) if one)
    return next((one for one in names if matching_variants(product, {"size": one})), "")


def option_words(
    product: Product, options: Mapping[str, str], language: Language
) -> tuple[str, ...]:
    """Options as they are said: in the product's own words, else a colour by its usual name."""
    return tuple(_option_word(product, name, value, language) for name, value in options.items())


def _option_word(product: Product, name: str, value: str, language: Language) -> str:
    own = (one.option(name) for one in product.variants if _has_option(one, name, value))
    concept = load_lexicon().get("color", fold(value)) if name == "color" else None
    text = next(own, concept.name if concept else LocalText(value))
    return text.get(language)


def _has_option(variant: Variant, name: str, value: str) -> bool:
    wanted = fold(value)
    return any(wanted == fold(text) for text in variant.option(name).all())


def _few(variant: Variant, asked: dict[str, str]) -> bool:
    return bool(asked) and variant.quantity is not None and variant.quantity <= 5
