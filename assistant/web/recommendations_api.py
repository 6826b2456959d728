"""``GET /api/v1/recommendations/{user_id}``: what the shop recommends, without a conversation."""

from typing import Annotated, Any, Literal

from fastapi import FastAPI, Path, Query
from fastapi.responses import JSONResponse

from assistant.engine import Assistant
from assistant.responses import Responses, make_card
from assistant.settings import Settings
from assistant.wire import card_to_wire
from catalog.recommending.request import Kind, Recommendations, Request
from catalog.types import Language, ProductFilter

MOST = 100
LIST = "api_recommendations"
"""The list that impressions and clicks of these products belong to, unless the page has its own."""

_NO_PRODUCT = "{kind} starts from a product: give its id as product_id"


def mount_recommendations(app: FastAPI, assistant: Assistant, settings: Settings) -> None:
    """Add the endpoint to a web application.

    A user whom nobody knows gets what is popular. 404 for a product that is not in the shop, 422
    for a parameter that is missing or wrong. ``model`` and ``version`` of the answer belong into
    the ``view_item_list`` event that reports what of it was really shown.
    """
    recommending = assistant.services.recommending

    @app.get("/api/v1/recommendations/{user_id}")
    def recommendations(
        user_id: Annotated[str, Path(min_length=1, max_length=255)],
        kind: Kind = Kind.FOR_YOU,
        product_id: str = "",
        k: Annotated[int, Query(ge=1, le=MOST)] = 10,
        language: Literal["en", "zh", ""] = "",
        currency: Annotated[str, Query(pattern="^([A-Z]{3})?$")] = "",
        described: Annotated[str, Query(max_length=500)] = "",
        category: Annotated[list[str] | None, Query()] = None,
    ) -> JSONResponse:
        tongue: Language = language or settings.shop.default_language
        if kind.needs_product and not product_id:
            return _refused(422, _NO_PRODUCT.format(kind=kind))
        wanted = ProductFilter(
            categories=tuple(category or ()),
            currency=currency or settings.shop.currency[tongue],
            available_only=True,
        )
        start = product_id if kind.needs_product else ""
        request = Request(kind, user_id, start, k, wanted, tongue, described)
        try:
            found = recommending.recommend(request)
        except ValueError as error:
            return _refused(404, str(error))
        return JSONResponse(_to_wire(request, found, assistant.responses))


def _to_wire(request: Request, found: Recommendations, responses: Responses) -> dict[str, Any]:
    currency = request.wanted.currency
    return {
        "user_id": request.shopper,
        "kind": request.kind,
        "language": request.language,
        "personal": found.personal,
        "list_id": LIST,
        "model": found.model,
        "version": found.version,
        "products": [
            card_to_wire(make_card(responses, one, request.language, currency))
            for one in found.products
        ],
    }


def _refused(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"error": reason}, status_code=status)
