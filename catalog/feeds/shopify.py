"""Shopify's product CSV, with the classic header and with that of the 2024 template.

Rows of one handle stand together: the first says what the product is, each with a price or an
option is a variant, and the others bring pictures (help.shopify.com/manual/products/import-export).
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal

from catalog.feeds.delimited import Record, Table, read_table
from catalog.feeds.items import Item, products
from catalog.feeds.measures import as_flag, as_measure, as_number, plain
from catalog.feeds.prices import make_price, read_price
from catalog.feeds.questions import read_questions
from catalog.feeds.rows import FeedRow, Rejected
from catalog.feeds.source import Source
from catalog.feeds.stock import stock_state
from catalog.feeds.texts import attribute_name, local_text, one_line, paragraphs
from catalog.types import AnsweredQuestion, Attribute, LocalText, Price, Variant

_OPTIONS = (1, 2, 3)
_ONLY_CHOICE = "default title"
_GOOGLE = "google shopping / "
_QUESTIONS = ".q_and_a)"
_METAFIELD = re.compile(r"(?P<label>.*\S)\s*\(product\.metafields\.[^)]+\)")

# Today's name of a column, by the name the classic header had.
_RENAMED = {
    "handle": "url handle",
    "body (html)": "description",
    "published": "published on online store",
    "variant sku": "sku",
    "variant barcode": "barcode",
    "variant grams": "weight value (grams)",
    "variant inventory tracker": "inventory tracker",
    "variant inventory qty": "inventory quantity",
    "variant inventory policy": "continue selling when out of stock",
    "variant price": "price",
    "variant compare at price": "compare-at price",
    "image src": "product image url",
    "variant image": "variant image url",
}


def column_key(column: str) -> str:
    """A column's name in the 2024 template, in lower case."""
    key = one_line(column).casefold()
    return _RENAMED.get(key, key)


def read_shopify(source: Source, currency: str) -> Iterator[FeedRow]:
    """The products of a Shopify export; its prices are in ``currency``, the file names none."""
    table = read_table(source, column_key)
    source.warnings.append(f"the feed names no currency: prices are taken as {currency}")
    return products(_items(table, currency), grouped=True)


def _items(table: Table, currency: str) -> Iterator[Item | Rejected]:
    metafields = _metafields(table)
    # Option names stand only in the first row of a handle.
    handle = ""
    names: dict[int, str] = {}
    for record in table.records:
        if isinstance(record, Rejected):
            yield record
            continue
        if record.cells.get("url handle") != handle:
            handle, names = record.cells.get("url handle", ""), {}
        names = names | _option_names(record)
        try:
            yield _item(record, names, metafields, currency)
        except ValueError as error:
            yield Rejected(record.line, str(error), record.raw)


def _item(record: Record, names: dict[int, str], metafields: dict[str, str], currency: str) -> Item:
    cells = record.cells
    _refuse_hidden(cells)
    vendor = one_line(cells.get("vendor", ""))
    image = one_line(cells.get("product image url", ""))
    return Item(
        line=record.line,
        product_id=one_line(cells.get("url handle", "")),
        raw=record.raw,
        title=local_text(one_line(cells.get("title", ""))),
        description=local_text(paragraphs(cells.get("description", ""))),
        brand=local_text(vendor),
        category=_category(cells),
        attributes=tuple(_attributes(cells, metafields)),
        images=(image,) if image else (),
        questions=_questions(cells),
        variant=_variant(cells, names, currency),
    )


def _refuse_hidden(cells: dict[str, str]) -> None:
    status = cells.get("status", "").casefold()
    if status and status != "active":
        raise ValueError(f"the product's status is {status}")
    if as_flag(cells.get("published on online store", "")) is False:
        raise ValueError("the product is not published")


def _option_names(record: Record) -> dict[int, str]:
    cells = record.cells
    return {n: name for n in _OPTIONS if (name := one_line(cells.get(f"option{n} name", "")))}


def _variant(cells: dict[str, str], names: dict[int, str], currency: str) -> Variant | None:
    values = {n: one_line(cells.get(f"option{n} value", "")) for n in _OPTIONS}
    written = cells.get("price", "")
    if not written and not any(values.values()):
        return None
    options = tuple(
        (attribute_name(names.get(n, f"option{n}")), local_text(value))
        for n, value in values.items()
        if value and value.casefold() != _ONLY_CHOICE
    )
    tracked = cells.get("inventory tracker", "")
    availability, quantity = stock_state(
        _quantity(cells.get("inventory quantity", "")) if tracked else None,
        cells.get("continue selling when out of stock", "").casefold() in ("continue", "true"),
    )
    return Variant(
        id=_variant_id(cells, options),
        options=options,
        prices=_prices(cells, currency),
        availability=availability,
        quantity=quantity,
        image=one_line(cells.get("variant image url", "")),
    )


def _variant_id(cells: dict[str, str], options: tuple[tuple[str, LocalText], ...]) -> str:
    sku = one_line(cells.get("sku", ""))
    if sku:
        return sku
    handle = one_line(cells.get("url handle", ""))
    return ":".join((handle, *("".join(value.all()) for _, value in options)))


def _quantity(written: str) -> int | None:
    """The stock; what is sold beyond it (a negative number) is none."""
    if not written:
        return None
    number = as_number(written)
    if number is None or number != int(number):
        raise ValueError(f"expected a whole number in stock, got {written[:40]!r}")
    return max(int(number), 0)


def _prices(cells: dict[str, str], currency: str) -> tuple[Price, ...]:
    if not cells.get("price"):
        return ()
    amount, currency = read_price(cells["price"], currency)
    before = cells.get("compare-at price", "")
    if not before:
        return (make_price(amount, currency),)
    return (make_price(max(read_price(before, currency)[0], amount), currency, amount),)


def _category(cells: dict[str, str]) -> tuple[LocalText, ...]:
    path = one_line(cells.get("product category", ""))
    if not path or path.isdecimal() or path.startswith("gid:"):
        path = one_line(cells.get("type", ""))
    return tuple(local_text(level) for part in path.split(">") if (level := part.strip()))


def _attributes(cells: dict[str, str], metafields: dict[str, str]) -> Iterator[Attribute]:
    for key, label in metafields.items():
        if _is_questions(key):
            continue
        for value in _metafield_values(cells.get(key, "")):
            yield _metafield(label, value)
    for name in ("gender", "age group", "mpn", "condition"):
        value = one_line(cells.get(_GOOGLE + name, ""))
        if value:
            yield Attribute(attribute_name(name), local_text(value))
    if cells.get("product category") and cells.get("type"):
        yield Attribute("type", local_text(one_line(cells["type"])))
    for tag in cells.get("tags", "").split(","):
        if tag.strip():
            yield Attribute("tag", local_text(one_line(tag)))
    grams = as_number(cells.get("weight value (grams)", ""))
    if grams:
        yield Attribute("weight", plain(grams), "g")


def _metafields(table: Table) -> dict[str, str]:
    """The label of every metafield column, by its key."""
    found = {key: _METAFIELD.fullmatch(label) for key, label in table.labels.items()}
    return {key: match["label"] for key, match in found.items() if match}


def _is_questions(key: str) -> bool:
    """Whether a column is the metafield ``q_and_a`` of any namespace."""
    return key.endswith(_QUESTIONS)


def _questions(cells: dict[str, str]) -> tuple[AnsweredQuestion, ...]:
    return tuple(one for key in cells if _is_questions(key) for one in read_questions(cells[key]))


def _metafield_values(written: str) -> list[str]:
    """The values of a metafield: a JSON list of texts, or texts with semicolons between them."""
    if written.startswith(("[", "{")):
        try:
            values = json.loads(written)
        except (ValueError, RecursionError):
            return []
        found = values if isinstance(values, list) else []
        return [one_line(value) for value in found if isinstance(value, str) and value.strip()]
    return [one_line(value) for value in written.split(";") if value.strip()]


def _metafield(label: str, value: str) -> Attribute:
    name = attribute_name(label)
    shown = local_text(label)
    if value.casefold() in ("true", "false"):
        return Attribute(name, value.casefold() == "true", label=shown)
    measure: tuple[Decimal, str] | None = as_measure(value)
    if measure:
        return Attribute(name, measure[0], measure[1], shown)
    return Attribute(name, local_text(value), label=shown)
