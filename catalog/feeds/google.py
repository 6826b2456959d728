"""Google Merchant feeds: RSS or Atom in XML, and tab- or comma-separated text.

Fields: Google's product data specification (support.google.com/merchants/answer/7052112).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from catalog.feeds.delimited import Record, read_table
from catalog.feeds.items import Item, products, same_options_as_attributes
from catalog.feeds.measures import as_measure, plain
from catalog.feeds.prices import is_now, make_price, read_price
from catalog.feeds.rows import Accepted, FeedRow, Rejected
from catalog.feeds.source import Source
from catalog.feeds.stock import read_availability
from catalog.feeds.texts import attribute_name, local_text, one_line, paragraphs
from catalog.types import Attribute, Availability, LocalText, Price, Product, Variant

Fields = Mapping[str, Sequence[str]]
"""What a feed says of one item: every value of every field, by the field's plain name."""

OPTIONS = ("color", "size", "material", "pattern", "age_group", "gender")
_TEXTS = ("gtin", "mpn", "condition", "energy_efficiency_class", "size_type", "size_system")
_MEASURES = ("product_weight", "product_length", "product_width", "product_height")
_COUNTED = ("multipack",)
_SPLIT = {"color": "/", "material": "/"}


def read_google_table(source: Source, currency: str, now: datetime) -> Iterator[FeedRow]:
    """The products of a tab- or comma-separated feed."""
    table = read_table(source, field_name)
    rows = (_of_record(record, currency, now) for record in table.records)
    return google_products(rows)


def google_products(rows: Iterator[Item | Rejected]) -> Iterator[FeedRow]:
    """Items of one ``item_group_id`` as one product, told apart by what differs in them."""
    for row in products(rows, grouped=True):
        if isinstance(row, Accepted) and not row.adds:
            yield replace(row, product=_split_lists(same_options_as_attributes(row.product)))
        else:
            yield row


def google_item(
    line: int,
    raw: str,
    fields: Fields,
    details: Iterable[tuple[str, str]],
    currency: str,
    now: datetime,
) -> Item:
    """One item of a feed; ``details`` are its ``product_detail`` names and values.

    Raises:
        ValueError: A price, a time or an availability in it cannot be read.
    """
    id_ = _first(fields, "id")
    description = paragraphs(next(iter(fields.get("description", ())), ""))
    highlights = [one_line(text) for text in fields.get("product_highlight", ())]
    body = "\n".join((description, *(f"• {text}" for text in highlights if text))).strip()
    images = (*fields.get("image_link", ()), *_listed(fields, "additional_image_link"))
    group = _first(fields, "item_group_id")
    return Item(
        line=line,
        product_id=(group or id_) if id_ else "",
        raw=raw,
        title=local_text(_first(fields, "title") or _first(fields, "structured_title")),
        description=local_text(body),
        brand=local_text(_first(fields, "brand")),
        category=_category(fields),
        attributes=(*_attributes(fields), *map(_detail, details)),
        images=tuple(dict.fromkeys(one_line(image) for image in images if image.strip())),
        url=_first(fields, "link"),
        variant=_variant(id_, fields, currency, now) if id_ else None,
    )


def field_name(column: str) -> str:
    """A column's name as the specification has it: "g:Image link" is ``image_link``."""
    return re.sub(r"[\s_]+", "_", column.strip().casefold().removeprefix("g:"))


def _of_record(record: Record | Rejected, currency: str, now: datetime) -> Item | Rejected:
    if isinstance(record, Rejected):
        return record
    fields = {name: [cell] for name, cell in record.cells.items() if cell}
    try:
        details = _details(_first(fields, "product_detail"))
        return google_item(record.line, record.raw, fields, details, currency, now)
    except ValueError as error:
        return Rejected(record.line, str(error), record.raw)


def _first(fields: Fields, name: str) -> str:
    return next((line for value in fields.get(name, ()) if (line := one_line(value))), "")


def _listed(fields: Fields, name: str) -> list[str]:
    """Values that may stand several in one field, separated by commas before an address."""
    return [part for value in fields.get(name, ()) for part in re.split(r",\s*(?=https?:)", value)]


def _category(fields: Fields) -> tuple[LocalText, ...]:
    for name in ("product_type", "google_product_category"):
        path = _first(fields, name)
        if path and not path.isdecimal():
            levels = (level.strip() for level in path.split(">"))
            return tuple(local_text(level) for level in levels if level)
    return ()


def _variant(id_: str, fields: Fields, currency: str, now: datetime) -> Variant:
    options = ((name, _first(fields, name)) for name in OPTIONS)
    price = _price(fields, currency, now)
    return Variant(
        id=id_,
        options=tuple((name, local_text(value)) for name, value in options if value),
        prices=(price,) if price else (),
        availability=read_availability(_first(fields, "availability")) or Availability.IN_STOCK,
        image=_first(fields, "image_link"),
    )


def _price(fields: Fields, currency: str, now: datetime) -> Price | None:
    written = _first(fields, "price")
    if not written:
        return None
    regular, currency = read_price(written, currency)
    reduced = _first(fields, "sale_price")
    if not reduced or not _on_sale(_first(fields, "sale_price_effective_date"), now):
        return make_price(regular, currency)
    amount, other = read_price(reduced, currency)
    if other != currency:
        raise ValueError(f"the price is in {currency}, the sale price in {other}")
    return make_price(regular, currency, amount)


def _on_sale(window: str, now: datetime) -> bool:
    if not window:
        return True
    start, slash, end = window.partition("/")
    if not slash:
        raise ValueError(f"expected a sale from/to such as 2024-01-01/2024-01-31, got {window!r}")
    return is_now(start.strip(), end.strip(), now)


def _attributes(fields: Fields) -> tuple[Attribute, ...]:
    texts = ((name, _first(fields, name)) for name in _TEXTS)
    found = [Attribute(name, local_text(text)) for name, text in texts if text]
    for name in _MEASURES:
        value = _first(fields, name)
        measure = as_measure(value)
        if measure:
            found.append(Attribute(name.removeprefix("product_"), measure[0], measure[1]))
        elif value:
            found.append(Attribute(name.removeprefix("product_"), local_text(value)))
    for name in _COUNTED:
        value = _first(fields, name)
        if value.isdecimal():
            found.append(Attribute(name, plain(Decimal(value)), "piece"))
    return tuple(found)


def _details(written: str) -> Iterator[tuple[str, str]]:
    """``section:name:value``, several separated by commas; a section may be left out."""
    for one in written.split(","):
        parts = [part.strip() for part in one.split(":", 2)]
        if len(parts) > 1 and parts[-1] and attribute_name(parts[-2]):
            yield parts[-2], parts[-1]


def _detail(detail: tuple[str, str]) -> Attribute:
    label, value = detail
    name = attribute_name(label)
    measure = as_measure(value)
    if measure:
        return Attribute(name, measure[0], measure[1], local_text(label))
    return Attribute(name, local_text(value), label=local_text(label))


def _split_lists(product: Product) -> Product:
    """Colour and material as one attribute for each of "Black/White", as the specification says."""
    split: dict[Attribute, None] = {}
    for one in product.attributes:
        mark = _SPLIT.get(one.name)
        if mark and isinstance(one.value, LocalText):
            for part in one.value.get("en").split(mark):
                if part.strip():
                    split[replace(one, value=local_text(part.strip()))] = None
        else:
            split[one] = None
    return replace(product, attributes=tuple(split))
