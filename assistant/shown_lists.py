"""The lists that were shown, and which of them a message is likely about. Pure."""

import re
from collections.abc import Sequence

from assistant.traits import words_of
from assistant.types import DialogueState, ShownProduct
from catalog.text import fold
from catalog.types import TextConstraint
from intents.types import NLUResult, Slot

Products = tuple[ShownProduct, ...]

_EARLIER = re.compile(
    r"\b(?:earlier|before|previous(?:ly)?|showed me|you showed|first list|were|was)\b"
    r"|刚才|刚刚|之前|前面|先前|最开始"
)


def is_of_kind(known: set[str], nlu: NLUResult) -> bool:
    """Whether the words of a list have the kind that a message names, if it names one."""
    named = [s for s in nlu.all("product_type") if s.role != "exclude"]
    kinds = [s for s in named if s.resolved is not None]
    return not kinds or any(known & set(words_of(text)) for s in kinds for text in _named(s))


def _named(slot: Slot) -> tuple[str, ...]:
    values = slot.resolved.values if isinstance(slot.resolved, TextConstraint) else ()
    return (slot.raw, str(slot.value), *values)


def stack(state: DialogueState) -> list[Products]:
    """Every list that was shown, the newest first, none twice; before them what was asked for."""
    lists = [state.shown, *(one.products for one in reversed(state.lists))]
    if state.pending is not None and state.pending.slot == "product_id":
        lists = [state.candidates, *lists]
    return [one for one in dict.fromkeys(lists) if one]


def pools(shown: Sequence[Products], text: str) -> list[Products]:
    """The lists to look in, the likeliest first: one whose kind is named, else the newest."""
    said = set(words_of(text))
    newest = {word for one in shown[0] for word in one.traits}
    named = [pool for pool in shown[1:] if said & (shared(pool) - newest)]
    before = list(shown[1:]) if _EARLIER.search(fold(text)) else []
    return list(dict.fromkeys([*named, *before, *shown]))


def shared(pool: Products) -> set[str]:
    """The words that all products of a list have."""
    return set.intersection(*(set(one.traits) for one in pool))
