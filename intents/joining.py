"""Marked words that are one value are joined, and those that are several are parted.

The model marks word by word, and may end a value in its middle or run two together: a town and
its district, "the first" and "the third"; a street and its postal code, "kids' wellies".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from intents.borders import COUNTERS, fit_borders
from intents.gazetteer import load_gazetteer
from intents.reader import Tagged
from intents.resolve import HOUSE
from intents.shape import Shape
from intents.types import Slot


def fit_spans(prepared: Shape, spans: Sequence[Tagged], known: Sequence[Slot]) -> list[Tagged]:
    """The spans with the borders that their values have, in the order of the text."""
    named = [_named(prepared, span, known) for span in spans]
    parted = chain.from_iterable(_parted(prepared, span, known) for span in named)
    whole = (_with_system(prepared, fit_borders(prepared, one), known) for one in parted)
    fitted = sorted(dict.fromkeys(whole), key=lambda one: one.start)
    joined: list[Tagged] = []
    for span in fitted:
        last = joined[-1] if joined else None
        both = _joined(prepared, last, span) if last else None
        if both is not None:
            joined[-1] = both
        elif last is None or not (last.name == "reference" and span.end <= last.end):
            joined.append(span)
    return joined


def _with_system(prepared: Shape, span: Tagged, known: Sequence[Slot]) -> Tagged:
    """The span of a size with the system that it is told in: "9.5", or "US", of "9.5 US"."""
    if span.name != "size":
        return span
    for slot in known:
        inside = slot.start <= span.start and span.end <= slot.end
        if slot.name == "size" and inside and _SYSTEM.match(str(slot.value)):
            lead = _SIZE.match(prepared.aligned, slot.start)
            return replace(span, start=lead.end() if lead else slot.start, end=slot.end, score=1.0)
    return span


_SIZE = re.compile(r"sizes? (?:is |of |an? )?")
_SYSTEM = re.compile(r"(?:US|UK|EU) \d")


def _joined(prepared: Shape, first: Tagged, second: Tagged) -> Tagged | None:
    """Two spans as one value; None where they are two: 1和3."""
    if first.name != second.name:
        return None
    if first.name == "sort_key":
        joined = prepared.aligned[first.end : second.start] == " by "
        return replace(first, end=second.end) if joined else None
    if first.name == "city":
        touch = first.end == second.start and prepared.raw[second.end - 1] in "区县镇旗市"
        return replace(first, end=second.end) if touch else None
    if first.name == "measure":  # 120 and 斤
        touch = first.end == second.start and prepared.raw[second.start : second.end].isalpha()
        return replace(first, end=second.end) if touch else None
    shared = _SHARED.match(prepared.aligned, first.start)
    if first.name != "reference" or not shared or second.start != shared.end():
        return None
    return replace(first, end=second.end)


_SHARED = re.compile(r"the (?:first|second|third|fourth|fifth)(?:,? and|,)? (?!the )")
"""What shares the article of another place: "the first and third"."""


def _named(prepared: Shape, span: Tagged, known: Sequence[Slot]) -> Tagged:
    """The span under the name that rules or catalogue have for its words, where they know better.

    A number in an address has a form; memory foam is a material, and chevrons are a pattern. The
    verb of 添上装 is no part of what is bought.
    """
    kind = next((slot for slot in known if _is_behind_verb(prepared, span, slot)), None)
    if kind is not None:
        return replace(span, name="product_type", start=kind.start)
    better = _BY_FORM | (_STUFFS if span.name == "feature" else frozenset())
    same = (slot for slot in known if (slot.start, slot.end) == (span.start, span.end))
    other = next((slot.name for slot in same if slot.name in better), None)
    return replace(span, name=other) if other else span


def _is_behind_verb(prepared: Shape, span: Tagged, slot: Slot) -> bool:
    """Whether a span is a kind that the shop has, behind the verb of who looks for it: 添上装."""
    if span.name not in _TAKEN_FOR or slot.name != "product_type":
        return False
    known = slot.resolved is not None and slot.end == span.end
    return known and _VERB.fullmatch(prepared.aligned, span.start, slot.start) is not None


_TAKEN_FOR = frozenset({"product_type", "feature", "occasion", "compatible_with"})
_VERB = re.compile(r"[添挑选买看淘逛瞧瞅找]{1,2}")

_BY_FORM = frozenset({"phone", "postal_code", "email"})
_STUFFS = frozenset({"material", "pattern"})


def _parted(prepared: Shape, span: Tagged, known: Sequence[Slot]) -> list[Tagged]:
    """The values that a span holds, each by itself."""
    words = prepared.aligned[span.start : span.end]
    if span.name == "street" and (code := _POSTAL.search(words)):
        place = span.start + code.start(1)
        own = replace(span, name="postal_code", start=place)
        return [replace(span, end=span.start + code.start()), own]
    if two := _two(span, words):
        start, end, name = two
        one = replace(span, end=span.start + start)
        return [one, replace(span, name=name, start=span.start + end)]
    if span.name == "reference" and (named := _POINTED.match(words)):
        return [replace(span, end=span.start + named.end(1))]
    if span.name == "quantity" and (counted := _COUNTED.fullmatch(words)):
        thing = replace(span, name="product_type", start=span.start + counted.start(1))
        return [replace(span, end=span.start + counted.start(1) - 1), thing]
    if span.name == "quantity" and (kind := _counted_kind(prepared, span, known)):
        return [replace(span, end=kind.start), replace(span, name=kind.name, start=kind.start)]
    if span.name == "brand" and (house := HOUSE.search(words)) and not _is_known(span, known):
        return [replace(span, end=span.start + house.start())]
    if span.name != "product_type":
        return [span]
    if made := _made_by(prepared, span):
        return made
    return _of_kind(prepared, span, known)


def _made_by(prepared: Shape, span: Tagged) -> list[Tagged]:
    """A brand and the kind of thing behind it that were taken for one name: 苏泊尔压蒜器."""
    names = load_gazetteer().find(prepared.raw[span.start : span.end])
    if [one.label for one in names] != ["brand", "product_type"]:
        return []
    brand, kind = names
    between = prepared.aligned[span.start + brand.end : span.start + kind.start].strip()
    if between or brand.start or kind.end != span.end - span.start:
        return []
    parted = span.start + kind.start
    return [
        replace(span, name="brand", end=span.start + brand.end),
        replace(span, start=parted),
    ]


_POSTAL = re.compile(r"[ ,，]+(\d{6})$")


def _two(span: Tagged, words: str) -> tuple[int, int, str] | None:
    """Where the first of two values of a span ends, where the second begins, and its slot."""
    pattern, name = _TWO.get(span.name, (None, ""))
    match = pattern.fullmatch(words) if pattern else None
    return (match.end(1), match.start(2), name) if match else None


_SEASONS = r"spring|summer|autumn|fall|winter|[春夏秋冬][天季]"
_TWO: Mapping[str, tuple[re.Pattern[str], str]] = {
    "reference": (re.compile(r"(\d)(?: ?(?:和|跟|与|、|,|&|and) ?)(\d)"), "reference"),
    "measure": (
        re.compile(r"(\d{2,3})[ ,，/]+(\d{2,3} ?(?:kg|kilos?|公斤|千克|斤|lbs?))"),
        "measure",
    ),
    "season": (re.compile(rf"({_SEASONS}) ?([a-z]+|[\u4e00-\u9fff]{{2,}})"), "occasion"),
}
"""What one span holds two of: "1 and 3", 175 65公斤, "autumn trekking"."""
_POINTED = re.compile(
    r"(this|that|these|those) (?!ones?\b|pairs?\b|last\b|bottom\b|top\b|first\b|second\b|same\b"
    r"|two\b|three\b|four\b|five\b|other\b|item|product|thing|prices?\b|orders?\b|parcels?\b"
    r"|kinds?\b|sizes?\b|colou?rs?\b)[a-z]+$"
)
"""A thing that is named behind the word that points at it: "that skirt"."""


_COUNTED = re.compile(
    rf"[a-z\d]+ (?!{COUNTERS}|pieces?|items?|things?|units?|copies|copy|ones?|of|pcs"
    r"|(?:that|this|which|who|each|for|in|is|and|or|please|instead|lit(?:re|er)s?|met(?:re|er)s?)\b)"
    r"([a-z]+)"
)
"""A thing to buy behind its number: "two jars"."""


_SO_MANY = re.compile(
    r"(?P<number>[一二两三四五六七八九十百俩仨\d]+)(?P<counter>[个只条件双张把套台支对]?)"
)


def _counted_kind(prepared: Shape, span: Tagged, known: Sequence[Slot]) -> Slot | None:
    """A kind that the shop has behind its number: the 碗 of 仨碗; 两包 counts packs."""
    for slot in known:
        if slot.name != "product_type" or slot.resolved is None or slot.end != span.end:
            continue
        counted = _SO_MANY.fullmatch(prepared.aligned, span.start, slot.start)
        plain = counted and not counted["counter"] and counted["number"] not in ("俩", "仨")
        if counted and not (plain and slot.end - slot.start == 1):
            return slot
    return None


def _is_known(span: Tagged, known: Sequence[Slot]) -> bool:
    """Whether rules or catalogue have a value at just this place."""
    return any((slot.start, slot.end) == (span.start, span.end) for slot in known)


def _of_kind(prepared: Shape, span: Tagged, known: Sequence[Slot]) -> list[Tagged]:
    """A kind of thing and what is known to stand before its name: "kids' wellies", 防风伞."""
    inside = [slot for slot in known if span.start <= slot.start and slot.end <= span.end]
    if len(inside) != 2 or inside[0].start != span.start or inside[1].end != span.end:
        return [span]
    before, kind = inside
    between = prepared.aligned[before.end : kind.start]
    if before.name not in _BEFORE_KINDS or kind.name != "product_type" or not _GAP.match(between):
        return [span]
    own = replace(span, name=before.name, end=before.end)
    return [own, replace(span, start=kind.start)]


_BEFORE_KINDS = frozenset({"age_group", "gender", "feature", "pattern"})
"""What has a span of its own before a kind's name; stuffs, sports and uses may name the kind."""
_GAP = re.compile(r"(?:['’]s?)? ?$")
