"""How much an event says of a shopper's wish, by its kind and its age."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from catalog.events.types import (
    ADD_TO_CART,
    ADD_TO_WISHLIST,
    BEGIN_CHECKOUT,
    DISMISS,
    KINDS,
    PURCHASE,
    RATE,
    REMOVE_FROM_CART,
    SELECT,
    VIEW,
)
from catalog.types import Interaction

_DAY = 86_400
KIND_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        VIEW: 1.0,
        SELECT: 1.0,
        ADD_TO_WISHLIST: 2.0,
        ADD_TO_CART: 3.0,
        REMOVE_FROM_CART: -2.0,
        BEGIN_CHECKOUT: 3.0,
        PURCHASE: 5.0,
        DISMISS: -5.0,
        RATE: 4.0,
    }
)
HALF_LIFE_DAYS = 30.0


@dataclass(frozen=True, slots=True)
class EventWeights:
    """The weight of an event: that of its kind, times its own, halved every so many days.

    Below zero it speaks against the product; kinds that are not named say nothing.
    """

    kinds: Mapping[str, float] = field(default_factory=lambda: KIND_WEIGHTS)
    half_life_days: float = HALF_LIFE_DAYS

    def __post_init__(self) -> None:
        unknown = sorted(self.kinds.keys() - set(KINDS))
        if unknown:
            raise ValueError(f"expected kinds of events among {', '.join(KINDS)}, got {unknown}")
        if not self.half_life_days > 0:
            raise ValueError(f"half_life_days must be above 0, got {self.half_life_days}")

    def of(self, one: Interaction, now: datetime) -> float:
        """The weight of an event as of ``now``; of a kind that says nothing 0."""
        days = (now - one.time).total_seconds() / _DAY
        kind = self.kinds.get(one.kind, 0.0)
        return kind * one.weight * float(0.5 ** (days / self.half_life_days))
