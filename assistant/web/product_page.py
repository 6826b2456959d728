"""The page of one product, for shops (and the demo shop) that have none of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from assistant.settings import Settings
from assistant.types import Money
from assistant.web.labels import Labels, load_labels
from assistant.web.links import safe_url
from assistant.web.pages import choose_language, plain_page
from assistant.web.rendering import picture_of, write_discount
from assistant.wording import describe_attributes, write_date, write_money, write_variant
from catalog.money import to_minor
from catalog.store import ProductStore
from catalog.types import Availability, Product, Review, Variant

_REVIEWS = 12
_FEW = 5


@dataclass(frozen=True, slots=True)
class VariantView:
    """A row of the choices: options, price and stock, written."""

    name: str
    price: str
    list_price: str
    discount: str
    stock: str
    available: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What a buyer wrote, written for the page."""

    author: str
    rating: int
    stars: str
    text: str
    date: str


def add_product_page(app: FastAPI, store: ProductStore, settings: Settings) -> None:
    """Serve ``/products/{id}``; an unknown id gets a page that says so, with 404."""

    @app.get("/products/{product_id:path}", include_in_schema=False)
    def product_page(product_id: str, request: Request) -> HTMLResponse:
        product = store.get(product_id)
        if product is None:
            return plain_page(request, settings, "gone.html", 404)
        language = choose_language(request, settings)
        labels = load_labels()[language]
        currency = settings.shop.currency[language]
        return plain_page(
            request,
            settings,
            "product.html",
            id=product.id,
            title=product.title.get(language),
            brand=product.brand.get(language),
            path=[one.get(language) for one in product.category],
            description=product.description.get(language),
            images=_images(product),
            variants=[variant_view(one, labels, currency) for one in product.variants],
            lead=variant_view(_lead(product), labels, currency),
            facts=tuple(describe_attributes(product, language).values()),
            rating=rating_line(product, labels),
            reviews=review_views(store.reviews(product.id, _REVIEWS), labels),
        )


def variant_view(variant: Variant, labels: Labels, currency: str) -> VariantView:
    """One choice of a product in the visitor's language and currency."""
    price, language = variant.price(currency), labels.language
    amount = to_minor(price.amount, price.currency) if price else None
    listed = price.list_amount if price else None
    discount = ""
    if price and listed is not None:
        discount = write_discount(amount, to_minor(listed, price.currency), language)
    return VariantView(
        name=write_variant(variant, language),
        price=write_money(Money(price.amount, price.currency), language)
        if price
        else labels("price_unknown"),
        list_price=write_money(Money(listed, price.currency), language)
        if price and listed is not None and discount
        else "",
        discount=discount,
        stock=stock_words(variant, labels),
        available=variant.available,
    )


def stock_words(variant: Variant, labels: Labels) -> str:
    """Whether a variant can be had, in words."""
    if not variant.available:
        return labels("sold_out")
    if variant.availability in (Availability.PREORDER, Availability.BACKORDER):
        return labels(variant.availability.value)
    if variant.quantity is not None and variant.quantity <= _FEW:
        return labels("few_left", count=variant.quantity)
    return labels("in_stock")


def rating_line(product: Product, labels: Labels) -> str:
    """The rating in words."""
    if product.rating is None:
        return labels("not_rated")
    return labels("rated", rating=product.rating, total=product.review_count)


def review_views(reviews: Sequence[Review], labels: Labels) -> list[ReviewView]:
    """The reviews, those in the visitor's language first."""
    ordered = sorted(reviews, key=lambda one: not getattr(one.text, labels.language))
    return [
        ReviewView(
            author=one.author,
            rating=one.rating,
            stars=labels("stars", count=one.rating),
            text=one.text.get(labels.language),
            date=write_date(one.time, labels.language),
        )
        for one in ordered
    ]


def _lead(product: Product) -> Variant:
    """The variant whose price stands at the top: the first that can be ordered."""
    return next((one for one in product.variants if one.available), product.variants[0])


def _images(product: Product) -> list[str]:
    found = [picture_of(product, _lead(product).id), *product.images]
    return [url for one in dict.fromkeys(found) if (url := safe_url(one))][:8]
