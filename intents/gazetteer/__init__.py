"""Names that shoppers say and that no shop's catalogue has to hold, as hints for a model.

Gazetteers are the usual help for a small tagger, which cannot know that 蜂蜡 is a material or that
a "spurtle" is a thing. The ``*.txt`` files beside this one list such names, written for this
project: ``[slot]`` heads the names of a slot, which stand between commas; ``#`` begins a comment.
Nothing follows from a name: it resolves to no product and demands nothing, it only tells the joint
model what the words may be.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from catalog.matching import cut_tokens, joined
from intents.names import SLOTS
from intents.tags import Span

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_MARK = "\x1f"
_LONGEST = 8
"""Tokens of a name: English words, Chinese characters."""


class Gazetteer:
    """Names by slot; a name that stands under several slots counts for the first of them."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._slots: dict[str, str] = {}
        for slot, words in names.items():
            for word in words:
                self._slots.setdefault(_key(word), slot)

    def find(self, text: str) -> tuple[Span, ...]:
        """The names in a text, in its order; of those that overlap the longest, then the first.

        A single Chinese character is none: too many words have it.
        """
        tokens = cut_tokens(text)
        found = []
        for start, token in enumerate(tokens):
            key = ""
            for end in range(start + 1, min(start + _LONGEST, len(tokens)) + 1):
                key = f"{key}{_MARK}{tokens[end - 1].form}" if key else token.form
                slot = self._slots.get(key)
                alone = end == start + 1 and token.chinese
                if slot is not None and not alone and joined(tokens[start:end], text):
                    found.append(Span(token.start, tokens[end - 1].end, slot))
        return _apart(found)


def _key(name: str) -> str:
    """What is compared of a name: the forms of its tokens."""
    if _CHINESE.fullmatch(name):
        return _MARK.join(name)
    return _MARK.join(token.form for token in cut_tokens(name))


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= span.start or span.end <= one.start for one in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda one: one.start))


@cache
def load_gazetteer() -> Gazetteer:
    """The names that ship with the project, read once.

    Raises:
        ValueError: A file names an unknown slot, or a name stands under none.
    """
    names: dict[str, list[str]] = {}
    for file, text in _texts():
        for slot, words in _sections(file, text):
            names.setdefault(slot, []).extend(words)
    return Gazetteer(names)


def gazetteer_digest() -> str:
    """What a model was told by these names, as one hash."""
    digest = hashlib.sha256()
    for file, text in _texts():
        digest.update(f"{file}\n{text}".encode())
    return digest.hexdigest()[:16]


def _texts() -> list[tuple[str, str]]:
    """The files by name, with what they hold."""
    found = [one for one in files(__name__).iterdir() if one.name.endswith(".txt")]
    return sorted((one.name, one.read_text(encoding="utf-8")) for one in found)


def _sections(file: str, text: str) -> Iterator[tuple[str, list[str]]]:
    """The names of each line of a file, with the slot they stand under."""
    slot = ""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith("["):
            slot = line.strip("[]")
        elif line and not line.startswith("#"):
            if slot not in SLOTS:
                raise ValueError(f"{file}:{number}: expected names below [slot], got {slot!r}")
            yield slot, [word for part in line.split(",") if (word := part.strip())]
