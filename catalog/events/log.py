"""The one way into the store for events, wherever they come from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from catalog.events.types import Event, Excluded
from catalog.store import ProductStore, Stored

DUPLICATE_WINDOW = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class EventLog:
    """Keeps each event once, and marks those that do not count.

    ``window`` is how far apart two events without an id that say the same are still one.
    """

    store: ProductStore
    window: timedelta = DUPLICATE_WINDOW

    def record(self, events: Sequence[Event]) -> Stored:
        """Store events. The id of a variant becomes that of its product.

        An event with a product the shop does not have is kept and does not count.
        """
        if not events:
            return Stored()
        return self.store.add_events(self._with_known_products(events), self.window)

    def _with_known_products(self, events: Sequence[Event]) -> list[Event]:
        wanted = {one.product_id for one in events if one.product_id}
        known = self.store.product_ids(wanted)
        return [self._checked(one, known) for one in events]

    def _checked(self, one: Event, known: dict[str, str]) -> Event:
        if not one.product_id:
            return one
        product_id = known.get(one.product_id)
        if product_id is None:
            return replace(one, excluded=one.excluded or Excluded.UNKNOWN_PRODUCT)
        return replace(one, product_id=product_id)
