"""Slots that the words around them make something else of than what they say alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.types import Language
from intents.resolve import UNRESOLVED, Words, resolve_words
from intents.shape import Shape
from intents.types import Slot
from intents.values.demands import A_MUST

_SWAP = re.compile(
    r"把(?P<zh_old>[^，。,;；]{1,16}?)(?:改|换)(?:成|为|到)(?P<zh_new>[^，。,;；!！?？]{1,16})"
    r"|\b(?:change|switch|swap|replace)(?: out)? (?:the |that |my )?(?P<en_old>[\w'’& -]{1,30}?)"
    r" (?:to|for|with|into|by) (?:the |that )?(?P<en_new>[\w'’& -]{1,30})"
)
_SWAPPED = frozenset({"brand", "color", "material", "pattern", "feature", "gender", "season"})
_NOUNS = frozenset({"product_type", "attribute"})
_ENDING = re.compile(r"(?:家?的|[吧啊呀哦了吗]|[ .]|please|thanks|instead| ones?)+$")
_BOUGHT = re.compile(
    r"\b(?:orders?|ordered|bought|purchased|cart|basket)\b|订单|下单|(?<![想要])[买购订]的|购物车"
)
"""What is changed there is a thing, and no value of a search."""


def with_demands(
    prepared: Shape, slots: Sequence[Slot], language: Language, vocabulary: Words
) -> tuple[Slot, ...]:
    """The slots with a feature for each noun that must not be missing: 麦克风这条不能少.

    A microphone that a headset must have is no kind of product, and nothing is asked about it.
    """
    return tuple(_demanded(prepared, slot, language, vocabulary) for slot in slots)


def _demanded(prepared: Shape, slot: Slot, language: Language, vocabulary: Words) -> Slot:
    if slot.name not in _NOUNS or not A_MUST.match(prepared.aligned, slot.end):
        return slot
    value, resolved, score = resolve_words("feature", slot.raw, language, vocabulary)
    if resolved is None:
        return slot
    return replace(
        slot, name="feature", value=value, role="include", resolved=resolved, score=score
    )


def with_swap(
    prepared: Shape, slots: Sequence[Slot], language: Language, vocabulary: Words
) -> tuple[Slot, ...]:
    """The slots with what one value is changed to in the place of both: 把黑色改成白色.

    "Change the address to …" names no value, and is left alone.
    """
    found = swap_said(prepared.aligned)
    if found is None:
        return tuple(slots)
    (old_start, old_end), (start, end) = found
    raw = prepared.raw[start:end]
    name = next((s.name for s in slots if old_start <= s.start and s.end <= old_end), "")
    value, resolved, score = resolve_words(name, raw, language, vocabulary)
    if name not in _SWAPPED or resolved is None or score <= UNRESOLVED:
        return tuple(slots)
    kept = (s for s in slots if s.end <= old_start or s.start >= end)
    swapped = Slot(name, value, raw, start, end, score=score, resolved=resolved)
    return tuple(sorted((*kept, swapped), key=lambda slot: slot.start))


def swap_said(aligned: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where a text names what is to be changed, and what into; ``None`` where it does not."""
    match = _SWAP.search(aligned)
    if match is None or _BOUGHT.search(aligned):
        return None
    language = "zh" if match["zh_old"] else "en"
    new = match.start(f"{language}_new")
    end = new + len(_ENDING.sub("", match[f"{language}_new"]))
    return match.span(f"{language}_old"), (new, end)
