"""Values that are said with the name of their attribute: "flavor: dark", 版型得是修身."""

import re
from typing import Protocol

from catalog.text import fold
from catalog.types import TextConstraint
from intents.types import Measure, Slot


def is_labelled(slot: Slot) -> bool:
    """Whether it is a value with the name of its attribute, or a bound on what is measured.

    "flavor: dark", "cream in colour", "55 dB or less of noise level".
    """
    if isinstance(slot.value, Measure):
        bounded = slot.value.minimum is None or slot.value.maximum is None
        return slot.resolved is not None and (bounded or slot.value.unit == "%")
    return slot.name != "size" and is_named_text(slot)


def has_label(slot: Slot, text: str) -> bool:
    """Whether a wish stands beside its attribute's own name, whose words are no product's."""
    if slot.name not in ("feature", "measure") or slot.role != "include" or slot.resolved is None:
        return False
    name = slot.resolved.name.replace("_", " ")
    return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text) is not None


def is_named_text(slot: Slot) -> bool:
    """Whether it is a text of the catalogue's with the name of its attribute, and no number."""
    texts, raw = map(_joined, value_texts(slot)), _joined(fold(slot.raw))
    found = [text for text in texts if text in raw]
    return slot.name in _NAMED_WITH_ATTRIBUTE and bool(found) and raw not in found


def _joined(text: str) -> str:
    """Without blanks: a record's 3.5mm is the 3.5 mm of a shopper."""
    return text.replace(" ", "")


_NAMED_WITH_ATTRIBUTE = frozenset(
    {"feature", "brand", "color", "material", "pattern", "season", "age_group", "size"}
)


def value_texts(slot: Slot) -> tuple[str, ...]:
    """The folded texts of which a product must have one; none where a slot demands no text."""
    return slot.resolved.values if isinstance(slot.resolved, TextConstraint) else ()


class Placed(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


def overlap(one: Placed, other: Placed) -> bool:
    """Whether two share any place of the text."""
    return one.start < other.end and other.start < one.end
