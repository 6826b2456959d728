"""Follows the shop's events as they come, for what is kept in memory."""

from dataclasses import dataclass

from catalog.store.products import ProductStore
from catalog.types import Interaction


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a reader looked last, for one that keeps events in memory.

    With ``start_over`` rows were erased: forget everything, the ``interactions`` are all there
    are. ``joined`` are pairs of a guest and the user they turned out to be, to be applied after
    the interactions.
    """

    interactions: tuple[Interaction, ...]
    joined: tuple[tuple[str, str], ...]
    start_over: bool


class EventReader:
    """Reads the shop's events as they come. Of one thread."""

    def __init__(self, store: ProductStore) -> None:
        self._store = store
        self._read_until = 0
        self._changes_until = store.last_change()

    def read(self) -> News | None:
        """What is new; ``None`` when nothing is."""
        last, change = self._store.last_interaction(), self._store.last_change()
        if (last, change) == (self._read_until, self._changes_until):
            return None
        joined = list(self._store.changes(self._changes_until, change))
        start_over = ("", "") in joined
        after = 0 if start_over else self._read_until
        found = tuple(self._store.interactions(after=after, until=last))
        self._read_until, self._changes_until = last, change
        return News(found, tuple(one for one in joined if all(one)), start_over)
