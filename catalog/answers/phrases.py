"""The words of questions, read from ``words.yml`` once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from catalog.matching import PhraseTrie, forms
from catalog.types import LANGUAGES
from catalog.units import dimension

AGE = "age"
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that ask about attributes.

    ``measure`` is the dimension of the number that must stand beside them ("" for none); with
    ``opposite`` a yes of the attribute answers no.
    """

    about: tuple[str, ...]
    surfaces: tuple[str, ...]
    opposite: bool = False
    measure: str = ""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Everything of ``words.yml``, phrases as token forms."""

    frames: tuple[Frame, ...]
    fillers: PhraseTrie[str]
    values: Mapping[str, tuple[tuple[str, ...], ...]]
    exclusive: frozenset[str]
    covers: Mapping[str, tuple[str, ...]]
    never_denied: frozenset[str]
    limits: frozenset[str]
    lower_limits: frozenset[str]
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    units: Mapping[str, str]
    negators: Mapping[str, frozenset[str]]
    conditions: tuple[str, ...]


@cache
def question_words() -> QuestionWords:
    """The words of questions."""
    raw = yaml.safe_load(files(__package__).joinpath("words.yml").read_text("utf-8"))
    return QuestionWords(
        frames=tuple(_frame(one) for one in raw["frames"]),
        fillers=_trie(raw["fillers"], *(raw[name] for name in ("at_least", "at_most"))),
        values={
            name: tuple((*one["en"], *one["zh"]) for one in rows)
            for name, rows in raw["values"].items()
        },
        exclusive=frozenset(raw["exclusive"]),
        covers={name: tuple(values) for name, values in raw["covers"].items()},
        never_denied=frozenset(raw["never_denied"]),
        limits=frozenset(raw["limits"]),
        lower_limits=frozenset(raw["lower_limits"]),
        at_least=tuple(raw["at_least"]),
        at_most=tuple(raw["at_most"]),
        units=dict.fromkeys(raw["age_units"], AGE) | dict.fromkeys(raw["people_units"], PEOPLE),
        negators={language: frozenset(raw["negators"][language]) for language in LANGUAGES},
        conditions=tuple(raw["conditions"]),
    )


def unit_dimension(unit: str) -> str:
    """What a unit measures, ages and numbers of people among it."""
    return question_words().units.get(unit) or dimension(unit)


def _frame(raw: Mapping[str, Any]) -> Frame:
    surfaces = (*raw["en"], *raw["zh"])
    return Frame(
        tuple(raw["about"]), surfaces, bool(raw.get("opposite")), str(raw.get("measure", ""))
    )


def _trie(by_language: Mapping[str, list[str]], *more: list[str]) -> PhraseTrie[str]:
    trie: PhraseTrie[str] = PhraseTrie()
    for words in (*by_language.values(), *more):
        for word in words:
            trie.add(forms(word), word)
    return trie
