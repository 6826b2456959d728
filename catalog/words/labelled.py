"""Values that stand beside the name of their attribute: "life stage: adult", "dark for flavor".

An ordinary word says nothing by itself; with its attribute's name it is as clear as any other.
The name may be misspelt ("blue in coolur"), and beside it a Chinese value and what leads to it are
known by their sound: 牌子就认北韦, 面板钥VA.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from catalog.lexicon import Lexicon
from catalog.matching import PhraseTrie, Token, forms, is_chinese, word_form
from catalog.types import BRAND
from catalog.words.attributes import AttributeNames
from catalog.words.homophones import SHORTEST, Sound, sound
from catalog.words.meanings import Meaning, Reading, sense
from catalog.words.spelling import Spelling

_GAP = re.compile(r"[\s:：=\-–×*x\"'“”「」·・)）\]]*")
_INSIDE = re.compile(r"[^\w。！？!?;；\n]{0,3}")
_OPEN = re.compile(r"[(（\[][^)）\]]*$")
_CLOSING = re.compile(r"[)）\]]")
_LEADING_TO_LABEL = (
    (),
    ("for",),
    ("in",),
    ("as",),
    ("as", "the"),
    ("for", "the"),
    ("in", "the"),
    ("的",),
)
_LEADING_TO_VALUE = (
    (),
    ("of",),
    ("is",),
    ("be",),
    ("should", "be"),
    ("a",),
    ("是",),
    ("为",),
    ("要",),
    ("用",),
    ("选",),
    ("得", "是"),
    ("要", "是"),
    ("必", "须", "是"),
    ("就", "要"),
    ("只", "要"),
    ("就", "认"),
    ("只", "认"),
    ("认", "准"),
    ("has", "to", "be"),
    ("must", "be"),
    ("needs", "to", "be"),
)
_BRAND_LABELS = ("brand", "品牌", "牌子")
"""A product's brand is none of its attributes, and is named like one."""
_MADE = ("做的", "制成的", "材质的", "made of", "made from")
"""What stands beside a material in place of its attribute's name."""
_LONGEST = 8
"""Tokens of a value."""


@dataclass(frozen=True, slots=True)
class _Label:
    """The name of an attribute at tokens ``first:last``; ``sure`` where no other is called so."""

    name: str
    first: int
    last: int
    sure: bool


@dataclass(frozen=True, slots=True)
class LabelledValues:
    """What attributes are called, and the texts that each of them has, Chinese by sound too."""

    labels: PhraseTrie[str] = field(default_factory=PhraseTrie)
    values: dict[str, PhraseTrie[Meaning]] = field(default_factory=dict)
    sounds: dict[str, dict[Sound, list[Meaning]]] = field(default_factory=dict)
    spelling: Spelling = field(default_factory=lambda: Spelling.of(()))

    @classmethod
    def of(
        cls, attributes: AttributeNames, phrases: Iterable[tuple[str, Meaning]], lexicon: Lexicon
    ) -> "LabelledValues":
        """What each of ``phrases`` demands, under every name of the attribute it demands it of."""
        values: defaultdict[str, PhraseTrie[Meaning]] = defaultdict(PhraseTrie)
        sounds: defaultdict[str, dict[Sound, list[Meaning]]] = defaultdict(dict)
        for text, meaning in phrases:
            if meaning.constraint is None:
                continue
            phrase = forms(text)
            values[meaning.constraint.name].add(phrase, meaning)
            if len(phrase) >= SHORTEST and all(map(is_chinese, phrase)):
                sounds[meaning.constraint.name].setdefault(sound(phrase), []).append(meaning)
        labels: PhraseTrie[str] = PhraseTrie()
        called = _called(attributes, lexicon)
        for phrase, names in called.items():
            for name in names:
                if name in values:
                    labels.add(phrase, name)
        words = {word for phrase in called for word in phrase}
        british = (b for b, american in lexicon.words.spelling.items() if american in words)
        return cls(labels, dict(values), dict(sounds), Spelling.of((*words, *british)))

    def alone(self, phrase: tuple[str, ...]) -> Meaning | None:
        """What a value says without its attribute's name; ``None`` where several have it."""
        found = [m for values in self.values.values() for m in values.get(phrase)]
        names = {one.constraint.name for one in found if one.constraint is not None}
        return found[0] if len(names) == 1 else None

    def readings(self, text: str, tokens: Sequence[Token]) -> Iterator[Reading]:
        """Every value beside its attribute's name, both together as one phrase."""
        phrase = [token.form for token in tokens]
        words = [self._rightly_spelt(token) for token in tokens]
        for first in range(len(phrase)):
            for last, names in self.labels.starting_at(words, first):
                for name in names:
                    label = _Label(name, first, last, len(names) == 1)
                    yield from self._before(text, tokens, phrase, label)
                    yield from self._after(text, tokens, phrase, label)

    def _rightly_spelt(self, token: Token) -> str:
        """The word of an attribute's name that a misspelt one was meant to be, else the form."""
        near = self.spelling.nearest(token)
        return word_form(near[0]) if near else token.form

    def _before(
        self, text: str, tokens: Sequence[Token], phrase: Sequence[str], label: _Label
    ) -> Iterator[Reading]:
        """The value first: "dark for flavor", 黑巧口味."""
        for words in _LEADING_TO_LABEL:
            stop = label.first - len(words)
            if stop < 1 or tuple(phrase[stop : label.first]) != words:
                continue
            begin = max(0, stop - _LONGEST)
            for start, meanings in self.values[label.name].suffixes(phrase[begin:stop]):
                value = begin + start
                inside = _is_one_value(text, tokens[value:stop])
                if inside and _together(text, tokens[stop - 1 : label.last]):
                    yield _reading(text, tokens[value : label.last], value, meanings, label)

    def _after(
        self, text: str, tokens: Sequence[Token], phrase: Sequence[str], label: _Label
    ) -> Iterator[Reading]:
        """The attribute first: "flavor: dark", 口味要黑巧."""
        for words in _LEADING_TO_VALUE:
            first = label.last + len(words)
            if not _sounds_like(phrase[label.last : first], words):
                continue
            for last, meanings in self._values_at(phrase, first, label.name):
                inside = _is_one_value(text, tokens[first:last])
                if inside and _together(text, tokens[label.first : first + 1]):
                    yield _reading(text, tokens[label.first : last], label.first, meanings, label)

    def _values_at(
        self, phrase: Sequence[str], first: int, name: str
    ) -> Iterator[tuple[int, Sequence[Meaning]]]:
        """Where values of an attribute that begin at ``first`` end; by sound if none is written."""
        written = list(self.values[name].starting_at(phrase, first))
        yield from written
        if written or first >= len(phrase) or not is_chinese(phrase[first]):
            return
        for last in range(first + SHORTEST, min(first + _LONGEST, len(phrase)) + 1):
            meanings = self.sounds.get(name, {}).get(sound(phrase[first:last]), ())
            if meanings and all(map(is_chinese, phrase[first:last])):
                yield last, meanings


def _called(attributes: AttributeNames, lexicon: Lexicon) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The attributes of each name, the catalogue's own before the lexicon's.

    Several may share one: cats eat what is for cats, and women wear what is for women.
    """
    called = dict(attributes.own) | {forms(label): (BRAND,) for label in _BRAND_LABELS}
    material = attributes.first("material")
    called |= {forms(label): (material,) for label in _MADE} if material else {}
    for concept in lexicon.of("attribute").values():
        name = attributes.first(concept.id)
        for surface in concept.surfaces() if name else ():
            called.setdefault(forms(surface), (name or "",))
    return called


def _reading(
    text: str, tokens: Sequence[Token], first: int, meanings: Sequence[Meaning], label: _Label
) -> Reading:
    """The tokens from ``first`` on, with the bracket that closes one of theirs.

    Whoever names the attribute demands it, though nothing that is looked for may have the value.
    """
    anywhere = [replace(one, places=frozenset()) if label.sure else one for one in meanings]
    senses = tuple(map(sense, anywhere))
    start, end = tokens[0].start, tokens[-1].end
    if _OPEN.search(text, start, end) and _CLOSING.match(text, end):
        end += 1
    return Reading(first, first + len(tokens), start, end, senses)


def _is_one_value(text: str, tokens: Sequence[Token]) -> bool:
    """Whether no more stands between the tokens than a record has in a value: "U/UTP (UTP)"."""
    return all(_INSIDE.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(tokens))


def _sounds_like(written: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words are written as they should be, or in Chinese that sounds like them."""
    same = len(written) == len(words) and all(map(is_chinese, (*written, *words)))
    return tuple(written) == words or (same and sound(written) == sound(words))


def _together(text: str, tokens: Sequence[Token]) -> bool:
    """Whether nothing but blanks, colons, quotation marks and ends of brackets stands between."""
    return all(_GAP.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(tokens))
