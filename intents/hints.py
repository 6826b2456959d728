"""What rules, the catalogue's words and gazetteers take parts of a text for, before a model reads.

A model that is told them learns when to believe them, and knows brands and kinds of things that
it was never trained on.
"""

from collections.abc import Iterable

from catalog.types import Language
from intents.beds import find_beds
from intents.comparing import find_comparisons
from intents.gazetteer import load_gazetteer
from intents.labelled import overlap
from intents.measured import find_measured
from intents.resolve import Words, resolve
from intents.shape import Shape
from intents.tags import Span
from intents.types import ParseContext, Slot
from intents.values import read_values

_NAMES = frozenset(
    {"product_type", "brand", "color", "material", "pattern", "recipient", "occasion", "season"}
    | {"feature", "gender", "comparative", "sort_key"}
)
"""Slots whose words a longer name may hold; a number, a date or a pointer is never overruled."""


def find_known(
    prepared: Shape, language: Language, vocabulary: Words, context: ParseContext
) -> tuple[Slot, ...]:
    """The slots that rules and vocabulary see in a text, in its order."""
    measured = find_measured(prepared, vocabulary)
    measured += find_beds(prepared.without(measured), vocabulary)
    compared = [*measured, *find_comparisons(prepared.without(measured), vocabulary)]
    values = [*read_values(prepared.without(compared), context), *compared]
    return resolve(prepared, language, vocabulary, sorted(values, key=lambda slot: slot.start))


def hints_of(known: Iterable[Slot], text: str) -> tuple[Span, ...]:
    """What a model is told: known slots, and names that the gazetteer has.

    A name counts where nothing is known, and in place of known words that are a mere part of it.

    Args:
        known: what rules and vocabulary see.
        text: as it was written.
    """
    hints = [Span(slot.start, slot.end, slot.name) for slot in known if slot.start < slot.end]
    for name in load_gazetteer().find(text):
        inside = [hint for hint in hints if overlap(hint, name)]
        if all(hint.label in _NAMES and _is_part(hint, name) for hint in inside):
            hints = [hint for hint in hints if hint not in inside] + [name]
    return tuple(sorted(hints, key=lambda hint: hint.start))


def _is_part(hint: Span, name: Span) -> bool:
    shorter = hint.end - hint.start < name.end - name.start
    return shorter and name.start <= hint.start and hint.end <= name.end
