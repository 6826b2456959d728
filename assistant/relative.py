"""Wishes against what was shown: "cheaper than that one", 大一号, "another brand". Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.superlatives import COMPARED, by_size, number_of, value_of
from assistant.types import DialogueState, SearchGoal, ShownProduct
from catalog.text import fold
from catalog.types import AttributeOrder, NumberConstraint, SortKey, SortOrder, TextConstraint
from intents.shape import shape
from intents.types import Measure, NLUResult, PriceRange, Reference, Role, Slot
from intents.values.superlatives import SIZE
from intents.values.wishes import find_comparatives

_LETTERS = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl")
_SAME = re.compile(
    r"\bsame (?P<en>brand|make|colou?r|material)\b"
    r"|(?:同|一样的?)(?:个|一)?(?P<zh>品牌|牌子|牌|颜色|材质)"
)
_SAME_NAMES = {"brand": "brand", "make": "brand", "品牌": "brand", "牌子": "brand", "牌": "brand"}
_SAME_NAMES |= {"color": "color", "colour": "color", "颜色": "color"}
_SAME_NAMES |= {"material": "material", "材质": "material"}
_INSTEAD_OF: Mapping[str, tuple[str, ...]] = {
    "brightness": ("power",),
    "battery_life": ("battery_capacity",),
    "battery_capacity": ("battery_life",),
}
_KEPT_BY_STRICT = Decimal("0.000001")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison that a message makes: by which number, which way, against which products.

    ``against`` is one product, or the whole list.
    """

    slot: Slot
    name: str
    descending: bool
    against: tuple[ShownProduct, ...]

    @property
    def bound(self) -> Decimal | None:
        """The best number of what it is against, in the base unit; products must be beyond it."""
        known = [value for one in self.against if (value := value_of(one, self.name)) is not None]
        return (max if self.descending else min)(known, default=None)


def comparisons(state: DialogueState, nlu: NLUResult) -> tuple[Comparison, ...]:
    """Every comparison of a message that the records of what it is against can settle."""
    return tuple(one for one in _made(state, nlu) if one.bound is not None)


def unsettled(state: DialogueState, nlu: NLUResult) -> Comparison | None:
    """The first comparison with one product whose record lacks the number, if there is any."""
    lacking = (one for one in _made(state, nlu) if one.bound is None and len(one.against) == 1)
    return next(lacking, None)


def _made(state: DialogueState, nlu: NLUResult) -> Iterator[Comparison]:
    against = _against(state, nlu)
    for slot in nlu.all("comparative"):
        order = order_of(slot)
        if order is not None and against:
            yield Comparison(slot, _measured_as(order[0], against), order[1], against)


def _against(state: DialogueState, nlu: NLUResult) -> tuple[ShownProduct, ...]:
    """The product pointed at, else the one in focus, else the whole list."""
    vague = all(slot.value == Reference() for slot in nlu.all("reference"))
    if state.referred and not (vague and state.focus is None):
        return state.referred[:1]
    return (state.focus,) if state.focus is not None else state.shown


def order_of(slot: Slot) -> tuple[str, bool] | None:
    """What a comparison goes by, and whether more of it is wanted."""
    value = str(slot.value)
    name, separator, way = value.rpartition(":")
    return (name, way == "descending") if separator else COMPARED.get(value)


def _measured_as(name: str, against: tuple[ShownProduct, ...]) -> str:
    if name == SIZE:
        return by_size(against)
    for other in (name, *_INSTEAD_OF.get(name, ())):
        if any(value_of(one, other) is not None for one in against):
            return other
    return name


def relative_wishes(state: DialogueState, nlu: NLUResult) -> tuple[Slot, ...]:
    """What a message wishes against what was shown, as wishes of their own."""
    # A list that is in this order already begins with the best there is.
    done = relative_order(state, nlu) == state.goal.sort
    found = [
        _within(state.goal, _beyond(one, state.goal))
        for one in comparisons(state, nlu)
        if not (done and len(one.against) > 1)
    ]
    sized = _next_size(state, nlu)
    if sized is not None:
        found = [one for one in found if getattr(one.resolved, "name", "") != "size"] + [sized]
    return (*found, *_same_or_other(state, nlu))


def _within(goal: SearchGoal, wish: Slot) -> Slot:
    """A relative price with the bound on the other side that was set before, where both can hold.

    "A bit dearer is fine" under a budget of 500 stays under it.
    """
    held = next((one.value for one in goal.wishes if one.name == "price"), None)
    new = wish.value
    if not isinstance(held, PriceRange) or not isinstance(new, PriceRange):
        return wish
    low, high = new.minimum, new.maximum
    low, high = (low, held.maximum) if high is None else (held.minimum, high)
    if low is None or high is None or low > high:
        return wish
    return replace(wish, value=replace(new, minimum=low, maximum=high))


def _beyond(one: Comparison, goal: SearchGoal) -> Slot:
    """The wish that a comparison makes; a list of anything at all has enough below all of it."""
    about = goal.query or any(wish.name != "price" for wish in goal.wishes)
    soft = softened(one) if about or one.name != "price" else None
    return soft or wish_of(one)


def is_compared(wish: Slot) -> bool:
    """Whether a wish says no number of its own, but to be cheaper or more than what was shown."""
    said = shape(wish.raw)
    return bool(find_comparatives(said)) and not said.numbers


def softened(one: Comparison) -> Slot | None:
    """Against a list, the wish to be beyond its middle; else ``None``.

    Beyond the best of it would often leave nothing, and the order puts the best first anyway.
    """
    known = sorted(v for p in one.against if (v := value_of(p, one.name)) is not None)
    if len(known) < 2:
        return None
    middle = known[(len(known) - 1) // 2]
    there = tuple(p for p in one.against if value_of(p, one.name) == middle)
    return wish_of(replace(one, against=there))


def wish_of(one: Comparison) -> Slot:
    """A comparison as a wish of its own: beyond the best of what it is against."""
    bound, raw = one.bound, one.slot.raw
    assert bound is not None
    if one.name == "price":
        currency = one.against[0].currency
        price = PriceRange(bound + _CENT, None, currency)
        if not one.descending:
            price = PriceRange(None, bound - _CENT, currency)
        return Slot("price", price, raw)
    if one.name == "rating":
        return Slot("rating", float(bound) + 0.01, raw)
    number = next(n for p in one.against if (n := number_of(p, one.name)) is not None)
    written = [n.value for p in one.against if (n := number_of(p, one.name)) is not None]
    limit = max(written) if one.descending else min(written)
    step = max(abs(limit) * _KEPT_BY_STRICT, _KEPT_BY_STRICT)
    low, high = (limit + step, None) if one.descending else (None, limit - step)
    wanted = NumberConstraint(number.name, low, high, number.unit)
    return Slot("measure", Measure(number.name, low, high, number.unit), raw, resolved=wanted)


def _next_size(state: DialogueState, nlu: NLUResult) -> Slot | None:
    """The size after or before the one that is wished for: 大一号 after 42 is 43."""
    slot = next((s for s in nlu.all("comparative") if s.value in ("bigger", "smaller")), None)
    worn = next((w for w in state.goal.wishes if w.name == "size" and w.role == "include"), None)
    if slot is None or worn is None:
        return None
    step = 1 if slot.value == "bigger" else -1
    size = fold(str(worn.value))
    if size in _LETTERS:
        at = _LETTERS.index(size) + step
        other = _LETTERS[at].upper() if 0 <= at < len(_LETTERS) else ""
    else:
        other = f"{Decimal(size) + step:f}" if re.fullmatch(r"\d+(?:\.\d+)?", size) else ""
    wanted = TextConstraint("size", (fold(other),))
    return Slot("size", other, other, resolved=wanted) if other else None


def _same_or_other(state: DialogueState, nlu: NLUResult) -> tuple[Slot, ...]:
    """Another brand than this, the same colour as this."""
    found = []
    for slot in nlu.slots:
        if slot.value == "" and slot.role == "exclude":
            found += _held(state, slot.name, slot.raw, is_wanted=False)
    match = _SAME.search(fold(nlu.text))
    if match is not None:
        name = _SAME_NAMES[match["en"] or match["zh"]]
        found += _held(state, name, match.group(), is_wanted=True)
    return tuple(found)


def _held(state: DialogueState, name: str, raw: str, *, is_wanted: bool) -> list[Slot]:
    """The wish for, or against, what the search or the product in focus has under a name."""
    role: Role = "include" if is_wanted else "exclude"
    for wish in state.goal.wishes:
        if wish.name == name and wish.role == "include" and wish.resolved is not None:
            return [Slot(name, wish.value, wish.raw, role=role, resolved=wish.resolved)]
    focus = state.focus
    values = tuple(value for own, value in focus.facts if own == name) if focus else ()
    if not values:
        return []
    return [Slot(name, values[0], values[0], role=role, resolved=TextConstraint(name, values))]


def relative_order(state: DialogueState, nlu: NLUResult) -> SortOrder | None:
    """The order that a comparison with a whole list asks for; ``None`` leaves it as it is.

    What is lighter than one product is found by its likeness, not by being the lightest of all.
    """
    slot = nlu.first("comparative")
    if slot is None:
        return None
    if slot.value == "newer":
        return SortKey.NEWEST
    order = order_of(slot)
    if order is None:
        return None
    name, descending = order
    if len(_against(state, nlu)) == 1 and name != "price" and unsettled(state, nlu) is None:
        return None
    if name == "price":
        return SortKey.PRICE_DESCENDING if descending else SortKey.PRICE_ASCENDING
    if name == "rating":
        return SortKey.RATING
    return AttributeOrder(_measured_as(name, _against(state, nlu)), descending)
