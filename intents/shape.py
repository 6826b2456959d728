"""A text prepared for rules: numbers found, and marked so that patterns can name them.

Three strings of one length: what was written, its aligned form, and the same with every number
replaced by marks. A pattern over ``marked`` says :data:`NUMBER` where any number may stand, and
the place of a match is a place in the raw text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from intents.numbers import Number, align, find_numbers
from intents.types import Role, Slot, SlotValue

_FIRST, _REST, _CLAIMED = "\ue000", "\ue001", "\ue002"
NUMBER = f"{_FIRST}{_REST}*+"
"""A pattern for one whole number in :attr:`Shape.marked`."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One text, its aligned form, the marked form, and the numbers by where they start."""

    raw: str
    aligned: str
    marked: str
    numbers: Mapping[int, Number]

    def number(self, match: re.Match[str], group: str) -> Number:
        """The number that ``group`` of a match over ``marked`` stands on."""
        return self.numbers[match.start(group)]

    def without(self, slots: Iterable[Slot]) -> "Shape":
        """The same text with the places of ``slots`` closed to every pattern."""
        aligned, marked = list(self.aligned), list(self.marked)
        for slot in slots:
            closed = _CLAIMED * (slot.end - slot.start)
            aligned[slot.start : slot.end] = marked[slot.start : slot.end] = closed
        return replace(self, aligned="".join(aligned), marked="".join(marked))

    def slot(
        self, name: str, value: SlotValue, start: int, end: int, role: Role = "include"
    ) -> Slot:
        """A slot over ``raw[start:end]``, with spaces at its edges left out."""
        while start < end and self.aligned[start] == " ":
            start += 1
        while end > start and self.aligned[end - 1] == " ":
            end -= 1
        return Slot(name, value, self.raw[start:end], start, end, role)


def shape(text: str) -> Shape:
    """Prepares a text; any string is fine."""
    aligned = align(text)
    numbers = {number.start: number for number in find_numbers(aligned)}
    marked = list(aligned)
    for number in numbers.values():
        marked[number.start : number.end] = _FIRST + _REST * (number.end - number.start - 1)
    return Shape(text, aligned, "".join(marked), numbers)
