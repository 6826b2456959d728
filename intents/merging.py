"""One reading of slots from three: precise rules, the catalogue's words, and the model.

The model is told what rules and catalogue see, and says where a value stands and what it is;
rules and catalogue say what it means.
"""

from collections.abc import Sequence
from dataclasses import replace

from catalog.types import Language
from intents.attributes import find_attributes
from intents.nearness import Nearest
from intents.pieces import PARTICLES
from intents.reader import Answer, Tagged
from intents.resolve import UNRESOLVED, Words, leftover, resolve_words
from intents.shape import Shape, shape
from intents.types import Role, Slot

TYPED = frozenset({
    "price", "measure", "rating", "quantity", "order_id", "email", "phone", "postal_code",
    "reference", "comparative", "sort_key", "size", "date",
})  # fmt: skip
"""Slots whose value has a form of its own: words that do not have it fill no such slot."""

_LEAST_SURE = 0.15


def merge(
    prepared: Shape,
    language: Language,
    vocabulary: Words,
    known: Sequence[Slot],
    answer: Answer,
    nearest: Nearest | None = None,
) -> tuple[Slot, ...]:
    """The slots of a text, in its order.

    What is known and what the model left out is dropped where it looked for every slot: of such
    slots in the held-out set one in thirty was meant. A text that is nothing but what is known
    keeps it. Prices are the rules' own: where they read one, no other number becomes a price.

    Args:
        prepared: the text.
        language: its language.
        vocabulary: the catalogue's words.
        known: what rules and vocabulary found, see :func:`intents.resolve.resolve`.
        answer: what the model found.
        nearest: finds the value nearest in meaning.
    """
    found = []
    for span in _believed(answer.spans, known):
        near = [slot for slot in known if slot.start < span.end and span.start < slot.end]
        slot = _slot(prepared, language, vocabulary, span, near, nearest)
        if slot is not None:
            found.append(slot)
    rest = [slot for slot in known if not any(_overlap(slot, other) for other in found)]
    if answer.whole and (answer.spans or leftover(prepared, known)):
        rest = [
            slot
            for slot in rest
            if slot.name == "price" or any(_overlap(slot, span) for span in answer.spans)
        ]
    return tuple(sorted((*found, *rest), key=lambda slot: (slot.start, slot.end)))


def _believed(spans: Sequence[Tagged], known: Sequence[Slot]) -> list[Tagged]:
    """The model's spans without prices beside those that the rules read."""
    prices = [slot for slot in known if slot.name == "price"]
    return [
        span
        for span in spans
        if span.name != "price" or not prices or any(_overlap(slot, span) for slot in prices)
    ]


def _slot(
    prepared: Shape,
    language: Language,
    vocabulary: Words,
    span: Tagged,
    near: Sequence[Slot],
    nearest: Nearest | None,
) -> Slot | None:
    """The slot of a span; None where its words have none of the forms that such a value has."""
    raw = prepared.raw[span.start : span.end]
    same = [slot for slot in near if slot.name == span.name]
    if same:
        best = max(same, key=lambda slot: slot.end - slot.start)
        role = _role(best, span)
        return replace(best, raw=raw, start=span.start, end=span.end, role=role)
    named = find_attributes(shape(raw), (), vocabulary) if span.name == "attribute" else []
    if named:
        return replace(named[0], raw=raw, start=span.start, end=span.end, role=span.role)
    value, resolved, score = resolve_words(span.name, raw, language, vocabulary, nearest)
    unread = resolved is None and score <= UNRESOLVED
    if unread and (span.name in TYPED or _says_nothing(span, raw, near)):
        return None
    return Slot(
        span.name, value, raw, span.start, span.end, span.role, score * span.score, resolved
    )


def _role(slot: Slot, span: Tagged) -> Role:
    """The rule's role where it has one to tell, else the model's."""
    if slot.role != "include" or slot.name in TYPED:
        return slot.role
    return span.role


def _says_nothing(span: Tagged, raw: str, near: Sequence[Slot]) -> bool:
    """Whether an unread span is a mere guess where a rule reads something, or only particles."""
    return bool(near and span.score < _LEAST_SURE) or PARTICLES.issuperset(raw)


def _overlap(one: Slot, other: Slot | Tagged) -> bool:
    return one.start < other.end and other.start < one.end
