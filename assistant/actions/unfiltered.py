"""Wishes that should rule products out where the catalogue cannot: the shopper is told."""

from collections.abc import Iterator

from assistant.actions.context import Services, TurnContext
from assistant.types import Note
from catalog.results import SearchResult
from catalog.text import fold
from catalog.types import FlagConstraint
from intents.types import PriceRange, Slot

_FILTERING = frozenset({
    "brand", "color", "size", "material", "pattern", "measure", "gender", "age_group", "season",
})  # fmt: skip


def not_filtered(
    wish: Slot, found: SearchResult, turn: TurnContext, services: Services
) -> Iterator[Note]:
    """What to say of a wish that nothing could be filtered by; nothing of any other."""
    if wish.resolved is not None or isinstance(wish.value, PriceRange):
        return
    if wish.role == "exclude":
        yield Note("cannot_exclude", {"what": wish.raw})
    elif wish.name in _FILTERING or _is_of_others(wish, found, turn, services):
        yield Note("cannot_filter", {"what": wish.raw})


def _is_of_others(wish: Slot, found: SearchResult, turn: TurnContext, services: Services) -> bool:
    """Whether the shop says it of other products, and not every title here has it."""
    if wish.name != "feature":
        return False
    known = services.vocabulary().named("feature", wish.raw, turn.language)
    if known is None or not isinstance(known.constraint, FlagConstraint):
        return False
    words = fold(wish.raw)
    titles = (one.product.title.all() for one in found.products)
    return not all(any(words in fold(text) for text in title) for title in titles)
