"""What one utterance meant, as values. "Nothing understood" is a value too, never None."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from catalog.types import Constraint, Language

Role = Literal["include", "exclude", "reference"]
Extreme = Literal["", "cheapest", "dearest", "middle"]


@dataclass(frozen=True, slots=True)
class PriceRange:
    """A wish about price. ``currency`` is an ISO 4217 code, or "" where none was said.

    ``spoken_currency`` is true when the shopper named it ("$80", "300元") rather than used a
    word that fits any currency ("80", "300块").
    """

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str = ""
    spoken_currency: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A wish about a measurable attribute: "at least 8 GB RAM", "1.5 升以上".

    ``attribute`` is what the words named, by its common name ("memory", "battery_life"), or ""
    when only the unit tells. "body_height" and "body_weight" describe the shopper.
    """

    attribute: str
    minimum: Decimal | None
    maximum: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Products pointed at by their place in what was shown.

    ``positions`` count from 1, negative from the end ("the last one" is -1); ``first`` is how
    many from the start ("the first two" is 2), ``everything`` is "all of them", ``extreme`` the
    one that stands out among them; all empty means a pronoun ("it", "这个").
    """

    positions: tuple[int, ...] = ()
    first: int = 0
    everything: bool = False
    extreme: Extreme = ""


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from ``start`` to ``end``, both included; ``None`` is open."""

    start: date | None = None
    end: date | None = None


SlotValue = str | int | float | bool | PriceRange | Measure | Reference | DateRange


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of meaning found at ``text[start:end]`` (``raw``).

    ``resolved`` is what the value means in this shop's catalogue; ``None`` leaves the words to
    search. ``score`` is in [0, 1].
    """

    name: str
    value: SlotValue
    raw: str = ""
    start: int = 0
    end: int = 0
    role: Role = "include"
    score: float = 1.0
    resolved: Constraint | None = None


def is_body(slot: Slot) -> bool:
    """Whether a slot measures the shopper or whom they buy for, and no product."""
    value = slot.value
    return isinstance(value, Measure) and value.attribute.startswith("body_")


@dataclass(frozen=True, slots=True)
class Intent:
    """A named act with its calibrated probability in [0, 1]."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class ParseContext:
    """What the conversation already knows and a single message does not say.

    ``today`` is the day that "tomorrow" counts from; ``None`` is the day of the machine's clock.
    """

    previous_action: str = ""
    requested_slot: str = ""
    language: Language | None = None
    today: date | None = None


NOTHING_BEFORE = ParseContext()
"""The context of a first message."""


@dataclass(frozen=True, slots=True)
class NLUResult:
    """What was meant. ``intents`` are best first; several above the threshold are all meant.

    ``out_of_scope`` is true when nothing in the shop's world fits; ``guesses`` are then the
    nearest intents, for a clarifying question. ``query`` is what is left for product search once
    the words of rules and filler are taken away.
    """

    text: str
    language: Language
    intents: tuple[Intent, ...] = ()
    slots: tuple[Slot, ...] = ()
    out_of_scope: bool = False
    guesses: tuple[Intent, ...] = ()
    query: str = ""

    @property
    def intent(self) -> str:
        """The name of the best intent, or "" when nothing was understood."""
        return self.intents[0].name if self.intents else ""

    def all(self, name: str) -> tuple[Slot, ...]:
        """Every slot called ``name``, in the order of the text."""
        return tuple(slot for slot in self.slots if slot.name == name)

    def first(self, name: str) -> Slot | None:
        """The first slot called ``name``."""
        return next((slot for slot in self.slots if slot.name == name), None)
