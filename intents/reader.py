"""What any learned model says of a text, and the face it shows to the parser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from intents.calibration import Thresholds
from intents.tags import Span
from intents.types import Intent, ParseContext, Role

Kind = Literal["model", "examples", "rules"]
"""What understands: the joint model, labelled examples, or nothing but rules."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words that a model takes for a slot's value; ``score`` in [0, 1] is its confidence."""

    name: str
    start: int
    end: int
    role: Role
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model says: every intent it knows, best first, and the slots it sees.

    ``whole`` says that it looked for every slot, hints included: what it left out is none.
    """

    intents: tuple[Intent, ...] = ()
    spans: tuple[Tagged, ...] = ()
    whole: bool = False


class Reader(Protocol):
    """What the parser needs of a model."""

    @property
    def kind(self) -> Kind:
        """What it is."""

    @property
    def thresholds(self) -> Thresholds:
        """The lines of doubt, as probabilities in [0, 1]."""

    def read(self, text: str, context: ParseContext, hints: Sequence[Span] = ()) -> Answer:
        """What a text means, said after what came before.

        Args:
            text: what was said.
            context: what came before.
            hints: what rules and the catalogue's words take parts of the text for.
        """
