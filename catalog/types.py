"""What a shop sells, as values that every part of Daogou shares.

Texts exist per language (:class:`LocalText`), money is ``Decimal`` with an ISO 4217
currency, and nothing here knows where a product is stored or how it is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in English, in Chinese, or in both; an empty string means "not given"."""

    en: str = ""
    zh: str = ""

    def get(self, language: Language) -> str:
        """The text in ``language``, or in the other one when that is all there is."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def all(self) -> tuple[str, ...]:
        """The texts that are given, each once."""
        return tuple(dict.fromkeys(text for text in (self.en, self.zh) if text))

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


class Availability(StrEnum):
    """The four states of the merchant feeds."""

    IN_STOCK = "in_stock"
    OUT_OF_STOCK = "out_of_stock"
    PREORDER = "preorder"
    BACKORDER = "backorder"


@dataclass(frozen=True, slots=True)
class Price:
    """An amount to pay in one currency; ``list_amount`` is the price before a reduction."""

    amount: Decimal
    currency: str
    list_amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A fact about a product.

    The type of ``value`` is the kind of the attribute: text, number (in ``unit``) or yes/no.
    A name may occur several times, once for each value.
    """

    name: str
    value: LocalText | Decimal | bool
    unit: str = ""
    label: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class Variant:
    """What can be put in a cart: one choice of every option of a product.

    ``prices`` holds one price per currency the shop sells in; empty means "price unknown".
    ``quantity`` is ``None`` where the shop does not count its stock.
    """

    id: str
    options: tuple[tuple[str, LocalText], ...] = ()
    prices: tuple[Price, ...] = ()
    availability: Availability = Availability.IN_STOCK
    quantity: int | None = None
    image: str = ""

    @property
    def available(self) -> bool:
        """Whether it can be ordered now."""
        return self.availability is not Availability.OUT_OF_STOCK and self.quantity != 0

    def price(self, currency: str) -> Price | None:
        """The price in ``currency``, else in the first currency it is sold in, else ``None``."""
        for price in self.prices:
            if price.currency == currency:
                return price
        return self.prices[0] if self.prices else None

    def option(self, name: str) -> LocalText:
        """The value of the option ``name``; empty when there is no such option."""
        return dict(self.options).get(name, LocalText())


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question that a shopper asked about a product, with the answer the shop publishes."""

    question: LocalText
    answer: LocalText


@dataclass(frozen=True, slots=True)
class Product:
    """One product with at least one variant; ``category`` is the path from root to leaf."""

    id: str
    title: LocalText
    variants: tuple[Variant, ...]
    description: LocalText = LocalText()
    brand: LocalText = LocalText()
    category: tuple[LocalText, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    rating: float | None = None
    review_count: int = 0
    images: tuple[str, ...] = ()
    url: str = ""
    questions: tuple[AnsweredQuestion, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a product needs an id, got an empty string")
        if not self.variants:
            raise ValueError(f"product {self.id!r} needs at least one variant, got none")

    @property
    def available(self) -> bool:
        """Whether any variant can be ordered now."""
        return any(variant.available for variant in self.variants)

    def variant(self, variant_id: str) -> Variant | None:
        """The variant of that id."""
        return next((v for v in self.variants if v.id == variant_id), None)

    def values(self, name: str) -> tuple[LocalText | Decimal | bool, ...]:
        """Every value of the attribute ``name``, in order."""
        return tuple(a.value for a in self.attributes if a.name == name)


@dataclass(frozen=True, slots=True)
class Review:
    """What one shopper wrote about one product; ``rating`` is 1 to 5."""

    id: str
    product_id: str
    author: str
    rating: int
    text: LocalText
    time: datetime


@dataclass(frozen=True, slots=True)
class TextConstraint:
    """The attribute ``name`` has one of ``values`` (compared after :func:`catalog.text.fold`)."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberConstraint:
    """The attribute ``name`` lies between two bounds, both included; ``None`` is open.

    Bounds are in ``unit``; where the catalogue keeps another unit of the same dimension
    they are converted.
    """

    name: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str = ""

    @property
    def is_one_sided(self) -> bool:
        """Whether it bounds from below or from above, and not from both."""
        return (self.minimum is None) is not (self.maximum is None)


@dataclass(frozen=True, slots=True)
class FlagConstraint:
    """The yes/no attribute ``name`` is known and equals ``value``."""

    name: str
    value: bool = True


Constraint = TextConstraint | NumberConstraint | FlagConstraint

CATEGORY = "category"
BRAND = "brand"
RESERVED_NAMES = (CATEGORY, BRAND)
"""Constraint names that mean a product's own field instead of one of its attributes."""


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """What a product must satisfy to be shown. Everything given must hold at once.

    A product passes when **one** of its variants satisfies price, availability and every
    attribute constraint together. ``categories`` are folded names anywhere on the path, so a
    category includes its sub-categories. An exclusion rejects what the same constraint would
    accept (``TextConstraint("brand", …)`` and ``TextConstraint("category", …)`` included).
    """

    categories: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    minimum_price: Decimal | None = None
    maximum_price: Decimal | None = None
    currency: str = ""
    minimum_rating: float | None = None
    attributes: tuple[Constraint, ...] = ()
    exclusions: tuple[Constraint, ...] = ()
    excluded_products: tuple[str, ...] = ()
    available_only: bool = False

    def __post_init__(self) -> None:
        low, high = self.minimum_price, self.maximum_price
        if low is not None and high is not None and low > high:
            raise ValueError(f"minimum_price {low} is above maximum_price {high}")


class SortKey(StrEnum):
    """Orders a result can be asked for."""

    RELEVANCE = "relevance"
    PRICE_ASCENDING = "price_ascending"
    PRICE_DESCENDING = "price_descending"
    RATING = "rating"
    POPULARITY = "popularity"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class AttributeOrder:
    """By a number attribute, the least first unless ``descending``; what has none comes last.

    It is written ``weight:ascending``.
    """

    name: str
    descending: bool = False

    def __str__(self) -> str:
        return f"{self.name}:{'descending' if self.descending else 'ascending'}"


SortOrder = SortKey | AttributeOrder


def read_order(text: str) -> SortOrder:
    """The order that a text names: a :class:`SortKey`, or ``attribute:ascending``.

    Raises:
        ValueError: it is neither.
    """
    name, separator, direction = text.rpartition(":")
    if separator and name and direction in ("ascending", "descending"):
        return AttributeOrder(name, direction == "descending")
    if text in tuple(SortKey):
        return SortKey(text)
    known = ", ".join(SortKey)
    raise ValueError(f"expected an order ({known}, or ATTRIBUTE:ascending), got {text!r}")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a product is shown: a name that the responses know, and the facts it is filled with.

    Names in use: ``matches`` (facts: ``attribute``, ``value``), ``category``, ``brand``,
    ``under_price``, ``well_rated``, ``words``, ``meaning``, ``popular``, ``similar_to``,
    ``looks_like``, ``like_your_history``.
    """

    name: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoredProduct:
    """A product with the variant that matched best; a higher score is better."""

    product: Product
    variant: Variant
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Interaction:
    """Something a shopper did with a product, under its GA4 e-commerce name."""

    user_id: str
    product_id: str
    kind: str
    time: datetime
    weight: float = 1.0
