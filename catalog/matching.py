"""Text as tokens that know their place, and a trie that finds phrases among them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any, Generic, TypeVar

from catalog.lexicon import load_lexicon
from catalog.text import fold

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WITH_PLUS = r"(?<![a-z\d])(?:a\d?\+{1,3}(?![a-z\d+])|dvd\+[a-z]{1,2}(?![a-z\d]))"
"""Names that a plus is a part of: class A++ is not A, paper A3+ not A3, DVD+R not DVD-R."""
_TOKEN = re.compile(rf"[{_HAN}]|\d+(?:[.,]\d+)+|{_WITH_PLUS}|[^\W_{_HAN}]+(?:'[^\W\d_{_HAN}]+)?")
_GAP = re.compile(r"[ \-&'./+·・_®™\u3000×*x–]{0,3}")
_TIMES = re.compile(r"(?<=\d)( ?)[x*](?= ?\d)")
"""What stands between two sides as × does, and is no word: 160 x 230."""
_IES, _SHORT = 4, 3

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Token:
    """One English word or number, or one Chinese character, at ``start:end`` of the text.

    ``word`` is the folded word, ``form`` what is compared: singular, one spelling.
    """

    form: str
    word: str
    start: int
    end: int

    @property
    def chinese(self) -> bool:
        """Whether it is a Chinese character."""
        return is_chinese(self.word)


def is_chinese(word: str) -> bool:
    """Whether a token's word is a Chinese character."""
    return len(word) == 1 and ("\u3400" <= word <= "\u9fff" or "\uf900" <= word <= "\ufaff")


def cut_tokens(text: str) -> list[Token]:
    """The tokens of a raw text; their places index the text as it is given."""
    plain, places = _plain(text)
    plain = _TIMES.sub(r"\1×", plain)
    found = []
    for match in _TOKEN.finditer(plain):
        word = match.group()
        start, end = match.span()
        found.append(Token(word_form(word), word, places[start], places[end - 1] + 1))
    return found


@lru_cache(maxsize=65_536)
def forms(text: str) -> tuple[str, ...]:
    """What is compared of a phrase: the forms of its tokens."""
    return tuple(token.form for token in cut_tokens(text))


@lru_cache(maxsize=131_072)
def word_form(word: str) -> str:
    """A folded English word in the singular and in one spelling; Chinese as it is."""
    words = load_lexicon().words
    word = word.removesuffix("'s").replace("'", "")
    word = words.spelling.get(word, word)
    if word in words.irregular:
        return words.irregular[word]
    if word in words.plural_only:
        return word
    return words.spelling.get(singular(word), singular(word))


_CODE = re.compile(r"[a-z]\d{3}s$")
"""A model's number that is no plural: ALC888S is not ALC888, while 501s are several 501."""


def singular(word: str) -> str:
    """The singular by rule (Harman, 1991, the "S" stemmer, with -es after a hiss)."""
    if len(word) <= _SHORT or word.isdigit() or _CODE.search(word):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > _IES else word[:-1]
    if word.endswith("ie") and len(word) > _SHORT:
        return word[:-2] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def joined(tokens: Sequence[Token], text: str) -> bool:
    """Whether nothing but spaces, hyphens and the like stands between the tokens."""
    return all(
        _GAP.fullmatch(text, before.end, after.start) is not None
        for before, after in pairwise(tokens)
    )


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Folded text without accents, and for each of its characters the place it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    pieces = [_plain_character(character) for character in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), places


@lru_cache(maxsize=32_768)
def _plain_character(character: str) -> str:
    if character == "，":
        return ";"  # it ends a number, and parts no thousands: ISO 19752，90块
    folded = fold(character) or " "
    if is_chinese(folded):
        return folded
    bare = unicodedata.normalize("NFKD", folded)
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return {"’": "'", "‘": "'"}.get(kept, kept)


@dataclass(slots=True)
class PhraseTrie(Generic[T]):
    """Phrases as paths of token forms, each with what it stands for.

    Looking up costs one dictionary step per token and start, however many phrases it holds
    (Fredkin, 1960, trie memory).
    """

    _root: dict[Any, Any] = field(default_factory=dict)

    def add(self, phrase: Iterable[str], value: T) -> None:
        """Let ``phrase`` stand for ``value`` too; an empty phrase is ignored."""
        node = self._root
        for form in phrase:
            node = node.setdefault(form, {})
        if node is not self._root:
            node.setdefault(None, []).append(value)

    def get(self, phrase: Iterable[str]) -> list[T]:
        """What exactly this phrase stands for."""
        node = self._root
        for form in phrase:
            if form not in node:
                return []
            node = node[form]
        return list(node.get(None, ()))

    def starting_at(self, phrase: Sequence[str], start: int) -> Iterator[tuple[int, list[T]]]:
        """Every (end, values) of a phrase that begins at ``start``, the shortest first."""
        node = self._root
        for end in range(start, len(phrase)):
            if phrase[end] not in node:
                return
            node = node[phrase[end]]
            if None in node:
                yield end + 1, node[None]

    def suffixes(self, phrase: Sequence[str]) -> Iterator[tuple[int, list[T]]]:
        """Every (start, values) of a phrase that ends with the text, the longest first."""
        for start in range(len(phrase)):
            values = self.get(phrase[start:])
            if values:
                yield start, values
