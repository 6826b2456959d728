"""Kinds of products that two names meet in: "over-ear bluetooth headphones", 头戴式蓝牙耳机."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalog.types import Language
from catalog.words.meanings import ALIAS
from intents.resolve import Words
from intents.shape import Shape
from intents.types import Slot


def with_whole_kinds(
    prepared: Shape, slots: Sequence[Slot], language: Language, vocabulary: Words
) -> tuple[Slot, ...]:
    """The slots, kinds of products with what stands before them where that makes another kind.

    Only a kind that is told by a feature gives way: over-ear headphones that are Bluetooth ones are
    over-ear headphones, while a gaming headset with a wire stays a gaming headset.
    """
    joined: dict[Slot, Slot] = {}
    dropped: list[Slot] = []
    for kind in slots:
        for before in slots:
            whole = None
            if kind not in joined and _qualifies(prepared, slots, before, kind, vocabulary):
                whole = _whole(prepared, before, kind, language, vocabulary)
            if whole is not None:
                joined[kind] = whole
                dropped.append(before)
    return tuple(joined.get(slot, slot) for slot in slots if slot not in dropped)


def with_values(
    slots: Sequence[Slot], known: Sequence[Slot], language: Language, vocabulary: Words
) -> tuple[Slot, ...]:
    """The slots, a kind that nobody knows as the values that its name is made of: 搞笑动画片."""
    found: list[Slot] = []
    for slot in slots:
        unknown = slot.name == "product_type" and slot.resolved is None and slot.role == "include"
        found += (_values_in(slot, known, language, vocabulary) if unknown else ()) or (slot,)
    return tuple(dict.fromkeys(found))


def _values_in(
    kind: Slot, known: Sequence[Slot], language: Language, vocabulary: Words
) -> tuple[Slot, ...]:
    """The values that a name consists of but for its last character, which calls it a sort."""
    if kind.raw[-1:] not in _SORTS:
        return ()
    values = [one for one in known if one.name == "feature" and one.resolved is not None]
    inside = sorted(
        (one for one in values if kind.start <= one.start and one.end < kind.end),
        key=lambda one: one.start,
    )
    start = max((one.end for one in inside), default=kind.start)
    if sum(one.end - one.start for one in inside) != start - kind.start:
        return ()
    words = kind.raw[start - kind.start : -1]
    match = vocabulary.named("feature", words, language) if words else None
    if words and (match is None or match.score < ALIAS or match.constraint is None):
        return ()
    last = (
        ()
        if match is None
        else (Slot("feature", match.value, words, start, kind.end - 1, resolved=match.constraint),)
    )
    return (*inside, *last)


_SORTS = tuple("片类型款")


def _qualifies(
    prepared: Shape, slots: Sequence[Slot], slot: Slot, kind: Slot, vocabulary: Words
) -> bool:
    """Whether a feature stands at the beginning of a kind, or before it with features between."""
    wanted = slot.name == "feature" and slot.role == kind.role == "include"
    if not wanted or kind.name != "product_type" or kind.resolved is None:
        return False
    if not vocabulary.is_by_feature(str(kind.value)):
        return False
    if slot.start > kind.start or slot.end >= kind.end:
        return False
    between = range(slot.end, kind.start)
    features = [one for one in slots if one.name == "feature"]
    return all(
        prepared.raw[at] in " -" or any(one.start <= at < one.end for one in features)
        for at in between
    )


def _whole(
    prepared: Shape, before: Slot, kind: Slot, language: Language, vocabulary: Words
) -> Slot | None:
    raw = prepared.raw[before.start : kind.end]
    rest = prepared.raw[max(before.end, kind.start) : kind.end]
    for head in _heads(rest):
        words = f"{before.raw}{head}" if _is_chinese(head) else f"{before.raw} {head}"
        match = vocabulary.named("product_type", words, language)
        if match is None or match.score < ALIAS or match.constraint in (None, kind.resolved):
            continue
        return replace(
            kind, value=match.value, raw=raw, start=before.start, resolved=match.constraint
        )
    return None


def _heads(words: str) -> Iterator[str]:
    """What a kind may be called for short, the longest first: headphones of "bt headphones"."""
    if _is_chinese(words):
        yield from (words[at:] for at in range(len(words) - 1))
    else:
        parts = words.split()
        yield from (" ".join(parts[at:]) for at in range(len(parts)))


def _is_chinese(words: str) -> bool:
    return not words.isascii()
