"""Where a cart ends in the demo shop: a summary from the records, and no payment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from assistant.settings import Settings
from assistant.types import Money
from assistant.web.links import page_url, safe_url
from assistant.web.pages import choose_language, plain_page
from assistant.web.rendering import picture_of
from assistant.wording import product_price, write_money, write_variant
from catalog.store import ProductStore
from catalog.types import Language, Product

_LINES = 200
_ITEM = re.compile(r"(?P<id>.+):(?P<count>[1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of the summary; ``sum`` is ``None`` where no record has a price."""

    title: str
    variant: str
    url: str
    image: str
    quantity: int
    sum: Money | None
    written: str


def add_checkout_page(app: FastAPI, store: ProductStore, settings: Settings) -> None:
    """Serve ``/checkout?items=variant:quantity,…``."""

    @app.get("/checkout", include_in_schema=False)
    def checkout(request: Request) -> HTMLResponse:
        wanted, ignored = read_items(request.url.query)
        products = store.get_by_variants(wanted)
        ignored += len(wanted.keys() - products.keys())
        language = choose_language(request, settings)
        lines = order_lines(wanted, products, language, settings.shop.currency[language])
        return plain_page(
            request,
            settings,
            "checkout.html",
            lines=lines,
            totals=totals(lines, language),
            ignored=ignored,
        )


def read_items(query: str) -> tuple[dict[str, int], int]:
    """The quantities by variant id, and how many items of the link could not be read.

    ``query`` is taken as it came, because an id may hold the signs that separate items.
    """
    given = next((part[6:] for part in query.split("&") if part.startswith("items=")), "")
    items = (given if ":" in given else unquote(given)).split(",")
    read = [_ITEM.fullmatch(item) for item in items[:_LINES] if item]
    wanted = {unquote(one["id"]): int(one["count"]) for one in read if one}
    return wanted, sum(one is None for one in read)


def order_lines(
    wanted: Mapping[str, int], products: Mapping[str, Product], language: Language, currency: str
) -> list[OrderLine]:
    """The lines of the summary, with today's prices."""
    lines = []
    for variant_id, quantity in wanted.items():
        product = products.get(variant_id)
        variant = product.variant(variant_id) if product else None
        if product is None or variant is None:
            continue
        price = product_price(variant, currency)
        total = Money(price.amount * quantity, price.currency) if price else None
        lines.append(
            OrderLine(
                title=product.title.get(language),
                variant=write_variant(variant, language),
                url=page_url(product.url, language),
                image=safe_url(picture_of(product, variant_id)),
                quantity=quantity,
                sum=total,
                written=write_money(total, language) if total else "—",
            )
        )
    return lines


def totals(lines: list[OrderLine], language: Language) -> list[str]:
    """The sum in each currency."""
    sums: dict[str, Money] = {}
    for line in lines:
        if line.sum is not None:
            before = sums.get(line.sum.currency)
            amount = line.sum.amount + (before.amount if before else 0)
            sums[line.sum.currency] = Money(amount, line.sum.currency)
    return [write_money(one, language) for one in sums.values()]
