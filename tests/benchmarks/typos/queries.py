"""Known-item queries with the products that answer them, and their misspellings."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from catalog.query import query_terms
from catalog.text import fold, has_chinese
from catalog.types import Language, LocalText, Product
from tests.benchmarks.typos.noise import CHINESE, ENGLISH, chinese, english

Gains = Mapping[str, float]
"""The gain of each relevant product by its id."""

_LEAST, _MOST = 2, 200


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query that is written right, and what should be found."""

    text: str
    language: Language
    gains: Gains


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A known item as it was misspelt; ``kind`` is "none" for the right spelling."""

    item: KnownItem
    kind: str
    text: str


def built(products: Sequence[tuple[str, Product]], language: Language) -> Iterator[KnownItem]:
    """ "Brand type" and "type" queries, answered by the products of the brand and shelf."""
    shelves = defaultdict[str, dict[str, float]](dict)
    branded = defaultdict[str, dict[str, float]](dict)
    for id_, one in products:
        leaf = _local(one.category[-1], language) if one.category else ""
        brand = _local(one.brand, language)
        if leaf and has_chinese(leaf) is (language == "zh"):
            shelves[fold(leaf)][id_] = 1.0
            if brand:
                branded[fold(f"{brand} {leaf}")][id_] = 1.0
    for text, gains in (*shelves.items(), *branded.items()):
        if _LEAST <= len(gains) <= _MOST:
            yield KnownItem(text, language, gains)


def translated(items: Iterable[KnownItem]) -> Iterator[KnownItem]:
    """English queries in Chinese, where the lexicon translates all but brands of them."""
    for item in items:
        terms = query_terms(item.text)
        words = [(term.translations or (term.words,))[0] for term in terms]
        if terms and has_chinese(words[-1]):
            yield KnownItem(fold(" ".join(words)), "zh", item.gains)


def judged(folder: Path) -> Iterator[KnownItem]:
    """The Icecat queries that have a relevant product, with their judgments."""
    ratings = defaultdict[str, dict[str, float]](dict)
    with (folder / "judgments.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            ratings[row["query"]][row["docid"]] = float(row["rating"])
    for text, gains in ratings.items():
        if any(gains.values()):
            yield KnownItem(fold(text), "en", gains)


def sampled(items: Iterable[KnownItem], most: int, rng: Random) -> list[KnownItem]:
    """At most so many of the queries, by the seed."""
    found = sorted(items, key=lambda item: item.text)
    return rng.sample(found, min(most, len(found)))


def misspelt(items: Sequence[KnownItem], rng: Random) -> Iterator[Misspelt]:
    """Every query as it is, and with one slip of each kind where it has a place for it."""
    for item in items:
        yield Misspelt(item, "none", item.text)
        kinds, slip = (CHINESE, chinese) if item.language == "zh" else (ENGLISH, english)
        for kind in kinds:
            text = slip(kind, item.text, rng)
            if text != item.text:
                yield Misspelt(item, kind, text)


def _local(text: LocalText, language: Language) -> str:
    return text.zh if language == "zh" else text.en
