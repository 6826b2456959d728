"""One reading of slots from three: precise rules, the catalogue's words, and the model.

The model is told what rules and catalogue see, and says where a value stands and what it is;
rules and catalogue say what it means.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from catalog.text import fold
from catalog.types import FlagConstraint, Language, TextConstraint
from intents.apart import TYPED, in_list, of_their_own, own_role, role_of
from intents.attributes import find_attributes
from intents.believing import LEAST_SURE, believed_spans, is_demanded, is_of_the_list
from intents.borders import fit_borders
from intents.joining import fit_spans
from intents.labelled import is_labelled, is_named_text, overlap, value_texts
from intents.leftover import leftover
from intents.marked import read_marked
from intents.nearness import Nearest
from intents.otherwise import (
    is_day,
    is_flag,
    is_measured,
    is_money,
    is_no_brand,
    is_own_name,
    is_plainly,
    known_otherwise,
    pack_of,
)
from intents.pieces import PARTICLES
from intents.reader import Answer, Tagged
from intents.resolve import (
    HOUSE,
    UNRESOLVED,
    Words,
    resolve_words,
)
from intents.seeking import is_sought
from intents.shape import Shape, shape
from intents.told import is_told_alone
from intents.types import PriceRange, Reference, Slot
from intents.values.negation import (
    is_lacking,
    opposed,
    turned_round,
    with_kinds_kept,
    with_replaced,
    with_roles,
)


def merge(
    prepared: Shape,
    language: Language,
    vocabulary: Words,
    known: Sequence[Slot],
    answer: Answer,
    nearest: Nearest | None = None,
    today: date | None = None,
) -> tuple[Slot, ...]:
    """The slots of a text, in its order.

    What is known and what the model left out is dropped where it looked for every slot: of such
    slots in the held-out set one in thirty was meant. A text that is nothing but what is known
    keeps it, and so does one that asks for a shelf which the model did not hear. Prices are the
    rules' own: where they read one, no other number becomes a price. "The cheapest" stands too.

    Args:
        prepared: the text.
        language: its language.
        vocabulary: the catalogue's words.
        known: what rules and vocabulary found, see :func:`intents.resolve.resolve`.
        answer: what the model found.
        nearest: finds the value nearest in meaning.
        today: the day that dates count from, by default the machine's.
    """
    found = []
    spans = fit_spans(prepared, believed_spans(prepared, answer.spans, known), known)
    known = [
        slot
        for slot in known
        if not any(_begins_inside(slot, span) for span in spans)
        and not is_of_the_list(prepared.aligned, slot)
    ]
    for span in spans:
        near = [slot for slot in known if slot.start < span.end and span.start < slot.end]
        kind = next((one for one in near if _is_the_kind(prepared, vocabulary, span, one)), None)
        if kind is not None:
            found += [kind] if kind not in found else []
        if kind is not None or any(_is_part_of(span, one) for one in near):
            continue
        apart = of_their_own(prepared, span, near)
        slot = None if apart else _slot(prepared, language, vocabulary, span, near, nearest, today)
        read = apart or ([slot] if slot else [])
        found += [one for one in read if one not in found]
    rest = [slot for slot in known if not any(overlap(slot, other) for other in found)]
    unheard = any(is_sought(prepared.aligned, slot) for slot in rest)
    if answer.whole and not unheard and (answer.spans or leftover(prepared, known)):
        rest = [
            slot
            for slot in rest
            if _stands(slot)
            or is_demanded(prepared, slot)
            or is_told_alone(prepared, slot, known)
            or in_list(slot, known)
            or any(overlap(slot, span) for span in answer.spans)
        ]
    rest = [_value_alone(prepared, one) for one in rest if not _says_of_what(one, found)]
    ordered = sorted((*found, *rest), key=lambda slot: (slot.start, slot.end))
    ordered = [opposed(prepared, turned_round(prepared, slot)) for slot in ordered]
    return with_replaced(prepared, with_kinds_kept(prepared, ordered))


def _is_the_kind(prepared: Shape, vocabulary: Words, span: Tagged, known: Slot) -> bool:
    """Whether a span is the kind that is looked for, whatever else its word may mean: paper.

    What the shop has a shelf of, and no attribute is called by, is asked of no product: fashion.
    """
    if (span.start, span.end) != (known.start, known.end) or known.name != "product_type":
        return False
    asked = span.name == "attribute" and vocabulary.attribute(known.raw) is None
    return (asked and known.resolved is not None) or is_sought(prepared.aligned, known)


def _begins_inside(known: Slot, span: Tagged) -> bool:
    """Whether a labelled value begins in a kind's name and ends behind it: 移动[硬盘 2TB]."""
    crosses = span.start < known.start < span.end < known.end
    return crosses and span.name == "product_type" and is_labelled(known)


def _is_part_of(span: Tagged, known: Slot) -> bool:
    """Whether a span is but a part of a labelled value: the tape of tape length."""
    inside = known.start <= span.start and span.end <= known.end
    part = inside and span.end - span.start < known.end - known.start
    return part and span.name != known.name and is_labelled(known)


def _says_of_what(slot: Slot, found: Sequence[Slot]) -> bool:
    """Whether it is the mere word "pattern" behind a pattern: the 图案 of 帆船图案."""
    generic = slot.name == "pattern" and _PATTERN.fullmatch(slot.raw.lower())
    return bool(generic) and any(
        one.name == "pattern" and 0 <= slot.start - one.end <= 1 for one in found
    )


_PATTERN = re.compile(r"图案|花纹|patterns?|print(?:s|ed)?")


def _value_alone(prepared: Shape, slot: Slot) -> Slot:
    """A named value without its attribute's name, which no model has left out: 修身.

    A brand that only sounds right has none of its texts in it: 牌子就认芯月.
    """
    if slot.name == "brand":
        span = fit_borders(prepared, Tagged(slot.name, slot.start, slot.end, slot.role, 1.0))
        raw = prepared.raw[span.start : span.end]
        return replace(slot, raw=raw, start=span.start, end=span.end)
    raw = fold(slot.raw)
    texts = [text for text in value_texts(slot) if text in raw] if is_named_text(slot) else []
    if not texts or len(raw) != len(slot.raw):
        return slot
    text = max(texts, key=len)
    start = slot.start + raw.rindex(text)
    end = start + len(text)
    return replace(slot, raw=prepared.raw[start:end], start=start, end=end)


def _stands(slot: Slot) -> bool:
    """Whether a rule's slot holds against the model.

    A price, a comparison, the cheapest of all, a value beside its attribute's name. So does a
    colour that is refused: there is nothing else that "black is out" could mean.
    """
    if slot.name == "comparative" or (slot.value == "" and slot.role == "exclude"):
        return True
    if slot.name == "color" and slot.role == "exclude" and slot.resolved is not None:
        return True
    if is_labelled(slot):
        return True
    return slot.name == "price" or bool(slot.name == "sort_key" and _MOST.search(slot.raw.lower()))


_MOST = re.compile(r"cheapest|most expensive|dearest|priciest|最便宜|最贵")


_OF_SIZE = re.compile(r" size\b|的?(?:尺寸|大小|[重容]量|[长宽高深厚]度|直径|功率)")
"""What makes of "cabin size", or of a misspelt 屏木尺寸, no kind of thing."""


def _slot(
    prepared: Shape,
    language: Language,
    vocabulary: Words,
    span: Tagged,
    near: Sequence[Slot],
    nearest: Nearest | None,
    today: date | None,
) -> Slot | None:
    """The slot of a span; None where its words have none of the forms that such a value has."""
    raw = prepared.raw[span.start : span.end]
    told = _told(prepared, vocabulary, span, near)
    if told is not None:
        return told
    value, resolved, score = resolve_words(span.name, raw, language, vocabulary, nearest, today)
    if span.name == "price" and not isinstance(value, PriceRange):
        return _as_order(prepared, language, vocabulary, span)
    role = own_role(prepared, span)
    if resolved is None and score <= UNRESOLVED:
        confused = span.name in _CONFUSED or is_no_brand(prepared, span, near)
        confused = confused or is_flag(span, near)
        known = known_otherwise(span, raw, near) if confused else None
        if known is not None and known.start <= span.start and span.end <= known.end:
            known = replace(known, raw=raw, start=span.start, end=span.end)
        if known is not None:
            return replace(known, role=role_of(prepared, known, span))
        measured = span.name == "product_type" and is_measured(prepared, span, raw, vocabulary)
        if measured or span.name in TYPED or _says_nothing(prepared, span, raw, near):
            return None
    if span.name == "feature" and isinstance(resolved, TextConstraint) and _in_kind(raw, near):
        resolved = None
    if span.name == "feature" and resolved is None:
        resolved = pack_of(span, near)  # a set of six is a feature, as the training language has it
    if isinstance(resolved, FlagConstraint) and _LACKING.search(resolved.name):
        role = "include"  # without caffeine is caffeine-free, and both are wanted
    slot = Slot(span.name, value, raw, span.start, span.end, role, score * span.score, resolved)
    heard = resolved is not None or is_lacking(prepared, slot)
    refused = role == "include" and heard and _is_refused(prepared, slot)
    return replace(slot, role="exclude") if refused else slot


def _is_refused(prepared: Shape, slot: Slot) -> bool:
    """Whether the words around a value turn it down, though no model heard that: 佳行家的就免了."""
    return with_roles(prepared, [slot])[0].role == "exclude"


def _told(prepared: Shape, vocabulary: Words, span: Tagged, near: Sequence[Slot]) -> Slot | None:
    """The slot of a span by what rules and catalogue know of its words, if they know them."""
    raw = prepared.raw[span.start : span.end]
    role = own_role(prepared, span)
    plain = next((s for s in near if is_money(span, s) or is_day(span, s)), None)
    if plain is not None:
        return plain
    sought = [s for s in near if is_sought(prepared.aligned, s)]
    if sought and raw.lower().startswith(f"after {sought[0].raw.lower()}"):
        return sought[0]  # "I'm after ball today" is no occasion
    paid = span.name == "price" and "pound" in raw.lower()
    labelled = next((s for s in near if is_labelled(s) and _named_in(span, raw, s)), None)
    if not paid and labelled is not None:
        return replace(labelled, raw=raw, start=span.start, end=span.end, role=role)
    better = [s for s in near if is_own_name(prepared, span, s) or is_plainly(span, s)]
    if better:
        return replace(better[0], role=role_of(prepared, better[0], span))
    if span.name in _TAKEN_FOR_BRAND and HOUSE.search(raw):
        brand = vocabulary.named("brand", HOUSE.sub("", raw))
        if brand is not None and brand.score >= _BY_NAME and brand.constraint is not None:
            found = (brand.value, raw, span.start, span.end, role, span.score, brand.constraint)
            return Slot("brand", *found)
    same = [slot for slot in near if slot.name == span.name]
    best = max(same, key=lambda slot: slot.end - slot.start, default=None)
    if best is not None and not _says_more(best, raw):
        role = role_of(prepared, best, span)
        if span.name == "brand":  # "Acme Nova": the product's line is no part of the brand's name
            return _value_alone(prepared, replace(best, role=role))
        return replace(best, raw=raw, start=span.start, end=span.end, role=role)
    named = find_attributes(shape(raw), (), vocabulary) if span.name == "attribute" else []
    if named:
        return replace(named[0], raw=raw, start=span.start, end=span.end, role=role)
    return None


_BY_NAME = 0.9
"""The score from which on a brand was found by its name, and not by a likeness of it."""
_TAKEN_FOR_BRAND = frozenset({"compatible_with", "feature", "product_type", "material", "occasion"})
"""Slots that a model takes a brand with its house for: 暖居家."""


_LACKING = re.compile(r"(?:^|_)(?:no|non|without|zero)_|_(?:free|less|free_.*)$")
"""Names of what says that a thing does without something."""


def _in_kind(raw: str, near: Sequence[Slot]) -> bool:
    """Whether words are a part of what a kind of product is called, and say no more than that.

    The "bluetooth" of "bluetooth headphones" asks for no cable with such a connector.
    """
    kinds = [slot for slot in near if slot.name == "product_type" and slot.resolved is not None]
    return len(kinds) == len(near) == 1 and len(kinds[0].raw) > len(raw)


def _named_in(span: Tagged, raw: str, slot: Slot) -> bool:
    """Whether a span is the value of a slot, with or without the attribute's name."""
    if not (slot.start <= span.start and span.end <= slot.end):
        return False
    return any(text in fold(raw) for text in value_texts(slot)) or bool(re.search(r"\d", fold(raw)))


_KNOWN_BY_NAME = frozenset({"color", "material", "pattern", "season"})
_NO_GUESS = 0.02
"""The score below which a model does not believe a span itself."""
_CONFUSED = frozenset({"feature", "color", "material", "pattern", "product_type", "season"})
"""Slots that a model takes an unknown name for, which the catalogue may know as another one's."""


def _says_more(slot: Slot, raw: str) -> bool:
    """Whether the words that the model marks say more than the part of them a rule has read.

    An order is read from all of its words: "expensive to cheap" begins with the expensive. In
    最便宜的那个 a rule sees only 那个, which points at nothing in particular.
    """
    if len(slot.raw) >= len(raw):
        return False
    if slot.name == "reference" and slot.value == Reference():
        read = read_marked("reference", raw)
        return isinstance(read, Reference) and read != slot.value
    return slot.name == "sort_key"


def _as_order(prepared: Shape, language: Language, vocabulary: Words, span: Tagged) -> Slot | None:
    """The order of a list that was taken for a price: 价格从低往高."""
    raw = prepared.raw[span.start : span.end]
    if not _FROM_TO.search(prepared.aligned, span.start, span.end):
        return None
    value, _, score = resolve_words("sort_key", raw, language, vocabulary)
    if score <= UNRESOLVED:
        return None
    return Slot("sort_key", value, raw, span.start, span.end, "include", score * span.score)


_FROM_TO = re.compile(
    r"\b(?:to|first|ascending|descending|sort\w*|order\w*)\b|[从由到往至升降排先]|在前"
)


def _says_nothing(prepared: Shape, span: Tagged, raw: str, near: Sequence[Slot]) -> bool:
    """Whether an unread span is a mere guess where a rule reads something, or only particles.

    What a size is of is no thing to buy: "cabin size 20 inch". Nor is a colour what nobody knows
    and no model believes in: the "clour" of "gray in clour".
    """
    if span.name == "product_type" and _OF_SIZE.match(prepared.aligned, span.end):
        return True
    if span.name in _KNOWN_BY_NAME and span.score < _NO_GUESS:
        return True
    return bool(near and span.score < LEAST_SURE) or PARTICLES.issuperset(raw)
