"""What may be asked, and what comes back."""

from dataclasses import dataclass
from enum import StrEnum

from catalog.types import Language, Product, ProductFilter, ScoredProduct

AVAILABLE = ProductFilter(available_only=True)


class Kind(StrEnum):
    """Kinds of recommendation."""

    FOR_YOU = "for_you"
    VIEWED = "viewed"
    SIMILAR = "similar"
    COMPLEMENT = "complement"
    TRENDING = "trending"
    POPULAR = "popular"
    BEST_SELLING = "best_selling"
    GIFT = "gift"
    REORDER = "reorder"

    @property
    def needs_product(self) -> bool:
        """Whether it starts from a product."""
        return self in (Kind.VIEWED, Kind.SIMILAR, Kind.COMPLEMENT)


@dataclass(frozen=True, slots=True)
class Request:
    """One question.

    Args:
        kind: What is asked for.
        shopper: The shopper's id in the events, a guest's too; "" for somebody unknown.
        product_id: Where to start from, for the kinds that need it.
        k: How many products at most.
        wanted: What must hold of each.
        language: Of the reasons' facts.
        described: Words about whom a gift is for, and what they like.
        interests: Things they like, each looked for by itself where there are several.
        left_out: Products not to show, such as those in the cart.
        in_cart: Of those, what lies in the cart.
        of_kind: For complements, that they go with the product's kind and not with it alone.
    """

    kind: Kind = Kind.FOR_YOU
    shopper: str = ""
    product_id: str = ""
    k: int = 10
    wanted: ProductFilter = AVAILABLE
    language: Language = "en"
    described: str = ""
    interests: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    in_cart: tuple[str, ...] = ()
    of_kind: bool = False


@dataclass(frozen=True, slots=True)
class Recommendations:
    """One answer, best first.

    Args:
        products: Each with at least one true reason.
        model: What ranked them.
        version: The trained version that serves the shopper, "" for none; also where it had
            nothing to say, so that versions are compared over everybody they serve.
        personal: Whether what the shopper did had a part in it.
        about: The product the request started from.
    """

    products: tuple[ScoredProduct, ...] = ()
    model: str = ""
    version: str = ""
    personal: bool = False
    about: Product | None = None
