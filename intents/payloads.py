"""Button payloads: ``/intent{"slot": value}``, written and read exactly."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from catalog.text import fold
from catalog.types import Constraint, FlagConstraint, TextConstraint
from intents.names import INTENTS, SLOTS
from intents.ruled import RULED
from intents.types import DateRange, Extreme, Measure, PriceRange, Reference, Slot, SlotValue

_FORM = re.compile(r"/(?P<intent>[a-z][a-z0-9_]*)\s*(?P<slots>\{.*\})?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Payload:
    """What a pressed button says."""

    intent: str
    slots: tuple[Slot, ...]


def read_payload(text: str, intents: Collection[str] = INTENTS | RULED) -> Payload | None:
    """The payload that a text is, or None for any other text.

    A list gives one slot an element. The values of ``price``, ``measure`` and ``reference`` are
    objects with the fields of :class:`PriceRange`, :class:`Measure` and :class:`Reference`; that
    of ``date`` may be one with those of :class:`DateRange`, as ISO dates.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None or match["intent"] not in intents:
        return None
    try:
        given = json.loads(match["slots"] or "{}", parse_float=Decimal)
        slots = tuple(_slots(given, text))
    except (ValueError, TypeError, KeyError, InvalidOperation, RecursionError):
        return None
    return Payload(match["intent"], slots)


def write_payload(intent: str, **slots: object) -> str:
    """The text that a button sends; :func:`read_payload` reads it."""
    return f"/{intent}" + (json.dumps(slots, ensure_ascii=False) if slots else "")


def write_bounds(minimum: Decimal | None, maximum: Decimal | None) -> dict[str, object]:
    """The bounds of a price or a measure as a payload holds them."""
    bounds = {"minimum": minimum, "maximum": maximum}
    return {name: f"{value:f}" for name, value in bounds.items() if value is not None}


def _slots(given: Mapping[str, Any], text: str) -> list[Slot]:
    found = []
    for name, value in given.items():
        if name not in SLOTS:
            raise KeyError(name)
        for one in value if isinstance(value, list) else [value]:
            found.append(_slot(name, one, text))
    return found


def _slot(name: str, value: Any, text: str) -> Slot:  # noqa: ANN401  # whatever JSON holds
    """One slot; a feature may say which attribute of the catalogue has which value."""
    if name == "feature" and isinstance(value, Mapping):
        attribute, wanted = str(value["attribute"]), value["value"]
        known: Constraint = TextConstraint(attribute, (fold(str(wanted)),))
        if isinstance(wanted, bool):
            known = FlagConstraint(attribute, wanted)
        said = attribute if isinstance(wanted, bool) else str(wanted)
        return Slot(name, said, raw=text, end=len(text), resolved=known)
    return Slot(name, _value(name, value), raw=text, end=len(text))


def _value(name: str, value: Any) -> SlotValue:  # noqa: ANN401  # whatever JSON holds
    if name in ("price", "measure", "reference") and not isinstance(value, Mapping):
        raise TypeError(f"expected an object for {name!r}, got {value!r}")
    if name == "price":
        bounds = {key: _decimal(value.get(key)) for key in ("minimum", "maximum")}
        currency = str(value.get("currency", ""))
        return PriceRange(**bounds, currency=currency, spoken_currency=bool(currency))
    if name == "measure":
        bounds = {key: _decimal(value.get(key)) for key in ("minimum", "maximum")}
        return Measure(str(value.get("attribute", "")), unit=str(value["unit"]), **bounds)
    if name == "reference":
        return _reference(value)
    if name == "date" and isinstance(value, Mapping):
        return DateRange(*(_day(value.get(key)) for key in ("start", "end")))
    if name == "quantity" and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError(f"expected a whole number for {name!r}, got {value!r}")
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str | int | bool):
        return value
    raise TypeError(f"expected text, number or yes/no for {name!r}, got {value!r}")


def _reference(value: Mapping[str, Any]) -> Reference:
    extreme = value.get("extreme", "")
    if extreme not in get_args(Extreme):
        raise ValueError(f"expected one of {', '.join(get_args(Extreme)[1:])}, got {extreme!r}")
    return Reference(
        tuple(int(place) for place in value.get("positions", ())),
        int(value.get("first", 0)),
        bool(value.get("everything", False)),
        extreme,
    )


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def _decimal(value: object) -> Decimal | None:
    if value is None:
        return None
    amount = Decimal(str(value))
    if not amount.is_finite():
        raise ValueError(f"expected a finite number, got {value!r}")
    return amount
