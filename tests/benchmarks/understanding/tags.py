"""Tags of words or characters, to stretches of text and back."""

from collections.abc import Iterable, Sequence

from tests.benchmarks.understanding.sets import Mention

Units = Sequence[tuple[int, int]]


def word_units(words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The places of words that are joined by single spaces."""
    units, start = [], 0
    for word in words:
        units.append((start, start + len(word)))
        start += len(word) + 1
    return tuple(units)


def text_units(text: str) -> tuple[tuple[int, int], ...]:
    """The places of the words of a text, as spaces part them."""
    units, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        units.append((start, start + len(word)))
        start += len(word)
    return tuple(units)


def character_units(text: str) -> tuple[tuple[int, int], ...]:
    """The place of every character."""
    return tuple((place, place + 1) for place in range(len(text)))


def mentions_of(tags: Sequence[str], units: Units) -> tuple[Mention, ...]:
    """The stretches that BIO, BIOES or BMES tags mark.

    ``I``, ``M`` and ``E`` go on with the mention before them where the label is the same, and
    begin one otherwise.
    """
    found: list[Mention] = []
    running = ""
    for tag, (start, end) in zip(tags, units, strict=True):
        mark, _, label = tag.partition("-")
        if mark in ("I", "M", "E") and label == running:
            found[-1] = Mention(found[-1].start, end, label)
        elif label:
            found.append(Mention(start, end, label))
        running = "" if mark in ("S", "E") else label
    return tuple(found)


def tags_of(mentions: Iterable[Mention], units: Units) -> list[str]:
    """BIO tags: a unit belongs to the mention that covers its first character."""
    tags = ["O"] * len(units)
    for mention in mentions:
        inside = [n for n, (start, _) in enumerate(units) if mention.start <= start < mention.end]
        for number in inside:
            tags[number] = f"I-{mention.label}"
        if inside:
            tags[inside[0]] = f"B-{mention.label}"
    return tags
