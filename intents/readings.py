"""What is known of a text, and of each of its clauses, when the rules are asked."""

from dataclasses import dataclass, replace

from intents.clauses import split_clauses
from intents.leftover import leftover
from intents.shape import shape
from intents.types import NOTHING_BEFORE, ParseContext, Reference, Slot


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a text when the rules are asked.

    ``rest`` are the words that no slot and no filler accounts for.
    """

    text: str
    slots: tuple[Slot, ...]
    rest: str
    context: ParseContext = NOTHING_BEFORE

    def only(self, *names: str) -> bool:
        """Whether slots of these names, and nothing else, make up the text."""
        return bool(self.slots) and not self.rest and {s.name for s in self.slots} <= set(names)

    def has(self, name: str) -> bool:
        """Whether a slot of that name was found."""
        return any(slot.name == name for slot in self.slots)


def clauses_of(reading: Reading) -> list[Reading]:
    """The clauses of a text that may each want something, with their own slots; else nothing."""
    found, end = [], 0
    for clause in split_clauses(reading.text):
        start = reading.text.index(clause, end)
        end = start + len(clause)
        slots = tuple(
            replace(slot, start=slot.start - start, end=slot.end - start)
            for slot in reading.slots
            if start <= slot.start < slot.end <= end
        )
        found.append(Reading(clause, slots, leftover(shape(clause), slots), reading.context))
    return found


def names_own(clause: Reading) -> bool:
    """Whether a clause names a product of its own, and not merely "it"."""
    return any(
        slot.name == "product_type" or (slot.name == "reference" and slot.value != Reference())
        for slot in clause.slots
    )
