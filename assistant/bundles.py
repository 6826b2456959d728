"""Sets of products for one sum: what belongs in, and which of the candidates together. Pure.

A shop names its sets in a file, in the form of ``assistant/demo/bundles.yml``.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from catalog.types import Language, LocalText
from catalog.yaml_files import read_form


class BundlesError(ValueError):
    """The file of sets is wrong; the message names file, line and place."""


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str
    zh: str

    def local(self) -> LocalText:
        """The text as everything else knows it."""
        return LocalText(self.en, self.zh)


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    en: tuple[str, ...] = Field(min_length=1)
    zh: tuple[str, ...] = Field(min_length=1)


class BundleKind(BaseModel):
    """A set that shoppers ask for by one name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: _Text
    words: _Words
    parts: tuple[_Text, ...] = Field(min_length=2, max_length=6)

    def is_named(self, text: str) -> bool:
        """Whether the text has one of its words."""
        english = "|".join(map(re.escape, self.words.en))
        found = re.search(rf"\b(?:{english})\b", text.casefold())
        return found is not None or any(word in text for word in self.words.zh)


_KINDS = TypeAdapter(tuple[BundleKind, ...])


def read_bundles(path: Path) -> tuple[BundleKind, ...]:
    """The sets of a file; none where there is no file.

    Raises:
        BundlesError: the file cannot be read, or is not in its form.
    """
    if not path.exists():
        return ()
    return read_form(path, _KINDS, (), BundlesError)


def kind_named(kinds: Sequence[BundleKind], text: str) -> BundleKind | None:
    """The first set that a text names."""
    return next((one for one in kinds if one.is_named(text)), None)


class Offer(NamedTuple):
    """A product that may be a part, and what it costs."""

    id: str
    price: Decimal


Offers = Sequence[Sequence[Offer]]
"""Of each part its offers, the best first; no part is without."""


def choose(parts: Offers, limit: Decimal | None) -> tuple[int, ...] | None:
    """One offer of each part, the best together that the sum allows, no product twice.

    The best have the smallest sum of places in the parts' rankings; among equals the first found.

    Args:
        parts: The offers.
        limit: The most that all may cost together.

    Returns:
        A place for each part; ``None`` where there is no such choice.
    """
    places = [[Decimal(place) for place in range(len(part))] for part in parts]
    return _least(parts, places, limit)


def cheapest(parts: Offers) -> tuple[int, ...] | None:
    """The place of an offer of each part, the cheapest together, no product twice."""
    return _least(parts, [[one.price for one in part] for part in parts], None)


def _least(
    parts: Offers, weights: Sequence[Sequence[Decimal]], limit: Decimal | None
) -> tuple[int, ...] | None:
    """The choice of the least weight that is no dearer than ``limit``, by branch and bound."""
    cheap = _least_after([[one.price for one in part] for part in parts])
    light = _least_after(weights)
    best: tuple[Decimal, tuple[int, ...]] | None = None

    def extend(chosen: tuple[int, ...], taken: frozenset[str], cost: Decimal, got: Decimal) -> None:
        nonlocal best
        part = len(chosen)
        if best is not None and got + light[part] >= best[0]:
            return
        if part == len(parts):
            best = (got, chosen)
            return
        for place, (id_, price) in enumerate(parts[part]):
            affordable = limit is None or cost + price + cheap[part + 1] <= limit
            if affordable and id_ not in taken:
                weight = got + weights[part][place]
                extend((*chosen, place), taken | {id_}, cost + price, weight)

    extend((), frozenset(), Decimal(0), Decimal(0))
    return best[1] if best is not None else None


def _least_after(amounts: Sequence[Sequence[Decimal]]) -> list[Decimal]:
    """Of each part the least that it and all after it come to."""
    least = [min(one) for one in amounts]
    return [sum(least[place:], Decimal(0)) for place in range(len(least) + 1)]


def title_of(kind: BundleKind, language: Language) -> str:
    """What the set is called."""
    return kind.name.local().get(language)
