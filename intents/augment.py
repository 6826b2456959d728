"""Examples as they arrive: with slips, in other scripts, mixed languages, dictated.

Every augmentation keeps each slot on its words, leaves intent and context alone, and gives the
same result for the same state of the random source; where it has nothing to change, the example
comes back as it is.
"""

from collections.abc import Callable, Mapping
from random import Random

from catalog.types import Language
from intents.examples import Example
from intents.noise.chinese import full_width, same_sound, traditional
from intents.noise.keys import (
    extra_space,
    lower_case,
    missing_space,
    more_punctuation,
    no_apostrophe,
    no_punctuation,
    sentence_case,
    shortened,
    typo,
    upper_case,
)
from intents.noise.mixing import code_switch
from intents.noise.speech import hesitant, spelled_out, spoken

Augmentation = Callable[[Example, Random], Example]

AUGMENTATIONS: Mapping[Language, Mapping[Augmentation, float]] = {
    "en": {
        typo: 5, lower_case: 4, no_punctuation: 3, spoken: 3, code_switch: 1.5, no_apostrophe: 1,
        sentence_case: 2, missing_space: 1.5, extra_space: 1, upper_case: 1, more_punctuation: 2,
        shortened: 2, hesitant: 1.5, spelled_out: 1, full_width: 0.3,
    },
    "zh": {
        same_sound: 5, code_switch: 3, traditional: 2, no_punctuation: 2, spoken: 2, hesitant: 2,
        extra_space: 1.5, full_width: 1, more_punctuation: 2, spelled_out: 1.5, missing_space: 1,
        lower_case: 0.7, upper_case: 0.5, typo: 0.5,
    },
}  # fmt: skip
"""Every augmentation of a language with how often it is chosen, relative to the others."""

_SECOND = 0.3
_TRIES = 4


def augment(example: Example, rng: Random) -> Example:
    """The example changed in one way, sometimes two; unchanged only where nothing applies."""
    wanted = 2 if rng.random() < _SECOND else 1
    kinds = AUGMENTATIONS[example.language]
    result = example
    for _ in range(_TRIES):
        kind = rng.choices(list(kinds), list(kinds.values()))[0]
        changed = kind(result, rng)
        if changed.text != result.text and changed.text.strip():
            result, wanted = changed, wanted - 1
        if not wanted:
            break
    return result
