"""Near-duplicates apart: colours and sizes of one thing do not fill the first page.

A family is what shares brand and title but for numbers and the words of its own colour or options.
Of one family at most two stand among any ten, as long as something else fits nearly as well.
"""

from collections import deque
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from catalog.text import fold, tokens
from catalog.types import LocalText, Product

FIRST = 60
"""Places of a result in which families are kept apart."""
WINDOW = 10
MOST = 2
_NEARLY = 0.95
"""What share of a score another product must have to take the place of a third of its family."""


def family(product: Product) -> int:
    """A number, the same for products that differ in no more than a number, colour or option."""
    told = [value for one in product.variants for _, value in one.options]
    told += [value for value in product.values("color") if isinstance(value, LocalText)]
    own = {word for value in told for text in value.all() for word in tokens(text)}
    title = product.title.en or product.title.zh
    words = [word for word in tokens(title) if word not in own and not _has_digit(word)]
    brand = fold(product.brand.en or product.brand.zh)
    name = repr((brand, sorted(words) or title))
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)


def spread(scores: NDArray[np.float32], families: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order in which to show ranked products, as places in the ranking.

    A greedy choice: the best that is left, unless its family already has its share of the last
    ten and another comes near it (as in Carbonell and Goldstein, 1998, MMR, with families for
    similarity). What stands beyond the first places keeps its place.

    Args:
        scores: of the ranking, best first.
        families: of the same products.
    """
    left = list(range(min(FIRST, len(scores))))
    recent: deque[int] = deque(maxlen=WINDOW - 1)
    chosen: list[int] = []
    while left:
        at = _next(left, scores, families, recent)
        left.remove(at)
        chosen.append(at)
        recent.append(int(families[at]))
    return np.concatenate([np.array(chosen, np.int64), np.arange(len(chosen), len(scores))])


def _next(
    left: list[int],
    scores: NDArray[np.float32],
    families: NDArray[np.int64],
    recent: "deque[int]",
) -> int:
    best = left[0]
    for at in left:
        if scores[at] < _NEARLY * scores[best]:
            break
        if recent.count(int(families[at])) < MOST:
            return at
    return best


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)
