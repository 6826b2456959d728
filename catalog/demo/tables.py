"""The demo shop's hand-written tables (``data/*.yml``) as frozen values.

A few spellings keep the YAML short:

* a bilingual text is ``English=中文``, or one text that both languages write alike;
* ``a | b`` is a choice, ``a + b`` are values that hold together;
* ``20 30 40 hour ^`` is a number in hours that grows with the price level of a product
  (``v``: shrinks), ``60%`` a yes/no that is true that often;
* a colour that is listed twice is offered twice as often;
* a sentence is ``[English, 中文]`` and, when it does not hold for every product of its kind, a
  third item: ``waterproof``, ``!waterproof``, ``gender=women`` or ``@SH,FA`` (departments),
  several joined by a space.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import yaml

from catalog.demo.specs import Spec, parse_spec, parse_text
from catalog.types import LocalText

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Color:
    """A colour of the shop: ``slug`` stands in picture addresses, ``code`` in variant ids."""

    slug: str
    code: str
    name: LocalText
    hex: str


@dataclass(frozen=True, slots=True)
class Brand:
    """An invented brand; ``level`` (0 to 1) says how dear it is within its fields."""

    name: LocalText
    level: float
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a description with the facts it names and the conditions it holds under."""

    text: LocalText
    needs: frozenset[str] = frozenset()
    conditions: tuple[str, ...] = ()

    @property
    def about(self) -> frozenset[str]:
        """Every attribute that the sentence speaks of."""
        named = {c.lstrip("!").split("=")[0] for c in self.conditions if not c.startswith("@")}
        return self.needs | named


@dataclass(frozen=True, slots=True)
class OptionTable:
    """The values of one option, in order; each step up costs ``step`` of the price more.

    ``values`` is keyed by gender or age group, with ``any`` for everything else.
    """

    name: str
    values: Mapping[str, tuple[LocalText, ...]]
    step: float = 0.0
    take: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A leaf of the category tree and everything that its products are made from."""

    name: str
    department: str
    path: tuple[LocalText, ...]
    family: str
    count: int
    usd: tuple[float, float]
    cny: tuple[float, float]
    field: str
    branded: bool
    models: tuple[LocalText, ...]
    titles: tuple[LocalText, ...]
    colors: tuple[str, ...]
    art: tuple[str, ...]
    options: tuple[OptionTable, ...]
    attributes: tuple[tuple[str, Spec], ...]
    about: tuple[Sentence, ...]
    closers: tuple[Sentence, ...]
    reviews: str
    goes_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that the demo shop is generated from."""

    kinds: tuple[Kind, ...]
    brands: tuple[Brand, ...]
    colors: Mapping[str, Color]
    labels: Mapping[str, LocalText]
    units: Mapping[str, LocalText]
    facts: Mapping[str, tuple[Sentence, ...]]

    def brands_for(self, field: str) -> tuple[Brand, ...]:
        """The brands that sell things of ``field``."""
        return tuple(brand for brand in self.brands if field in brand.fields)


def read_table(name: str) -> Any:  # noqa: ANN401 (YAML has no static type)
    """The content of ``data/<name>.yml``."""
    text = files("catalog.demo").joinpath("data", f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


@cache
def load_tables() -> Tables:
    """All tables, read once."""
    shared = read_table("shared")
    values = {en: LocalText(en, zh) for en, zh in shared["values"].items()}
    return Tables(
        kinds=tuple(
            kind
            for folder in shared["departments"]
            for kind in _kinds(read_table(f"kinds/{folder}"), folder, values, shared["options"])
        ),
        brands=tuple(_brand(row) for row in read_table("brands")),
        colors={row[1]: _color(row) for row in shared["colors"]},
        labels={name: LocalText(*pair) for name, pair in shared["labels"].items()},
        units={name: LocalText(*pair) for name, pair in shared["units"].items()},
        facts={name: _sentences(rows) for name, rows in read_table("facts").items()},
    )


def _color(row: list[str]) -> Color:
    code, en, zh, hex_value = row
    return Color(en.replace(" ", "-"), code, LocalText(en, zh), hex_value)


def _brand(row: list[Any]) -> Brand:
    en, zh, level, fields = row
    return Brand(LocalText(en, zh), float(level), tuple(fields.split()))


def _sentences(rows: Iterable[list[str]] | None) -> tuple[Sentence, ...]:
    return tuple(_sentence(*row) for row in rows or ())


def _sentence(en: str, zh: str, conditions: str = "") -> Sentence:
    names = {
        name.rstrip("#") for text in (en, zh) for _, name, _, _ in Formatter().parse(text) if name
    }
    return Sentence(LocalText(en, zh), frozenset(names), tuple(conditions.split()))


def _kinds(
    table: Mapping[str, Any],
    folder: str,
    values: Mapping[str, LocalText],
    options: Mapping[str, Any],
) -> Iterable[Kind]:
    for name, row in table["kinds"].items():
        try:
            yield _kind(name, row, table, values, options)
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"data/kinds/{folder}.yml: kind {name!r}: {error}") from error


def _kind(
    name: str,
    row: Mapping[str, Any],
    table: Mapping[str, Any],
    values: Mapping[str, LocalText],
    options: Mapping[str, Any],
) -> Kind:
    specs = {**table.get("attributes", {}), **row.get("attributes", {})}
    return Kind(
        name=name,
        department=table["code"],
        path=tuple(parse_text(part, {}) for part in (table["name"], *row["path"].split(" > "))),
        family=row["family"],
        count=row["count"],
        usd=_range(row["usd"]),
        cny=_range(row["cny"]),
        field=row.get("field", table["field"]),
        branded=table.get("branded", True),
        models=tuple(parse_text(text, {}) for text in row.get("models", "").split(" | ") if text),
        titles=tuple(LocalText(*pair) for pair in row["titles"]),
        colors=_words(row.get("colors", "")),
        art=_words(row.get("art", "")),
        options=tuple(_options(row, values, options)),
        attributes=tuple((key, parse_spec(spec, values)) for key, spec in specs.items()),
        about=_sentences(row["about"]),
        closers=_sentences(table["closers"]),
        reviews=row.get("reviews", table["reviews"]),
        goes_with=tuple(row.get("goes_with", "").split()),
    )


def _options(
    row: Mapping[str, Any], values: Mapping[str, LocalText], shared: Mapping[str, Any]
) -> Iterable[OptionTable]:
    if "sizes" in row:
        yield _option_table("size", shared[row["sizes"]], values)
    for name, table in row.get("options", {}).items():
        yield _option_table(name, table, values)


def _option_table(
    name: str, table: Mapping[str, Any], values: Mapping[str, LocalText]
) -> OptionTable:
    groups = {
        group: tuple(parse_text(text, values) for text in texts.split(" | "))
        for group, texts in table.items()
        if group not in ("step", "take")
    }
    take = _range(table["take"]) if "take" in table else None
    return OptionTable(name, groups, table.get("step", 0.0), take and (int(take[0]), int(take[1])))


def _range(text: str) -> tuple[float, float]:
    low, _, high = str(text).partition("-")
    return float(low), float(high or low)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("-", " ") for word in text.split())
