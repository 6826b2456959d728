"""What the joint model is shown: examples as written, in changed spellings, and from templates."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from catalog.types import LANGUAGES
from catalog.vocabulary import Vocabulary
from intents.augment import augment
from intents.examples import Example
from intents.hints import find_known, hints_of
from intents.learning.types import Labelled
from intents.shape import shape
from intents.tags import Span
from intents.templates import expand, load_lexicons, load_templates

VALIDATION_SHARE = 0.1
"""Of the hand-written utterances."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """What the model is shown.

    Attributes:
        templates: Utterances made from templates, a language.
        changed: Changed spellings of each hand-written utterance.
        changed_templates: Share of the made utterances that are changed too.
        weight: Of a hand-written utterance beside one that was made.
        forgotten: Share of the hints that hand-written utterances go without, since the lexicon
            knows more of their words than of a stranger's; of made ones a fifth of that.
        placed: Share of the utterances without context that are put after some action: most mean
            the same whatever came before, and a conversation is always at something.
    """

    templates: int = 6_000
    changed: int = 1
    changed_templates: float = 0.4
    weight: float = 1.5
    forgotten: float = 0.25
    placed: float = 0.5


DEFAULT_MIXTURE = Mixture()


def split_off(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """The examples to learn from and those that validate, by a hash of the text."""
    kept: list[Example] = []
    held_out: list[Example] = []
    for example in examples:
        place = int(hashlib.sha256(example.text.lower().encode()).hexdigest()[:8], 16) / 2**32
        (held_out if place < VALIDATION_SHARE else kept).append(example)
    return kept, held_out


@dataclass(frozen=True, slots=True)
class Hints:
    """What the lexicon and the rules take the words of examples for."""

    vocabulary: Vocabulary

    def of(self, example: Example) -> tuple[Span, ...]:
        """All of them."""
        known = find_known(shape(example.text), example.language, self.vocabulary, example.context)
        return hints_of(known, example.text)

    def some(self, example: Example, forgotten: float, rng: Random) -> tuple[Span, ...]:
        """Each with the chance of being forgotten."""
        return tuple(hint for hint in self.of(example) if rng.random() >= forgotten)


def compose(
    examples: Sequence[Example], mixture: Mixture, rng: Random, hints: Hints
) -> list[Labelled]:
    """Hand-written examples as they are, and with changed spellings."""
    shown = []
    for example in examples:
        seen = hints.some(example, mixture.forgotten, rng)
        shown.append(labelled(example, mixture.weight, seen))
        for _ in range(mixture.changed):
            changed = augment(example, rng)
            shown.append(labelled(changed, hints=hints.some(changed, mixture.forgotten, rng)))
    return shown


def make(data: Path, mixture: Mixture, rng: Random, hints: Hints) -> list[Labelled]:
    """Examples made from the templates, some with changed spellings."""
    templates, lexicons = load_templates(data / "templates"), load_lexicons(data / "lexicons")
    made = []
    for language in LANGUAGES:
        for example in expand(templates, lexicons, mixture.templates, language, rng):
            changed = augment(example, rng) if rng.random() < mixture.changed_templates else example
            made.append(labelled(changed, hints=hints.some(changed, mixture.forgotten / 5, rng)))
    return made


def place(shown: Sequence[Labelled], share: float, rng: Random) -> list[Labelled]:
    """The texts, a share of those without context after an action that others come after."""
    actions = sorted({text.previous_action for text in shown} - {""})
    if not actions:
        return list(shown)

    def after(text: Labelled) -> Labelled:
        if text.previous_action or text.requested_slot or rng.random() >= share:
            return text
        return replace(text, previous_action=rng.choice(actions))

    return [after(text) for text in shown]


def labelled(example: Example, weight: float = 1.0, hints: tuple[Span, ...] = ()) -> Labelled:
    """An example as the joint model learns it."""
    slots = sorted(example.slots, key=lambda slot: slot.start)
    return Labelled(
        text=example.text,
        intents=example.intents,
        spans=tuple(Span(slot.start, slot.end, slot.name) for slot in slots),
        roles=tuple(slot.role for slot in slots),
        previous_action=example.context.previous_action,
        requested_slot=example.context.requested_slot,
        hints=hints,
        weight=weight,
    )
