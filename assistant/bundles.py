"""Sets of products for one sum: what belongs in, and which of the candidates together. Pure.

A shop names its sets in a file, in the form of ``assistant/demo/bundles.yml``.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from catalog.types import Language, LocalText


class BundlesError(ValueError):
    """The file of sets is wrong; the message names file and place."""


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
    try:
        return _KINDS.validate_python(yaml.safe_load(path.read_text("utf-8")) or ())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BundlesError(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BundlesError(f"{path}, {place}: {first['msg']}") from error


def kind_named(kinds: Sequence[BundleKind], text: str) -> BundleKind | None:
    """The first set that a text names."""
    return next((one for one in kinds if one.is_named(text)), None)


def choose(prices: Sequence[Sequence[Decimal]], limit: Decimal | None) -> tuple[int, ...] | None:
    """One candidate of each part, the best together that the sum allows.

    Branch and bound over the sum of places in the parts' rankings; among equals the first found.

    Args:
        prices: Of each part the candidates' prices, the best candidate first; none is empty.
        limit: The most that all may cost together.

    Returns:
        A place for each part; ``None`` where even the cheapest of each cost too much.
    """
    least = [min(one) for one in prices]
    rest = [sum(least[place:], Decimal(0)) for place in range(len(least) + 1)]
    best: tuple[int, tuple[int, ...]] | None = None

    def extend(chosen: tuple[int, ...], cost: Decimal, rank: int) -> None:
        nonlocal best
        if best is not None and rank >= best[0]:
            return
        part = len(chosen)
        if part == len(prices):
            best = (rank, chosen)
            return
        for place, price in enumerate(prices[part]):
            total = cost + price
            if limit is None or total + rest[part + 1] <= limit:
                extend((*chosen, place), total, rank + place)

    extend((), Decimal(0), 0)
    return best[1] if best is not None else None


def cheapest(prices: Sequence[Sequence[Decimal]]) -> tuple[int, ...]:
    """The place of the cheapest candidate of each part."""
    return tuple(min(range(len(one)), key=lambda place: one[place]) for one in prices)


def title_of(kind: BundleKind, language: Language) -> str:
    """What the set is called."""
    return kind.name.local().get(language)
