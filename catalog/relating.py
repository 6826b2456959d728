"""Product types that stand together in a message: compounds, and "X for Y"."""

from collections.abc import Sequence
from dataclasses import replace

from catalog.matching import Token, joined
from catalog.meanings import Meaning, Reading, sense
from catalog.types import LocalText

_FOR = frozenset(("for", "fits", "fit", "with", "compatible"))
_ARTICLES = frozenset(("my", "a", "an", "the", "your", "our", "his", "her"))
_OF = ("的", "用的", "用")


def relate_types(
    text: str, tokens: Sequence[Token], readings: Sequence[Reading]
) -> list[Reading]:
    """Settles which of several product types is wanted.

    Two in a row are one thing whose head is last ("printer cable"). One after "for", or before
    的 in Chinese, is what the other must fit: it becomes ``compatible_with``.
    """
    related: list[Reading] = []
    for reading in readings:
        before = related[-1] if related else None
        if before is None or not (_type(before) and _type(reading)):
            related.append(reading)
        elif before.last == reading.first and joined(tokens[before.first : reading.last], text):
            related[-1] = _compound(before, reading, text)
        elif _between(tokens, before, reading) in _OF:
            related[-1:] = [_compatible(before), reading]
        else:
            related.append(reading)
    return [_fitted(reading, tokens, related) for reading in related]


def _type(reading: Reading) -> Meaning | None:
    meaning = reading.senses[0][0].meaning
    return meaning if meaning.kind == "product_type" else None


def _compound(before: Reading, reading: Reading, text: str) -> Reading:
    """Both as one product, under the head's constraint and both names."""
    first, head = before.senses[0][0].meaning, reading.senses[0][0].meaning
    if first.value == head.value:
        return replace(reading, first=before.first, start=before.start)
    label = LocalText(f"{first.label.en} {head.label.en}".strip(), first.label.zh + head.label.zh)
    meaning = replace(head, value=f"{first.value} {head.value}", label=label)
    return Reading(
        before.first,
        reading.last,
        before.start,
        reading.end,
        (sense(meaning),),
        min(before.score, reading.score),
    )


def _between(tokens: Sequence[Token], before: Reading, after: Reading) -> str:
    return "".join(token.word for token in tokens[before.last : after.first])


def _compatible(reading: Reading) -> Reading:
    meaning = reading.senses[0][0].meaning
    return reading.settled(sense(replace(meaning, name="compatible_with", constraint=None)))


def _fitted(reading: Reading, tokens: Sequence[Token], related: Sequence[Reading]) -> Reading:
    """A product type after "for (my)" becomes what another one must fit."""
    if not _type(reading):
        return reading
    at = reading.first - 1
    while at >= 0 and tokens[at].word in _ARTICLES:
        at -= 1
    after_for = at >= 0 and tokens[at].word in _FOR
    wanted = any(_type(other) and other.last <= at for other in related)
    return _compatible(reading) if after_for and wanted else reading
