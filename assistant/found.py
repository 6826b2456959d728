"""What a search found, as JSON, the same from the command line and over HTTP."""

from collections.abc import Sequence
from typing import Any

from assistant.wording import product_price, write_variant
from catalog.facets import Facet
from catalog.money import to_minor
from catalog.results import SearchResult
from catalog.search import ProductSearch
from catalog.types import Language, ProductFilter, ScoredProduct


def facets_of(
    finder: ProductSearch, text: str, wanted: ProductFilter, language: Language
) -> list[dict[str, Any]]:
    """The facets of a search on the wire."""
    return [_facet(one, language) for one in finder.facets(text, wanted)]


def found_to_wire(found: SearchResult, language: Language, currency: str) -> dict[str, object]:
    """A result on the wire; prices are in minor units."""
    return {
        "total": found.total,
        "exact": found.exact,
        "relevant": found.relevant,
        "matching": found.matching,
        "products": products_to_wire(found.products, language, currency),
    }


def products_to_wire(
    found: Sequence[ScoredProduct], language: Language, currency: str
) -> list[dict[str, object]]:
    """Scored products on the wire; prices are in minor units."""
    return [_product(one, language, currency) for one in found]


def _product(one: ScoredProduct, language: Language, currency: str) -> dict[str, object]:
    money = product_price(one.variant, currency)
    return {
        "id": one.product.id,
        "title": one.product.title.get(language),
        "price": to_minor(money.amount, money.currency) if money else None,
        "currency": money.currency if money else currency,
        "available": one.variant.available,
        "variant": write_variant(one.variant, language),
        "score": round(one.score, 4),
        "reasons": [{"name": reason.name, **reason.facts} for reason in one.reasons],
    }


def _facet(one: Facet, language: Language) -> dict[str, Any]:
    values = [
        {"value": value.value, "label": value.label.get(language), "count": value.count}
        for value in one.values
    ]
    ranges = [
        {"minimum": f"{part.minimum:f}", "maximum": f"{part.maximum:f}", "count": part.count}
        for part in one.ranges
    ]
    return {
        "name": one.name,
        "label": one.label.get(language),
        "count": one.count,
        "unit": one.unit,
        "values": values,
        "ranges": ranges,
    }
