"""What a question about a product is answered with."""

from dataclasses import dataclass
from typing import Literal

from catalog.types import LocalText

AnswerKind = Literal["yes", "no", "value", "quote", "unknown"]
"""``value`` states an attribute, ``quote`` a sentence without a yes or no of its own."""

AnswerSource = Literal["attribute", "description", "question", ""]


NO_TEXT = LocalText()


@dataclass(frozen=True, slots=True)
class ProductAnswer:
    """An answer that a product's record supports, with the sentence it rests on.

    ``sentence`` is the attribute written out, a sentence of the description or a published
    answer; ``attribute`` is the attribute's name where it rests on one. ``score`` from 0 to 1 is
    1 for attributes. ``general`` says that nothing in particular was asked ("tell me more").
    """

    kind: AnswerKind
    sentence: LocalText = NO_TEXT
    source: AnswerSource = ""
    attribute: str = ""
    score: float = 0.0
    general: bool = False

    def __bool__(self) -> bool:
        """Whether anything was answered."""
        return self.kind != "unknown"


UNKNOWN = ProductAnswer("unknown")
