"""Values that stand beside the name of their attribute: "life stage: adult", "dark for flavor".

An ordinary word says nothing by itself; with its attribute's name it is as clear as any other.
The name may be misspelt ("blue in coolur"). Beside it a value is known by its spelling ("pcture
book for genre") and, with what leads to it, by its sound: 牌子就认北韦, 面板钥VA.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from catalog.lexicon import Lexicon
from catalog.matching import PhraseTrie, Token, forms, is_chinese
from catalog.text import fold
from catalog.types import BRAND
from catalog.words.attributes import AttributeNames
from catalog.words.homophones import SHORTEST, SOUND_SCORE, Sound, sound
from catalog.words.meanings import Meaning, Reading, sense
from catalog.words.spelling import Spelling

_GAP = re.compile(r"[\s:：=\-–×*x\"'“”「」·・(（)）\]]*")
_INSIDE = re.compile(r"(?:[^\w。！？!?;；\n]|_){0,3}| ?x ?", re.IGNORECASE)
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
_LEADS = frozenset(word for words in _LEADING_TO_VALUE for word in words if is_chinese(word))
_COLON = re.compile(r" ?[:：=]")
_BRAND_LABELS = ("brand", "品牌", "牌子")
"""A product's brand is none of its attributes, and is named like one."""
_MADE = ("做的", "制成的", "材质的", "made of", "made from")
"""What stands beside a material in place of its attribute's name."""
_MISSPELT = 0.85
"""How sure a value is whose spelling is only near."""
_LONGEST = 8
"""Tokens of a value."""


@dataclass(frozen=True, slots=True)
class _Label:
    """The name of an attribute at tokens ``first:last``.

    ``others`` are attributes that are called the same, ``written`` says that it is spelt right.
    """

    name: str
    first: int
    last: int
    others: tuple[str, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class _Value:
    """A value at tokens ``first:last``, written or only sounding right, and what it may mean."""

    first: int
    last: int
    meanings: Sequence[Meaning]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class LabelledValues:
    """What attributes are called, and the texts that each of them has, Chinese by sound too.

    ``spelling`` has the words of the names, ``worded`` those of the texts.
    """

    labels: PhraseTrie[str] = field(default_factory=PhraseTrie)
    values: dict[str, PhraseTrie[Meaning]] = field(default_factory=dict)
    sounds: dict[str, dict[Sound, list[tuple[str, ...]]]] = field(default_factory=dict)
    spelling: Spelling = field(default_factory=lambda: Spelling.of(()))
    worded: Spelling = field(default_factory=lambda: Spelling.of(()))

    @classmethod
    def of(
        cls, attributes: AttributeNames, phrases: Iterable[tuple[str, Meaning]], lexicon: Lexicon
    ) -> "LabelledValues":
        """What each of ``phrases`` demands, under every name of the attribute it demands it of."""
        values: defaultdict[str, PhraseTrie[Meaning]] = defaultdict(PhraseTrie)
        sounds: defaultdict[str, dict[Sound, list[tuple[str, ...]]]] = defaultdict(dict)
        worded: set[str] = set()
        for text, meaning in phrases:
            if meaning.constraint is None:
                continue
            phrase = forms(text)
            worded.update(phrase)
            values[meaning.constraint.name].add(phrase, meaning)
            if len(phrase) >= SHORTEST and all(map(is_chinese, phrase)):
                sounds[meaning.constraint.name].setdefault(sound(phrase), []).append(phrase)
        labels: PhraseTrie[str] = PhraseTrie()
        called = _called(attributes, lexicon, values)
        for phrase, names in called.items():
            for name in names:
                if name in values:
                    labels.add(phrase, name)
        words = {word for phrase in called for word in phrase}
        british = (b for b, american in lexicon.words.spelling.items() if american in words)
        spelling = Spelling.of((*words, *british))
        return cls(labels, dict(values), dict(sounds), spelling, Spelling.of(worded, words))

    def alone(self, phrase: tuple[str, ...]) -> Meaning | None:
        """What a value says without its attribute's name; ``None`` where several have it."""
        found = [m for values in self.values.values() for m in values.get(phrase)]
        names = {one.constraint.name for one in found if one.constraint is not None}
        return found[0] if len(names) == 1 else None

    def instead(self, phrase: tuple[str, ...], other: tuple[str, ...]) -> Meaning | None:
        """What a value says in the place of another of its attribute, if one alone has both."""
        both = [values for values in self.values.values() if values.get(other)]
        found = [m for values in both for m in values.get(phrase)]
        names = {one.constraint.name for one in found if one.constraint is not None}
        return found[0] if len(names) == 1 else None

    def readings(self, text: str, tokens: Sequence[Token]) -> Iterator[Reading]:
        """Every value beside its attribute's name, both together as one phrase."""
        phrase = [token.form for token in tokens]
        labels = list(self._labels(tokens, phrase))
        meant = [self._word_meant(token) for token in tokens] if labels else phrase
        for label in labels:
            found = list(self._beside(text, tokens, phrase, label))
            if not found and meant != phrase:
                near = self._beside(text, tokens, meant, label)
                found = [replace(one, score=_MISSPELT) for one in near]
            yield from found

    def _labels(self, tokens: Sequence[Token], phrase: Sequence[str]) -> Iterator[_Label]:
        """The names of attributes in a text, also where they are misspelt."""
        words = [*self.spelling.corrected(tokens)]
        for first in range(len(words)):
            for last, names in self.labels.starting_at(words, first):
                written = words[first:last] == phrase[first:last]
                for name in names:
                    others = tuple(one for one in names if one != name)
                    yield _Label(name, first, last, others, written)

    def _beside(
        self, text: str, tokens: Sequence[Token], phrase: Sequence[str], label: _Label
    ) -> Iterator[Reading]:
        """The values on both sides of a label."""
        yield from self._before(text, tokens, phrase, label)
        yield from self._after(text, tokens, phrase, label)

    def _word_meant(self, token: Token) -> str:
        """The word of a value that a misspelt one was meant to be, else the form."""
        return (self.worded.nearest(token) or (token.form, 1.0))[0]

    def _before(
        self, text: str, tokens: Sequence[Token], phrase: Sequence[str], label: _Label
    ) -> Iterator[Reading]:
        """The value first: "dark for flavor", 黑巧口味."""
        for words in _LEADING_TO_LABEL:
            stop = label.first - len(words)
            if stop < 1 or tuple(phrase[stop : label.first]) != words:
                continue
            if not (words or label.written):
                continue
            begin = max(0, stop - _LONGEST)
            for start, meanings in self.values[label.name].suffixes(phrase[begin:stop]):
                value = _Value(begin + start, stop, meanings)
                inside = _is_one_value(text, tokens[value.first : stop], meanings)
                if inside and _together(text, tokens[stop - 1 : label.last]):
                    yield _reading(text, tokens, value, label, self._alone_has(label, value))

    def _after(
        self, text: str, tokens: Sequence[Token], phrase: Sequence[str], label: _Label
    ) -> Iterator[Reading]:
        """The attribute first: "flavor: dark", 口味要黑巧; by its sound if none is written."""
        starts = [
            label.last + len(words)
            for words in _LEADING_TO_VALUE
            if _sounds_like(phrase[label.last : label.last + len(words)], words)
            and (words or label.written or _COLON.match(text, tokens[label.last - 1].end))
        ]
        values = [
            _Value(first, last, meanings)
            for first in starts
            for last, meanings in self.values[label.name].starting_at(phrase, first)
        ] or [value for first in starts for value in self._sounding(phrase, first, label.name)]
        for value in values:
            inside = _is_one_value(text, tokens[value.first : value.last], value.meanings)
            if inside and _together(text, tokens[label.first : value.first + 1]):
                yield _reading(text, tokens, value, label, self._alone_has(label, value))

    def _alone_has(self, label: _Label, value: _Value) -> bool:
        """Whether no other attribute that is called so has the value: usage and usages."""
        texts = [forms(given) for one in value.meanings for given in one.label.all()]
        return not any(self.values[other].get(text) for other in label.others for text in texts)

    def _sounding(self, phrase: Sequence[str], first: int, name: str) -> Iterator[_Value]:
        """Values of an attribute that sound like the characters from ``first`` on.

        One character at least is right, and the first is none that leads to a value: 材质是木的.
        """
        if first >= len(phrase) or phrase[first] in _LEADS:
            return
        for last in range(first + SHORTEST, min(first + _LONGEST, len(phrase)) + 1):
            written = phrase[first:last]
            if not all(map(is_chinese, written)):
                return
            for meant in self.sounds.get(name, {}).get(sound(written), ()):
                if any(a == b for a, b in zip(written, meant, strict=True)):
                    yield _Value(first, last, self.values[name].get(meant), SOUND_SCORE)


def _called(
    attributes: AttributeNames, lexicon: Lexicon, values: Collection[str]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The attributes of each name, the catalogue's own before the lexicon's.

    A name of the lexicon means the first attribute of its meaning that has any of the ``values``.

    Several may share one: cats eat what is for cats, and women wear what is for women.
    """
    called = dict(attributes.own) | {forms(label): (BRAND,) for label in _BRAND_LABELS}
    material = attributes.first("material")
    called |= {forms(label): (material,) for label in _MADE} if material else {}
    for concept in lexicon.of("attribute").values():
        names = (one for one in attributes.names.get(concept.id, ()) if one in values)
        name = next(names, None)
        for surface in concept.surfaces() if name else ():
            called.setdefault(forms(surface), (name or "",))
    return called


def _reading(
    text: str, tokens: Sequence[Token], value: _Value, label: _Label, alone: bool
) -> Reading:
    """A label and its value, with the bracket that closes one of theirs.

    Whoever names the attribute demands it, though nothing that is looked for may have the value.
    """
    meanings = list(value.meanings)
    if alone:
        meanings.append(replace(meanings[0], places=frozenset()))
    first, last = min(label.first, value.first), max(label.last, value.last)
    start, end = tokens[first].start, tokens[last - 1].end
    if _OPEN.search(text, start, end) and _CLOSING.match(text, end):
        end += 1
    return Reading(first, last, start, end, tuple(map(sense, meanings)), value.score)


def _is_one_value(text: str, tokens: Sequence[Token], meanings: Sequence[Meaning]) -> bool:
    """Whether no more stands between the tokens than a record has in a value: "U/UTP (UTP)".

    What the record has word for word is one, whatever its signs: "Canvas Go! Plus".
    """
    written = fold(text[tokens[0].start : tokens[-1].end])
    if any(written in fold(text) for meaning in meanings for text in meaning.label.all()):
        return True
    return all(_INSIDE.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(tokens))


def _sounds_like(written: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words are written as they should be, or in Chinese that sounds like them."""
    same = len(written) == len(words) and all(map(is_chinese, (*written, *words)))
    return tuple(written) == words or (same and sound(written) == sound(words))


def _together(text: str, tokens: Sequence[Token]) -> bool:
    """Whether nothing but blanks, colons, quotation marks and ends of brackets stands between."""
    return all(_GAP.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(tokens))
