"""What may be recommended: the filter of a request, narrowed."""

from collections.abc import Iterable
from dataclasses import replace

from catalog.recommending.request import Kind
from catalog.text import fold
from catalog.types import CATEGORY, Product, ProductFilter, TextConstraint

OPEN = frozenset({Kind.FOR_YOU, Kind.POPULAR, Kind.TRENDING})
"""Kinds that name nothing: what lies in the cart is settled, unless it is used up."""


def without(wanted: ProductFilter, product_ids: Iterable[str]) -> ProductFilter:
    """The filter, without some products."""
    excluded = dict.fromkeys((*wanted.excluded_products, *product_ids))
    return replace(wanted, excluded_products=tuple(excluded))


def without_kinds(wanted: ProductFilter, products: Iterable[Product]) -> ProductFilter:
    """The filter, without anything that stands on the shelf of one of the products."""
    shelves = dict.fromkeys(one.category[-1] for one in products if one.category)
    own = [TextConstraint(CATEGORY, tuple(map(fold, shelf.all()))) for shelf in shelves]
    return replace(wanted, exclusions=(*wanted.exclusions, *own))
