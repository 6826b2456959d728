"""The page's own words, in the form of the assistant's responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.responses import Responses
from catalog.types import LANGUAGES, Language

FOLDER = Path(__file__).parent / "labels"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language; called with a label's name and its facts."""

    words: Responses
    language: Language

    def __call__(self, name: str, **facts: object) -> str:
        """The label, filled.

        Raises:
            ResponseError: there is no such label, or a fact is missing.
        """
        return self.words.say(name, self.language, facts)

    def knows(self, name: str) -> bool:
        """Whether there is such a label."""
        return name in self.words.templates[self.language]

    def named(self, kind: str, name: str) -> str:
        """What something is called, such as a ``reason``; its own name where there is no label."""
        return self(f"{kind}_{name}") if self.knows(f"{kind}_{name}") else name

    def patterns(self, names: Sequence[str]) -> dict[str, str]:
        """Labels with their facts still in braces, for the page's own script."""
        templates = self.words.templates[self.language]
        return {name: templates[name]["other"][0] for name in names}


@cache
def load_labels() -> Mapping[Language, Labels]:
    """The labels of both languages.

    Raises:
        ResponseError: a label file is broken, or the two do not have the same labels.
    """
    words = Responses.load(FOLDER)
    return {language: Labels(words, language) for language in LANGUAGES}
