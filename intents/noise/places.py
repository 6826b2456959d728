"""Where a text may be changed."""

from collections.abc import Collection

from intents.examples import Example

CODES = frozenset({
    "order_id", "email", "phone", "postal_code", "product_id", "variant_id",
})  # fmt: skip
"""Slots that are read to the letter."""
NUMBERS = CODES | {"price", "measure", "quantity", "rating", "date", "size", "street"}
"""Slots whose value a slip of the finger would change."""


def is_free(example: Example, start: int, end: int, kept: Collection[str]) -> bool:
    """Whether ``text[start:end]`` touches no slot named in ``kept``."""
    return not any(s.start < end and s.end > start for s in example.slots if s.name in kept)


def at_border(example: Example, place: int) -> bool:
    """Whether a slot begins or ends at a place."""
    return any(place in (slot.start, slot.end) for slot in example.slots)
