"""The buttons of a reply as a shopper reads them: which of them is true of what they want."""

import json
import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.simulation.wishes import PRICE, Wish, fulfils
from assistant.types import Suggestion
from catalog.lexicon import load_lexicon
from catalog.text import fold, has_chinese
from catalog.titled import titled_kinds
from catalog.types import BRAND, CATEGORY, LocalText, Product

_REFINE, _RELAX = "/refine_search", "/relax_search"
_SLOTS = {"product_type": CATEGORY, "brand": BRAND}
_COUNT = re.compile(r"\s*[(（]\d+\D{0,2}[)）]$")


@dataclass(frozen=True, slots=True)
class Button:
    """A button that narrows the search, with the wish that pressing it tells."""

    payload: str
    title: str
    wish: Wish

    @property
    def words(self) -> str:
        """What it says without how many products there are."""
        return _COUNT.sub("", self.title)


def narrowing(suggestions: tuple[Suggestion, ...]) -> list[Button]:
    """The buttons that tell a wish; those that do not are no answers."""
    found = []
    for one in suggestions:
        name, separator, content = one.payload.partition("{")
        if separator and name.strip() == _REFINE:
            wish = _wish("{" + content)
            if wish is not None:
                found.append(_read_out(Button(one.payload, one.title, wish)))
    return found


def _read_out(button: Button) -> Button:
    """The button with its value as it is written on it, which is what a shopper repeats."""
    value = button.wish.value
    if value == LocalText() or not has_chinese(button.words):
        return button
    return replace(button, wish=replace(button.wish, value=LocalText(value.en, button.words)))


def leaves_open(suggestions: tuple[Suggestion, ...]) -> Suggestion | None:
    """The button that says that a question does not matter."""
    return next((one for one in suggestions if one.payload == _REFINE), None)


def drops(suggestions: tuple[Suggestion, ...], name: str) -> Suggestion | None:
    """The button that gives up the wishes called ``name``."""
    for one in suggestions:
        intent, _, content = one.payload.partition("{")
        if intent == _RELAX and fold(f'"{name}"') in fold(content):
            return one
    return None


def true_of(button: Button, target: Product, told: tuple[Wish, ...]) -> bool:
    """Whether pressing the button keeps the target: its record fulfils that beside the rest."""
    return fulfils(target, (*told, button.wish))


def _wish(content: str) -> Wish | None:
    try:
        slots = json.loads(content)
    except ValueError:
        return None
    if not isinstance(slots, dict) or len(slots) != 1:
        return None
    slot, value = next(iter(slots.items()))
    try:
        return _read(slot, value)
    except (KeyError, TypeError, InvalidOperation):
        return None


def _read(slot: str, value: Any) -> Wish | None:  # noqa: ANN401  # whatever JSON holds
    if slot == PRICE:
        return _bounds("price", PRICE, value, value["currency"])
    if slot == "measure":
        return _bounds("number", value["attribute"], value, value.get("unit", ""))
    if slot == "feature" and isinstance(value, dict):
        if isinstance(value["value"], bool):
            return Wish("flag", value["attribute"], exclude=not value["value"])
        return Wish("text", value["attribute"], LocalText(str(value["value"])))
    if slot in ("comparative", "sort_key", "rating") or not isinstance(value, str):
        return None
    name = _SLOTS.get(slot, slot)
    if name == CATEGORY:
        named = titled_kinds(LocalText(value))
        within = (load_lexicon().within("product_type", one) for one in named)
        return Wish("kind", CATEGORY, LocalText(value), titled=frozenset().union(*within))
    return Wish("text", name, LocalText(value))


def _bounds(kind: Any, name: str, value: Any, unit: str) -> Wish:  # noqa: ANN401
    low, high = value.get("minimum"), value.get("maximum")
    return Wish(
        kind,
        name,
        minimum=None if low is None else Decimal(str(low)),
        maximum=None if high is None else Decimal(str(high)),
        unit=unit,
    )
