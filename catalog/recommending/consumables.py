"""What is used up and bought again: by its shelf, or because this shopper did."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median

from catalog.text import fold
from catalog.types import Product

USUAL_DAYS = 30.0
"""After so long something that is used up is due again, where the shopper's own pace is unknown."""
_DAY = 86_400.0


class Consumables:
    """The shop's shelves of things that are used up, by any name on a product's category path."""

    def __init__(self, categories: Iterable[str] = ()) -> None:
        self._categories = frozenset(map(fold, categories))

    def holds(self, product: Product, bought: Sequence[datetime] = ()) -> bool:
        """Whether somebody who bought it at these times may well want it again."""
        if len({time.date() for time in bought}) > 1:
            return True
        names = {fold(text) for node in product.category for text in node.all()}
        return bool(names & self._categories)


def due(bought: Sequence[datetime], now: datetime, consumable: bool) -> float:
    """How much it is time to buy something again.

    The days since the last purchase over the shopper's own median pace (or a month), at most 2;
    one more for what is used up, so that it comes before all else; a little for each purchase.

    Args:
        bought: The times of the purchases, the oldest first, at least one.
        now: As of when.
        consumable: Whether it is used up.
    """
    days = [one.timestamp() / _DAY for one in bought]
    gaps = [late - early for early, late in pairwise(days) if late > early]
    pace = max(median(gaps), 1.0) if gaps else USUAL_DAYS
    elapsed = (now.timestamp() / _DAY - days[-1]) / pace
    return min(max(elapsed, 0.0), 2.0) + 3.0 * consumable + 0.01 * min(len(bought), 50)
