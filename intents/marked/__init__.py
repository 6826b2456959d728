"""Generous readings of words that a model has marked as one slot's value.

On free text a rule must be sure that words fill a slot at all. Here that is settled, and only
which value they mean is open: "rating" alone is no wish, but marked as an order of the list it
can mean but one. Nothing in this package reads free text.
"""

from collections.abc import Callable, Mapping
from datetime import date

from intents.marked.amounts import read_loose_measure, read_loose_price, read_loose_rating
from intents.marked.codes import read_loose_order_id, read_loose_size
from intents.marked.comparisons import read_comparison
from intents.marked.orders import read_order
from intents.marked.pointers import read_pointer
from intents.marked.times import read_time
from intents.numbers import align
from intents.types import Reference, SlotValue
from intents.values.reading import read_value

Read = Callable[[str], SlotValue | None]

# Where the precise rules would take a part for the whole: 几十块 for ten, "M10" for M, "expensive
# to cheap" for cheap.
_BEFORE_RULES: Mapping[str, Read] = {
    "price": read_loose_price,
    "size": read_loose_size,
    "measure": read_loose_measure,
    "sort_key": read_order,
}
_AFTER_RULES: Mapping[str, Read] = {
    "reference": read_pointer,
    "comparative": read_comparison,
    "rating": read_loose_rating,
    "date": read_time,
    "order_id": read_loose_order_id,
}


def read_marked(name: str, words: str, today: date | None = None) -> SlotValue | None:
    """What words mean that are marked as the slot ``name``; ``None`` where that stays open.

    A value that has a form but no place in ours (a comparison of something that is not
    compared here, an hour) comes back as text. Never raises.

    Args:
        name: one of the slot names.
        words: as they were written.
        today: the day that dates count from, by default the machine's.
    """
    aligned = align(words).strip()
    before = _BEFORE_RULES.get(name)
    value = before(aligned) if before else None
    if value is None:
        value = read_value(name, words, today)
    if value == Reference():
        # A rule sees only the pronoun of 最便宜的那个.
        pointed = read_pointer(aligned)
        return pointed if isinstance(pointed, Reference) else value
    after = _AFTER_RULES.get(name)
    return after(aligned) if value is None and after else value
