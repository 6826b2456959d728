"""What must hold of products after a refinement, told from records alone.

A condition is ``name operator value``: ``price <= 100``, ``color = red|blue``, ``weight < @``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median_low

from catalog.text import fold
from catalog.types import LocalText, Product
from catalog.units import to_base

_FORM = re.compile(r"(?P<name>\w+) (?P<operator><=|>=|!=|!~|<|>|=|sorted) (?P<value>.+)")
_COMPARES: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A product as it is shown: its record, the price in the shopper's currency, its variant."""

    product: Product
    price: Decimal | None
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold of every product."""

    name: str
    operator: str
    value: str


def read_conditions(expected: str) -> list[Condition]:
    """The conditions of an expectation; what has another form is left out.

    ``-price`` and ``+color`` are no conditions on products.
    """
    found = (_FORM.fullmatch(part.strip()) for part in expected.split(";"))
    return [Condition(m["name"], m["operator"], m["value"]) for m in found if m]


def holds(condition: Condition, one: Listed, focus: Listed | None, shown: Sequence[Listed]) -> bool:
    """Whether a condition holds of a product, against what was on the screen before."""
    if condition.operator in _COMPARES:
        number, bound = number_of(one, condition.name), _bound(condition, focus, shown)
        fits = _COMPARES[condition.operator]
        return number is not None and bound is not None and fits(number, bound)
    named = condition.value.split("|")
    if condition.value == "@":
        named = texts_of(focus, condition.name) if focus else []
    wanted = {fold(part) for part in named}
    known = {fold(text) for text in texts_of(one, condition.name)}
    number = number_of(one, condition.name)
    known |= {f"{number.normalize():f}"} if number is not None else set()
    if condition.operator == "!~":
        return not any(fold(condition.value) in text for text in known)
    return bool(known & wanted) is (condition.operator == "=")


def _bound(condition: Condition, focus: Listed | None, shown: Sequence[Listed]) -> Decimal | None:
    if condition.value == "@":
        return number_of(focus, condition.name) if focus else None
    if condition.value == "*":
        known = [n for one in shown if (n := number_of(one, condition.name)) is not None]
        return median_low(known) if known else None
    return Decimal(condition.value)


def number_of(one: Listed, name: str) -> Decimal | None:
    """A number of the record, in its own unit where all of a shelf share it; weights in grams."""
    if name == "price":
        return one.price
    if name == "rating":
        return None if one.product.rating is None else Decimal(str(one.product.rating))
    found = [a for a in one.product.attributes if a.name == name and isinstance(a.value, Decimal)]
    if found:
        value = found[0].value
        assert isinstance(value, Decimal)
        return to_base(value, found[0].unit)[1] if name == "weight" else value
    options = [v.option(name) for v in one.product.variants] + _values(one.product, name)
    numbers = [m.group() for text in options if (m := re.search(r"\d+(?:\.\d+)?", text.get("en")))]
    return max(map(Decimal, numbers), default=None)


def _values(product: Product, name: str) -> list[LocalText]:
    return [value for value in product.values(name) if isinstance(value, LocalText)]


def texts_of(one: Listed, name: str) -> list[str]:
    """The texts of a record under a name; of an option only the variant that is shown."""
    product = one.product
    if name == "title":
        return list(product.title.all())
    if name == "brand":
        return list(product.brand.all())
    if name == "category":
        return [text for node in product.category for text in node.all()]
    flags = [value for value in product.values(name) if isinstance(value, bool)]
    if flags:
        return ["yes" if flags[0] else "no"]
    own = [text for value in _values(product, name) for text in value.all()]
    options = [variant.option(name) for variant in product.variants]
    told = [o for o in options if any(fold(t) in fold(one.variant) for t in o.all())]
    return own + [text for option in (told or options) for text in option.all()]
