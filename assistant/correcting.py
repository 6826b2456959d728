"""Corrections read by what was wished for: what takes the place of a value is of its attribute.

无香 alone may be a feature of many things; where 绿茶 was the scent of cat litter, it is the scent
that it is changed to. "Thomas Quill and not Su Wan" is about the author who was asked for.
"""

from collections.abc import Callable
from dataclasses import replace

from assistant.types import DialogueState
from catalog.text import fold
from catalog.types import CATEGORY, NumberConstraint, TextConstraint
from catalog.units import dimension, parse_measure
from intents.amending import swap_said
from intents.labelled import value_texts
from intents.numbers import align
from intents.resolve import Words
from intents.types import Intent, Measure, NLUResult, Slot

Span = tuple[int, int]


def read_correction(
    state: DialogueState, nlu: NLUResult, vocabulary: Callable[[], Words]
) -> NLUResult:
    """The understanding of a message that changes a value into another of the same attribute.

    Args:
        state: the dialogue before the message.
        nlu: what the message alone means.
        vocabulary: the catalogue's words, asked for where they are needed.
    """
    said = swap_said(align(nlu.text)) if state.goal.wishes else None
    if said is None:
        return nlu
    old, new = said
    held = _held(state, fold(nlu.text[slice(*old)]))
    right = _right(held, nlu, new, vocabulary) if held is not None else None
    if right is None:
        return nlu
    others = (s for s in nlu.slots if not any(_overlaps(s, span) for span in said))
    kept = (s for s in others if s.name != "product_type" or s.resolved is not None)
    slots = tuple(sorted((*kept, right), key=lambda slot: slot.start))
    intents = (Intent("correct_previous", 0.9),)
    return replace(nlu, intents=intents, slots=slots, out_of_scope=False, guesses=(), query="")


def read_moved(state: DialogueState, nlu: NLUResult) -> NLUResult:
    """The understanding of a bare amount, where nothing was found within a bound, as its new place.

    "110 mm" behind "nothing is 76 mm or less; the closest is 110 mm" moves that bound.
    """
    if "measure" not in state.goal.failing or [slot.name for slot in nlu.slots] != ["measure"]:
        return nlu
    said, given = nlu.slots[0], nlu.slots[0].value
    if not isinstance(given, Measure) or parse_measure(fold(nlu.text)) is None:
        return nlu
    if given.minimum is None or given.minimum != given.maximum:
        return nlu
    moved = [found for wish in state.goal.wishes if (found := _moved(wish, said)) is not None]
    if len(moved) != 1:
        return nlu
    return replace(nlu, intents=(Intent("refine_search", 0.9),), slots=tuple(moved), query="")


def _moved(wish: Slot, said: Slot) -> Slot | None:
    """A bound with the amount that takes its place; None where it is of something else."""
    bound, amount = wish.resolved, said.value
    if not (isinstance(bound, NumberConstraint) and isinstance(amount, Measure)):
        return None
    if not bound.is_one_sided or dimension(bound.unit) != dimension(amount.unit):
        return None
    low = amount.minimum if bound.minimum is not None else None
    high = amount.maximum if bound.maximum is not None else None
    value = replace(amount, attribute=bound.name, minimum=low, maximum=high)
    resolved = replace(bound, minimum=low, maximum=high, unit=amount.unit)
    return replace(said, value=value, resolved=resolved)


def _held(state: DialogueState, said: str) -> Slot | None:
    """The wish that has the value which is to be changed."""
    for wish in state.goal.wishes:
        named = any(text in said and 2 * len(text) > len(said) for text in value_texts(wish))
        kind = wish.resolved is not None and wish.resolved.name == CATEGORY
        if named and not kind and wish.role == "include":
            return wish
    return None


def _right(held: Slot, nlu: NLUResult, new: Span, vocabulary: Callable[[], Words]) -> Slot | None:
    """The wish for the value that it is changed to; None where the attribute has no such value."""
    name = held.resolved.name if held.resolved is not None else ""
    for slot in nlu.slots:
        if slot.resolved is not None and slot.resolved.name == name and _overlaps(slot, new):
            return replace(slot, role="include")
    raw = nlu.text[slice(*new)]
    label = f"{name.replace('_', ' ')}: "
    for match in vocabulary().find(label + raw, nlu.language):
        if isinstance(match.constraint, TextConstraint) and match.constraint.name == name:
            return Slot(held.name, match.value, raw, *new, resolved=match.constraint)
    return None


def _overlaps(slot: Slot, span: Span) -> bool:
    return slot.start < span[1] and span[0] < slot.end
