"""The values that precise rules read from a text: prices, measures, sizes, how many, which."""

from datetime import date

from intents.references import find_references
from intents.shape import Shape, shape
from intents.types import NOTHING_BEFORE, ParseContext, Slot
from intents.values.ages import find_ages
from intents.values.bodies import find_bodies
from intents.values.coded_sizes import find_coded_sizes
from intents.values.dates import find_dates, read_date
from intents.values.discounts import find_discounts
from intents.values.identifiers import find_identifiers
from intents.values.measures import find_measures
from intents.values.money import SUM, find_prices
from intents.values.negation import with_roles
from intents.values.packs import find_dimensions, find_packs
from intents.values.quantities import find_quantities
from intents.values.sizes import find_sizes
from intents.values.wishes import find_comparatives, find_others, find_ratings, find_sort_keys

LONGEST = 2_000
"""Characters of a text that are read; nobody states wishes further down."""


def find_values(text: str, context: ParseContext = NOTHING_BEFORE) -> tuple[Slot, ...]:
    """The slots that rules find in a text, in its order, without overlaps.

    Never raises, whatever the text; the first 2,000 characters are read.
    ``context.requested_slot`` lets a bare "42" answer the question that was just asked.
    """
    return read_values(shape(text[:LONGEST]), context)


def read_values(prepared: Shape, context: ParseContext) -> tuple[Slot, ...]:
    """The same for a text that is already prepared."""
    asked = context.requested_slot
    today = context.today or date.today()
    finders = (
        lambda s: find_identifiers(s, asked),
        find_discounts,
        find_ratings,
        find_comparatives,
        find_others,
        find_bodies,
        find_coded_sizes,
        lambda s: find_sizes(s.without(_sums(s)), asked=True) if asked == "size" else [],
        lambda s: _asked_quantity(s) if asked == "quantity" else [],
        find_ages,
        find_dimensions,
        find_packs,
        find_measures,
        lambda s: find_dates(s, today) or (_asked_date(s, today) if asked == "date" else []),
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


def _sums(prepared: Shape) -> list[Slot]:
    """The prices with their currency, which no question for another number is answered by."""
    return [one for one in find_prices(prepared) if SUM.search(one.raw)]


def _asked_date(prepared: Shape, today: date) -> list[Slot]:
    """The whole text, when the question was when and it names a day by less: "Christmas", 三天."""
    value = read_date(prepared.raw, today)
    return [prepared.slot("date", value, 0, len(prepared.raw))] if value else []


def _asked_quantity(prepared: Shape) -> list[Slot]:
    """The first whole number, when the question was how many."""
    sums = _sums(prepared)
    for number in prepared.numbers.values():
        if any(one.start <= number.start < one.end for one in sums):
            continue
        if number.low == int(number.low) and number.low <= 100_000:
            return [prepared.slot("quantity", int(number.low), number.start, number.end)]
    return []
