"""Values that stand beside the name of their attribute: "life stage: adult", "dark for flavor".

An ordinary word says nothing by itself; with its attribute's name it is as clear as any other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from catalog.lexicon import Lexicon
from catalog.matching import PhraseTrie, Token, forms
from catalog.types import BRAND
from catalog.words.attributes import AttributeNames
from catalog.words.meanings import Meaning, Reading, sense

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
    """The name of an attribute at tokens ``first:last``."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LabelledValues:
    """What attributes are called, and the texts that each of them has."""

    labels: PhraseTrie[str] = field(default_factory=PhraseTrie)
    values: dict[str, PhraseTrie[Meaning]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, attributes: AttributeNames, phrases: Iterable[tuple[str, Meaning]], lexicon: Lexicon
    ) -> "LabelledValues":
        """What each of ``phrases`` demands, under every name of the attribute it demands it of."""
        values: defaultdict[str, PhraseTrie[Meaning]] = defaultdict(PhraseTrie)
        for text, meaning in phrases:
            if meaning.constraint is not None:
                values[meaning.constraint.name].add(forms(text), meaning)
        labels: PhraseTrie[str] = PhraseTrie()
        for phrase, names in _called(attributes, lexicon).items():
            for name in names:
                if name in values:
                    labels.add(phrase, name)
        return cls(labels, dict(values))

    def alone(self, phrase: tuple[str, ...]) -> Meaning | None:
        """What a value says without its attribute's name; ``None`` where several have it."""
        found = [m for values in self.values.values() for m in values.get(phrase)]
        names = {one.constraint.name for one in found if one.constraint is not None}
        return found[0] if len(names) == 1 else None

    def readings(self, text: str, tokens: Sequence[Token]) -> Iterator[Reading]:
        """Every value beside its attribute's name, both together as one phrase."""
        phrase = [token.form for token in tokens]
        for first in range(len(phrase)):
            for last, names in self.labels.starting_at(phrase, first):
                for name in names:
                    label = _Label(name, first, last)
                    yield from self._before(text, tokens, phrase, label)
                    yield from self._after(text, tokens, phrase, label)

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
                    yield _reading(text, tokens[value : label.last], value, meanings)

    def _after(
        self, text: str, tokens: Sequence[Token], phrase: Sequence[str], label: _Label
    ) -> Iterator[Reading]:
        """The attribute first: "flavor: dark", 口味要黑巧."""
        for words in _LEADING_TO_VALUE:
            first = label.last + len(words)
            if tuple(phrase[label.last : first]) != words:
                continue
            for last, meanings in self.values[label.name].starting_at(phrase, first):
                inside = _is_one_value(text, tokens[first:last])
                if inside and _together(text, tokens[label.first : first + 1]):
                    yield _reading(text, tokens[label.first : last], label.first, meanings)


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
    text: str, tokens: Sequence[Token], first: int, meanings: Sequence[Meaning]
) -> Reading:
    """The tokens from ``first`` on, with the bracket that closes one of theirs."""
    senses = tuple(sense(meaning) for meaning in meanings)
    start, end = tokens[0].start, tokens[-1].end
    if _OPEN.search(text, start, end) and _CLOSING.match(text, end):
        end += 1
    return Reading(first, first + len(tokens), start, end, senses)


def _is_one_value(text: str, tokens: Sequence[Token]) -> bool:
    """Whether no more stands between the tokens than a record has in a value: "U/UTP (UTP)"."""
    return all(_INSIDE.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(tokens))


def _together(text: str, tokens: Sequence[Token]) -> bool:
    """Whether nothing but blanks, colons, quotation marks and ends of brackets stands between."""
    return all(_GAP.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(tokens))
