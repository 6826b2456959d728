"""What a phrase can stand for in one catalogue."""

from dataclasses import dataclass, replace
from typing import Literal

from catalog.lexicon import Kind
from catalog.types import Constraint, LocalText

SlotKind = Kind | Literal["value"]
Guard = Literal["free", "name", "size", "shelf", "quality", "purpose", "person", "flavor", "had"]

EXACT, ALIAS, FAMILY, ABSENT = 1.0, 0.95, 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that is meant.

    Attributes:
        name: The slot it fills.
        value: Its canonical name, English where there is one, the same in both languages.
        label: Its canonical name in both languages.
        kind: What sort of thing it is.
        constraint: What it demands of a product; ``None`` when the catalogue cannot tell.
        score: How surely the phrase means it, in (0, 1].
        guard: In what place the phrase means it; ``free`` is anywhere. The others are for words
            that have a life of their own: a brand (``name``), a ``size``, a category (``shelf``),
            a colour or material (``quality``), an occasion or season (``purpose``), a recipient
            (``person``), a ``flavor``, what a thing has (``had``). See
            :mod:`catalog.words.context`.
        places: The folded names of the categories where the catalogue has it; empty for anywhere.
    """

    name: str
    value: str
    label: LocalText
    kind: SlotKind
    constraint: Constraint | None = None
    score: float = EXACT
    guard: Guard = "free"
    places: frozenset[str] = frozenset()

    def scored(self, score: float, guard: Guard | None = None) -> "Meaning":
        """The same, less or more sure."""
        return replace(self, score=score, guard=guard or self.guard)


@dataclass(frozen=True, slots=True)
class Part:
    """A meaning of the tokens ``start:end`` within a phrase; ``end`` 0 is the phrase's end."""

    meaning: Meaning
    start: int = 0
    end: int = 0


Sense = tuple[Part, ...]
"""Everything one reading of a phrase says, the main thing first: 女鞋 is women and shoes."""


def sense(*meanings: Meaning) -> Sense:
    """A reading in which the whole phrase has each of these meanings."""
    return tuple(Part(meaning) for meaning in meanings)


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase found at tokens ``first:last``, characters ``start:end``, with all it may mean.

    ``score`` says how near the spelling is, 1 when it is exact.
    """

    first: int
    last: int
    start: int
    end: int
    senses: tuple[Sense, ...]
    score: float = 1.0

    @property
    def is_type(self) -> bool:
        """Whether it may be a product type."""
        return any(s[0].meaning.kind == "product_type" for s in self.senses)

    @property
    def meaning(self) -> Meaning:
        """The main meaning of the likeliest sense."""
        return self.senses[0][0].meaning

    def settled(self, *chosen: Sense) -> "Reading":
        """The same with these senses only, the likeliest first."""
        return replace(self, senses=chosen)


@dataclass(frozen=True, slots=True)
class Found:
    """A meaning at ``start:end`` of the text."""

    meaning: Meaning
    start: int
    end: int
    score: float
