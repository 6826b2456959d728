"""Wishes that should rule products out where the catalogue cannot: the shopper is told."""

import re
from collections.abc import Iterator, Sequence

from assistant.actions.context import Services, TurnContext
from assistant.traits import traits_of, words_of
from assistant.types import Note
from catalog.results import SearchResult
from catalog.text import fold
from catalog.types import FlagConstraint, ScoredProduct, SortKey
from intents.types import NLUResult, PriceRange, Slot

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


def untold(wishes: Sequence[Slot]) -> tuple[Note, ...]:
    """What to say of wishes that should rule products out and that no record has a value for."""
    unread = [one for one in wishes if one.resolved is None and one.name in _FILTERING]
    return tuple(
        Note("cannot_exclude" if one.role == "exclude" else "cannot_filter", {"what": one.raw})
        for one in unread
    )


def in_no_record(wish: str, products: Sequence[ScoredProduct]) -> tuple[Note, ...]:
    """What to say of a wish in words where no product has one of these in its record."""
    wanted = set(words_of(wish))
    said = (" ".join(one.product.description.all()) for one in products)
    told = any(
        wanted & {*traits_of(one.product), *words_of(text)}
        for one, text in zip(products, said, strict=True)
    )
    return () if told and not _LESS.match(wish) else (Note("cannot_filter", {"what": wish}),)


def goes_by_price(nlu: NLUResult) -> bool:
    """Whether a message asks for an order or a difference of prices: "something cheaper"."""
    return any(
        str(one.value) in _BY_PRICE for one in (*nlu.all("comparative"), *nlu.all("sort_key"))
    )


_BY_PRICE = frozenset(
    {"cheaper", "more_expensive", str(SortKey.PRICE_ASCENDING), str(SortKey.PRICE_DESCENDING)}
)


def is_relative(wish: str, nlu: NLUResult) -> bool:
    """Whether a wish is less or more of something, which no likeness of its words can find."""
    compared = nlu.all("comparative")
    return bool(_LESS.match(wish)) or any(one.raw in wish for one in compared)


_LESS = re.compile(r"(?:not?|less|without|isn't|aren't)\b|[不没别少]", re.IGNORECASE)


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
