"""``GET /api/v1/search``: products by words and filters, with facets, without a conversation."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse

from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.wording import product_price, write_variant
from catalog.conditions import add_conditions
from catalog.facets import Facet
from catalog.money import to_minor
from catalog.results import SearchResult
from catalog.search import ProductSearch
from catalog.text import has_chinese
from catalog.types import Language, ProductFilter, ScoredProduct, read_order

MOST = 100
DEEPEST = 10_000


def mount_search(app: FastAPI, assistant: Assistant, settings: Settings) -> None:
    """Add the search endpoint to a web application."""
    finder = assistant.services.search

    @app.get("/api/v1/search")
    def search(
        q: str = "",
        k: Annotated[int, Query(ge=1, le=MOST)] = 10,
        offset: Annotated[int, Query(ge=0, le=DEEPEST)] = 0,
        sort: str = "relevance",
        category: Annotated[list[str] | None, Query()] = None,
        brand: Annotated[list[str] | None, Query()] = None,
        minimum_price: Annotated[Decimal | None, Query(ge=0)] = None,
        maximum_price: Annotated[Decimal | None, Query(ge=0)] = None,
        minimum_rating: Annotated[float | None, Query(ge=0, le=5)] = None,
        available: bool = False,
        where: Annotated[list[str] | None, Query()] = None,
        currency: str = "",
        language: Literal["en", "zh", ""] = "",
        facets: bool = False,
    ) -> JSONResponse:
        tongue: Language = language or ("zh" if has_chinese(q) else "en")
        money = currency or settings.shop.currency[tongue]
        try:
            wanted = ProductFilter(
                categories=tuple(category or ()),
                brands=tuple(brand or ()),
                minimum_price=minimum_price,
                maximum_price=maximum_price,
                currency=money,
                minimum_rating=minimum_rating,
                available_only=available,
            )
            wanted = add_conditions(wanted, where or (), finder.attribute_names)
            order = read_order(sort)
            found = finder.search(
                q, wanted, k, sort=order, offset=offset, currency=money, language=tongue
            )
        except ValueError as error:
            return JSONResponse({"error": str(error)}, status_code=422)
        wire = found_to_wire(found, tongue, money) | {"offset": offset}
        if facets:
            wire["facets"] = facets_of(finder, q, wanted, tongue)
        return JSONResponse(wire)


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
