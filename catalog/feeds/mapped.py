"""Any CSV, TSV or JSON-lines feed, read the way a mapping file says."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from catalog.feeds.delimited import Record, read_table
from catalog.feeds.items import Item, products
from catalog.feeds.json_records import JsonRecord, read_json
from catalog.feeds.mapped_attributes import AttributeReader
from catalog.feeds.mapping import Columns, LanguageColumns, Mapping
from catalog.feeds.measures import as_count, as_number, as_rating, plain
from catalog.feeds.prices import make_price, read_minor, read_price
from catalog.feeds.questions import read_questions
from catalog.feeds.rows import FeedError, FeedRow, Rejected
from catalog.feeds.source import Source
from catalog.feeds.stock import read_availability, stock_state
from catalog.feeds.texts import attribute_name, local_text, one_line, paragraphs, without_entities
from catalog.types import Attribute, LocalText, Price, Variant

Cells = dict[str, object]
_Clean = Callable[[str], str]


def read_mapped(source: Source, mapping: Mapping, currency: str) -> Iterator[FeedRow]:
    """The products of a feed; ``currency`` is that of prices for which nothing names one."""
    reader = _RowReader(mapping, currency)
    rows = _beside(_records(source, mapping), source, mapping)
    items = (row if isinstance(row, Rejected) else reader.read(row) for row in rows)
    return products(items, grouped=mapping.variants is not None)


def _records(source: Source, mapping: Mapping) -> Iterator[JsonRecord | Rejected]:
    """The rows as JSON records, whatever they are written in."""
    said = mapping.source
    if said.kind == "csv":
        table = read_table(source, delimiter=said.delimiter, escape=said.escape)
        return map(_as_json, table.records)
    return (_inner(record, said.record) for record in read_json(source, always_lines=True))


def _as_json(record: Record | Rejected) -> JsonRecord | Rejected:
    if isinstance(record, Rejected):
        return record
    return JsonRecord(record.line, record.cells, record.raw)


def _inner(record: JsonRecord | Rejected, path: str) -> JsonRecord | Rejected:
    if isinstance(record, Rejected):
        return record
    value = _look_up(record.value, path) if path else record.value
    if isinstance(value, dict):
        return replace(record, value=value)
    place = f" under {path!r}" if path else ""
    reason = f"expected an object{place}, got {type(value).__name__} {str(value)[:40]!r}"
    return Rejected(record.line, reason, record.raw)


def _look_up(value: object, path: str) -> object:
    """The value under a key, or under several with dots between them."""
    if isinstance(value, dict):
        if path in value:
            return value[path]
        first, dot, rest = path.partition(".")
        return _look_up(value.get(first), rest) if dot else None
    return None


def _beside(
    rows: Iterator[JsonRecord | Rejected], source: Source, mapping: Mapping
) -> Iterator[JsonRecord | Rejected]:
    """The rows with the cells of the side file's row of the same number."""
    name = mapping.source.side_file
    if not name:
        yield from rows
        return
    with closing(Source(source.path.parent / name)) as side:
        beside = read_table(side, keep_blank=True).records
        for row in rows:
            more = next(beside, None)
            if more is None:
                raise FeedError(f"{name} has fewer rows than the feed", row.line)
            yield _with_cells(row, more, name)
        if next(beside, None) is not None:
            source.warnings.append(f"{name} has more rows than the feed")


def _with_cells(
    row: JsonRecord | Rejected, more: Record | Rejected, name: str
) -> JsonRecord | Rejected:
    if isinstance(row, Rejected) or not isinstance(row.value, dict):
        return row
    if isinstance(more, Rejected):
        return Rejected(row.line, f"{name}: {more.reason}", row.raw)
    return replace(row, value={**row.value, **more.cells})


class _RowReader:
    """Makes an item of a row's cells."""

    def __init__(self, mapping: Mapping, currency: str) -> None:
        said = mapping.source
        self._mapping = mapping
        self._currency = currency
        self._empty = frozenset(said.empty)
        self._attributes = AttributeReader(mapping.attributes, said.language, self._cleaned)
        self._constant = tuple(
            Attribute(name, value if isinstance(value, bool | Decimal) else local_text(value))
            for name, value in mapping.constants.attributes.items()
        )

    def read(self, record: JsonRecord) -> Item | Rejected:
        """The item, or why there is none."""
        value = record.value if isinstance(record.value, dict) else {}
        cells = {key: cell for key, cell in value.items() if self._says_something(cell)}
        try:
            return self._item(record, cells)
        except ValueError as error:
            return Rejected(record.line, str(error), record.raw)

    def _says_something(self, cell: object) -> bool:
        if isinstance(cell, str):
            return bool(cell.strip()) and cell.strip() not in self._empty
        return cell is not None

    def _item(self, record: JsonRecord, cells: Cells) -> Item:
        columns, constants = self._mapping.columns, self._mapping.constants
        id_ = self._line(cells, columns.id)
        title = self._local(cells, columns.title, one_line)
        description = self._local(cells, columns.description, paragraphs)
        written = " | ".join((*title.all(), *description.all()))
        read = self._attributes.read(cells, written)
        group = self._mapping.variants
        return Item(
            line=record.line,
            product_id=self._line(cells, (group.group,)) if group and id_ else id_,
            raw=record.raw,
            title=title,
            description=description,
            brand=self._local(cells, columns.brand, one_line) or local_text(constants.brand),
            category=self._category(cells),
            attributes=tuple(dict.fromkeys((*read, *self._constant))),
            rating=as_rating(_first(cells, columns.rating), columns.rating_scale),
            review_count=as_count(_first(cells, columns.review_count), "the review count") or 0,
            images=self._images(cells),
            url=self._line(cells, columns.url),
            questions=read_questions(_first(cells, columns.questions)),
            variant=self._variant(id_, cells) if id_ else None,
        )

    def _variant(self, id_: str, cells: Cells) -> Variant:
        columns, group = self._mapping.columns, self._mapping.variants
        quantity = as_count(_first(cells, columns.quantity), "the quantity")
        state = read_availability(_first(cells, columns.availability))
        language = self._mapping.source.language
        options = (
            (attribute_name(name), local_text(value, language))
            for name, column in (group.options if group else {}).items()
            if (value := self._line(cells, (column,)))
        )
        return Variant(
            id=id_,
            options=tuple(options),
            prices=self._prices(cells),
            availability=state or stock_state(quantity)[0],
            quantity=quantity,
            image=self._line(cells, (group.image,)) if group and group.image else "",
        )

    def _prices(self, cells: Cells) -> tuple[Price, ...]:
        said = self._mapping.price
        value = _look_up(cells, said.column) if said else None
        if said is None or value is None:
            return ()
        named = self._line(cells, (said.currency_column,)).upper() if said.currency_column else ""
        currency = named or said.currency or self._currency
        listed = _look_up(cells, said.list_column) if said.list_column else None
        if said.minor_units:
            before = read_minor(listed, currency) if listed is not None else None
            amount = read_minor(value, currency)
        else:
            amount, currency = read_price(value, currency)
            before = read_price(listed, currency)[0] if listed is not None else None
        return (make_price(max(before or amount, amount), currency, amount),)

    def _category(self, cells: Cells) -> tuple[LocalText, ...]:
        said = self._mapping.category
        if said.path:
            levels = self._line(cells, (said.path,)).split(said.separator)
        elif said.levels:
            levels = [self._line(cells, (column,)) for column in said.levels]
        else:
            levels = [self._line(cells, (column,)) for column in said.first_of]
        cleaned = (self._level(level) for level in levels)
        path = [level for level in cleaned if level and level not in said.ignore]
        if said.first_of and not (said.path or said.levels):
            path = path[:1]
        path = path or list(self._mapping.constants.category)
        language = self._mapping.source.language
        # A level that only repeats the one above it says nothing.
        return tuple(local_text(level, language) for level in dict.fromkeys(path))

    def _level(self, level: str) -> str:
        for old, new in self._mapping.category.replace.items():
            level = level.replace(old, new)
        return one_line(level)

    def _images(self, cells: Cells) -> tuple[str, ...]:
        columns = self._mapping.columns
        found = (_texts(_look_up(cells, column)) for column in columns.images)
        mark = columns.images_separator
        texts = chain.from_iterable(found)
        parts = (part for text in texts for part in (text.split(mark) if mark else [text]))
        return tuple(dict.fromkeys(line for part in parts if (line := one_line(part))))

    def _local(self, cells: Cells, columns: Columns | LanguageColumns, clean: _Clean) -> LocalText:
        """The text of the first column that has one, in its language or in each."""
        if isinstance(columns, LanguageColumns):
            english, chinese = (self._written(cells, one) for one in (columns.en, columns.zh))
            return LocalText(clean(english), clean(chinese))
        return local_text(clean(self._written(cells, columns)), self._mapping.source.language)

    def _line(self, cells: Cells, columns: Columns) -> str:
        return one_line(self._written(cells, columns))

    def _written(self, cells: Cells, columns: Columns) -> str:
        return self._cleaned(next(iter(_texts(_first(cells, columns))), ""))

    def _cleaned(self, text: str) -> str:
        said = self._mapping.source
        if said.line_breaks:
            text = text.replace("\\n", "\n")
        return without_entities(text) if said.html_entities else text


def _first(cells: Cells, columns: Columns) -> object:
    """What the first column that says something says; ``None`` when none does."""
    found = (_look_up(cells, column) for column in columns)
    return next((value for value in found if value is not None and value != ""), None)


def _texts(value: object) -> list[str]:
    """The value as text, a list as several.

    Raises:
        ValueError: It is an object.
    """
    if isinstance(value, dict):
        raise ValueError(f"expected a text, got the object {str(value)[:40]}")
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number = as_number(value)
        return [] if number is None else [str(plain(number))]
    return [] if value is None else [str(value)]
