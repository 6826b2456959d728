"""The chat on the shop's own pages: its loader, and a demo page that shows it."""

from itertools import islice
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse

from assistant.settings import Settings
from assistant.types import Money
from assistant.web.links import page_url, product_path, safe_url
from assistant.web.pages import choose_language, plain_page
from assistant.web.rendering import picture_of
from assistant.wording import product_price, write_money
from catalog.store import ProductStore
from catalog.types import Language, Product

STATIC = Path(__file__).parent / "static"
_SHOWN = 12
_APART = 40
_KEPT = {"Cache-Control": "public, max-age=3600"}


def add_widget(app: FastAPI, store: ProductStore, settings: Settings) -> None:
    """Serve ``/widget.js`` and the demo page ``/shop``."""

    @app.get("/widget.js")
    def widget() -> FileResponse:
        return FileResponse(STATIC / "widget.js", media_type="text/javascript", headers=_KEPT)

    @app.get("/shop")
    def shop(request: Request) -> HTMLResponse:
        language = choose_language(request, settings)
        currency = settings.shop.currency[language]
        firsts = (batch[0][1] for batch in store.iterate(_APART))
        products = list(islice(firsts, _SHOWN))
        cards = [_card(one, language, currency) for one in products]
        return plain_page(request, settings, "shop.html", cards=cards)


def _card(product: Product, language: Language, currency: str) -> dict[str, str]:
    variant = product.variants[0]
    money = product_price(variant, currency)
    return {
        "title": product.title.get(language),
        "url": page_url(product_path(product.id), language),
        "image": safe_url(picture_of(product)),
        "price": write_money(Money(money.amount, money.currency), language) if money else "",
    }
