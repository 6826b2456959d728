"""Why a product is recommended, from records alone: events, attributes, prices, ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from catalog.complements import Complements
from catalog.reasons import filter_reasons, well_rated
from catalog.recommending.history import LEAST_SHOPPERS, History
from catalog.text import fold
from catalog.types import (
    Attribute,
    Language,
    LocalText,
    Product,
    ProductFilter,
    Reason,
    ScoredProduct,
    Variant,
)

MOST = 2
"""Reasons of one product."""

LIKENESS = frozenset(
    {
        "looks_like",
        "same_as",
        "same_but_cheaper",
        "cheaper_than",
        "same_brand",
        "also_viewed",
        "also_bought",
    }
)
"""Reasons that say what a product has to do with another one."""

_TELLING = (
    "material", "fabric", "genre", "author", "director", "style", "pattern", "flavor", "flavour",
    "scent", "skin_type", "connector", "color", "colour",
)  # fmt: skip
"""Attributes that people choose by, before all others."""
_SAYS_LITTLE = frozenset({"gender", "season", "age_group", "language", "condition", "origin"})
_CHEAPER = 0.1
"""The least share of the price by which something is called cheaper."""


@dataclass(frozen=True, eq=False)
class Grounds:
    """What the reasons of one answer may go by.

    Args:
        history: The log.
        anchors: What the shopper chose, or the request started from; the last chosen first.
        popular: Products that are among the most chosen of the shop.
        near: By product, the anchor of its kind whose texts are much nearer to its own than usual.
        wanted: What the shopper asked for.
        language: Of the facts.
        looks: By product that would not be there but for its picture, the anchor it looks like.
        chosen: Whether the shopper chose the anchors; else one is only being looked at.
    """

    history: History
    anchors: Sequence[Product]
    popular: frozenset[str]
    near: Mapping[str, Product]
    wanted: ProductFilter
    language: Language
    looks: Mapping[str, Product] = field(default_factory=dict)
    chosen: bool = True


def recommended_for(one: ScoredProduct, grounds: Grounds) -> tuple[Reason, ...]:
    """The one or two best reasons: its picture if it owes its place to that, people, likeness."""
    found = [
        *_looks_like(one.product, grounds),
        *_done_together(one.product, grounds),
        *_alike(one, grounds),
        *filter_reasons(one.product, one.variant, grounds.wanted, grounds.language),
    ]
    if len(found) < MOST and one.product.id in grounds.popular:
        found.append(Reason("popular"))
    if len(found) < MOST:
        found += well_rated(one.product)
    return tuple(found[:MOST]) or (_at_least(one.product, grounds),)


def _at_least(product: Product, grounds: Grounds) -> Reason:
    """What can be said when nothing better can."""
    anchor = grounds.near.get(product.id)
    if anchor is not None:
        facts = {"title": anchor.title.get(grounds.language), "product_id": anchor.id}
        return Reason("like_your_history" if grounds.chosen else "similar_to", facts)
    shelf = _shelf_chosen_from(product, grounds) if grounds.chosen else None
    if shelf is not None:
        return Reason("your_shelf", {"category": shelf.get(grounds.language)})
    if product.category:
        return Reason("from_category", {"category": product.category[-1].get(grounds.language)})
    return Reason("in_shop")


def _shelf_chosen_from(product: Product, grounds: Grounds) -> LocalText | None:
    """The narrowest shelf of a product from which the shopper chose something too."""
    for depth in range(len(product.category), 0, -1):
        path = product.category[:depth]
        if any(anchor.category[:depth] == path for anchor in grounds.anchors):
            return path[-1]
    return None


def _looks_like(product: Product, grounds: Grounds) -> list[Reason]:
    anchor = grounds.looks.get(product.id)
    if anchor is None:
        return []
    facts = {"title": anchor.title.get(grounds.language), "product_id": anchor.id}
    return [Reason("looks_like", facts)]


def _done_together(product: Product, grounds: Grounds) -> list[Reason]:
    """That people who bought or chose one of the anchors bought or chose this too."""
    for name, buyers in (("also_bought", True), ("also_viewed", False)):
        counts = [
            (grounds.history.both(anchor.id, product.id, buyers), -place, anchor)
            for place, anchor in enumerate(grounds.anchors)
            if anchor.id != product.id
        ]
        times, _, anchor = max(counts, key=lambda one: one[:2], default=(0, 0, product))
        if times >= LEAST_SHOPPERS:
            facts = {"title": anchor.title.get(grounds.language), "times": str(times)}
            return [Reason(name, facts | {"product_id": anchor.id})]
    return []


def _alike(one: ScoredProduct, grounds: Grounds) -> list[Reason]:
    """What it has in common with the last anchor of its kind, and how much cheaper it is."""
    for anchor in grounds.anchors:
        if anchor.id == one.product.id or not same_kind(one.product, anchor):
            continue
        facts = {"title": anchor.title.get(grounds.language), "product_id": anchor.id}
        shared = _shared(one.product, anchor)
        cheaper = _cheaper(one.variant, anchor, grounds.wanted.currency)
        if shared is not None:
            facts |= {"attribute": shared.name, "label": shared.label.get(grounds.language)}
            facts["value"] = _text(shared).get(grounds.language)
        if shared is not None and cheaper:
            return [Reason("same_but_cheaper", facts | {"percent": str(cheaper)})]
        if shared is not None:
            return [Reason("same_as", facts)]
        if cheaper:
            return [Reason("cheaper_than", facts | {"percent": str(cheaper)})]
        if _brand(one.product) and _brand(one.product) == _brand(anchor):
            return [Reason("same_brand", facts | {"brand": anchor.brand.get(grounds.language)})]
    return []


def same_kind(product: Product, other: Product) -> bool:
    """Whether two products stand on one shelf."""
    return bool(product.category) and product.category[-1:] == other.category[-1:]


def _shared(product: Product, anchor: Product) -> Attribute | None:
    """The most telling attribute in words of which both have the same value."""
    known = {(fold(one.name), fold(text)) for one in anchor.attributes for text in _words(one)}
    common = [
        one
        for one in product.attributes
        if fold(one.name) not in _SAYS_LITTLE
        and any((fold(one.name), fold(text)) in known for text in _words(one))
    ]
    return min(common, key=lambda one: _place(one.name), default=None)


def _place(name: str) -> int:
    folded = fold(name)
    return _TELLING.index(folded) if folded in _TELLING else len(_TELLING)


def _words(one: Attribute) -> tuple[str, ...]:
    return one.value.all() if isinstance(one.value, LocalText) else ()


def _text(one: Attribute) -> LocalText:
    return one.value if isinstance(one.value, LocalText) else LocalText()


def _cheaper(variant: Variant, anchor: Product, currency: str) -> int:
    """By how many percent the variant costs less than the anchor's cheapest; 0 for too little."""
    price = variant.price(currency)
    others = [found for one in anchor.variants if (found := one.price(currency)) is not None]
    same = [one.amount for one in others if price is not None and one.currency == price.currency]
    if price is None or not same or min(same) <= 0:
        return 0
    saved = 1 - price.amount / min(same)
    return int(saved * 100) if saved >= _CHEAPER else 0


def _brand(product: Product) -> str:
    return fold(product.brand.en or product.brand.zh)


def bought_before(times: Sequence[datetime], language: Language) -> Reason:
    """That the shopper bought it, how often and when last, as an ISO date."""
    name = "bought_often" if len(times) > 1 else "bought_before"
    return Reason(name, {"times": str(len(times)), "date": times[-1].date().isoformat()})


def bought_by(shoppers: int) -> Reason:
    """That so many shoppers bought it."""
    return Reason("bought_by", {"count": str(shoppers)})


def bought_along(goes: Complements, product: Product, about: Product, language: Language) -> Reason:
    """In how many baskets a product was with another one, or its kind with the other's kind."""
    facts = {"times": str(goes.times[product.id])}
    if goes.reason == "bought_with_kind":
        facts["kind"] = about.category[-1].get(language)
        facts["other"] = product.category[-1].get(language)
    return Reason(goes.reason, facts)


def taste_of(products: Mapping[str, Product], weights: Mapping[str, float]) -> dict[str, float]:
    """The share of each shelf in what was chosen; a product on several counts for a part each."""
    shares: dict[str, float] = {}
    for id_, weight in weights.items():
        names = shelves_of(products[id_]) if id_ in products else ()
        for name in names:
            shares[name] = shares.get(name, 0.0) + weight / len(names)
    total = sum(shares.values())
    return {name: share / total for name, share in shares.items()} if total else {}


def shelves_of(product: Product) -> tuple[str, ...]:
    """What a list's mix is measured by: genres, or the second level of the category path."""
    genres = [one for one in product.values("genre") if isinstance(one, LocalText)]
    if genres:
        return tuple(dict.fromkeys(fold(one.en or one.zh) for one in genres))
    level = product.category[min(1, len(product.category) - 1)] if product.category else None
    return () if level is None else (fold(level.en or level.zh),)
