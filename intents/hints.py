"""What rules and the catalogue's words take parts of a text for, before a model reads it.

A model that is told them learns when to believe them, and knows brands and kinds of things that
it was never trained on.
"""

from collections.abc import Iterable

from catalog.types import Language
from intents.comparing import find_comparisons
from intents.measured import find_measured
from intents.resolve import Words, resolve
from intents.shape import Shape
from intents.tags import Span
from intents.types import ParseContext, Slot
from intents.values import read_values


def find_known(
    prepared: Shape, language: Language, vocabulary: Words, context: ParseContext
) -> tuple[Slot, ...]:
    """The slots that rules and vocabulary see in a text, in its order."""
    measured = find_measured(prepared, vocabulary)
    compared = [*measured, *find_comparisons(prepared.without(measured), vocabulary)]
    values = [*read_values(prepared.without(compared), context), *compared]
    return resolve(prepared, language, vocabulary, sorted(values, key=lambda slot: slot.start))


def hints_of(known: Iterable[Slot]) -> tuple[Span, ...]:
    """The places of known slots, for a model."""
    return tuple(Span(slot.start, slot.end, slot.name) for slot in known if slot.start < slot.end)
