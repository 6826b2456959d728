"""WooCommerce's product CSV (Products, Export): simple, variable, grouped and external products.

A variation is a row of its own and names its parent by SKU or as ``id:123``; it may stand
anywhere. So the file is gone through twice: first the variations are put aside in a temporary
database on disk, then every variable product takes its own.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from catalog.feeds.delimited import Record, read_table
from catalog.feeds.items import Item, products
from catalog.feeds.measures import as_flag, as_measure, as_number, plain, unit_sign
from catalog.feeds.prices import is_now, make_price, read_price
from catalog.feeds.rows import FeedRow, Rejected
from catalog.feeds.source import Source
from catalog.feeds.stock import read_availability, stock_state
from catalog.feeds.texts import attribute_name, local_text, one_line, paragraphs
from catalog.types import Attribute, Availability, LocalText, Price, Variant

PASSES = 2
"""How often the file is gone through."""

_VARIATION = "variation"
_KINDS = ("variable", "grouped", "external", "simple")
_MEASURED = re.compile(r"(?P<name>weight|length|width|height) \((?P<unit>[^)]+)\)")
_ATTRIBUTE = re.compile(r"attribute (\d+) name")
_COMMA = re.compile(r"(?<!\\),")


@dataclass(frozen=True, slots=True)
class _Shop:
    """What holds for every row: the columns in use, the currency, and the time of sales."""

    currency: str
    now: datetime
    attributes: tuple[str, ...]
    measures: tuple[tuple[str, str, str], ...]


def read_woocommerce(source: Source, currency: str, now: datetime) -> Iterator[FeedRow]:
    """The products of a WooCommerce export; its prices are in ``currency``, the file names none."""
    source.warnings.append(f"the feed names no currency: prices are taken as {currency}")
    with closing(sqlite3.connect("")) as aside:
        _put_variations_aside(source, aside)
        yield from products(_items(source, aside, currency, now), grouped=True, returning=False)


def _put_variations_aside(source: Source, aside: sqlite3.Connection) -> None:
    aside.execute("CREATE TABLE variation (parent TEXT, line INTEGER, cells TEXT, raw TEXT)")
    warnings = len(source.warnings)
    for record in read_table(source, _key).records:
        if isinstance(record, Record) and _kind(record) == _VARIATION:
            row = (_parent(record), record.line, json.dumps(record.cells), record.raw)
            aside.execute("INSERT INTO variation VALUES (?, ?, ?, ?)", row)
    # The second pass says the same again.
    del source.warnings[warnings:]
    aside.execute("CREATE INDEX by_parent ON variation (parent)")


def _items(
    source: Source, aside: sqlite3.Connection, currency: str, now: datetime
) -> Iterator[Item | Rejected]:
    table = read_table(source, _key)
    numbers = (match[1] for key in table.labels if (match := _ATTRIBUTE.fullmatch(key)))
    shop = _Shop(currency, now, tuple(numbers), tuple(_measures(table.labels)))
    for record in table.records:
        if isinstance(record, Rejected):
            yield record
        elif _kind(record) != _VARIATION:
            yield from _of_product(record, aside, shop)
    for line, raw, parent in aside.execute("SELECT line, raw, parent FROM variation ORDER BY line"):
        yield Rejected(line, f"its parent {parent!r} is not in the feed", raw)


def _of_product(
    record: Record, aside: sqlite3.Connection, shop: _Shop
) -> Iterator[Item | Rejected]:
    variations = _take_variations(record, aside)
    try:
        _refuse_hidden(record.cells)
        item = _item(record, shop)
    except ValueError as error:
        reason = str(error)
        yield Rejected(record.line, reason, record.raw)
        yield from (Rejected(one.line, f"its parent: {reason}", one.raw) for one in variations)
        return
    if _kind(record) != "variable":
        yield item
        return
    made = [_of_variation(one, item.product_id, shop) for one in variations]
    yield replace(item, variant=None, attributes=_not_chosen(item, made))
    yield from made


def _take_variations(record: Record, aside: sqlite3.Connection) -> list[Record]:
    keys = [key for key in (_sku(record.cells), _numbered(record.cells)) if key]
    marks = ", ".join("?" * len(keys))
    query = f"SELECT line, cells, raw FROM variation WHERE parent IN ({marks}) ORDER BY line"
    rows = aside.execute(query, keys)
    found = [Record(line, json.loads(cells), raw) for line, cells, raw in rows]
    if found:
        aside.execute(f"DELETE FROM variation WHERE parent IN ({marks})", keys)
    return found


def _of_variation(record: Record, product_id: str, shop: _Shop) -> Item | Rejected:
    try:
        if as_flag(record.cells.get("published", "")) is False:
            raise ValueError("the variation is not published")
        variant = _variant(record.cells, shop)
        options = tuple(
            (attribute_name(label), local_text(values[0]))
            for label, values in _named_values(record.cells, shop)
        )
        images = _images(record.cells)
    except ValueError as error:
        return Rejected(record.line, str(error), record.raw)
    return Item(
        line=record.line,
        product_id=product_id,
        raw=record.raw,
        images=images,
        variant=replace(variant, options=options, image=next(iter(images), "")),
    )


def _not_chosen(item: Item, variations: list[Item | Rejected]) -> tuple[Attribute, ...]:
    """The attributes of a variable product that not every variation has as an option."""
    variants = [one.variant for one in variations if isinstance(one, Item) and one.variant]
    chosen = [{name for name, _ in variant.options} for variant in variants]
    everywhere = set.intersection(*chosen) if chosen else set()
    return tuple(one for one in item.attributes if one.name not in everywhere)


def _item(record: Record, shop: _Shop) -> Item:
    cells = record.cells
    written = (cells.get("short description", ""), cells.get("description", ""))
    texts = (paragraphs(_unescaped(text)) for text in written)
    images, id_ = _images(cells), _id(cells)
    variant = replace(_variant(cells, shop), image=next(iter(images), ""))
    return Item(
        line=record.line,
        product_id=id_,
        raw=record.raw,
        title=local_text(one_line(cells.get("name", ""))),
        description=local_text("\n\n".join(dict.fromkeys(filter(None, texts)))),
        brand=local_text(next(iter(_list(cells.get("brands", ""))), "")),
        category=_category(cells.get("categories", "")),
        attributes=tuple(_attributes(cells, shop)),
        images=images,
        url=one_line(cells.get("external url", "")),
        variant=variant if id_ else None,
    )


def _key(column: str) -> str:
    return one_line(column).casefold()


def _kind(record: Record) -> str:
    """The main word of ``Type``, which may also say "downloadable, virtual"."""
    kinds = {kind.strip().casefold() for kind in record.cells.get("type", "").split(",")}
    if _VARIATION in kinds:
        return _VARIATION
    return next((kind for kind in _KINDS if kind in kinds), "simple")


def _sku(cells: dict[str, str]) -> str:
    return one_line(cells.get("sku", ""))


def _numbered(cells: dict[str, str]) -> str:
    number = one_line(cells.get("id", ""))
    return f"id:{number}" if number else ""


def _id(cells: dict[str, str]) -> str:
    """The SKU, or where there is none WooCommerce's own way to name a product: ``id:123``."""
    return _sku(cells) or _numbered(cells)


def _parent(record: Record) -> str:
    return one_line(record.cells.get("parent", ""))


def _refuse_hidden(cells: dict[str, str]) -> None:
    if cells.get("published", "1") not in ("1", ""):
        raise ValueError(f"the product is not published (Published is {cells['published'][:20]!r})")
    if cells.get("visibility in catalog", "").casefold() == "hidden":
        raise ValueError("the product is hidden from the catalogue")


def _variant(cells: dict[str, str], shop: _Shop) -> Variant:
    availability, quantity = _stock(cells)
    return Variant(
        id=_id(cells),
        prices=_prices(cells, shop),
        availability=availability,
        quantity=quantity,
    )


def _stock(cells: dict[str, str]) -> tuple[Availability, int | None]:
    state = read_availability(cells.get("in stock?", ""))
    written = cells.get("stock", "")
    number = as_number(written)
    # Stock may also be the word "parent": the parent's stock, which is not this row's.
    quantity = max(int(number), 0) if number is not None else None
    backorder = cells.get("backorders allowed?", "").casefold() in ("1", "yes", "notify")
    if quantity is None:
        return state or Availability.IN_STOCK, None
    counted = stock_state(quantity, backorder)
    return (Availability.OUT_OF_STOCK, 0) if state is Availability.OUT_OF_STOCK else counted


def _prices(cells: dict[str, str], shop: _Shop) -> tuple[Price, ...]:
    if not cells.get("regular price"):
        return ()
    regular, currency = read_price(cells["regular price"], shop.currency)
    reduced = cells.get("sale price", "")
    dates = (cells.get("date sale price starts", ""), cells.get("date sale price ends", ""))
    if reduced and is_now(*dates, shop.now):
        return (make_price(regular, currency, read_price(reduced, currency)[0]),)
    return (make_price(regular, currency),)


def _category(written: str) -> tuple[LocalText, ...]:
    """The deepest of the paths, of equally deep ones the first."""
    paths = [[level.strip() for level in path.split(">")] for path in _list(written)]
    deepest = max(paths, key=len, default=[])
    return tuple(local_text(level) for level in deepest if level)


def _images(cells: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_list(cells.get("images", ""))))


def _attributes(cells: dict[str, str], shop: _Shop) -> Iterator[Attribute]:
    for label, values in _named_values(cells, shop):
        name, shown = attribute_name(label), local_text(label)
        for value in values:
            measure = as_measure(value)
            if measure and measure[1]:
                yield Attribute(name, measure[0], measure[1], shown)
            else:
                yield Attribute(name, local_text(value), label=shown)
    for column, name, unit in shop.measures:
        number = as_number(cells.get(column, ""))
        if number:
            yield Attribute(name, plain(number), unit)
    gtin = one_line(cells.get("gtin, upc, ean, or isbn", ""))
    if gtin:
        yield Attribute("gtin", local_text(gtin))
    for tag in _list(cells.get("tags", "")):
        yield Attribute("tag", local_text(tag))


def _named_values(cells: dict[str, str], shop: _Shop) -> Iterator[tuple[str, list[str]]]:
    """The attributes that have a value: what they are called, and all values."""
    for number in shop.attributes:
        label = one_line(cells.get(f"attribute {number} name", ""))
        values = _list(cells.get(f"attribute {number} value(s)", ""))
        if values and attribute_name(label):
            yield label, values


def _measures(columns: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Columns such as ``Weight (lbs)``: their key, the attribute, and the unit's sign."""
    for key in columns:
        match = _MEASURED.fullmatch(key)
        unit = unit_sign(match["unit"]) if match else None
        if match and unit:
            yield key, match["name"], unit


def _list(written: str) -> list[str]:
    """What stands between commas; a comma within a value has a backslash before it."""
    parts = (one_line(part.replace("\\,", ",")) for part in _COMMA.split(written))
    return [part for part in parts if part]


def _unescaped(text: str) -> str:
    """WooCommerce writes line breaks in a description as backslash and n."""
    return text.replace("\\n", "\n")
