"""What a catalogue says of its products beside their texts, as rows of numbers."""

from collections.abc import Hashable, Iterator, Sequence

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.content import attribute_vectors
from catalog.types import Product

_BANDS = 5


def product_facts(products: Sequence[Product | None]) -> "sp.csr_array":
    """Products × facts: the nodes of the category path, the brand, attributes, a price band.

    The bands are fifths of the products of one currency that have a price; of films or news
    without prices nothing is said there. What few share says most, see ``attribute_vectors``.

    Args:
        products: ``None`` for those of which nothing is known: a row of zeros.
    """
    bands = _price_bands(products)
    rows = [
        [] if one is None else dict.fromkeys([*_facts(one), *band])
        for one, band in zip(products, bands, strict=True)
    ]
    number: dict[Hashable, int] = {}
    return attribute_vectors(
        [[number.setdefault(fact, len(number)) for fact in row] for row in rows]
    )


def _facts(product: Product) -> Iterator[Hashable]:
    path: tuple[str, ...] = ()
    for node in product.category:
        path = (*path, *node.all()[:1])
        yield "category", path
    if product.brand:
        yield "brand", product.brand.all()[0].casefold()
    for one in product.attributes:
        value = one.value if isinstance(one.value, bool) else str(one.value)
        yield "attribute", one.name, value


def _price_bands(products: Sequence[Product | None]) -> list[list[Hashable]]:
    prices = [one.variants[0].price("") if one else None for one in products]
    found: list[list[Hashable]] = [[] for _ in products]
    for currency in sorted({price.currency for price in prices if price}):
        rows = [
            (row, float(price.amount))
            for row, price in enumerate(prices)
            if price and price.currency == currency
        ]
        edges = np.quantile([amount for _, amount in rows], np.arange(1, _BANDS) / _BANDS)
        for row, amount in rows:
            found[row].append(("price", currency, int(np.searchsorted(edges, amount, "right"))))
    return found
