"""How lists and models do: impressions, clicks, carts and purchases, counted from events.

Pure: events in, figures out. A click counts only where the product was shown before, so that no
model earns what shoppers found by themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from catalog.events.types import ADD_TO_CART, PURCHASE, SELECT, VIEW, VIEW_LIST, Event

CLICKS = (SELECT, VIEW)
ATTRIBUTED_FOR = timedelta(days=1)
"""How long after a product was shown what is done with it belongs to the list."""


@dataclass(frozen=True, slots=True)
class ListFigures:
    """What came of the products that one model showed in one list.

    ``clicks``, ``carts`` and ``purchases`` count impressions, so no rate exceeds 1.
    """

    list_id: str
    model: str
    version: str
    impressions: int = 0
    clicks: int = 0
    carts: int = 0
    purchases: int = 0

    @property
    def click_through(self) -> float:
        """Clicks per impression."""
        return self.clicks / self.impressions if self.impressions else 0.0

    @property
    def conversion(self) -> float:
        """Purchases per click."""
        return self.purchases / self.clicks if self.clicks else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Per list, model and version, by name; ``unshown`` clicks had no impression before them."""

    lists: tuple[ListFigures, ...]
    unshown: int


@dataclass(slots=True)
class Impression:
    """A product that was shown, and what was done with it."""

    shopper: str
    list_id: str
    model: str
    version: str
    time: datetime
    position: int | None
    clicked: datetime | None = None
    in_cart: bool = False
    bought: bool = False


def count_lists(events: Iterable[Event], within: timedelta = ATTRIBUTED_FOR) -> Figures:
    """Figures per list, model and version.

    A click belongs to the newest impression of the product to that shopper in the list the click
    names (in any list where it names none), at most ``within`` before it. A cart or a purchase
    belongs to the product's impression that was clicked last, without a click to the newest.
    Views that follow a click on the same impression are that click. Events that do not count are
    left out, and so is the order in which they came in: time decides.
    """
    shown, unshown = _attribute(events, within)
    groups: dict[tuple[str, str, str], list[Impression]] = defaultdict(list)
    for one in shown:
        groups[one.list_id, one.model, one.version].append(one)
    return Figures(tuple(_figures(key, groups[key]) for key in sorted(groups)), unshown)


def count_positions(
    events: Iterable[Event], within: timedelta = ATTRIBUTED_FOR
) -> dict[int, tuple[int, int]]:
    """Impressions and clicks by place, from 0, over all lists."""
    counts: dict[int, list[int]] = {}
    for one in _attribute(events, within)[0]:
        if one.position is not None:
            count = counts.setdefault(one.position, [0, 0])
            count[0] += 1
            count[1] += one.clicked is not None
    return {place: (counts[place][0], counts[place][1]) for place in sorted(counts)}


def _figures(key: tuple[str, str, str], shown: Sequence[Impression]) -> ListFigures:
    return ListFigures(
        *key,
        impressions=len(shown),
        clicks=sum(one.clicked is not None for one in shown),
        carts=sum(one.in_cart for one in shown),
        purchases=sum(one.bought for one in shown),
    )


@dataclass(slots=True)
class _Ledger:
    """The impressions so far, by shopper and product."""

    within: timedelta
    shown: list[Impression] = field(default_factory=list)
    by_product: defaultdict[tuple[str, str], list[Impression]] = field(
        default_factory=lambda: defaultdict(list)
    )
    unshown: int = 0

    def take(self, one: Event) -> None:
        mine = self.by_product[one.shopper, one.product_id]
        if one.kind == VIEW_LIST:
            made = Impression(
                one.shopper, one.list_id, one.model, one.version, one.time, one.position
            )
            self.shown.append(made)
            mine.append(made)
            return
        recent = [made for made in mine if one.time - made.time <= self.within]
        if one.kind in CLICKS:
            self._click(one, recent)
        elif recent:
            self._win(one, recent)

    def _click(self, one: Event, recent: list[Impression]) -> None:
        fitting = [made for made in recent if one.list_id in ("", made.list_id)]
        if not fitting:
            self.unshown += one.kind == SELECT
        elif fitting[-1].clicked is None:
            fitting[-1].clicked = one.time

    def _win(self, one: Event, recent: list[Impression]) -> None:
        clicked = [made for made in recent if made.clicked is not None]
        best = max(clicked, key=lambda made: made.clicked or made.time, default=recent[-1])
        if one.kind == ADD_TO_CART:
            best.in_cart = True
        else:
            best.bought = True


def attributed(events: Iterable[Event], within: timedelta = ATTRIBUTED_FOR) -> list[Impression]:
    """Every impression with what came of it; see :func:`count_lists`."""
    return _attribute(events, within)[0]


def _attribute(events: Iterable[Event], within: timedelta) -> tuple[list[Impression], int]:
    kinds = (VIEW_LIST, *CLICKS, ADD_TO_CART, PURCHASE)
    wanted = [one for one in events if one.excluded is None and one.kind in kinds]
    # Of one moment the impression comes first, and the purchase last.
    wanted.sort(key=lambda one: (one.time, kinds.index(one.kind)))
    ledger = _Ledger(within)
    for one in wanted:
        ledger.take(one)
    return ledger.shown, ledger.unshown
