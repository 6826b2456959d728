"""Spans of the model that hold several values, and what role a value has.

A span may hold two numbers or two kinds of thing, each a value with borders of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from intents.believing import NUMBERS
from intents.labelled import is_named_text
from intents.marked import read_marked
from intents.reader import Tagged
from intents.shape import Shape
from intents.types import Role, Slot
from intents.values.negation import PROPERTIES, is_chosen

TYPED = frozenset({
    "price", "measure", "rating", "quantity", "order_id", "email", "phone", "postal_code",
    "reference", "comparative", "sort_key", "size", "date",
})  # fmt: skip
"""Slots whose value has a form of its own: words that do not have it fill no such slot."""


def in_list(slot: Slot, known: Sequence[Slot]) -> bool:
    """Whether a kind of product stands in a list without commas: 帐篷睡袋折叠椅."""
    if slot.name != "product_type":
        return False
    kinds = [one for one in known if one.name == "product_type"]
    return any(slot.start == one.end or slot.end == one.start for one in kinds)


def _is_list(prepared: Shape, span: Tagged, kinds: Sequence[Slot]) -> bool:
    """Whether words are nothing but kinds of products and what joins them: "bag and chair"."""
    rest = list(prepared.aligned[span.start : span.end])
    for slot in kinds:
        low, high = max(0, slot.start - span.start), slot.end - span.start
        rest[low:high] = " " * len(rest[low:high])
    return _JOINING.fullmatch("".join(rest)) is not None


_JOINING = re.compile(r"(?:\W|\b(?:and|an?|some|the|plus)\b|[和跟与及])*")


def of_their_own(prepared: Shape, span: Tagged, near: Sequence[Slot]) -> list[Slot]:
    """The values of one span that holds several numbers or kinds, each with its own borders.

    "10 inch less than 8 pounds" bounds twice, 36 四百以下 is a price after a size, and a sleeping
    bag and chair, or 睡袋折叠椅 behind 帐篷, are two things. So are two values that each stand
    beside their attribute's name.
    """
    named = [s for s in near if is_named_text(s) and span.start <= s.start and s.end <= span.end]
    if len(named) > 1:
        return named
    if span.name in _LOOSE and _is_covered(prepared, span, near):
        return list(near)
    if span.name == "color" and _are_refused(span, near):
        return list(near)
    if span.name == "product_type" and span.role == "exclude" and _is_kind_without(span, near):
        return [replace(slot, role="exclude") for slot in near]
    kinds = [slot for slot in near if slot.name == "product_type"]
    listed = [slot for slot in kinds if in_list(slot, near)]
    if span.name == "product_type" and listed:
        return [replace(slot, role=span.role) for slot in listed]
    if span.name == "feature" and len(kinds) > 1 and _is_list(prepared, span, kinds):
        return kinds
    inside = [slot for slot in near if slot.name in NUMBERS]
    if all(slot.name != span.name for slot in inside):
        return []
    rest = prepared.without(inside).aligned
    loose = [m for m in _LOOSE_NUMBER.finditer(rest, span.start, span.end)]
    if len(inside) < 2 and not loose:
        return []
    own = [replace(slot, role=role_of(prepared, slot, span)) for slot in inside]
    return own + [slot for match in loose for slot in _loose(prepared, span, match)]


def _are_refused(span: Tagged, near: Sequence[Slot]) -> bool:
    """Whether colours written as one are refused together: the 黑白 of 不要黑白的."""
    inside = [one for one in near if span.start <= one.start and one.end <= span.end]
    together = all(one.end == other.start for one, other in pairwise(inside))
    refused = all((one.name, one.role) == (span.name, "exclude") for one in near)
    return together and refused and len(inside) == len(near) > 1


def _is_kind_without(span: Tagged, near: Sequence[Slot]) -> bool:
    """Whether a kind stands behind what is refused of it: "no leather bags"."""
    if len(near) < 2 or any(one.start < span.start or span.end < one.end for one in near):
        return False
    *before, kind = near
    refused = all(one.name in PROPERTIES and one.role == "exclude" for one in before)
    return refused and kind.name == span.name and kind.end == span.end


_FITS = re.compile(
    r"(?:[装放配给用和跟与]|容纳|兼容|适[配用合]|支持)(?:得?下|进|于)?(?:我们?家?的?)?$"
    r"|\b(?:fit\w*|for|holds?|with|carry|of) (?:(?:my|the|an?|our|your|his|her) )?$"
)
"""What leads in a thing that another one has to fit, which is not for sale itself."""
_NEVER_PART = frozenset({"brand", "measure", "size"})
"""Slots that are no part of another's value, as the red of redwood is."""
_LOOSE = frozenset({"feature", "compatible_with", "color", "material", "pattern"})


def _is_covered(prepared: Shape, span: Tagged, near: Sequence[Slot]) -> bool:
    """Whether several things that are known make up all of a span: 20寸 and 登机箱."""
    if span.name == "compatible_with" and (
        _FITS.search(prepared.aligned[: span.start])
        or re.match(r"[能可]?用的|专用|适用|配套", prepared.aligned[span.end :])
    ):
        return False
    inside = [one for one in near if span.start <= one.start and one.end <= span.end]
    known = len(inside) == len(near) > 1 and all(one.resolved is not None for one in inside)
    known = known and any(one.name in _NEVER_PART for one in inside)
    length = sum(one.end - one.start for one in inside)
    return known and length == len(prepared.raw[span.start : span.end].replace(" ", ""))


def _loose(prepared: Shape, span: Tagged, match: re.Match[str]) -> list[Slot]:
    """What a number beside the others of its span is: a size before a price, else a measure."""
    name = "size" if span.name == "price" else span.name
    value = read_marked(name, match.group())
    plausible = name != "size" or _SHOE.fullmatch(match.group())
    return [prepared.slot(name, value, *match.span())] if value is not None and plausible else []


# What ``without`` leaves of a text has private signs where a slot was.
_LOOSE_NUMBER = re.compile(r"(?<![^ ])[^ \ue000-\ue0ff]*\d[^ \ue000-\ue0ff]*(?![^ ])")
_SHOE = re.compile(r"[2-5]\d(?:\.5)?")


def role_of(prepared: Shape, slot: Slot, span: Tagged) -> Role:
    """The rule's role where it has one to tell, else the model's."""
    if slot.role != "include" or slot.name in TYPED:
        return slot.role
    return own_role(prepared, span)


def own_role(prepared: Shape, span: Tagged) -> Role:
    """The model's role; what is plainly chosen before something else is refused is wanted."""
    chosen = span.role == "exclude" and is_chosen(prepared, span.start, span.end)
    return "include" if chosen else span.role
