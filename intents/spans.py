"""Changes to an example's text that keep its slots in place."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import accumulate

from intents.examples import Example
from intents.types import Slot

Edit = tuple[int, int, str]
"""A change of ``text[start:end]`` to other words."""


def edit(example: Example, edits: Iterable[Edit]) -> Example:
    """The example with every edit made at once; a slot that is left without words is dropped.

    Edits inside a slot change its words, and its value where that was the words. What is put in
    at the border of a slot (an empty range) stays outside it. An edit across a border is not made.

    Raises:
        ValueError: Two edits overlap.
    """
    text = example.text
    kept = sorted(one for one in edits if not any(_crosses(one, slot) for slot in example.slots))
    if not kept:
        return example
    pieces: list[str] = []
    last = 0
    for start, end, words in kept:
        if start < last:
            raise ValueError(f"expected edits apart, got two over {text[start:last]!r}")
        pieces += (text[last:start], words)
        last = end
    changed = "".join(pieces) + text[last:]
    slots = (_moved(slot, kept, changed) for slot in example.slots)
    return replace(example, text=changed, slots=tuple(slot for slot in slots if slot.raw.strip()))


def substitute(
    example: Example, pattern: re.Pattern[str], words: Callable[[re.Match[str]], str]
) -> Example:
    """Every match of the pattern replaced, as :func:`re.sub` does, with slots kept in place."""
    found = ((*m.span(), words(m)) for m in pattern.finditer(example.text))
    return edit(example, [one for one in found if example.text[one[0] : one[1]] != one[2]])


def map_characters(example: Example, change: Callable[[str], str]) -> Example:
    """Every character changed by itself; it may become several, or none."""
    changed = [change(character) for character in example.text]
    places = [0, *accumulate(map(len, changed))]
    text = "".join(changed)
    slots = (_placed(s, places[s.start], places[s.end], text) for s in example.slots)
    return replace(example, text=text, slots=tuple(slot for slot in slots if slot.raw.strip()))


def _crosses(one: Edit, slot: Slot) -> bool:
    start, end, _ = one
    inside = slot.start <= start and end <= slot.end
    return start < slot.end and end > slot.start and not inside


def _moved(slot: Slot, edits: list[Edit], text: str) -> Slot:
    """The slot where it is after ``edits``, of which none crosses its border."""
    start, end = slot.start, slot.end
    for left, right, words in edits:
        grown = len(words) - (right - left)
        if right <= slot.start:
            start, end = start + grown, end + grown
        elif left < slot.end:
            end += grown
    return _placed(slot, start, end, text)


def _placed(slot: Slot, start: int, end: int, text: str) -> Slot:
    """The slot over other words, without spaces at its edges."""
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    if (start, raw) == (slot.start, slot.raw):
        return slot
    value = raw if slot.value == slot.raw else slot.value
    return replace(slot, raw=raw, value=value, start=start, end=start + len(raw))
