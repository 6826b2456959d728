"""Mapping files: which column of a shop's own feed is what. The shipped ones are examples."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from catalog.types import Language

FOLDER = Path(__file__).parent.parent / "mappings"

AttributeKind = Literal["text", "number", "flag", "date"]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Columns = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""One column or several."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceTable(_Table):
    """How the file is written.

    ``record`` is the path to the object that holds the columns of a JSON record, ``side_file``
    a CSV beside the feed whose row n belongs to row n, and ``escape`` the character before a
    quote inside a cell. With ``line_breaks`` a backslash and an n are a line break. Cells that
    equal one of ``empty`` say nothing.
    """

    kind: Literal["csv", "jsonl"]
    delimiter: str = Field("", max_length=1)
    escape: str | None = Field(None, min_length=1, max_length=1)
    record: str = ""
    side_file: str = ""
    language: Language | None = None
    html_entities: bool = False
    line_breaks: bool = False
    empty: tuple[str, ...] = ()


class LanguageColumns(_Table):
    """A column for each language of a text."""

    en: Columns = ()
    zh: Columns = ()


class ColumnTable(_Table):
    """The columns of a product's own fields; of several, the first that says something."""

    id: Columns
    title: Columns | LanguageColumns
    description: Columns | LanguageColumns = ()
    brand: Columns | LanguageColumns = ()
    url: Columns = ()
    images: Columns = ()
    images_separator: str = ""
    rating: Columns = ()
    rating_scale: Decimal = Field(Decimal(5), gt=0)
    review_count: Columns = ()
    questions: Columns = ()
    quantity: Columns = ()
    availability: Columns = ()


class CategoryTable(_Table):
    """Where the category path comes from: one of ``path``, ``levels`` and ``first_of``.

    ``path`` is a column with the whole path and ``separator`` between its levels; ``levels``
    are columns from the root to the leaf; of ``first_of``, the first with a word that is not
    among ``ignore`` is the whole path. ``replace`` changes characters in every level.
    """

    path: str = ""
    separator: str = ">"
    levels: Columns = ()
    first_of: Columns = ()
    ignore: tuple[str, ...] = ()
    replace: dict[str, str] = {}


class PriceTable(_Table):
    """Prices: ``column`` is what is paid, ``list_column`` the price before a reduction."""

    column: str
    list_column: str = ""
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    currency_column: str = ""
    minor_units: bool = False


class VariantTable(_Table):
    """Rows that are variants: ``group`` is the id they share, ``options`` what tells them apart.

    ``options`` maps the option's name to its column. Rows of a group stand together.
    """

    group: str
    options: dict[str, str]
    image: str = ""


class UnitRule(_Table):
    """A unit that a number has when everything the rule says holds.

    ``written``: the number stands with this unit in the title or the description. ``scale``: it
    stands there divided by so much. ``below``, ``at_least``: its range. ``has``: this column is
    filled.
    """

    unit: str
    written: str = ""
    scale: Decimal = Field(Decimal(1), gt=0)
    below: Decimal | None = None
    at_least: Decimal | None = None
    has: str = ""


class AttributeColumn(_Table):
    """One attribute column: what it is called here, its kind, unit, and what splits its values.

    Without ``name`` it is the column's, without its prefix. A ``date`` becomes text such as
    2024-01-31. ``unless`` names a column that,
    when filled, keeps this one under its own name.
    """

    name: str = ""
    kind: AttributeKind | None = None
    unit: str | tuple[UnitRule, ...] = ""
    split: Columns = ()
    label: str = ""
    unless: str = ""


class AttributePrefix(_Table):
    """All columns that begin so are attributes of one kind."""

    prefix: str = Field(min_length=1)
    kind: AttributeKind = "text"


class AttributeTable(_Table):
    """The attributes: columns by prefix, single columns, and who comes first for a name.

    ``first_of`` maps a name to the columns it may come from; the first that is filled has it,
    and the others keep their own names. Columns in ``ignore`` are left out.
    """

    prefixes: tuple[AttributePrefix, ...] = ()
    columns: dict[str, AttributeColumn] = {}
    first_of: dict[str, Columns] = {}
    ignore: Columns = ()


class ConstantTable(_Table):
    """What is the same for every product and stands in no column."""

    brand: str = ""
    category: tuple[str, ...] = ()
    attributes: dict[str, bool | Decimal | str] = {}


class Mapping(_Table):
    """How to read one kind of feed; made by :func:`load_mapping`."""

    source: SourceTable
    columns: ColumnTable
    category: CategoryTable = CategoryTable()
    price: PriceTable | None = None
    variants: VariantTable | None = None
    attributes: AttributeTable = AttributeTable()
    constants: ConstantTable = ConstantTable()

    @field_validator("price")
    @classmethod
    def _needs_a_currency(cls, price: PriceTable | None) -> PriceTable | None:
        if price and price.minor_units and not (price.currency or price.currency_column):
            raise ValueError("minor_units needs a currency or a currency_column")
        return price


def mapping_names() -> list[str]:
    """The names of the shipped mappings."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_mapping(name_or_path: str | Path) -> Mapping:
    """The shipped mapping of that name, or the one in that file.

    Raises:
        ValueError: There is none, it is not TOML, or a key or value in it is wrong; the message
            names the file and the key.
    """
    shipped = FOLDER / f"{name_or_path}.toml"
    path = shipped if str(name_or_path) in mapping_names() else Path(name_or_path)
    try:
        with path.open("rb") as file:
            written = tomllib.load(file)
    except OSError as error:
        names = ", ".join(mapping_names())
        raise ValueError(
            f"expected a mapping file or one of {names}, got {str(name_or_path)!r}"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not TOML: {error}") from error
    try:
        return Mapping.model_validate(written)
    except ValidationError as error:
        raise ValueError(f"{path}: {_describe(error)}") from error


def _describe(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, one['loc']))}: unknown key"
        if one["type"] == "extra_forbidden"
        else f"{'.'.join(map(str, one['loc']))}: {one['msg']}, got {one['input']!r:.60}"
        for one in error.errors()
    )
