"""What generators make, and what the reader of their slot understands of it."""

from collections.abc import Callable
from datetime import date
from random import Random

from intents.generators import BODIES, GENERATORS, Generator
from intents.types import SlotValue
from intents.values.reading import read_value

TODAY = date(2025, 11, 19)
SEEDS = 600

GENERATED = [(language, name) for language, every in GENERATORS.items() for name in every]
"""Every slot that has a generator, by language."""
ALL = [
    *((language, name, GENERATORS[language][name]) for language, name in GENERATED),
    *((language, "measure", make) for language, make in BODIES.items()),
]
"""Every generator with its language and slot, those of bodies too."""


def made(generate: Generator, seeds: int = SEEDS) -> list[str]:
    """The different texts of the first so many seeds."""
    return list(dict.fromkeys(generate(Random(seed)) for seed in range(seeds)))


def read(name: str, words: str) -> SlotValue | None:
    """What the words mean as a value of the slot, on a day that stays the same."""
    return read_value(name, words, TODAY)


def misread(
    name: str, texts: list[str], fits: Callable[[str, SlotValue], bool]
) -> list[tuple[str, SlotValue | None]]:
    """The texts, with what is understood, whose value is missing or does not fit."""
    values = [(words, read(name, words)) for words in texts]
    return [(words, value) for words, value in values if value is None or not fits(words, value)]
