"""Between a :class:`~catalog.types.Product` and the rows it is kept in."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from catalog.money import from_minor, to_minor
from catalog.types import Availability, Interaction, LocalText, Price, Product, Review, Variant

_PRODUCT = TypeAdapter(Product)
_OPTIONS = TypeAdapter(tuple[tuple[str, LocalText], ...])

Row = dict[str, Any]


def product_body(product: Product) -> Row:
    """Everything of a product but its variants, ready for a JSON column."""
    body: Row = _PRODUCT.dump_python(product, mode="json", exclude={"variants"})
    # Without any, the body and its digest stay what they were before products had questions.
    if not product.questions:
        del body["questions"]
    return body


def variant_rows(product: Product) -> list[Row]:
    """The rows of the table ``variant``, without ``item_idx``."""
    return [
        {
            "id": one.id,
            "position": position,
            "options": _OPTIONS.dump_python(one.options, mode="json"),
            "availability": one.availability.value,
            "quantity": one.quantity,
            "image": one.image,
        }
        for position, one in enumerate(product.variants)
    ]


def price_rows(variant_id: str, prices: Iterable[Price]) -> list[Row]:
    """The rows of the table ``price``, without ``item_idx``."""
    return [
        {
            "variant_id": variant_id,
            "currency": one.currency,
            "position": position,
            "amount": to_minor(one.amount, one.currency),
            "list_amount": _minor(one),
        }
        for position, one in enumerate(prices)
    ]


def digest(body: Row, variants: Sequence[Row], prices: Sequence[Row]) -> str:
    """A hash that differs whenever anything of the product does."""
    text = json.dumps([body, variants, prices], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def make_product(
    body: Row, variants: Sequence[RowMapping], prices: Mapping[str, Sequence[RowMapping]]
) -> Product:
    """The product of those rows; ``prices`` are keyed by variant id."""
    made = [_make_variant(row, prices.get(row["id"], ())) for row in variants]
    return _PRODUCT.validate_python({**body, "variants": made})


def make_review(row: RowMapping) -> Review:
    """The review of a row of the table ``review``."""
    text = LocalText(row["text_en"], row["text_zh"])
    time = as_utc(row["time"])
    return Review(row["id"], row["product_id"], row["author"], row["rating"], text, time)


def make_interaction(row: RowMapping) -> Interaction:
    """The interaction of a row of the table ``interaction``."""
    time = as_utc(row["time"])
    return Interaction(row["user_id"], row["product_id"], row["kind"], time, row["weight"])


def as_utc(time: datetime) -> datetime:
    """The time with its zone again: SQLite keeps none, and everything is written in UTC."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _make_variant(row: RowMapping, prices: Sequence[RowMapping]) -> Variant:
    return Variant(
        id=row["id"],
        options=_OPTIONS.validate_python(row["options"]),
        prices=tuple(map(_make_price, prices)),
        availability=Availability(row["availability"]),
        quantity=row["quantity"],
        image=row["image"],
    )


def _make_price(row: RowMapping) -> Price:
    currency = row["currency"]
    listed = row["list_amount"]
    return Price(
        amount=from_minor(row["amount"], currency),
        currency=currency,
        list_amount=None if listed is None else from_minor(listed, currency),
    )


def _minor(price: Price) -> int | None:
    listed = price.list_amount
    return None if listed is None else to_minor(listed, price.currency)
