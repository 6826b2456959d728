"""A text and the day it is read on, and patterns that name days with what reads each."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from intents.shape import Shape
from intents.types import DateRange
from intents.values import days


@dataclass(frozen=True, slots=True)
class Moment:
    """The text, the day it is read on, and whether it tells of the past."""

    shape: Shape
    today: date
    past: bool

    def number(self, match: re.Match[str], group: str) -> int:
        """The whole number that a group stands on; 0 for any other."""
        low = self.shape.number(match, group).low
        return int(low) if low == int(low) and low <= days.MOST_DAYS else 0


Reader = Callable[[re.Match[str], Moment], DateRange | None]
Patterns = tuple[tuple[re.Pattern[str], Reader], ...]


def compiled(*pairs: tuple[str, Reader]) -> Patterns:
    """Patterns with their readers."""
    return tuple((re.compile(pattern), reader) for pattern, reader in pairs)


def find_names(at: Moment, patterns: Patterns, text: str) -> Iterator[tuple[int, int, DateRange]]:
    """Where patterns stand in a text, with the days they mean."""
    for pattern, reader in patterns:
        for match in pattern.finditer(text):
            found = reader(match, at)
            if found is not None:
                yield *match.span(), found
