"""The words by which reviews name aspects and judge them, from ``aspects.yml``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from catalog.types import LANGUAGES, Language, LocalText

_FILE = Path(__file__).parent / "aspects.yml"
_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Judging:
    """Words that praise and words that blame."""

    good: re.Pattern[str]
    bad: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Aspect:
    """Something reviews talk about: by what words, and what is good or bad of it alone."""

    name: str
    label: LocalText
    about: Mapping[Language, re.Pattern[str]]
    judging: Mapping[Language, Judging]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every aspect, the words that judge anything, and those that turn a judgement round."""

    aspects: tuple[Aspect, ...]
    judging: Mapping[Language, Judging]
    negation: Mapping[Language, re.Pattern[str]]


@cache
def load_lexicon(path: Path = _FILE) -> Lexicon:
    """Read the file of aspects.

    Raises:
        ValueError: a pattern in it is no regular expression.
    """
    content = yaml.safe_load(path.read_text("utf-8"))
    words = content["words"]
    return Lexicon(
        tuple(_aspect(name, fields) for name, fields in content["aspects"].items()),
        {language: _judging(words[language], language) for language in LANGUAGES},
        {language: _pattern(words[language]["negation"], language) for language in LANGUAGES},
    )


def _aspect(name: str, fields: Mapping[str, Any]) -> Aspect:
    return Aspect(
        name,
        LocalText(**fields["label"]),
        {language: _pattern(fields[language]["about"], language) for language in LANGUAGES},
        {language: _judging(fields[language], language) for language in LANGUAGES},
    )


def _judging(words: Mapping[str, Sequence[str]], language: Language) -> Judging:
    return Judging(
        _pattern(words.get("good", ()), language), _pattern(words.get("bad", ()), language)
    )


def _pattern(words: Sequence[str], language: Language) -> re.Pattern[str]:
    if not words:
        return _NOTHING
    either = "|".join(f"(?:{word})" for word in words)
    whole = rf"(?<![a-z])(?:{either})(?![a-z])" if language == "en" else either
    try:
        return re.compile(whole, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"expected regular expressions, got {either!r}: {error}") from error
