"""What rules and catalogue know a model's span to be, where the model calls it another thing."""

import re
from collections.abc import Sequence

from catalog.types import Constraint, FlagConstraint
from intents.apart import TYPED
from intents.believing import LEAST_SURE, NUMBERS
from intents.reader import Tagged
from intents.resolve import HOUSE, Words, is_brand_as_written
from intents.shape import NUMBER, Shape
from intents.types import Measure, Slot
from intents.values.money import SUM

_STUFFS = frozenset({"color", "material", "pattern"})
_PROPERTIES = _STUFFS | {"feature"}
_BRANDED = re.compile(r"\b(?:by|brand|label|the make)\b[: ]*$|牌子?[要是得认：: ]*$|牌子?就认$")
_OF_BRAND = re.compile(r"'s (?!fine\b|ok)|家(?=的|\W|$)|牌(?=[的子]|\W|$)| (?:brand|label)\b")
_DOUBTFUL = 0.7


def is_plainly(span: Tagged, slot: Slot) -> bool:
    """Whether the catalogue knows the word for another thing than what a model faintly hears.

    Teal is a colour, and no misspelt teak.
    """
    same = (span.start, span.end) == (slot.start, slot.end) and slot.resolved is not None
    unlike = span.name != slot.name and {span.name, slot.name} <= _STUFFS
    return same and unlike and span.score < LEAST_SURE < slot.score


def is_money(span: Tagged, slot: Slot) -> bool:
    """Whether a span of another name is a sum with its currency: 直径16 cm，108块封顶."""
    inside = slot.start <= span.start and span.end <= slot.end
    return slot.name == "price" != span.name and inside and bool(SUM.search(slot.raw))


def is_day(span: Tagged, slot: Slot) -> bool:
    """Whether a span is a day of a month, or one end of a stretch of days.

    There is no size in 12月5号到10号, and one date in 从明天到周五.
    """
    if slot.name != "date" or not (slot.start <= span.start and span.end <= slot.end):
        return False
    if span.name == "date":
        return _STRETCH.search(slot.raw) is not None
    counted = span.name in NUMBERS or span.name in ("size", "quantity")
    return counted and _DAY.search(slot.raw) is not None


_DAY = re.compile(r"月份?.{1,3}[号日號]|[到至].*[号日號]")
_STRETCH = re.compile(r".[到至].|\b(?:to|through|and)\b")


def is_own_name(prepared: Shape, span: Tagged, slot: Slot) -> bool:
    """Whether a span of another name is a size or a brand of the shop's: 可厨家的, "by 3M".

    What 2 × 1 kg is of the shop's sizes, no rule and no model knows better than the catalogue. Nor
    are 10包一箱 two numbers of things.
    """
    if slot.resolved is None or span.name == slot.name:
        return False
    if is_brand_as_written(slot) and (span.name in NUMBERS or span.name == "size"):
        return (slot.start, slot.end) == (span.start, span.end)
    if _is_pack(slot) and span.name == "quantity":
        return _PER_HOLDER.search(slot.raw) is not None and _holds(slot, span)
    if slot.name == "size":
        fitted = span.name in _FITTED and _BED.search(slot.raw.lower()) is not None
        return (span.name in NUMBERS or fitted) and _holds(slot, span)
    if slot.name == "brand" and _is_made_by(prepared, span, slot):
        return True
    raw = prepared.raw[span.start : span.end]
    housed = raw if HOUSE.search(raw) else raw + prepared.raw[span.end : span.end + 1]
    return slot.name == "brand" and HOUSE.sub("", housed) == slot.raw != housed


_FITTED = frozenset({"compatible_with", "product_type"})
"""What a model takes a size by its bed for: 一米五的床."""
_BED = re.compile(r"床$|beds?$")
_PER_HOLDER = re.compile(r"[/一每][箱盒包袋提组套板]$")
"""What ends a number of pieces by what holds them: 10包一箱."""


def _is_made_by(prepared: Shape, span: Tagged, brand: Slot) -> bool:
    """Whether words before a brand say that it makes the thing, and none that the thing fits it."""
    same = (span.start, span.end) == (brand.start, brand.end)
    return same and _MADE_BY.search(prepared.aligned[: span.start]) is not None


_MADE_BY = re.compile(r"\b(?:by|from|brand)[: ]*$|(?:品牌|牌子)(?:[要是得：: ]*|就认)$")


def is_no_brand(prepared: Shape, span: Tagged, near: Sequence[Slot]) -> bool:
    """Whether what a model takes for a brand is a colour, or what a thing has: 我想的是Magenta的.

    Where words around it name a brand, it is one that the shop has not.
    """
    same = [slot for slot in near if (slot.start, slot.end) == (span.start, span.end)]
    text = prepared.aligned
    named = _BRANDED.search(text[: span.start]) or _OF_BRAND.match(text, span.end)
    return span.name == "brand" and not named and any(s.name in _PROPERTIES for s in same)


def is_flag(span: Tagged, near: Sequence[Slot]) -> bool:
    """Whether what a model takes for something to fit is what things have: Intel 64."""
    return span.name == "compatible_with" and any(
        (slot.start, slot.end) == (span.start, span.end)
        and isinstance(slot.resolved, FlagConstraint)
        for slot in near
    )


def known_otherwise(span: Tagged, raw: str, near: Sequence[Slot]) -> Slot | None:
    """What the catalogue has for nearly all words of a span under another name: polka dots.

    Behind a brand's name 家 is none of them: 小叶子家.
    """
    length = len(HOUSE.sub("", raw))
    covering = [
        slot
        for slot in near
        if slot.resolved is not None
        and (slot.name not in TYPED or _is_whole_measure(slot, span))
        and (slot.name != "product_type" or slot.raw == raw)
        and (span.name != "product_type" or slot.name == "brand" or _is_had(slot, span))
        and 5 * (min(slot.end, span.end) - max(slot.start, span.start)) >= 4 * length
    ]
    return covering[0] if covering else None


def _is_whole_measure(slot: Slot, span: Tagged) -> bool:
    """Whether a mere number with the name of what it counts is all of a span: "usb ports of 4"."""
    counted = isinstance(slot.value, Measure) and not slot.value.unit
    return counted and slot.start <= span.start and span.end <= slot.end


def pack_of(span: Tagged, near: Sequence[Slot]) -> Constraint | None:
    """What a span demands that is a number of pieces which come together: "pack of 10", 6支装."""
    return next((one.resolved for one in near if _is_pack(one) and _holds(one, span)), None)


def _is_pack(slot: Slot) -> bool:
    return isinstance(slot.value, Measure) and slot.value.attribute == "pack_size"


def _holds(slot: Slot, span: Tagged) -> bool:
    return slot.start <= span.start and span.end <= slot.end


def _is_had(slot: Slot, span: Tagged) -> bool:
    """Whether a kind that no model is sure of is what a thing has: a gift box."""
    return isinstance(slot.resolved, FlagConstraint) and span.score < _DOUBTFUL


def is_measured(prepared: Shape, span: Tagged, raw: str, vocabulary: Words) -> bool:
    """Whether words beside a number name what is measured: "net weigt" beside "of 85 g"."""
    text = prepared.marked
    beside = _NUMBER_AFTER.match(text, span.end) or _NUMBER_BEFORE.search(text[: span.start])
    return beside is not None and vocabulary.attribute(raw) is not None


_NUMBER_AFTER = re.compile(rf"(?:[ :：]|of|is|at|about|under|over|[是为要在约])*{NUMBER}")
_NUMBER_BEFORE = re.compile(rf"{NUMBER} ?[a-z%]{{0,8}}(?:[ 的]|of|in|for)*$")
