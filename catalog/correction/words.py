"""What a correction asks of the index of words."""

from collections.abc import Sequence
from typing import Protocol


class WordIndex(Protocol):
    """The search terms of a catalogue, as :class:`catalog.lexical.LexicalIndex` has them."""

    def __len__(self) -> int:
        """How many products there are."""

    def frequency(self, token: str) -> int:
        """How many products have the term."""

    def together(self, tokens: Sequence[str]) -> int:
        """How many products have all of the terms."""
