"""The shop's file of sizes: charts by kind of product, and what was returned for its size.

The form of the file is in :data:`FORM`.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from catalog.text import fold
from catalog.types import LocalText, Product
from catalog.yaml_files import read_form

_log = logging.getLogger(__name__)

FORM = """
charts:
  - name: {en: Women's shoes, zh: 女鞋}
    categories: [Shoes]          # names anywhere on a product's path, in either language
    gender: [women]              # left out: for everybody
    sizes:                       # the smallest first; lengths in cm, weight in kg
      "37": {foot: [23.1, 23.5]}
returns:
  - products: [SH-1002]          # or categories: [...]
    sold: 214
    too_small: 31
    too_large: 4
"""

Measure = Literal["height", "weight", "chest", "waist", "hips", "foot"]


class SizesError(ValueError):
    """The file of sizes is wrong; the message names file, line and place."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Name(_Part):
    en: str
    zh: str


class Chart(_Part):
    """The sizes of one kind of product, the smallest first, each with its ranges."""

    name: _Name
    categories: tuple[str, ...] = Field(min_length=1)
    gender: tuple[str, ...] = ()
    sizes: Mapping[str, Mapping[Measure, tuple[float, float]]] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> "Chart":
        for size, ranges in self.sizes.items():
            for measure, (low, high) in ranges.items():
                if not 0 < low <= high:
                    raise ValueError(f"size {size}, {measure}: expected low <= high above 0")
        return self

    @property
    def title(self) -> LocalText:
        """What the chart is called."""
        return LocalText(self.name.en, self.name.zh)

    def measures(self) -> tuple[Measure, ...]:
        """What the chart goes by, in its own order."""
        return tuple(dict.fromkeys(one for ranges in self.sizes.values() for one in ranges))


class Returns(_Part):
    """How many of some products were sold, and came back because of their size."""

    products: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    sold: int = Field(ge=1)
    too_small: int = Field(ge=0)
    too_large: int = Field(ge=0)

    @model_validator(mode="after")
    def _possible(self) -> "Returns":
        if self.too_small + self.too_large > self.sold:
            raise ValueError("expected no more returns than were sold")
        if not (self.products or self.categories):
            raise ValueError("expected products or categories")
        return self


class _File(_Part):
    charts: tuple[Chart, ...] = ()
    returns: tuple[Returns, ...] = ()


@dataclass(frozen=True, slots=True)
class Sizes:
    """Every chart, and what is known of returns."""

    charts: tuple[Chart, ...] = ()
    returns: tuple[Returns, ...] = ()

    def chart(self, product: Product) -> Chart | None:
        """The first chart for a kind and a gender of the product."""
        names = _folded(text for part in product.category for text in part.all())
        genders = _folded(
            text
            for name in ("gender", "age_group")
            for value in product.values(name)
            if isinstance(value, LocalText)
            for text in value.all()
        )
        for one in self.charts:
            fits = not one.gender or bool(_folded(one.gender) & genders)
            if fits and _folded(one.categories) & names:
                return one
        return None

    def returned(self, product: Product) -> Returns | None:
        """What is known of the product itself, else of its kind."""
        own = next((one for one in self.returns if product.id in one.products), None)
        names = _folded(text for part in product.category for text in part.all())
        kinds = (one for one in self.returns if _folded(one.categories) & names)
        return own or next(kinds, None)


def _folded(texts: Iterable[str]) -> set[str]:
    return {fold(text) for text in texts}


def read_sizes(path: Path) -> Sizes:
    """Read the file.

    Raises:
        SizesError: it cannot be read, or is not in the form above.
    """
    content = read_form(path, TypeAdapter(_File), {}, SizesError)
    return Sizes(content.charts, content.returns)


@dataclass(slots=True)
class SizeGuide:
    """The file as it is now; without one nothing is known.

    A broken one is not taken over, whether at the start or later, and the log says what is wrong
    with it; so does ``daogou doctor``. Everything else goes on.
    """

    path: Path | None = None
    sizes: Sizes = field(default_factory=Sizes)
    changed: int = 0

    @classmethod
    def open(cls, path: Path) -> "SizeGuide":
        """Read the file, if it is there and right."""
        guide = cls(path)
        guide()
        return guide

    def __call__(self) -> Sizes:
        """The charts and returns, read again when the file has changed."""
        if self.path is None or not self.path.exists():
            return self.sizes
        stamp = self.path.stat().st_mtime_ns
        if stamp != self.changed:
            self.changed = stamp
            try:
                self.sizes = read_sizes(self.path)
            except SizesError as error:
                _log.error("size charts are not taken over: %s", error)
        return self.sizes
