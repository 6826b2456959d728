"""A text as the encoder's pieces and as the units that slots are made of.

A unit is a Latin word, a number, a sign or a Chinese piece. The encoder's pieces of Chinese may
join a particle to a word ("的" to "粉色"), which would hide where a slot ends: such pieces are
taken apart at particles where the vocabulary has both parts.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Encoding

PARTICLES = frozenset(
    "的了吗呢吧啊呀有没把给想买要这那个款件双张条台只里上中看找来去和跟与在是不别换成我你他她它"
    "们家用送能可以就再更最都也还单多"
)
_UNIT = re.compile(r"[A-Za-zÀ-ɏͰ-ӿ]+|\d+|\S")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The encoder's view of a text.

    ``ids`` include begin and end marks; ``first`` is the place of each unit's first piece among
    them, ``units`` where each unit starts and ends in the text.
    """

    ids: tuple[int, ...]
    first: tuple[int, ...]
    units: tuple[tuple[int, int], ...]

    def spread(self, tags: Sequence[int]) -> list[int]:
        """A tag a unit as a tag a piece; the begin and end marks get 0."""
        borders = (*self.first, len(self.ids) - 1)
        spread = [0] * len(self.ids)
        for tag, (start, end) in zip(tags, pairwise(borders), strict=True):
            spread[start:end] = [tag] * (end - start)
        return spread


class PieceReader:
    """Cuts texts with one tokenizer, as safe to share between threads as its ``encode``."""

    def __init__(
        self,
        encode: Callable[[list[str]], list[Encoding]],
        token_to_id: Callable[[str], int | None],
        longest: int,
    ) -> None:
        """Reads at most ``longest`` pieces of a text, begin and end marks included."""
        self._encode = encode
        self._token_to_id = token_to_id
        self._longest = longest
        self._parts: dict[int, tuple[tuple[int, int], ...]] = {}

    def read(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text."""
        encodings = self._encode(list(texts))
        return [
            self._pieces(text, encoding.ids, encoding.offsets)
            for text, encoding in zip(texts, encodings, strict=True)
        ]

    def _pieces(self, text: str, ids: Sequence[int], offsets: Sequence[tuple[int, int]]) -> Pieces:
        opening, closing = ids[0], ids[-1]
        starts = {match.start() for match in _UNIT.finditer(text)}
        kept, first, units = [opening], list[int](), list[tuple[int, int]]()
        for piece, start, end in self._apart(text, ids[1:-1], offsets[1:-1]):
            if len(kept) == self._longest - 1:
                break
            begins = any(place in starts for place in range(start, end))
            # The tokenizer may put a mark of its own before a word, at the word's place.
            if not units or (begins and start >= units[-1][1]):
                first.append(len(kept))
                units.append((start, end))
            elif end > start:
                units[-1] = (units[-1][0], end)
            kept.append(piece)
        return Pieces((*kept, closing), tuple(first), tuple(units))

    def _apart(
        self, text: str, ids: Sequence[int], offsets: Sequence[tuple[int, int]]
    ) -> list[tuple[int, int, int]]:
        """Each piece's id, start and end without blanks; particles apart from words."""
        found = []
        for piece, (start, end) in zip(ids, offsets, strict=True):
            while start < end and text[start].isspace():
                start += 1
            for part, length in self._split(piece, text[start:end]):
                found.append((part, start, start + length))
                start += length
        return found

    def _split(self, piece: int, words: str) -> tuple[tuple[int, int], ...]:
        """A piece's parts as (id, characters)."""
        if len(words) < 2 or not (words[0] in PARTICLES or words[-1] in PARTICLES):
            return ((piece, len(words)),)
        if piece not in self._parts:
            self._parts[piece] = self._parts_of(piece, words)
        parts = self._parts[piece]
        return parts if sum(length for _, length in parts) == len(words) else ((piece, len(words)),)

    def _parts_of(self, piece: int, words: str) -> tuple[tuple[int, int], ...]:
        start, end = 0, len(words)
        while start < end - 1 and words[start] in PARTICLES:
            start += 1
        while end > start + 1 and words[end - 1] in PARTICLES:
            end -= 1
        texts = [*words[:start], words[start:end], *words[end:]]
        ids = [self._token_to_id(text) for text in texts]
        parts = [(i, len(t)) for i, t in zip(ids, texts, strict=True) if i is not None]
        return tuple(parts) if len(parts) == len(texts) else ((piece, len(words)),)
