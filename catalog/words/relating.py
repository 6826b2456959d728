"""Product types that stand together in a message: compounds, and "X for Y"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalog.lexicon import load_lexicon
from catalog.matching import PhraseTrie, Token, forms, joined
from catalog.types import LocalText, TextConstraint
from catalog.words.meanings import Meaning, Reading, Sense, sense

_FOR = frozenset(("for", "fits", "fit", "compatible", "to"))
_WITH = frozenset(("with", "including", "带", "配", "送"))
_BESIDE_FOR = frozenset(("my", "a", "an", "the", "your", "our", "his", "her", "with"))
_OF = ("的", "用的", "用", "专用", "适用的", "配套的")
_REFUSING = frozenset(("not", "no", "but", "without", "except", "要", "非", "别", "除"))
_CLAUSE = re.compile(r"[,;:.!?，；：。！？、\n]")
_LIST = 3
"""So many product types in a row are no compound."""

Phrases = PhraseTrie[Sense]


def relate_types(
    text: str, tokens: Sequence[Token], readings: Sequence[Reading], phrases: Phrases
) -> list[Reading]:
    """Settles which of several product types is wanted.

    Two in a row are one thing whose head is last ("printer cable"), three or more are a list
    without commas (帐篷睡袋折叠椅). One after "for", or before 的 in Chinese, is what the other
    must fit: it becomes ``compatible_with``, and a bag for a laptop is a laptop bag. What may be a
    thing or a property, as a microphone may, is a property where things of another kind are wanted
    that have it, and it is refused or told like one of several wishes.
    """
    related: list[Reading] = []
    readings = [_as_property(text, tokens, one, readings) or one for one in readings]
    listed = _listed(text, tokens, readings)
    for reading in readings:
        before = related[-1] if related else None
        if before is None or not (_type(before) and _type(reading)) or reading in listed:
            related.append(reading)
        elif before.last == reading.first and joined(tokens[before.first : reading.last], text):
            related[-1] = _compound(before, reading)
        elif _between(tokens, before, reading) in _OF:
            related[-1:] = [_compatible(before), _named(before, reading, tokens, phrases)]
        else:
            related.append(reading)
    return _included(_fitted(related, tokens, phrases), tokens)


def _listed(text: str, tokens: Sequence[Token], readings: Sequence[Reading]) -> list[Reading]:
    """The product types that stand in a row with at least two others, each another thing."""
    rows: list[list[Reading]] = [[]]
    for reading in filter(_type, readings):
        row = rows[-1]
        follows = row and row[-1].last == reading.first
        if follows and joined(tokens[row[0].first : reading.last], text):
            row.append(reading)
        else:
            rows.append([reading])
    different = [row for row in rows if len({one.meaning.value for one in row}) >= _LIST]
    return [reading for row in different for reading in row]


def _as_property(
    text: str, tokens: Sequence[Token], reading: Reading, readings: Sequence[Reading]
) -> Reading | None:
    """A product type as what products of the kind named before may have; ``None`` if it is none."""
    before = [one for one in readings if one.last <= reading.first and _type(one)]
    if not _type(reading) or not before:
        return None
    refused = tokens[reading.first - 1].word in _REFUSING or _is_described(text, tokens, reading)
    listed = all(map(_type, readings)) and reading.meaning.constraint is not None
    told = _is_clause(text, tokens, reading.first, reading.last) and not listed
    if not (refused or told):
        return None
    wanted = {value for one in before for value in _shelves(one.meaning)}
    fitting = (s for s in reading.senses if _kind(s) != "product_type" and _has(s, wanted))
    found = next(fitting, None)
    return reading.settled(found) if found else None


def _shelves(meaning: Meaning) -> tuple[str, ...]:
    found = meaning.constraint
    return found.values if isinstance(found, TextConstraint) else ()


def _has(found: Sense, wanted: set[str]) -> bool:
    """Whether products on any of the shelves have what a sense says."""
    meaning = found[0].meaning
    return meaning.constraint is not None and not meaning.places.isdisjoint(wanted)


def _is_clause(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether tokens ``first:last`` are all there is between two marks of punctuation."""
    opened = _CLAUSE.search(text, tokens[first - 1].end, tokens[first].start)
    end = tokens[last].start if last < len(tokens) else len(text)
    closed = last >= len(tokens) or _CLAUSE.search(text, tokens[last - 1].end, end)
    return bool(opened and closed)


def _is_described(text: str, tokens: Sequence[Token], reading: Reading) -> bool:
    """Whether a clause says of a thing that it is so, as in 网线，Orange的: no fruit beside."""
    follows = tokens[reading.last : reading.last + 1]
    so = bool(follows) and follows[0].word == "的"
    return so and _is_clause(text, tokens, reading.first, reading.last + 1)


def _type(reading: Reading) -> bool:
    return reading.meaning.name == "product_type"


def _compound(before: Reading, reading: Reading) -> Reading:
    """Both as one product, under the head's constraint and both names."""
    first, head = before.meaning, reading.meaning
    start = replace(reading, first=before.first, start=before.start)
    if first.value == head.value:
        return start
    label = LocalText(f"{first.label.en} {head.label.en}".strip(), first.label.zh + head.label.zh)
    meaning = replace(head, value=f"{first.value} {head.value}", label=label)
    score = min(before.score, reading.score)
    return replace(start, senses=(sense(meaning),), score=score)


def _between(tokens: Sequence[Token], before: Reading, after: Reading) -> str:
    return "".join(token.word for token in tokens[before.last : after.first])


def _compatible(reading: Reading) -> Reading:
    meaning = replace(reading.meaning, name="compatible_with", constraint=None)
    return reading.settled(sense(meaning))


def _fitted(related: list[Reading], tokens: Sequence[Token], phrases: Phrases) -> list[Reading]:
    """A product type after "for (my)" becomes what the one before it must fit."""
    for place, reading in enumerate(related):
        wanted = next((r for r in reversed(related[:place]) if _type(r)), None)
        if wanted is not None and _type(reading) and _after_for(reading, tokens):
            related[place] = _compatible(reading)
            named = _named(reading, wanted, tokens, phrases)
            related[related.index(wanted)] = named
    return related


def _included(related: list[Reading], tokens: Sequence[Token]) -> list[Reading]:
    """A product type after "with" is something the one before it has, not wanted by itself."""
    for place, reading in enumerate(related):
        after = tokens[reading.first - 1].word if reading.first else ""
        if after in _WITH and _type(reading) and any(map(_type, related[:place])):
            meaning = replace(reading.meaning, name="feature", constraint=None)
            related[place] = reading.settled(sense(meaning))
    return related


def _after_for(reading: Reading, tokens: Sequence[Token]) -> bool:
    at = reading.first - 1
    while at > 0 and tokens[at].word in _BESIDE_FOR and tokens[at - 1].word not in _FOR:
        at -= 1
    if at > 0 and tokens[at].word in _BESIDE_FOR:
        at -= 1
    return at >= 0 and tokens[at].word in _FOR


def _named(host: Reading, reading: Reading, tokens: Sequence[Token], phrases: Phrases) -> Reading:
    """The reading under the name that host and thing have together: a bag for a laptop."""
    thing = tuple(token.form for token in _span(reading, tokens))
    together = (*(token.form for token in _span(host, tokens)), *thing)
    names = [together, *_accessory_names(host.meaning.value, thing)]
    found = (s for name in names for s in phrases.get(name) if _kind(s) == "product_type")
    chosen = next(found, None)
    return reading.settled(chosen) if chosen else reading


def _accessory_names(host: str, thing: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The names of a product type's accessories that end with these words."""
    lexicon = load_lexicon()
    for accessory in lexicon.accessories(host):
        for surface in lexicon.of("product_type")[accessory].surfaces():
            name = forms(surface)
            if name[-len(thing) :] == thing:
                yield name


def _span(reading: Reading, tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens[reading.first : reading.last]


def _kind(found: Sense) -> str:
    return found[0].meaning.kind
