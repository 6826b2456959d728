"""Where the values of templates come from, and in which order they are drawn."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from catalog.types import Language
from intents.english import plural
from intents.generators import GENERATORS
from intents.patterns import Fill

Lexicons = Mapping[Language, Mapping[str, tuple[str, ...]]]
"""The values of every slot by language."""

_DRAWS = 24
"""How often a value is drawn again where it does not fit what stands beside it."""
_LAST_WORD = re.compile(r"([a-z]+)\s*$", re.IGNORECASE)
_FIRST_WORD = re.compile(r"\s*([a-z]+)", re.IGNORECASE)
# A value that begins with one of these does not follow another of them: "by on Monday".
_ENGLISH_JOINTS = frozenset((
    "by", "on", "since", "until", "before", "after", "in", "from", "within", "under", "below",
    "over", "above", "around", "about", "than", "max", "least", "most", "to", "between", "of",
    "at", "up", "per", "less", "more", "no", "minimum", "maximum", "roughly", "approximately",
))  # fmt: skip
_CHINESE_LEFT = re.compile(
    r"(?:预算|价格|价位|不超过|别超过|最多|最高|至少|起码|大概|大约|差不多|低于|高于|超过|不到|上限"
    r"|控制在|从|在|到)\s*$"
)
_CHINESE_STARTS = re.compile(
    r"\s*(?:预算|价格|价位|不超过|别超过|不要超过|最多|最高|至多|顶多|至少|起码|大概|大约|差不多"
    "|低于"
    r"|高于|超过|不到|上限|控制在|从|小于|少于|多于|大于)"
)
_CHINESE_RIGHT = re.compile(
    r"\s*(?:以内|以下|之内|左右|上下|以上|起|往上|出头|到|之间|块|元|多|的样子|顶天|封顶|的价位)"
)
_CHINESE_ENDS = re.compile(
    r"(?:以内|以下|之内|内|左右|上下|以上|起|往上|出头|之间|块|元|钱|刀|顶天|封顶|多|间|的样子)$"
)


class Turns:
    """Places that take turns, each as often as its weight says.

    It is true while a place is left.
    """

    def __init__(self, weights: Sequence[float]) -> None:
        self._weights = dict(enumerate(weights))
        self._taken = dict.fromkeys(self._weights, 0)

    def __bool__(self) -> bool:
        return bool(self._weights)

    def next(self) -> int:
        """The place whose turn it is: the one furthest behind its part."""
        place = min(self._weights, key=lambda one: (self._taken[one] + 0.5) / self._weights[one])
        self._taken[place] += 1
        return place

    def drop(self, place: int) -> None:
        """Takes a place out."""
        del self._weights[place]


@dataclass(slots=True)
class Values:
    """The values of lexicons, every one used before one comes again, and generated ones.

    A slot with both a lexicon and a generator draws from either by turns of chance.
    """

    lexicons: Lexicons
    rng: Random
    _decks: dict[tuple[Language, str], list[str]] = field(default_factory=dict)

    def draw(self, fill: Fill, language: Language, before: str, after: str) -> str:
        """A value that fits between the texts before and after it."""
        listed = self.lexicons.get(language, {}).get(fill.name, ())
        words = self._draw(fill.name, language, listed)
        for _ in range(_DRAWS):
            if not jars(before, words, after):
                break
            words = self._draw(fill.name, language, listed)
        return plural(words) if fill.plural and words.isascii() else words

    def _draw(self, name: str, language: Language, listed: tuple[str, ...]) -> str:
        generator = GENERATORS[language].get(name)
        if generator and (not listed or self.rng.random() < 0.5):
            return generator(self.rng)
        deck = self._decks.setdefault((language, name), [])
        if not deck:
            deck += self.rng.sample(listed, len(listed))
        return deck.pop()


def jars(before: str, words: str, after: str) -> bool:
    """Whether a value says again what stands beside it: "under" + "under 50", 预算 + 预算500.

    A value that is already in the text before it jars too ("red and red").
    """
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(words)
    if last and first and {last[1].lower(), first[1].lower()} <= _ENGLISH_JOINTS:
        return True
    if _CHINESE_LEFT.search(before) and _CHINESE_STARTS.match(words):
        return True
    if _CHINESE_RIGHT.match(after) and _CHINESE_ENDS.search(words):
        return True
    return len(words) > 2 and words.lower() in before.lower()
