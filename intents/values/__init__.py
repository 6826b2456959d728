"""The values that precise rules read from a text: prices, measures, sizes, how many, which."""

from intents.references import find_references
from intents.shape import Shape, shape
from intents.types import NOTHING_BEFORE, ParseContext, Slot
from intents.values.identifiers import find_identifiers
from intents.values.measures import find_measures
from intents.values.money import find_prices
from intents.values.negation import with_roles
from intents.values.quantities import find_quantities
from intents.values.sizes import find_sizes
from intents.values.wishes import find_comparatives, find_others, find_ratings, find_sort_keys


def find_values(text: str, context: ParseContext = NOTHING_BEFORE) -> tuple[Slot, ...]:
    """The slots that rules find in a text, in its order, without overlaps.

    Never raises, whatever the text. ``context.requested_slot`` lets a bare "42" answer the
    question that was just asked.
    """
    return read_values(shape(text), context)


def read_values(prepared: Shape, context: ParseContext) -> tuple[Slot, ...]:
    """The same for a text that is already prepared."""
    asked = context.requested_slot
    finders = (
        lambda s: find_identifiers(s, asked),
        find_ratings,
        find_comparatives,
        find_others,
        lambda s: find_sizes(s, asked=True) if asked == "size" else [],
        lambda s: _asked_quantity(s) if asked == "quantity" else [],
        find_measures,
        lambda s: find_prices(s, asked=asked == "price"),
        find_sort_keys,
        find_sizes,
        find_quantities,
        lambda s: find_references(s, bare=asked in ("", "reference")),
    )
    found: list[Slot] = []
    for find in finders:
        found += find(prepared.without(found))
    return tuple(with_roles(prepared, sorted(found, key=lambda slot: slot.start)))


def _asked_quantity(prepared: Shape) -> list[Slot]:
    """The first whole number, when the question was how many."""
    for number in prepared.numbers.values():
        if number.low == int(number.low) and number.low <= 100_000:
            return [prepared.slot("quantity", int(number.low), number.start, number.end)]
    return []
