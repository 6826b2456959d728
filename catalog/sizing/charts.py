"""The shop's file of sizes: charts by kind of product, and what was returned for its size.

The form of the file is in :data:`FORM`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from catalog.text import fold
from catalog.types import LocalText, Product

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
    """The file of sizes is wrong; the message names file and place."""


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
    try:
        content = _File.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SizesError(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise SizesError(f"{path}, {place}: {first['msg']}") from error
    return Sizes(content.charts, content.returns)


@dataclass(slots=True)
class SizeGuide:
    """The file as it is now; without one nothing is known. A broken change is not taken over."""

    path: Path | None = None
    sizes: Sizes = field(default_factory=Sizes)
    changed: int = 0

    @classmethod
    def open(cls, path: Path) -> "SizeGuide":
        """Read the file, if it is there.

        Raises:
            SizesError: it is there and wrong.
        """
        if not path.exists():
            return cls(path)
        return cls(path, read_sizes(path), path.stat().st_mtime_ns)

    def __call__(self) -> Sizes:
        """The charts and returns, read again when the file has changed."""
        try:
            stamp = self.path.stat().st_mtime_ns if self.path else 0
            if self.path and stamp != self.changed:
                self.changed = stamp
                self.sizes = read_sizes(self.path)
        except (OSError, SizesError):
            return self.sizes  # daogou doctor says what is wrong with it
        return self.sizes
