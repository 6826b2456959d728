"""What a search gives: a page of products, and how the index is that it came from."""

from dataclasses import dataclass

from catalog.columns import Matching
from catalog.correction import Correction
from catalog.ranking import Ranking
from catalog.splits import Choices
from catalog.types import Product, ScoredProduct, Variant


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of products, best first.

    ``total`` is how many products are relevant and pass the filter; ``exact`` is false when there
    may be more of them. ``relevant`` is false when nothing in the catalogue fits the text: the
    products are then only the nearest, and ``total`` is 0. ``matching`` is how many pass the
    filter, whatever the text. ``correction`` is what was searched for, where that is not quite what
    was written. ``complete`` is false when the index of meanings did not answer: products that say
    the same in other words may be missing. ``choices`` are the answers to what was chosen to ask.
    ``named`` is false when no product of the page has the head of the text in its record, as a
    box of popcorn has none of a "film ticket" but the film.
    """

    products: tuple[ScoredProduct, ...]
    total: int
    exact: bool = True
    relevant: bool = True
    matching: int = 0
    correction: Correction | None = None
    complete: bool = True
    choices: Choices | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How the index of meanings is: its kind, its vectors, texts that wait, and what is wrong."""

    kind: str
    vectors: int
    pending: int
    problem: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A found item with the product as the store has it, and its variant that fits best."""

    item: int
    product: Product
    variant: Variant
    score: float


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a ranking, read from the store; ``matching`` is what passes the filter."""

    ranking: Ranking
    hits: list[Hit]
    matching: Matching
