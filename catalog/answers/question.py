"""A question about a product, read: what it asks about, with which number, and how."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from catalog.answers.phrases import question_words, unit_dimension
from catalog.answers.record import Asked, Record
from catalog.matching import Token, cut_tokens
from catalog.text import fold, has_chinese
from catalog.types import Language
from catalog.units import dimension

Comparison = Literal["at_least", "at_most", "equal"]

_A_NOT_A = re.compile(r"(?P<first>[\u4e00-\u9fff])[不没](?=(?P=first))")
_NUMBER_WORDS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "twelve": "12",
    "两": "2", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8",
    "九": "9", "十": "10",
}  # fmt: skip
_WORD_NUMBER = re.compile(rf"\b({'|'.join(w for w in _NUMBER_WORDS if w.isascii())})\b")
_HAN_NUMBER = re.compile(r"([两二三四五六七八九十])(?=个人|人|口人|岁|公斤|斤|升|寸|小时|天|个月)")
_NUMBER = re.compile(r"(?<![a-z0-9.])\d+(?:\.\d+)?")
_GAP = re.compile(r"\s*-?\s*")
_UNIT = re.compile(r"[a-z]+|[\u4e00-\u9fff]{1,4}|[\"″%]")
_POLAR_START = re.compile(
    r"(?:^|[,.;!?]\s*|\b(?:and|so|but|hi|hello|hey|please)\s+)"
    r"(?:is|are|was|does|do|did|can|could|will|would|should|has|have|isn't|doesn't|any)\b"
)
_WH = re.compile(r"\b(?:what|what's|how|how's|which|where|where's|who|who's|when|why)\b")
_WH_ZH = re.compile(
    r"什么|啥|多少|几(?!乎)|哪|谁|怎[么样]|如何|多(?:久|长|大|高|重|宽|厚|深|沉|吵|快)"
)
_POLAR_ZH = re.compile(r"[吗嘛么]\W*$|是否|能否|可否|吧\W*$")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit as the shopper wrote it; ``dimension`` is "age" or "people" too."""

    value: Decimal
    unit: str
    dimension: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is left once every word has found its meaning.

    ``content`` are words that neither the record nor the question's own grammar accounts for.
    ``polar`` wants yes or no, ``open`` a value; a bare "waterproof?" is neither.
    """

    text: str
    language: Language
    polar: bool
    open: bool
    negated: bool
    asked: tuple[Asked, ...]
    measures: tuple[Measure, ...]
    comparison: Comparison
    content: tuple[str, ...]
    phrases: tuple[str, ...]


def read_question(text: str, record: Record) -> Question:
    """Reads a question against the record it is about; never fails."""
    plain = plain_question(text)
    language: Language = "zh" if has_chinese(plain) else "en"
    measures = tuple(_measures(plain))
    dimensions = frozenset(one.dimension for one in measures)
    words = _Words(plain, record, dimensions, measures)
    words.read()
    opens = is_open(plain)
    polar = is_polar(plain) or _A_NOT_A.search(fold(text)) is not None
    return Question(
        text=plain,
        language=language,
        polar=polar and not opens,
        open=opens,
        negated=words.negated,
        asked=tuple(dict.fromkeys(words.asked)),
        measures=measures,
        comparison=_comparison(plain),
        content=tuple(words.content),
        phrases=tuple(words.phrases),
    )


def is_open(plain: str) -> bool:
    """Whether a plain question has a word that asks for a value: how, which, 多少."""
    return bool(_WH.search(plain) or _WH_ZH.search(plain))


def is_polar(plain: str) -> bool:
    """Whether a plain question is put so that yes or no answers it."""
    return bool(_POLAR_START.search(plain) or _POLAR_ZH.search(plain))


def plain_question(text: str) -> str:
    """Folded, numbers in digits, and "A not A" (防不防水) as A alone."""
    plain = _A_NOT_A.sub("", fold(text)).replace("’", "'")
    plain = plain.replace("有没有", "有")
    plain = _WORD_NUMBER.sub(lambda match: _NUMBER_WORDS[match[1]], plain)
    return _HAN_NUMBER.sub(lambda match: _NUMBER_WORDS[match[1]], plain)


def _measures(plain: str) -> list[Measure]:
    found = []
    for match in _NUMBER.finditer(plain):
        unit, end = _unit_after(plain, match.end())
        if unit:
            size = Decimal(match.group())
            found.append(Measure(size, unit, unit_dimension(unit), match.start(), end))
    return found


def _unit_after(plain: str, place: int) -> tuple[str, int]:
    """The longest unit that stands at a place, and where it ends."""
    gap = _GAP.match(plain, place)
    start = gap.end() if gap else place
    for name in sorted(question_words().units, key=len, reverse=True):
        if plain.startswith(name, start):
            return name, start + len(name)
    word = _UNIT.match(plain, start)
    for end in range(word.end(), start, -1) if word else ():
        unit = plain[start:end]
        whole = not unit.isascii() or end == (word.end() if word else end)
        if whole and dimension(unit) != fold(unit):
            return unit, end
    return "", start


def _comparison(plain: str) -> Comparison:
    words = question_words()
    if any(phrase in plain for phrase in words.at_most):
        return "at_most"
    return "at_least" if any(phrase in plain for phrase in words.at_least) else "equal"


class _Words:
    """One walk over the words of a question, the longest phrase at each place."""

    def __init__(
        self,
        plain: str,
        record: Record,
        dimensions: frozenset[str],
        measures: Sequence[Measure],
    ) -> None:
        self._record = record
        self._dimensions = dimensions
        self._tokens = [
            token
            for token in cut_tokens(plain)
            if not any(one.start <= token.start < one.end for one in measures)
        ]
        self._forms = [token.form for token in self._tokens]
        self.asked: list[Asked] = []
        self.content: list[str] = []
        self.phrases: list[str] = []
        self.negated = False
        self._last = -2  # the place of the newest word of ``content``

    def read(self) -> None:
        """Gives every word its meaning."""
        place = 0
        while place < len(self._tokens):
            place = self._asked_at(place) or self._longest_known(place) or self._unknown_at(place)

    def _asked_at(self, place: int) -> int:
        end, found = place, list[Asked]()
        for reached, values in self._record.asked.starting_at(self._forms, place):
            fitting = [one for one in values if not one.measure or one.measure in self._dimensions]
            if fitting:
                end, found = reached, fitting
        known = self._longest_known(place)
        if not found or known > end:
            return 0
        self.asked.extend(self._narrowed(found))
        self.phrases.append(self._text(place, end))
        return end

    @staticmethod
    def _narrowed(found: list[Asked]) -> list[Asked]:
        """One meaning of a phrase: values with their attributes, else the first attribute."""
        values = [one for one in found if one.present is not None]
        return values or found[:1]

    def _longest_known(self, place: int) -> int:
        ends = [
            end
            for trie in (self._record.subjects, question_words().fillers)
            for end, _ in trie.starting_at(self._forms, place)
        ]
        return max(ends, default=0)

    def _unknown_at(self, place: int) -> int:
        token = self._tokens[place]
        negators = question_words().negators
        if token.word in negators["zh" if token.chinese else "en"]:
            self.negated = True
        else:
            self._add_content(place, token)
        return place + 1

    def _add_content(self, place: int, token: Token) -> None:
        """A word of its own; Chinese characters that stand together are one word."""
        if token.chinese and self._last == place - 1 and self._tokens[self._last].chinese:
            self.content[-1] += token.word
        else:
            self.content.append(token.word)
        self._last = place

    def _text(self, start: int, end: int) -> str:
        tokens = self._tokens[start:end]
        joiner = "" if tokens[0].chinese else " "
        return joiner.join(token.word for token in tokens)
