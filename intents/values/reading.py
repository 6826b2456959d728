"""The value of words that are known to fill one slot: "42" is a size, "300" a price, 两件 two."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from intents.references import find_references
from intents.shape import NUMBER, Shape, shape
from intents.types import Measure, Slot, SlotValue
from intents.values.ages import find_ages
from intents.values.bounds import compile_bounds, find_bounds, limits
from intents.values.coded_sizes import find_coded_sizes
from intents.values.dates import read_date
from intents.values.discounts import find_discounts
from intents.values.identifiers import find_answer, find_identifiers
from intents.values.measures import find_measures
from intents.values.money import find_prices
from intents.values.packs import find_dimensions, find_packs
from intents.values.quantities import find_quantities
from intents.values.sizes import find_sizes
from intents.values.wishes import find_comparatives, find_sort_keys, read_ratings

_MOST = 100_000
_IDENTIFIERS = ("email", "order_id", "phone", "postal_code")


def read_value(name: str, words: str, today: date | None = None) -> SlotValue | None:
    """What the words mean as a value of the slot; ``None`` where rules can tell nothing.

    Never raises. ``today`` is the day that dates count from, by default the machine's.
    """
    if name == "date":
        return read_date(words, today or date.today())
    find = _FINDERS.get(name)
    if find is None and name not in _IDENTIFIERS:
        return None
    prepared = shape(words)
    if name in _IDENTIFIERS:
        found = _first(name, find_identifiers(prepared, name))
        return found or _first(name, find_answer(prepared, name))
    return None if find is None else _first(name, find(prepared))


def _first(name: str, slots: list[Slot]) -> SlotValue | None:
    return next((slot.value for slot in slots if slot.name == name), None)


def _quantities(prepared: Shape) -> list[Slot]:
    return find_quantities(prepared) or _bare(prepared) or _counted(prepared)


_COUNTED = re.compile(r"(?P<n>[一两二三四五六七八九十百俩仨]+)(?![点些下起样])")
_BOTH = {"俩": "两", "仨": "三"}


def _counted(prepared: Shape) -> list[Slot]:
    """A numeral before a word that may as well be no classifier elsewhere: 两杯, 六大箱, 仨."""
    match = _COUNTED.match(prepared.aligned)
    said = match and _BOTH.get(match["n"], match["n"])
    return _bare(shape(f"{said}个")) if said else []


def _bare(prepared: Shape) -> list[Slot]:
    """The first whole number; an article counts one."""
    for number in prepared.numbers.values():
        if number.low == int(number.low) and number.low <= _MOST:
            return [prepared.slot("quantity", int(number.low), number.start, number.end)]
    one = prepared.aligned.split(" ")[0] in ("a", "an", "one", "another")
    return [prepared.slot("quantity", 1, 0, len(prepared.raw))] if one else []


def _measures(prepared: Shape) -> list[Slot]:
    return (
        find_dimensions(prepared)
        or find_packs(prepared)
        or find_measures(prepared, known=True)
        or _unitless(prepared)
    )


# The unit is tried last, so that the "or" of "5 or more" is none.
_ANY_UNIT = r"(?: ?-?(?:square |thread |fl )?[a-z]{1,10}| ?[\u4e00-\u9fff]{1,2})??"
_NUMBERS = compile_bounds(lambda group: rf"(?P<n{group}>{NUMBER}){_ANY_UNIT}")


def _unitless(prepared: Shape) -> list[Slot]:
    """A number alone or of no known unit: 256 for a phone's storage, 60度以内.

    What it measures is for others to say.
    """
    for bound in find_bounds(prepared, _NUMBERS):
        match = bound.match
        first = prepared.number(match, "n1")
        second = prepared.number(match, "n2") if match.groupdict().get("n2") else first
        low, high = limits(bound.relation, (first.low, first.high), (second.low, second.high))
        return [prepared.slot("measure", Measure("", low, high, ""), *match.span())]
    return []


_FINDERS: Mapping[str, Callable[[Shape], list[Slot]]] = {
    "price": lambda prepared: find_prices(prepared, asked=True),
    "size": lambda prepared: find_coded_sizes(prepared) or find_sizes(prepared, asked=True),
    "age_group": lambda prepared: find_ages(prepared, asked=True),
    "feature": find_discounts,
    "quantity": _quantities,
    "measure": _measures,
    "rating": read_ratings,
    "comparative": find_comparatives,
    "sort_key": find_sort_keys,
    "reference": find_references,
}
