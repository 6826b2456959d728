"""The attributes of a mapped row: names, kinds, and units that the row itself is evidence for."""

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Cells
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from catalog.feeds.mapping import AttributeColumn, AttributeTable, UnitRule
from catalog.feeds.measures import as_flag, as_measure, as_number, plain
from catalog.feeds.schema_values import as_list
from catalog.feeds.texts import attribute_name, local_text, one_line
from catalog.types import Attribute, Language, LocalText

_MOST_COLUMNS = 50_000

_Content = LocalText | Decimal | bool


class AttributeReader:
    """Reads the attributes of one row after another, as one mapping says."""

    def __init__(
        self, table: AttributeTable, language: Language | None, clean: Callable[[str], str]
    ) -> None:
        """Read as the table says; ``clean`` prepares a text before anything else is done."""
        self._table = table
        self._language = language
        self._clean = clean
        self._known: dict[str, tuple[str, AttributeColumn] | None] = {}
        self._rivals = {c: (name, all_) for name, all_ in table.first_of.items() for c in all_}

    def read(self, cells: Cells[str, object], written: str) -> tuple[Attribute, ...]:
        """Every attribute once.

        Args:
            cells: What the row says, by column; columns that say nothing are left out.
            written: Title and description, in which units are looked up.

        Raises:
            ValueError: A number is too large or too fine, or an attribute is an object.
        """
        found: dict[Attribute, None] = {}
        for column, value in cells.items():
            known = self._column(column)
            if known is None:
                continue
            own, spec = known
            name = self._name(column, own, spec, cells)
            for part in _parts(self._cleaned(value), spec.split):
                content, unit = self._content(part, spec, cells, written)
                unproven = bool(spec.unit) and isinstance(content, Decimal) and not unit
                label = local_text(spec.label, self._language) if spec.label else LocalText()
                found[Attribute(own if unproven else name, content, unit, label)] = None
        return tuple(found)

    def _cleaned(self, value: object) -> object:
        return self._clean(value) if isinstance(value, str) else value

    def _column(self, column: str) -> tuple[str, AttributeColumn] | None:
        """The column's own name and how it is read; ``None`` when it is no attribute."""
        if column not in self._known:
            if len(self._known) > _MOST_COLUMNS:
                self._known.clear()
            self._known[column] = self._find(column)
        return self._known[column]

    def _find(self, column: str) -> tuple[str, AttributeColumn] | None:
        prefixes = (one for one in self._table.prefixes if column.startswith(one.prefix))
        prefix = next(prefixes, None)
        spec = self._table.columns.get(column)
        named = spec or prefix or column in self._rivals
        if not named or column in self._table.ignore:
            return None
        own = attribute_name(column.removeprefix(prefix.prefix) if prefix else column)
        kind = (spec.kind if spec else None) or (prefix.kind if prefix else "text")
        spec = (spec or AttributeColumn()).model_copy(update={"kind": kind})
        return (own, spec) if own or spec.name else None

    def _name(self, column: str, own: str, spec: AttributeColumn, cells: Cells[str, object]) -> str:
        name, rivals = self._rivals.get(column, (spec.name, ()))
        for rival in rivals:
            if rival == column:
                break
            known = self._column(rival)
            if rival in cells and not (known and known[1].unless in cells):
                return own
        return own if not name or spec.unless in cells else name

    def _content(
        self, value: object, spec: AttributeColumn, cells: Cells[str, object], written: str
    ) -> tuple[_Content, str]:
        if spec.kind == "flag" and (flag := as_flag(value)) is not None:
            return flag, ""
        if isinstance(value, bool):
            return value, ""
        if spec.kind == "date":
            return local_text(_day(str(value))), ""
        if spec.kind == "number":
            number = as_number(value)
            if number is not None:
                return plain(number), _unit(spec.unit, plain(number), cells, written)
            measure = as_measure(str(value))
            if measure:
                return measure
        return local_text(one_line(str(value)), self._language), ""


def _parts(value: object, marks: tuple[str, ...]) -> Iterator[object]:
    """The values in a cell, which may hold several."""
    for one in as_list(value):
        if isinstance(one, dict | list):
            raise ValueError(f"expected an attribute's value, got {str(one)[:60]}")
        if marks and isinstance(one, str):
            parts = re.split("|".join(map(re.escape, marks)), one)
            yield from (part for part in parts if part.strip())
        elif one is not None and str(one).strip():
            yield one


def _day(written: str) -> str:
    try:
        return datetime.fromisoformat(written.strip()).date().isoformat()
    except ValueError:
        return one_line(written)


def _unit(
    rules: str | tuple[UnitRule, ...], number: Decimal, cells: Cells[str, object], written: str
) -> str:
    if isinstance(rules, str):
        return rules
    holding = (rule.unit for rule in rules if _holds(rule, number, cells, written))
    return next(holding, "")


def _holds(rule: UnitRule, number: Decimal, cells: Cells[str, object], written: str) -> bool:
    if rule.below is not None and number >= rule.below:
        return False
    if rule.at_least is not None and number < rule.at_least:
        return False
    if rule.has and rule.has not in cells:
        return False
    if not rule.written:
        return True
    return _with_unit(str(plain(number / rule.scale)), rule.written).search(written) is not None


@lru_cache(maxsize=4_096)
def _with_unit(number: str, unit: str) -> re.Pattern[str]:
    """Finds the number with that unit, and not as a part of a longer number or word."""
    pattern = rf"(?<![\w.,]){re.escape(number)}[ -]?{re.escape(unit)}(?!\w)"
    return re.compile(pattern, re.IGNORECASE)
