"""Names of a gazetteer that labelled utterances speak against."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.matching import forms
from intents.examples import Example
from intents.gazetteer import Gazetteer

LEAST = 4
"""A name that is said less often is not judged."""
SHARE = 0.25
"""A name has to fill its slot in this share of its places."""


@dataclass(frozen=True, slots=True)
class Misleading:
    """A name that stands for its slot in only ``right`` of the ``said`` places it was found in."""

    words: str
    slot: str
    said: int
    right: int


def misleading(gazetteer: Gazetteer, examples: Iterable[Example]) -> tuple[Misleading, ...]:
    """The names that are mostly something else, or nothing, the most frequent first."""
    said: Counter[tuple[tuple[str, ...], str]] = Counter()
    right: Counter[tuple[tuple[str, ...], str]] = Counter()
    written: dict[tuple[tuple[str, ...], str], str] = {}
    for example in examples:
        labelled = {(slot.start, slot.end, slot.name) for slot in example.slots}
        for span in gazetteer.find(example.text):
            words = example.text[span.start : span.end]
            name = forms(words), span.label
            written.setdefault(name, words)
            said[name] += 1
            right[name] += (span.start, span.end, span.label) in labelled
    return tuple(
        Misleading(written[name], name[1], count, right[name])
        for name, count in said.most_common()
        if count >= LEAST and right[name] < SHARE * count
    )
