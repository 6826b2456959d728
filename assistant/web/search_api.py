"""``GET /api/v1/search``: products by words and filters, with facets, without a conversation."""

from decimal import Decimal
from typing import Annotated, Literal

from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse

from assistant.engine import Assistant
from assistant.found import facets_of, found_to_wire
from assistant.settings import Settings
from catalog.conditions import add_conditions
from catalog.text import has_chinese
from catalog.types import Language, ProductFilter, read_order

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
