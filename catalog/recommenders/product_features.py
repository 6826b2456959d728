"""What a catalogue says of its products beside their texts, as rows of numbers."""

from collections.abc import Hashable, Iterator, Sequence

import numpy as np
import scipy.sparse as sp

from catalog.recommenders.features import compressed
from catalog.recommenders.interactions import Floats
from catalog.types import Product

_WIDTH = 48
_BANDS = 5


def product_features(products: Sequence[Product | None]) -> Floats:
    """Products × features: the nodes of the category path, the brand, attributes, a price band.

    The bands are fifths of the products of one currency that have a price; of films or news
    without prices nothing is said there. A feature counts ln(1 + products / products with it),
    so that what few share says most.

    Args:
        products: ``None`` for those of which nothing is known: a row of zeros.
    """
    bands = _price_bands(products)
    rows = [
        [] if one is None else dict.fromkeys([*_facts(one), *band])
        for one, band in zip(products, bands, strict=True)
    ]
    number: dict[Hashable, int] = {}
    columns = [number.setdefault(fact, len(number)) for row in rows for fact in row]
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    counts = np.bincount(columns, minlength=len(number)) if columns else np.zeros(0)
    rarity = np.log1p(len(rows) / np.maximum(counts, 1)).astype(np.float32)
    values = rarity[np.array(columns, np.int64)]
    shape = (len(rows), max(len(number), 1))
    return compressed(sp.csr_array((values, (owner, columns)), shape=shape), _WIDTH)


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
