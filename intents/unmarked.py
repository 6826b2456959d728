"""Words that are annotated in some lines and left bare in others: often forgotten."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from catalog.types import LANGUAGES
from intents.examples import Example

_KINDS = frozenset({
    "product_type", "brand", "color", "material", "pattern", "season", "gender", "age_group",
    "recipient", "occasion", "feature",
})  # fmt: skip
_LEAST_MARKED = 3
_LEAST_BARE = 5
_LONGEST_ENGLISH = 4
_LONGEST_CHINESE = 7
_SHORTEST_CHINESE = 2
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Unmarked = tuple[str, str, int, tuple[Example, ...]]
"""Words, the slot they are elsewhere, how often, and the lines where they are bare."""


def unmarked(examples: Sequence[Example]) -> Iterator[Unmarked]:
    """Words that are a slot in at least 3 lines and bare in at least 5 and in most lines."""
    for language in LANGUAGES:
        own = [example for example in examples if example.language == language]
        marked = Counter(
            (slot.raw.lower(), slot.name) for e in own for slot in e.slots if slot.name in _KINDS
        )
        known = {words: name for (words, name), count in marked.items() if count >= _LEAST_MARKED}
        bare = defaultdict[str, list[Example]](list)
        for example in own:
            for words in known.keys() & _bare_words(example):
                bare[words].append(example)
        for words, lines in sorted(bare.items(), key=lambda item: (-len(item[1]), item[0])):
            count = marked[words, known[words]]
            if len(lines) >= _LEAST_BARE and len(lines) > count:
                yield words, known[words], count, tuple(lines)


def _bare_words(example: Example) -> frozenset[str]:
    """Every run of words, or in Chinese of characters, that stands in no slot."""
    text = list(example.text.lower())
    for slot in example.slots:
        text[slot.start : slot.end] = "|" * (slot.end - slot.start)
    pieces = "".join(text).split("|")
    cut = _characters if example.language == "zh" else _words
    return frozenset(words for piece in pieces for words in cut(piece))


def _words(text: str) -> Iterator[str]:
    places = [match.span() for match in _WORD.finditer(text)]
    for first, (start, _) in enumerate(places):
        for _, end in places[first : first + _LONGEST_ENGLISH]:
            yield text[start:end]


def _characters(text: str) -> Iterator[str]:
    for start in range(len(text)):
        for length in range(_SHORTEST_CHINESE, min(_LONGEST_CHINESE, len(text) - start) + 1):
            yield text[start : start + length]
